// Made from spec/contract by tools/generate; changes here are lost.

import type { BlobId, Timestamp, UnknownValue } from "../../calls/values.js";

/**
 * The values of `TransferKind` that this version knows. Which way the bytes move: into the store, out of it, or from
 * its disk through the digest.
 */
export type KnownTransferKind = "upload" | "download" | "scrub";

/**
 * Which way the bytes move: into the store, out of it, or from its disk through the digest. A newer server may send a
 * value that is not known here.
 */
export type TransferKind = KnownTransferKind | UnknownValue;

/**
 * The values of `TransferState` that this version knows. `pending`: its URL waits to be used. `running`: bytes move.
 * The others are ends and do not change any more.
 */
export type KnownTransferState = "pending" | "running" | "completed" | "failed" | "cancelled" | "expired";

/**
 * `pending`: its URL waits to be used. `running`: bytes move. The others are ends and do not change any more. A newer
 * server may send a value that is not known here.
 */
export type TransferState = KnownTransferState | UnknownValue;

/**
 * The values of `TransferMethod` that this version knows. The HTTP method to use on `url`. Absent when there is no
 * `url`.
 */
export type KnownTransferMethod = "GET" | "PUT";

/**
 * The HTTP method to use on `url`. Absent when there is no `url`. A newer server may send a value that is not known
 * here.
 */
export type TransferMethod = KnownTransferMethod | UnknownValue;

/** One movement of bulk bytes. */
export interface Transfer {
  /** 128 random bits in hex. It names a transfer and permits nothing. */
  readonly id: string;
  /** Which way the bytes move: into the store, out of it, or from its disk through the digest. */
  readonly kind: TransferKind;
  /** `pending`: its URL waits to be used. `running`: bytes move. The others are ends and do not change any more. */
  readonly state: TransferState;
  /** The HTTP method to use on `url`. Absent when there is no `url`. */
  readonly method?: TransferMethod;
  /**
   * A path that any endpoint of this server serves once, to whoever holds it: it is the permission. Only while
   * `pending`, and only to the caller whose transfer it is.
   */
  readonly url?: string;
  /** When it was asked for (RFC 3339, UTC). */
  readonly createdAt: Timestamp;
  /** When it ends by itself if `url` is not used before (RFC 3339, UTC). */
  readonly expiresAt: Timestamp;
  /** When it ended (RFC 3339, UTC). */
  readonly endedAt?: Timestamp;
  /** Bytes of blobs moved so far. */
  readonly bytes: bigint;
  /** Bytes that it will move, where that is known. */
  readonly totalBytes?: bigint;
  /** Blobs moved so far. */
  readonly items: bigint;
  /** Blobs that it will move, where that is known. */
  readonly totalItems?: bigint;
  /** Of a scrub: the first 1,000 blobs that were found corrupt and quarantined. */
  readonly corrupt?: readonly BlobId[];
  /** Of a scrub: how many blobs were found corrupt so far. */
  readonly corruptItems?: bigint;
  /** Why a transfer failed. */
  readonly error?: TransferError;
}

/** Why a transfer failed. */
export interface TransferError {
  /** The code of the error table. */
  readonly code: bigint;
  /** The name of the error table. */
  readonly name: string;
  /** What was wrong and what to do, for a person. */
  readonly message: string;
}

/** A page of transfers. */
export interface TransferPage {
  /** The newest first. */
  readonly transfers: readonly Transfer[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

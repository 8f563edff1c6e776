// Made from spec/contract by tools/generate; changes here are lost.

import type { BlobId, JsonObject, Timestamp, UnknownValue } from "../../calls/values.js";

/** What is known of a stored blob. */
export interface BlobInfo {
  /** The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits mean BLAKE2b-256. */
  readonly id: BlobId;
  /** Bytes. */
  readonly size: bigint;
  /** When it was stored (RFC 3339, UTC). */
  readonly storedAt: Timestamp;
}

/** Which blobs are here. */
export interface BlobPresence {
  /** Those that are here, in the order asked. */
  readonly present: readonly BlobId[];
  /** Those that are not, in the order asked. */
  readonly missing: readonly BlobId[];
}

/** What is known of the blobs asked for. */
export interface BlobStats {
  /** Those that are here, in the order asked. */
  readonly blobs: readonly BlobInfo[];
  /** Those that are not, in the order asked. */
  readonly missing: readonly BlobId[];
}

/** A page of blobs. */
export interface BlobPage {
  /** In the order of their ids. */
  readonly blobs: readonly BlobInfo[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

/** A blob that is stored. */
export interface BlobStored {
  /** The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits mean BLAKE2b-256. */
  readonly id: BlobId;
  /** Bytes. */
  readonly size: bigint;
  /** False when it was here before. */
  readonly stored: boolean;
}

/** Bytes of a blob. */
export interface BlobContent {
  /** The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits mean BLAKE2b-256. */
  readonly id: BlobId;
  /** Bytes in the whole blob. */
  readonly size: bigint;
  /** Where `data` starts. */
  readonly offset: bigint;
  /** The bytes, in base64 (RFC 4648 section 4, padded). */
  readonly data: Uint8Array;
}

/** What a check of blobs found. */
export interface BlobVerification {
  /** Those that are here and right. */
  readonly ok: readonly BlobId[];
  /** Those that are not here. */
  readonly missing: readonly BlobId[];
  /** Those whose bytes were wrong; they are in the quarantine now. */
  readonly corrupt: readonly BlobId[];
}

/** The values of `BlobDeletionStatus` that this version knows. `referenced`: something needs the blob, it was kept. */
export type KnownBlobDeletionStatus = "deleted" | "absent" | "referenced";

/** `referenced`: something needs the blob, it was kept. A newer server may send a value that is not known here. */
export type BlobDeletionStatus = KnownBlobDeletionStatus | UnknownValue;

/** What became of one blob. */
export interface BlobDeletion {
  /** The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits mean BLAKE2b-256. */
  readonly id: BlobId;
  /** `referenced`: something needs the blob, it was kept. */
  readonly status: BlobDeletionStatus;
}

/** What became of the blobs. */
export interface BlobDeletions {
  /** In the order asked. */
  readonly results: readonly BlobDeletion[];
}

/**
 * The values of `OnMissing` that this version knows. `error`: refuse the whole download and name what is missing.
 * `skip`: leave it out.
 */
export type KnownOnMissing = "error" | "skip";

/**
 * `error`: refuse the whole download and name what is missing. `skip`: leave it out. A newer server may send a value
 * that is not known here.
 */
export type OnMissing = KnownOnMissing | UnknownValue;

/**
 * The values of `BatchEntryStatus` that this version knows. `existing`: was here before. `mismatch`: the bytes do not
 * have the digest that the name says. `invalid`: not a blob entry, such as a link, a bad name or too large a size.
 */
export type KnownBatchEntryStatus = "stored" | "existing" | "mismatch" | "invalid";

/**
 * `existing`: was here before. `mismatch`: the bytes do not have the digest that the name says. `invalid`: not a blob
 * entry, such as a link, a bad name or too large a size. A newer server may send a value that is not known here.
 */
export type BatchEntryStatus = KnownBatchEntryStatus | UnknownValue;

/** Blobs that nothing references. */
export interface BlobCollection {
  /** How many. */
  readonly blobs: bigint;
  /** Their sizes together. */
  readonly bytes: bigint;
  /** The first 1,000 of them. */
  readonly examples: readonly BlobId[];
  /** Whether they were removed. */
  readonly removed: boolean;
}

/** What became of one entry of a tar batch. */
export interface BatchEntryResult {
  /** The entry's name: the blob's id, unless the status is `invalid`. */
  readonly id: string;
  /** Bytes, as the entry's header says. */
  readonly size: bigint;
  /**
   * `existing`: was here before. `mismatch`: the bytes do not have the digest that the name says. `invalid`: not a blob
   * entry, such as a link, a bad name or too large a size.
   */
  readonly status: BatchEntryStatus;
  /** What was wrong, when `mismatch` or `invalid`. */
  readonly reason?: string;
}

/** What became of a tar batch: the answer to its upload. */
export interface BatchResult {
  /** Entries stored. */
  readonly stored: bigint;
  /** Entries that were here before. */
  readonly existing: bigint;
  /** Entries that are `mismatch` or `invalid`. */
  readonly failed: bigint;
  /** Bytes of the entries stored. */
  readonly bytes: bigint;
  /** In the order of the entries. */
  readonly results: readonly BatchEntryResult[];
  /** An error as JSON-RPC 2.0 section 5.1 has it: what ended a tar batch before its end. */
  readonly error?: ErrorObject;
}

/** An error as JSON-RPC 2.0 section 5.1 has it: what ended a tar batch before its end. */
export interface ErrorObject {
  /** The code of the error table. */
  readonly code: bigint;
  /** What was wrong and what to do, for a person. */
  readonly message: string;
  /** The data of the error table, `name` first. */
  readonly data?: JsonObject;
}

/** The body of `POST /blobs/tar`. */
export interface DownloadRequest {
  /** The blobs wanted, in the order of the entries; at most `maxBatchEntries`. */
  readonly ids: readonly BlobId[];
  /** `error`: refuse the whole download and name what is missing. `skip`: leave it out. `error` when absent. */
  readonly onMissing?: OnMissing;
}

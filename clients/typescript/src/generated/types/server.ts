// Made from spec/contract by tools/generate; changes here are lost.

import type { UnknownValue } from "../../calls/values.js";

/** What a server is: constant while it runs. */
export interface ServerInfo {
  /** The name of the software. */
  readonly name: string;
  /** Its version, as semver.org writes it. */
  readonly version: string;
  /** Names this server's data directory for as long as it exists: 128 random bits in hex. */
  readonly serverId: string;
  /** Every limit by the name that the configuration gives it. A limit that is passed is named in the error. */
  readonly limits: Limits;
  /** The digests that a blob id may use. */
  readonly digestFunctions: readonly DigestFunction[];
  /** The endpoints that listen, as `--server` takes them. */
  readonly endpoints: readonly string[];
}

/** Every limit by the name that the configuration gives it. A limit that is passed is named in the error. */
export interface Limits {
  /** Bytes in one JSON-RPC message, or one batch of them. */
  readonly maxMessageBytes: bigint;
  /** Levels of arrays and objects inside one another in a message. */
  readonly maxMessageDepth: bigint;
  /** Members of a JSON-RPC batch. */
  readonly maxBatchCalls: bigint;
  /** Calls that run at once on one connection. Further ones wait unread: this is back-pressure, not an error. */
  readonly maxConcurrentCalls: bigint;
  /** Connections open at once over all endpoints. */
  readonly maxConnections: bigint;
  /** Seconds without a message or a running call after which a connection is closed. */
  readonly connectionIdleSeconds: bigint;
  /** Seconds from the first byte of a message to its last. */
  readonly messageSeconds: bigint;
  /** Bytes of a blob that travel inside JSON, in `blobs.put` and `blobs.get`. */
  readonly maxInlineBlobBytes: bigint;
  /** Bytes in one blob. */
  readonly maxBlobBytes: bigint;
  /** Entries in one tar batch. */
  readonly maxBatchEntries: bigint;
  /** Bytes in one tar batch, after decompression. */
  readonly maxBatchBytes: bigint;
  /** Bytes in one block that is uploaded by the routes of the flist server. */
  readonly maxBlockBytes: bigint;
  /** Transfers that are pending or running at once. */
  readonly maxTransfers: bigint;
  /** Seconds for which a transfer waits to be used. */
  readonly transferSeconds: bigint;
  /** Bytes of the `.fl` file of a flist. */
  readonly maxFlistBytes: bigint;
  /** Inodes of a flist, and entries of an archive that becomes one. */
  readonly maxFlistInodes: bigint;
  /** Bytes of one file in a flist. */
  readonly maxFlistFileBytes: bigint;
  /** Bytes of an archive that becomes a flist, after decompression. */
  readonly maxArchiveBytes: bigint;
}

/**
 * The values of `DigestFunction` that this version knows. `sha256`: SHA-256 (FIPS 180-4); ids are 64 hex digits.
 * `blake2b`: BLAKE2b with 256 bits of output and no key (RFC 7693); ids are `blake2b-` and 64 hex digits.
 */
export type KnownDigestFunction = "sha256" | "blake2b";

/**
 * `sha256`: SHA-256 (FIPS 180-4); ids are 64 hex digits. `blake2b`: BLAKE2b with 256 bits of output and no key (RFC
 * 7693); ids are `blake2b-` and 64 hex digits. A newer server may send a value that is not known here.
 */
export type DigestFunction = KnownDigestFunction | UnknownValue;

/** Figures of the moment. */
export interface ServerStatus {
  /** Whole seconds since the server was ready. */
  readonly uptimeSeconds: bigint;
  /** Connections open now, the caller's included. */
  readonly connections: bigint;
  /** Blobs stored. */
  readonly blobs: bigint;
  /** The sum of their sizes in bytes. */
  readonly blobBytes: bigint;
  /** Bytes that the data directory's file system still has for this server. */
  readonly freeBytes: bigint;
  /** Transfers whose bytes move now. */
  readonly runningTransfers: bigint;
}

// Made from spec/contract by tools/generate; changes here are lost.

import type { BlobId, Timestamp, UnknownValue } from "../../calls/values.js";

/**
 * The values of `FlistFormat` that this version knows. `fl`: the file itself. `tar` and `tarGz`: the tree as an
 * archive. `blobs`: a tar batch of the blobs that it needs.
 */
export type KnownFlistFormat = "fl" | "tar" | "tarGz" | "blobs";

/**
 * `fl`: the file itself. `tar` and `tarGz`: the tree as an archive. `blobs`: a tar batch of the blobs that it needs. A
 * newer server may send a value that is not known here.
 */
export type FlistFormat = KnownFlistFormat | UnknownValue;

/** The values of `FlistKind` that this version knows. What an entry is. */
export type KnownFlistKind = "file" | "directory" | "symlink" | "blockDevice" | "characterDevice" | "fifo" | "socket";

/** What an entry is. A newer server may send a value that is not known here. */
export type FlistKind = KnownFlistKind | UnknownValue;

/**
 * The values of `FlistUploadStatus` that this version knows. What an upload did to the flist of its name: made it, gave
 * it another content, or found that it had the same.
 */
export type KnownFlistUploadStatus = "created" | "replaced" | "unchanged";

/**
 * What an upload did to the flist of its name: made it, gave it another content, or found that it had the same. A newer
 * server may send a value that is not known here.
 */
export type FlistUploadStatus = KnownFlistUploadStatus | UnknownValue;

/**
 * The values of `FlistChange` that this version knows. How an entry differs: only the second flist has it, only the
 * first has it, its content is another, or only its attributes are.
 */
export type KnownFlistChange = "added" | "removed" | "content" | "attributes";

/**
 * How an entry differs: only the second flist has it, only the first has it, its content is another, or only its
 * attributes are. A newer server may send a value that is not known here.
 */
export type FlistChange = KnownFlistChange | UnknownValue;

/** A file tree of an account. */
export interface Flist {
  /** Names it for as long as it exists, also when its content is replaced. */
  readonly id: string;
  /** 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit. */
  readonly account: string;
  /**
   * The name of a flist, unique in its account: 1 to 128 letters, digits, dots, underscores and hyphens, of which the
   * first is a letter or a digit.
   */
  readonly name: string;
  /** The SHA-256 of a `.fl` file. */
  readonly digest: string;
  /** Whether everybody may see it. */
  readonly public: boolean;
  /** Whether all that it needs is here. Only then is it served. */
  readonly complete: boolean;
  /** Bytes of the `.fl` file. */
  readonly fileBytes: bigint;
  /** Inodes, the root included. */
  readonly inodes: bigint;
  /** Ordinary files. */
  readonly files: bigint;
  /** Bytes of these files. */
  readonly bytes: bigint;
  /** Blocks of these files; one that is used twice counts twice. */
  readonly blocks: bigint;
  /** Blobs that it needs, each once. */
  readonly blobs: bigint;
  /** Bytes of those blobs that are here. */
  readonly blobBytes: bigint;
  /** Blobs that were not here when it was last looked at as a whole. */
  readonly missingBlobs: bigint;
  /** Files that have other than the blocks that their size needs. */
  readonly incompleteFiles: bigint;
  /** When the account first had a flist of this name (RFC 3339, UTC). */
  readonly createdAt: Timestamp;
  /** When its content was last replaced, or who may see it changed (RFC 3339, UTC). */
  readonly updatedAt: Timestamp;
}

/** A page of flists. */
export interface FlistPage {
  /** In the order of account and name. */
  readonly flists: readonly Flist[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

/** An entry of a flist. */
export interface FlistEntry {
  /** With a slash before every name; `/` is the root. */
  readonly path: string;
  /** What an entry is. */
  readonly kind: FlistKind;
  /** Bytes of a file; of a symbolic link the length of its target. */
  readonly size: bigint;
  /** Permissions: the lower twelve bits of `st_mode`. */
  readonly mode: number;
  /** Number of the owner. */
  readonly uid: bigint;
  /** Number of the group. */
  readonly gid: bigint;
  /** When its content changed; the years 1 to 9999 stand for whatever is beyond (RFC 3339, UTC). */
  readonly modifiedAt: Timestamp;
  /** Of a symbolic link; bytes that are not UTF-8 are replaced by U+FFFD. */
  readonly target?: string;
  /** Of a device: its numbers, as `MAJOR:MINOR`. */
  readonly device?: string;
}

/** A page of the entries of a flist. */
export interface FlistTree {
  /** The SHA-256 of a `.fl` file. */
  readonly digest: string;
  /** A directory before what is in it. */
  readonly entries: readonly FlistEntry[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

/** The outcome of an upload. */
export interface FlistUploaded {
  /** A file tree of an account. */
  readonly flist: Flist;
  /** What an upload did to the flist of its name: made it, gave it another content, or found that it had the same. */
  readonly status: FlistUploadStatus;
  /** Blobs that were not here before. */
  readonly storedBlobs: bigint;
  /** Their sizes together. */
  readonly storedBytes: bigint;
}

/** What reading all blobs of a flist found. */
export interface FlistVerification {
  /** A file tree of an account. */
  readonly flist: Flist;
  /** Blobs that are here and right. */
  readonly ok: bigint;
  /** The first 1,000 that are not here. */
  readonly missing: readonly BlobId[];
  /** How many are not here. */
  readonly missingCount: bigint;
  /** The first 1,000 whose bytes were wrong. */
  readonly corrupt: readonly BlobId[];
  /** How many were wrong. */
  readonly corruptCount: bigint;
}

/** One difference between two flists. */
export interface FlistDifference {
  /**
   * How an entry differs: only the second flist has it, only the first has it, its content is another, or only its
   * attributes are.
   */
  readonly change: FlistChange;
  /** With a slash before every name. */
  readonly path: string;
  /** An entry of a flist. */
  readonly before?: FlistEntry;
  /** An entry of a flist. */
  readonly after?: FlistEntry;
}

/** The differences between two flists. */
export interface FlistDiff {
  /** Empty when they hold the same. */
  readonly differences: readonly FlistDifference[];
  /** Whether there are more than the limit. */
  readonly truncated: boolean;
}

/** What went with a flist. */
export interface FlistDeletion {
  /** A file tree of an account. */
  readonly flist: Flist;
  /** Blobs that nothing else references: they were removed. */
  readonly blobs: bigint;
  /** Their sizes together. */
  readonly bytes: bigint;
  /** Blobs that something else references: they stay. */
  readonly keptBlobs: bigint;
  /** Somebody still reads the flist: the blobs go when they have finished. */
  readonly deferred: boolean;
}

import type { CallOptions } from "../calls/invoker.js";
import type { BlobId } from "../calls/values.js";
import type { BatchEntryResult } from "../generated/types/blobs.js";

/** The bytes of a blob to bring: at hand, in a file, or a stream that is opened when its turn comes. */
export type BlobContent = Uint8Array | Blob | (() => ReadableStream<Uint8Array> | Promise<ReadableStream<Uint8Array>>);

/** A blob to bring. */
export interface BlobSource {
  readonly id: BlobId;
  /** In bytes. */
  readonly size: number;
  readonly content: BlobContent;
}

/** How far a transfer is. */
export interface TransferProgress {
  /** Blobs, flists or files that have passed whole. */
  readonly items: number;
  /** Bytes of them that have passed. */
  readonly bytes: number;
}

/** What every transfer takes. */
export interface TransferOptions extends Pick<CallOptions, "signal"> {
  /**
   * Told how far it is: after every item, and within a long one after every piece. Of a `File` or `Blob` that a browser sends as
   * a flist it is told at the end.
   */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** How to upload. */
export interface UploadOptions extends TransferOptions {
  /** Told what became of every blob, in their order. */
  readonly onResult?: ((result: BatchEntryResult) => void) | undefined;
}

/** What became of an upload. */
export interface UploadSummary {
  /** Blobs that are stored now and were not before. */
  readonly stored: number;
  /** Blobs that were there already. */
  readonly existing: number;
  /** Bytes that were stored. */
  readonly bytes: number;
  /** Blobs that were refused, because their bytes are not those of their id. Nothing of them was kept. */
  readonly failed: number;
  /** The first 100 of those. */
  readonly failures: readonly BatchEntryResult[];
}

/** How to download. */
export interface DownloadOptions extends TransferOptions {
  /** Told of every blob that the server does not have. Without it, one of these ends the download with `notFound`. */
  readonly onMissing?: ((id: BlobId) => void) | undefined;
}

/** A blob that is being downloaded. */
export interface DownloadedBlob {
  readonly id: BlobId;
  /** In bytes. */
  readonly size: number;

  /**
   * Its bytes. One of up to 1 MiB has been verified as a whole; a larger one is verified as it passes, and the stream errors
   * with a {@link BlobMismatchError} in place of its last piece when its bytes are wrong. What is not read is passed over, and
   * verified too.
   */
  readonly content: ReadableStream<Uint8Array>;

  /**
   * All its bytes, verified, in memory; in place of `content`.
   *
   * @throws {@link BlobMismatchError} They are not those that the id names.
   */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

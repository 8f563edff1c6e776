import type { BlobContent, TransferOptions } from "../bulk/types.js";
import type { FlistsDownloadOptions, FlistsGetOptions, FlistsUploadOptions } from "../generated/clients/flists.js";

/** A tar, a gzip of one, or a `.fl`: at hand, in a file, or a stream, which is read once. */
export type FlistSource = BlobContent | ReadableStream<Uint8Array>;

/** How to upload a flist. */
export interface FlistUploadOptions extends FlistsUploadOptions, TransferOptions {}

/** How to download a flist. */
export interface FlistDownloadOptions extends FlistsDownloadOptions, TransferOptions {}

/** How to read what is in a flist. */
export interface FlistReadOptions extends FlistsGetOptions, TransferOptions {}

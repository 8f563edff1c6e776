import type { CallOptions } from "../calls/invoker.js";
import type { BlobId } from "../calls/values.js";
import { BlobHash, type DigestName } from "../digests/blobDigest.js";
import type { DigestFactory } from "../digests/digest.js";
import { downloadFlist, downloadFlistBlobs, readFlistFile, routeOf } from "../flists/download.js";
import type { FlistDownloadOptions, FlistReadOptions, FlistSource, FlistUploadOptions } from "../flists/types.js";
import { uploadFlist } from "../flists/upload.js";
import type { ContractClients } from "../generated/clients.js";
import type { FlistUploaded } from "../generated/types/flists.js";
import type { Transfer } from "../generated/types/transfers.js";
import { download } from "./download.js";
import { streamOf } from "./streams.js";
import { piecesOf, writeTar } from "./tarWriter.js";
import type { TransferRoutes } from "./transfers.js";
import { upload, uploadTar } from "./upload.js";
import type {
  BlobContent,
  BlobSource,
  DownloadedBlob,
  DownloadOptions,
  UploadOptions,
  UploadSummary,
} from "./types.js";

/**
 * Many bytes at once: over HTTP on the endpoint of the client, with the same memory whatever the number and size of blobs.
 * Transfers may overlap, with each other and with calls.
 */
export class Bulk {
  readonly #clients: ContractClients;
  readonly #routes: TransferRoutes;
  readonly #sha256: DigestFactory;

  constructor(clients: ContractClients, routes: TransferRoutes, sha256: DigestFactory) {
    this.#clients = clients;
    this.#routes = routes;
    this.#sha256 = sha256;
  }

  /**
   * A blob to bring, with the id of its bytes, which are read once to find it.
   *
   * @param content - The bytes; a stream is opened once here and once when it is brought.
   * @param digest - How to name it.
   */
  async blob(content: BlobContent, digest: DigestName = "sha256"): Promise<BlobSource> {
    const hash = new BlobHash(digest, this.#sha256);
    let size = 0;
    for await (const piece of piecesOf(content)) {
      hash.update(piece);
      size += piece.length;
    }
    return { id: hash.id(), size, content };
  }

  /**
   * Uploads blobs, and tells what became of them. A blob whose bytes are not those of its id is refused and does not end the
   * upload: look at `failed`.
   *
   * @param blobs - Taken as they are sent; cut into several transfers where there are many.
   * @param options - Whom to tell, and when to give up.
   * @throws {@link RpcError} The server ended the upload; what `onResult` was told of stays stored.
   * @throws {@link BlobSizeError} A blob is longer or shorter than its size.
   * @throws {@link ConnectionError} No server was reached, or the connection broke.
   */
  upload(blobs: Iterable<BlobSource> | AsyncIterable<BlobSource>, options?: UploadOptions): Promise<UploadSummary> {
    return upload(blobs, this.#clients.blobs, this.#routes, options);
  }

  /** Uploads a ready tar batch (spec/tar-batch.md) as it is; otherwise as {@link upload}. */
  uploadTar(tar: ReadableStream<Uint8Array> | Blob, options?: UploadOptions): Promise<UploadSummary> {
    return uploadTar(tar, this.#clients.blobs, this.#routes, options);
  }

  /**
   * Downloads blobs, each verified, in the order of the ids. Leaving the loop early ends the download.
   *
   * @param ids - Taken a part at a time.
   * @param options - Whom to tell, and when to give up.
   * @throws {@link NotFoundError} The server does not have a blob, and there is no `onMissing`.
   * @throws {@link BlobMismatchError} The bytes that came for a blob are others; nothing of them may be kept.
   * @throws {@link ProtocolError} The answer is no batch of these blobs.
   * @throws {@link ConnectionError} No server was reached, or the connection broke.
   */
  download(
    ids: Iterable<BlobId> | AsyncIterable<BlobId>,
    options?: DownloadOptions,
  ): AsyncGenerator<DownloadedBlob, void> {
    return download(ids, this.#clients.blobs, this.#routes, this.#sha256, options);
  }

  /** Downloads blobs as one tar batch whose every blob is verified; the stream errors as {@link download} throws. */
  downloadTar(ids: Iterable<BlobId> | AsyncIterable<BlobId>, options?: DownloadOptions): ReadableStream<Uint8Array> {
    return streamOf(writeTar(toSources(this.download(ids, options))));
  }

  /**
   * Uploads a flist: the server tells by its first bytes whether it is a tar, a gzip of one or a `.fl` file. In Node `fromPath`
   * gives what is at a path, a folder as a tar that is made while it is sent.
   *
   * @param name - The flist to make, or to give a new content.
   * @param source - The bytes, read once to their end.
   * @param options - As for `flists.upload`, and whom to tell.
   * @throws {@link InvalidParamsError} The archive or file is refused; the message says which entry, and why. Nothing is left.
   * @throws {@link NotFoundError} Blobs that a `.fl` names are missing (`data.missing`), or there is no such account.
   * @throws {@link PreconditionFailedError} The flist is not as `ifMatch` expects.
   * @throws {@link TooLargeError} It passes a limit, which is named.
   * @throws {@link ConnectionError} No server was reached, or the connection broke.
   */
  uploadFlist(name: string, source: FlistSource, options?: FlistUploadOptions): Promise<FlistUploaded> {
    return uploadFlist(name, source, this.#clients.flists, this.#routes, options);
  }

  /**
   * Downloads a flist: the `.fl` file itself, its tree as `tar` or `tarGz`, or its `blobs` as a tar batch. A guest gets public
   * ones.
   *
   * The stream errors in place of its last piece when the bytes of a `.fl` are not those of its digest
   * ({@link FlistMismatchError}), and when a `tar` has no end ({@link ProtocolError}); every blob of `blobs` is verified. A gzip
   * has a checksum, which whoever unpacks it looks at. A stream that is not read must be cancelled.
   *
   * @param name - The flist.
   * @param options - Whose it is, what to give, and whom to tell.
   * @throws {@link NotFoundError} There is no such flist for the caller.
   * @throws {@link ConflictError} It is incomplete, and not asked for as a `.fl`.
   * @throws {@link ConnectionError} No server was reached, or the connection broke.
   */
  async downloadFlist(name: string, options?: FlistDownloadOptions): Promise<ReadableStream<Uint8Array>> {
    const format = options?.format ?? "fl";
    return format === "blobs"
      ? streamOf(writeTar(toSources(this.downloadFlistBlobs(name, options))))
      : downloadFlist(await this.#routeOf(name, options), format, this.#routes, this.#sha256, options);
  }

  /**
   * Downloads the blobs that a flist needs, each verified. Leaving the loop early ends the download.
   *
   * @param name - The flist.
   * @param options - Whose it is, and whom to tell.
   * @throws As {@link download} and {@link downloadFlist} do.
   */
  async *downloadFlistBlobs(name: string, options?: FlistReadOptions): AsyncGenerator<DownloadedBlob, void> {
    yield* downloadFlistBlobs(await this.#routeOf(name, options), this.#routes, this.#sha256, options);
  }

  /**
   * Reads a file in a flist. The server verifies it as it sends it. A stream that is not read must be cancelled.
   *
   * @param name - The flist.
   * @param path - The file in it. Links are not followed.
   * @param options - Whose it is, and whom to tell.
   * @throws {@link NotFoundError} There is no such flist or file.
   * @throws {@link ConflictError} It is no file, or the flist is incomplete.
   * @throws {@link ConnectionError} No server was reached, or the connection broke.
   */
  async readFlistFile(name: string, path: string, options?: FlistReadOptions): Promise<ReadableStream<Uint8Array>> {
    return readFlistFile(await this.#routeOf(name, options), path, this.#routes, options);
  }

  /**
   * The bytes of a download transfer as they come, nothing verified. A transfer gives them once.
   *
   * @param transfer - From `blobs.download` or `flists.download`.
   * @param options - When to give up.
   * @throws {@link ConflictError} The transfer was used before.
   * @throws {@link NotFoundError} The transfer has expired.
   */
  receive(transfer: Transfer, options?: Pick<CallOptions, "signal">): Promise<ReadableStream<Uint8Array>> {
    return this.#routes.receive(transfer, options?.signal);
  }

  async #routeOf(name: string, options: FlistReadOptions | undefined): Promise<string> {
    const account = options?.account ?? (await this.#clients.auth.whoami(options)).account;
    if (account === undefined) {
      throw new TypeError("a guest has no flists: say whose it is, by 'account', or log in");
    }
    return routeOf(account, name);
  }
}

async function* toSources(blobs: AsyncGenerator<DownloadedBlob, void>): AsyncGenerator<BlobSource, void> {
  for await (const blob of blobs) {
    yield { id: blob.id, size: blob.size, content: () => blob.content };
  }
}

import { readValue } from "../calls/shape.js";
import { toError } from "../calls/toError.js";
import type { CallOptions } from "../calls/invoker.js";
import type { BlobId } from "../calls/values.js";
import { BlobHash, type DigestName } from "../digests/blobDigest.js";
import type { DigestFactory } from "../digests/digest.js";
import type { ContractClients } from "../generated/clients.js";
import type { FlistsDownloadOptions, FlistsUploadOptions } from "../generated/clients/flists.js";
import { flistUploadedShape } from "../generated/shapes.js";
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
   * Uploads a flist: a tar or tar.gz archive, or a `.fl` file.
   *
   * @param name - Its name in the account.
   * @param body - The bytes.
   * @param options - As for `flists.upload`.
   */
  async uploadFlist(
    name: string,
    body: Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>,
    options?: FlistsUploadOptions,
  ): Promise<FlistUploaded> {
    const transfer = await this.#clients.flists.upload(name, options);
    const isGathered = body instanceof ReadableStream && !this.#routes.streamsBodies;
    const sent = isGathered ? await new Response(body).blob() : body;
    const answer = await this.#routes.send(transfer, sent, options?.signal);
    if (answer["error"] !== undefined) {
      throw toError(answer["error"]);
    }
    return readValue(answer, flistUploadedShape, "/flist") as FlistUploaded;
  }

  /** Downloads a flist in one of its formats. The bytes are as the server sends them; only `.fl` files have a digest to verify. */
  async downloadFlist(name: string, options?: FlistsDownloadOptions): Promise<ReadableStream<Uint8Array>> {
    return this.receive(await this.#clients.flists.download(name, options), options);
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
}

async function* toSources(blobs: AsyncGenerator<DownloadedBlob, void>): AsyncGenerator<BlobSource, void> {
  for await (const blob of blobs) {
    yield { id: blob.id, size: blob.size, content: () => blob.content };
  }
}

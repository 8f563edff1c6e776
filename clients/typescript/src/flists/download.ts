import { readBatch, type BatchOrder } from "../bulk/download.js";
import { ProgressCounter } from "../bulk/progress.js";
import { streamOf } from "../bulk/streams.js";
import { piecesOf } from "../bulk/tarWriter.js";
import type { TransferRoutes } from "../bulk/transfers.js";
import type { DownloadedBlob, TransferOptions } from "../bulk/types.js";
import { ProtocolError } from "../calls/errors.js";
import { isBlobId } from "../digests/blobDigest.js";
import type { DigestFactory } from "../digests/digest.js";
import type { KnownFlistFormat } from "../generated/types/flists.js";
import { DigestCheck, TarEndCheck, type StreamCheck } from "./checks.js";

/** Downloads the bytes of a flist. See {@link Bulk.downloadFlist}. */
export async function downloadFlist(
  route: string,
  format: KnownFlistFormat,
  routes: TransferRoutes,
  sha256: DigestFactory,
  options: TransferOptions | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const { body, entityTag } = await routes.get(`${route}?format=${encodeURIComponent(format)}`, options?.signal);
  switch (format) {
    case "fl":
      if (!/^[0-9a-f]{64}$/.test(entityTag)) {
        await body.cancel();
        throw new ProtocolError("the server sent a flist without its digest");
      }
      return checked(body, new DigestCheck(entityTag, sha256()), options);
    case "tar":
      return checked(body, new TarEndCheck(), options);
    default:
      return checked(body, undefined, options);
  }
}

/** Downloads the blobs of a flist. See {@link Bulk.downloadFlistBlobs}. */
export async function* downloadFlistBlobs(
  route: string,
  routes: TransferRoutes,
  sha256: DigestFactory,
  options: TransferOptions | undefined,
): AsyncGenerator<DownloadedBlob, void> {
  const { body } = await routes.get(`${route}?format=blobs`, options?.signal);
  yield* readBatch(body, new AnyOrder(), sha256, new ProgressCounter(options?.onProgress));
}

/** Reads a file in a flist. See {@link Bulk.readFlistFile}. */
export async function readFlistFile(
  route: string,
  path: string,
  routes: TransferRoutes,
  options: TransferOptions | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const names = path.split("/").filter((name) => name !== "");
  const { body } = await routes.get(`${route}/files/${names.map(segment).join("/")}`, options?.signal);
  return checked(body, undefined, options);
}

/** The route of a flist. */
export function routeOf(account: string, name: string): string {
  return `/flists/${segment(account)}/${segment(name)}`;
}

/** A name in a path. What a URL would take for a way to somewhere else is refused. */
function segment(name: string): string {
  if (/^\.{0,2}$/.test(name)) {
    throw new TypeError(`'${name}' is no name of a flist or of anything in one`);
  }
  return encodeURIComponent(name);
}

/** The bytes of an answer; the last piece comes after it is known that they are right. */
function checked(
  body: ReadableStream<Uint8Array>,
  check: StreamCheck | undefined,
  options: TransferOptions | undefined,
): ReadableStream<Uint8Array> {
  const counter = new ProgressCounter(options?.onProgress);
  const end = new AbortController();
  const pieces = async function* (): AsyncGenerator<Uint8Array, void> {
    let last: Uint8Array | undefined;
    for await (const piece of piecesOf(body, end.signal)) {
      check?.update(piece);
      if (last !== undefined) {
        yield last;
      }
      last = piece;
      counter.addBytes(piece.length);
    }
    check?.finish();
    if (last !== undefined) {
      yield last;
    }
    counter.addItem();
  };
  return streamOf(pieces(), (reason) => end.abort(reason));
}

/** The blobs that a flist needs, which nobody here knows before: the end of the batch says that all have come. */
class AnyOrder implements BatchOrder {
  advanceTo(name: string): void {
    const isId: boolean = isBlobId(name);
    if (!isId) {
      throw new ProtocolError(`the server's answer has an entry '${name.slice(0, 100)}', which is no blob`);
    }
  }

  finish(): void {
    // Whatever came before is all.
  }
}

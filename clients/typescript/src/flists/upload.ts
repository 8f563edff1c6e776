import { ProgressCounter } from "../bulk/progress.js";
import { gather, streamOf } from "../bulk/streams.js";
import { piecesOf } from "../bulk/tarWriter.js";
import type { TransferRoutes } from "../bulk/transfers.js";
import { readValue } from "../calls/shape.js";
import type { HttpBody } from "../connections/http.js";
import type { FlistsClient } from "../generated/clients/flists.js";
import { flistUploadedShape } from "../generated/shapes.js";
import type { FlistUploaded } from "../generated/types/flists.js";
import type { FlistSource, FlistUploadOptions } from "./types.js";

/** Uploads a flist. See {@link Bulk.uploadFlist}. */
export async function uploadFlist(
  name: string,
  source: FlistSource,
  client: FlistsClient,
  routes: TransferRoutes,
  options: FlistUploadOptions | undefined,
): Promise<FlistUploaded> {
  const counter = new ProgressCounter(options?.onProgress);
  const end = new AbortController();
  const giveUp = (): void => end.abort(options?.signal?.reason);
  options?.signal?.addEventListener("abort", giveUp, { once: true });
  try {
    // Before the transfer, which would expire while much is gathered.
    const body = await bodyOf(source, routes, counter, end.signal);
    options?.signal?.throwIfAborted();
    const transfer = await client.upload(name, options);
    const answer = await routes.send(transfer, body, options?.signal);
    const uploaded = readValue(answer, flistUploadedShape, "/flist") as FlistUploaded;
    if (body instanceof Blob && body === source) {
      counter.addBytes(body.size);
    }
    counter.addItem();
    return uploaded;
  } finally {
    options?.signal?.removeEventListener("abort", giveUp);
    end.abort();
    if (source instanceof ReadableStream && !source.locked) {
      // Nobody came to read it.
      await source.cancel();
    }
  }
}

/** What is sent: streamed where that can be; otherwise gathered before, unless it is a file, which stays where it is. */
async function bodyOf(
  source: FlistSource,
  routes: TransferRoutes,
  counter: ProgressCounter,
  signal: AbortSignal,
): Promise<HttpBody> {
  if (!routes.streamsBodies && source instanceof Blob) {
    return source;
  }
  const pieces = counted(piecesOf(source, signal), counter);
  return routes.streamsBodies ? streamOf(pieces) : gather(pieces);
}

async function* counted(
  pieces: AsyncGenerator<Uint8Array, void>,
  counter: ProgressCounter,
): AsyncGenerator<Uint8Array, void> {
  for await (const piece of pieces) {
    yield piece;
    counter.addBytes(piece.length);
  }
}

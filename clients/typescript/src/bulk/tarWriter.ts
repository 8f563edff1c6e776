import { RpcStoreError } from "../calls/errors.js";
import { blockBytes, headOf, paddingOf } from "./tarHeads.js";
import type { BlobContent, BlobSource } from "./types.js";

/** A blob to bring is not as long as it was said to be: a tar batch tells the length before the bytes. */
export class BlobSizeError extends RpcStoreError {
  override name = "BlobSizeError";
}

/**
 * A tar batch (spec/tar-batch.md): the same blobs give the same bytes.
 *
 * @param blobs - Taken one at a time, as the batch is read.
 * @param onBytes - Told of bytes of blobs that pass.
 * @param onBlob - Told of every blob that has passed.
 * @param signal - Cancels the content that is being read, also while it gives nothing.
 * @throws {@link BlobSizeError} A blob is longer or shorter than its size.
 */
export async function* writeTar(
  blobs: Iterable<BlobSource> | AsyncIterable<BlobSource>,
  onBytes?: (count: number) => void,
  onBlob?: () => void,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  for await (const blob of blobs) {
    if (!Number.isSafeInteger(blob.size) || blob.size < 0) {
      throw new BlobSizeError(`${blob.id}: ${blob.size} is no size`);
    }
    yield headOf({ name: blob.id, size: blob.size });
    yield* contentOf(blob.id, blob.size, piecesOf(blob.content, signal), onBytes);
    onBlob?.();
  }
  yield endOfTar();
}

/** What stands behind the last blob. */
export function endOfTar(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(2 * blockBytes);
}

/** The pieces of content; a signal cancels it. */
export async function* piecesOf(
  content: BlobContent | ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  const stream =
    content instanceof Blob ? content.stream() : content instanceof ReadableStream ? content : await content();
  const reader = stream.getReader();
  let isWhole = false;
  const onAbort = (): void => void reader.cancel(signal?.reason).catch(() => {}); // Who is interested has been told already.
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        isWhole = true;
        return;
      }
      yield value;
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    if (!isWhole) {
      await reader.cancel();
    }
  }
}

/**
 * The bytes of an entry, and what fills its last block.
 *
 * @throws {@link BlobSizeError} They are not as many as its head says.
 */
export async function* contentOf(
  name: string,
  size: number,
  pieces: AsyncIterable<Uint8Array>,
  onBytes?: (count: number) => void,
): AsyncGenerator<Uint8Array, void> {
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > size) {
      break;
    }
    if (piece.length > 0) {
      yield piece;
      onBytes?.(piece.length);
    }
  }
  if (length !== size) {
    throw new BlobSizeError(`${name}: it should have ${size} bytes and has ${length > size ? "more" : length}`);
  }
  const padding = paddingOf(size);
  if (padding > 0) {
    yield new Uint8Array(padding);
  }
}

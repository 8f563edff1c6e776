import { RpcStoreError } from "../calls/errors.js";
import type { BlobContent, BlobSource } from "./types.js";

const blockBytes = 512;

// The header's twelve bytes have eleven octal digits.
const maxOctalSize = 8 ** 11 - 1;

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
    yield headOf(blob);
    yield* checked(blob, onBytes, signal);
    const padding = paddingOf(blob.size);
    if (padding > 0) {
      yield new Uint8Array(padding);
    }
    onBlob?.();
  }
  yield endOfTar();
}

/** What stands before a blob's bytes. */
export function headOf(blob: Pick<BlobSource, "id" | "size">): Uint8Array<ArrayBuffer> {
  if (!Number.isSafeInteger(blob.size) || blob.size < 0) {
    throw new BlobSizeError(`${blob.id}: ${blob.size} is no size`);
  }
  if (blob.size <= maxOctalSize) {
    return header(blob.id, blob.size, "0");
  }
  const record = paxRecord("size", String(blob.size));
  const head = new Uint8Array(3 * blockBytes);
  head.set(header("size", record.length, "x"));
  head.set(record, blockBytes);
  // A reader takes the size of the pax record; one that knows none sees a file without bytes.
  head.set(header(blob.id, 0, "0"), 2 * blockBytes);
  return head;
}

/** How many zeroes follow bytes of this length. */
export function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

/** What stands behind the last blob. */
export function endOfTar(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(2 * blockBytes);
}

/** The pieces of a blob's content; a signal cancels it. */
export async function* piecesOf(content: BlobContent, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  const stream = content instanceof Blob ? content.stream() : await content();
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

async function* checked(
  blob: BlobSource,
  onBytes: ((count: number) => void) | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  let length = 0;
  for await (const piece of piecesOf(blob.content, signal)) {
    length += piece.length;
    if (length > blob.size) {
      break;
    }
    if (piece.length > 0) {
      yield piece;
      onBytes?.(piece.length);
    }
  }
  if (length !== blob.size) {
    throw new BlobSizeError(
      `${blob.id}: it should have ${blob.size} bytes and has ${length > blob.size ? "more" : length}`,
    );
  }
}

function header(name: string, size: number, type: string): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(blockBytes);
  const put = (at: number, text: string): void => block.set(new TextEncoder().encode(text), at);
  put(0, name);
  put(100, "0000444\0");
  put(108, "0000000\0");
  put(116, "0000000\0");
  put(124, size.toString(8).padStart(11, "0") + "\0");
  put(136, "00000000000\0");
  put(148, "        ");
  put(156, type);
  put(257, "ustar\x0000");
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, sum.toString(8).padStart(6, "0") + "\0 ");
  return block;
}

/** A pax record, which begins with its own length in decimal digits. */
function paxRecord(name: string, value: string): Uint8Array {
  const tail = ` ${name}=${value}\n`;
  let length = tail.length + 1;
  while (String(length).length + tail.length !== length) {
    length++;
  }
  return new TextEncoder().encode(length + tail);
}

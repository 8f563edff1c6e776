import { ProtocolError } from "../calls/errors.js";

/**
 * All bytes of a stream.
 *
 * @param maxBytes - More than these are refused.
 * @throws {@link ProtocolError} There are more.
 */
export async function readAll(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return join(chunks, length);
    }
    length += value.length;
    if (length > maxBytes) {
      const error = new ProtocolError(`the server's answer has more than ${maxBytes} bytes`);
      await reader.cancel(error);
      throw error;
    }
    chunks.push(value);
  }
}

/** Pieces in one. */
export function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

/**
 * A stream of what a generator gives, made as it is read. Cancelling the stream ends the generator.
 *
 * @param source - The generator.
 * @param onCancel - Told before: wakes a generator that waits for what may never come.
 */
export function streamOf(
  source: AsyncGenerator<Uint8Array, void>,
  onCancel?: (reason: unknown) => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(value);
        }
      },
      async cancel(reason) {
        onCancel?.(reason);
        await source.return();
      },
    },
    { highWaterMark: 0 },
  );
}

// What a part of a body that is gathered holds in the memory of a page.
const maxPartBytes = 16 * 2 ** 20;

/**
 * Pieces in one body, for where none can be streamed. A part at a time becomes a `Blob`, whose bytes browsers move to the disk
 * when they are many.
 */
export async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: Blob[] = [];
  let part: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of pieces) {
    part.push(piece as Uint8Array<ArrayBuffer>);
    length += piece.length;
    if (length >= maxPartBytes) {
      parts.push(new Blob(part));
      part = [];
      length = 0;
    }
  }
  return new Blob([...parts, ...part]);
}

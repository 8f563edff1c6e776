import { BlobMismatchError, ProtocolError } from "../calls/errors.js";
import type { BlobId } from "../calls/values.js";
import { BlobHash } from "../digests/blobDigest.js";
import type { DigestFactory } from "../digests/digest.js";
import type { BlobsClient } from "../generated/clients/blobs.js";
import { ByteReader } from "./byteReader.js";
import { Chunker } from "./chunks.js";
import { ProgressCounter } from "./progress.js";
import { join, readAll, streamOf } from "./streams.js";
import { TarReader, type TarEntry } from "./tarReader.js";
import type { TransferRoutes } from "./transfers.js";
import type { DownloadedBlob, DownloadOptions } from "./types.js";

// The limit of `blobs.download` is higher; a part is looked up as a whole before its first byte comes.
const maxItems = 4096;

// As on the server: what is no longer than this is verified before any of it is given out.
const maxHeldBytes = 2 ** 20;

/** Downloads blobs as tar batches, a part at a time. See {@link Bulk.download}. */
export async function* download(
  ids: Iterable<BlobId> | AsyncIterable<BlobId>,
  client: BlobsClient,
  routes: TransferRoutes,
  sha256: DigestFactory,
  options: DownloadOptions | undefined,
): AsyncGenerator<DownloadedBlob, void> {
  const chunker = new Chunker(ids);
  const counter = new ProgressCounter(options?.onProgress);
  try {
    while (await chunker.hasMore()) {
      const part: BlobId[] = [];
      for await (const id of chunker.part(maxItems)) {
        part.push(id);
      }
      const onMissing = options?.onMissing === undefined ? "error" : "skip";
      const transfer = await client.download(part, { onMissing, signal: options?.signal });
      const stream = await routes.receive(transfer, options?.signal);
      yield* readBatch(stream, part, sha256, options?.onMissing, counter);
    }
  } finally {
    await chunker.end();
  }
}

/**
 * Reads a tar batch and holds it against what was asked for.
 *
 * @param stream - The batch.
 * @param ids - What was asked for, in order.
 * @param sha256 - Starts a digest.
 * @param onMissing - Told of what the batch leaves out; `undefined` forbids that.
 * @param counter - Counts what passes.
 */
export async function* readBatch(
  stream: ReadableStream<Uint8Array>,
  ids: readonly BlobId[],
  sha256: DigestFactory,
  onMissing: ((id: BlobId) => void) | undefined,
  counter: ProgressCounter,
): AsyncGenerator<DownloadedBlob, void> {
  const bytes = new ByteReader(stream);
  const tar = new TarReader(bytes);
  const order = new Order(ids, onMissing);
  let isWhole = false;
  try {
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
      const id = nameToId(entry);
      order.advanceTo(id);
      const pieces = verified(bytes, id, entry.size, sha256, counter.addBytes);
      const isHeld = entry.size <= maxHeldBytes;
      const blob = isHeld ? held(id, entry.size, await gather(pieces, entry.size)) : streamed(id, entry.size, pieces);
      if (isHeld) {
        await tar.skipPadding(entry.size);
        counter.addItem();
        yield blob;
        continue;
      }
      yield blob;
      await passOver(pieces);
      await tar.skipPadding(entry.size);
      counter.addItem();
    }
    order.finish();
    isWhole = true;
  } finally {
    if (!isWhole) {
      await bytes.cancel();
    }
  }
}

/** The pieces of an entry; the last of them comes after the digest of all is known to be right. */
async function* verified(
  bytes: ByteReader,
  id: BlobId,
  size: number,
  sha256: DigestFactory,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array, void> {
  const hash = BlobHash.like(id, sha256);
  for (let left = size; left > 0;) {
    const piece = await bytes.read(left);
    if (piece === undefined) {
      throw new ProtocolError(`the batch ends in the middle of ${id}, ${left} bytes before its end`);
    }
    hash.update(piece);
    left -= piece.length;
    if (left === 0) {
      demandSame(id, hash.id());
    }
    yield piece;
    onBytes(piece.length);
  }
  if (size === 0) {
    demandSame(id, hash.id());
  }
}

function demandSame(id: BlobId, actual: BlobId): void {
  if (actual !== id) {
    throw new BlobMismatchError(id, actual);
  }
}

function nameToId(entry: TarEntry): BlobId {
  return entry.name.startsWith("./") ? entry.name.slice(2) : entry.name;
}

async function gather(pieces: AsyncGenerator<Uint8Array, void>, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) {
    parts.push(piece);
  }
  return join(parts, size);
}

function held(id: BlobId, size: number, bytes: Uint8Array<ArrayBuffer>): DownloadedBlob {
  return {
    id,
    size,
    content: new Blob([bytes]).stream(),
    bytes: () => Promise.resolve(bytes),
  };
}

function streamed(id: BlobId, size: number, pieces: AsyncGenerator<Uint8Array, void>): DownloadedBlob {
  const content = streamOf(unending(pieces));
  return { id, size, content, bytes: () => readAll(content, size) };
}

/** The same pieces; who stops to read them does not end them: what is left is still passed over. */
async function* unending(pieces: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  for (;;) {
    const { done, value } = await pieces.next();
    if (done === true) {
      return;
    }
    yield value;
  }
}

async function passOver(pieces: AsyncGenerator<Uint8Array, void>): Promise<void> {
  while ((await pieces.next()).done !== true) {
    // Nobody wants it.
  }
}

/** Holds the entries of a batch against what was asked for. */
class Order {
  readonly #ids: readonly BlobId[];
  readonly #onMissing: ((id: BlobId) => void) | undefined;
  #next = 0;

  constructor(ids: readonly BlobId[], onMissing: ((id: BlobId) => void) | undefined) {
    this.#ids = ids;
    this.#onMissing = onMissing;
  }

  advanceTo(id: BlobId): void {
    while (this.#next < this.#ids.length && this.#ids[this.#next] !== id) {
      this.#leaveOut();
    }
    if (this.#next++ >= this.#ids.length) {
      throw new ProtocolError(`the server's answer has an entry '${id.slice(0, 100)}', which was not asked for there`);
    }
  }

  finish(): void {
    while (this.#next < this.#ids.length) {
      this.#leaveOut();
    }
  }

  #leaveOut(): void {
    const id = this.#ids[this.#next++] as BlobId;
    if (this.#onMissing === undefined) {
      throw new ProtocolError(`the server's answer lacks the blob ${id}`);
    }
    this.#onMissing(id);
  }
}

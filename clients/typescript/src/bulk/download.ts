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
      yield* readBatch(stream, new AskedOrder(part, options?.onMissing), sha256, counter);
    }
  } finally {
    chunker.end();
  }
}

/**
 * Reads a tar batch and holds it against what was asked for.
 *
 * @param stream - The batch.
 * @param order - What it must hold.
 * @param sha256 - Starts a digest.
 * @param counter - Counts what passes.
 */
export async function* readBatch(
  stream: ReadableStream<Uint8Array>,
  order: BatchOrder,
  sha256: DigestFactory,
  counter: ProgressCounter,
): AsyncGenerator<DownloadedBlob, void> {
  const bytes = new ByteReader(stream);
  const tar = new TarReader(bytes);
  let isWhole = false;
  try {
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
      const id = nameToId(entry);
      order.advanceTo(id);
      const pieces = verified(bytes, id, entry.size, sha256, counter.addBytes);
      if (entry.size <= maxHeldBytes) {
        const whole = await gather(pieces, entry.size);
        await tar.skipPadding(entry.size);
        counter.addItem();
        yield held(id, whole);
        continue;
      }
      const blob = new StreamedBlob(id, entry.size, pieces);
      yield blob;
      await blob.passOver();
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

function held(id: BlobId, bytes: Uint8Array<ArrayBuffer>): DownloadedBlob {
  return {
    id,
    size: bytes.length,
    get content() {
      return new Blob([bytes]).stream();
    },
    bytes: () => Promise.resolve(bytes),
  };
}

/** A blob whose bytes pass while they are read. */
class StreamedBlob implements DownloadedBlob {
  readonly id: BlobId;
  readonly size: number;
  readonly content: ReadableStream<Uint8Array>;
  readonly #pieces: AsyncGenerator<Uint8Array, void>;
  #failure: { readonly error: unknown } | undefined;

  constructor(id: BlobId, size: number, pieces: AsyncGenerator<Uint8Array, void>) {
    this.id = id;
    this.size = size;
    this.#pieces = pieces;
    this.content = streamOf(this.#read());
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return readAll(this.content, this.size);
  }

  /** Reads what nobody wanted; fails as whoever read it before did. */
  async passOver(): Promise<void> {
    for (;;) {
      const { done } = await this.#next();
      if (this.#failure !== undefined) {
        throw this.#failure.error;
      }
      if (done === true) {
        return;
      }
    }
  }

  /** The pieces; who stops to read them does not end them. */
  async *#read(): AsyncGenerator<Uint8Array, void> {
    for (let piece = await this.#next(); piece.done !== true; piece = await this.#next()) {
      yield piece.value;
    }
  }

  async #next(): Promise<IteratorResult<Uint8Array, void>> {
    try {
      return await this.#pieces.next();
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }
}

/** What the entries of a batch must be. */
export interface BatchOrder {
  /**
   * Looks at the next entry.
   *
   * @throws {@link ProtocolError} It may not stand here.
   */
  advanceTo(id: BlobId): void;

  /**
   * Looks at the end.
   *
   * @throws {@link ProtocolError} Something did not come.
   */
  finish(): void;
}

/** What was asked for, in its order. */
class AskedOrder implements BatchOrder {
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

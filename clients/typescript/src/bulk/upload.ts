import { readValue } from "../calls/shape.js";
import { toError } from "../calls/toError.js";
import type { HttpBody } from "../connections/http.js";
import { batchResultShape } from "../generated/shapes.js";
import type { BlobsClient } from "../generated/clients/blobs.js";
import type { BatchEntryResult, BatchResult } from "../generated/types/blobs.js";
import { Chunker } from "./chunks.js";
import { ProgressCounter } from "./progress.js";
import { gather, streamOf } from "./streams.js";
import { piecesOf, writeTar } from "./tarWriter.js";
import type { TransferRoutes } from "./transfers.js";
import type { BlobSource, UploadOptions, UploadSummary } from "./types.js";

// The answer to a batch is in memory as a whole: some 200 bytes an entry.
const maxItems = 4096;

// What the server makes durable together (spec/tar-batch.md, section 2).
const maxBytes = 2 ** 30;

// Where a body cannot be streamed it is gathered first. Files stay where they are; a part holds so much of anything else.
const maxGatheredBytes = 16 * 2 ** 20;

const maxFailures = 100;

/** Uploads blobs as tar batches, a part at a time. See {@link Bulk.upload}. */
export async function upload(
  blobs: Iterable<BlobSource> | AsyncIterable<BlobSource>,
  client: BlobsClient,
  routes: TransferRoutes,
  options: UploadOptions | undefined,
): Promise<UploadSummary> {
  const chunker = new Chunker(blobs);
  const counter = new ProgressCounter(options?.onProgress);
  const summary = new Summary(options?.onResult);
  const end = new AbortController();
  try {
    while (await chunker.hasMore()) {
      const part = chunker.part(maxItems, routes.streamsBodies ? maxBytes : maxGatheredBytes, (blob) => blob.size);
      const tar = writeTar(part, counter.addBytes, counter.addItem, end.signal);
      const body = routes.streamsBodies ? streamOf(tar) : await gather(tar);
      await sendBatch(body, client, routes, options?.signal, summary);
    }
  } finally {
    // A source that gives nothing, and nobody waits for any more, is told so.
    end.abort();
    chunker.end();
  }
  return summary.finish();
}

/** Uploads a ready tar batch. See {@link Bulk.uploadTar}. */
export async function uploadTar(
  tar: ReadableStream<Uint8Array> | Blob,
  client: BlobsClient,
  routes: TransferRoutes,
  options: UploadOptions | undefined,
): Promise<UploadSummary> {
  const summary = new Summary(options?.onResult);
  const isGathered = tar instanceof ReadableStream && !routes.streamsBodies;
  await sendBatch(isGathered ? await gather(piecesOf(tar)) : tar, client, routes, options?.signal, summary);
  return summary.finish();
}

async function sendBatch(
  body: HttpBody,
  client: BlobsClient,
  routes: TransferRoutes,
  signal: AbortSignal | undefined,
  summary: Summary,
): Promise<void> {
  const transfer = await client.upload({ signal });
  const answer = await routes.send(transfer, body, signal);
  summary.add(readValue(answer, batchResultShape, "/batch") as BatchResult);
  if (answer["error"] !== undefined) {
    throw toError(answer["error"]);
  }
}

/** What became of an upload so far. */
class Summary {
  readonly #onResult: ((result: BatchEntryResult) => void) | undefined;
  readonly #failures: BatchEntryResult[] = [];
  #stored = 0;
  #existing = 0;
  #failed = 0;
  #bytes = 0;

  constructor(onResult: ((result: BatchEntryResult) => void) | undefined) {
    this.#onResult = onResult;
  }

  add(batch: BatchResult): void {
    this.#stored += Number(batch.stored);
    this.#existing += Number(batch.existing);
    this.#failed += Number(batch.failed);
    this.#bytes += Number(batch.bytes);
    for (const result of batch.results) {
      this.#onResult?.(result);
      if (result.status !== "stored" && result.status !== "existing" && this.#failures.length < maxFailures) {
        this.#failures.push(result);
      }
    }
  }

  finish(): UploadSummary {
    return {
      stored: this.#stored,
      existing: this.#existing,
      bytes: this.#bytes,
      failed: this.#failed,
      failures: this.#failures,
    };
  }
}

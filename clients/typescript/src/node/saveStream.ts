import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { DownloadedBlob } from "../bulk/types.js";

/**
 * Writes a stream to a file: under another name beside it until the stream has ended without an error and all of it is on the
 * disk. When it fails nothing is left.
 *
 * @param stream - The bytes, such as those of {@link Bulk.downloadFlist}.
 * @param path - The file; one that is there is replaced.
 * @throws What the stream errors with.
 */
export async function saveStream(stream: ReadableStream<Uint8Array>, path: string): Promise<void> {
  const partial = `${path}.${randomBytes(6).toString("hex")}.part`;
  let isBegun = false;
  try {
    const file = await open(partial, "wx");
    isBegun = true;
    try {
      for await (const piece of stream) {
        await file.writeFile(piece);
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await (isBegun ? rm(partial, { force: true }) : stream.cancel(error));
    throw error;
  }
}

/**
 * Writes a blob that is being downloaded to a file, as {@link saveStream} does.
 *
 * @param blob - From {@link Bulk.download}.
 * @param path - The file; one that is there is replaced.
 * @throws {@link BlobMismatchError} The bytes that came are not those of the blob's id.
 */
export function saveBlob(blob: DownloadedBlob, path: string): Promise<void> {
  return saveStream(blob.content, path);
}

import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { DownloadedBlob } from "../bulk/types.js";

/**
 * Writes a blob that is being downloaded to a file: under another name beside it until the last byte was verified and is on
 * the disk. When it fails nothing is left.
 *
 * @param blob - From {@link Bulk.download}.
 * @param path - The file; one that is there is replaced.
 * @throws {@link BlobMismatchError} The bytes that came are not those of the blob's id.
 */
export async function saveBlob(blob: DownloadedBlob, path: string): Promise<void> {
  const partial = `${path}.${randomBytes(6).toString("hex")}.part`;
  const file = await open(partial, "wx");
  try {
    try {
      for await (const piece of blob.content) {
        await file.writeFile(piece);
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

import { stat } from "node:fs/promises";
import { streamOf } from "../bulk/streams.js";
import { piecesOfFile, writeFolder } from "./folderArchive.js";

/**
 * What is at a path, to upload it as a flist: a folder as a tar, made while it is read; a file, which has to be a tar, a gzip of
 * one or a `.fl`, as it is.
 *
 * In the tar the folder is the root; entries come in the order of their names, so that the same folder gives the same bytes.
 * Links are kept as links, owners, permissions and times as they are; sockets, which no tar holds, are left out.
 *
 * @param path - The folder or file; nothing is opened before the stream is read.
 * @returns A stream that errors as `node:fs` does when something cannot be read, and with a {@link BlobSizeError} when a file
 * grows or shrinks meanwhile.
 */
export function fromPath(path: string): ReadableStream<Uint8Array> {
  return streamOf(readPath(path));
}

async function* readPath(path: string): AsyncGenerator<Uint8Array, void> {
  const isFolder = (await stat(path)).isDirectory();
  yield* isFolder ? writeFolder(path) : piecesOfFile(path);
}

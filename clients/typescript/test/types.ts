// What the compiler must accept and refuse; compiled with the tests, never run.
import { connect, type BlobInfo, type DownloadedBlob, type KnownRole, type Role } from "../src/node.js";

declare const info: BlobInfo;
declare const role: Role;
declare const blob: DownloadedBlob;

const client = connect("tcp://127.0.0.1:9750");

// A size can pass 2^53, so it is no number.
export const size: bigint = info.size;
// @ts-expect-error -- it would be rounded
export const rounded: number = info.size;

// An enum takes values that are not known yet, and offers those that are.
export const later: Role = "something newer";
export const known: KnownRole = "admin";
// @ts-expect-error -- not every value is a known one
export const narrowed: KnownRole = role;

// A parameter takes the known ones only, and both kinds of integers.
void client.blobs.download([], { onMissing: "skip" });
// @ts-expect-error -- no such word
void client.blobs.download([], { onMissing: "sikp" });
void client.blobs.get("", { offset: 5, length: 2n ** 53n + 1n });

// A flist comes of whatever has bytes, in one of its formats.
void client.bulk.uploadFlist("site", new Blob(), { public: true, ifMatch: "none" });
void client.bulk
  .downloadFlist("site", { format: "tarGz" })
  .then((stream: ReadableStream<Uint8Array>) => stream.cancel());
// @ts-expect-error -- no such format
void client.bulk.downloadFlist("site", { format: "zip" });

// The cursor of a page is absent on the last one, and can be handed on as it is.
void client.blobs.list().then((page) => client.blobs.list({ cursor: page.cursor }));

// What a server sends is not for changing.
// @ts-expect-error -- read-only
info.id = "";

export const bytes: Promise<Uint8Array> = blob.bytes();

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { bytesOf, errorOf, library, newNumbers } from "./support.mjs";

const { fromPath, saveStream } = library;
const sizes = { empty: 0, small: 1000, "sub/large": 600_000 };

/** A small tree up as a tar.gz, and down in every format. */
export async function flists(clients) {
  const folder = mkdtempSync(join(tmpdir(), "rpcstore-scenario-"));
  try {
    await play(await clients.admin(), folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function play(admin, folder) {
  const first = newNumbers();
  const name = `scenario-${first}`;
  const tree = join(folder, "tree");
  const file = (path) => bytesOf(first + sizes[path], sizes[path]);
  mkdirSync(join(tree, "sub"), { recursive: true });
  Object.keys(sizes).forEach((path) => writeFileSync(join(tree, path), file(path)));
  symlinkSync("../small", join(tree, "sub", "link"));
  execFileSync("tar", ["-czf", join(folder, "tree.tar.gz"), "-C", tree, "."]);
  const archive = () => fromPath(join(folder, "tree.tar.gz"));

  let sent;
  const created = await admin.bulk.uploadFlist(name, archive(), { onProgress: (progress) => (sent = progress) });
  assert.deepEqual([created.status, created.flist.files, created.flist.complete], ["created", 3n, true]);
  assert.deepEqual(sent, { items: 1, bytes: readFileSync(join(folder, "tree.tar.gz")).length });
  assert.equal((await admin.bulk.uploadFlist(name, archive())).status, "unchanged");
  // The same tree as the client itself packs it.
  assert.equal((await admin.bulk.uploadFlist(name, fromPath(tree))).status, "unchanged");

  const broken = readFileSync(join(folder, "tree.tar.gz")).subarray(0, -100);
  const refused = await errorOf(admin.bulk.uploadFlist(name, broken));
  assert.ok(refused instanceof library.InvalidParamsError, refused.stack);
  assert.match(refused.message, /gzip|cut off|ends/i);
  const condition = await errorOf(admin.bulk.uploadFlist(name, archive(), { ifMatch: "none" }));
  assert.ok(condition instanceof library.PreconditionFailedError, condition.stack);
  assert.equal((await admin.flists.get(name)).digest, created.flist.digest);

  const download = async (format) => buffer(await admin.bulk.downloadFlist(name, { format }));
  const tar = await download("tar");
  assert.ok(gunzipSync(await download("tarGz")).equals(tar));
  const out = join(folder, "out");
  mkdirSync(out);
  execFileSync("tar", ["-x", "-C", out], { input: tar });
  assert.deepEqual(readdirSync(out, { recursive: true }).sort(), readdirSync(tree, { recursive: true }).sort());
  for (const path of Object.keys(sizes)) {
    assert.ok(readFileSync(join(out, path)).equals(file(path)), `the bytes of ${path}`);
    const one = await buffer(await admin.bulk.readFlistFile(name, path));
    assert.ok(one.equals(file(path)), `${path}, read by itself`);
  }
  await saveStream(await admin.bulk.downloadFlist(name), join(folder, "tree.fl"));
  const fl = readFileSync(join(folder, "tree.fl"));
  assert.equal(createHash("sha256").update(fl).digest("hex"), created.flist.digest);
  let blobs = 0n;
  for await (const blob of admin.bulk.downloadFlistBlobs(name)) {
    assert.match(blob.id, /^blake2b-/);
    blobs++;
  }
  assert.equal(blobs, created.flist.blobs);

  // The file that came is a flist again.
  const copy = await admin.bulk.uploadFlist(`${name}-copy`, fromPath(join(folder, "tree.fl")));
  assert.deepEqual([copy.status, copy.flist.digest], ["created", created.flist.digest]);
  assert.deepEqual((await admin.flists.delete(`${name}-copy`)).blobs, 0n);
  assert.equal((await admin.flists.delete(name)).blobs, created.flist.blobs);
  const gone = await errorOf(admin.bulk.downloadFlist(name));
  assert.ok(gone instanceof library.NotFoundError, gone.stack);
}

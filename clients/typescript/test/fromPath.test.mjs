import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { library } from "./support/library.mjs";

const { BlobSizeError, fromPath } = library;
const MiB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), "rpcstore-path-"));
test.after(() => rmSync(folder, { recursive: true }));

const read = (path) => buffer(fromPath(path));

test("a folder is a tar that tar unpacks to the same, and always the same tar", async () => {
  const tree = join(folder, "tree");
  const long = "é".repeat(60);
  mkdirSync(join(tree, "sub", long), { recursive: true, mode: 0o750 });
  writeFileSync(join(tree, "empty"), "");
  writeFileSync(join(tree, "page"), Buffer.alloc(MiB + 3, "page"), { mode: 0o640 });
  writeFileSync(join(tree, "sub", long, "x".repeat(200)), "deep");
  symlinkSync("../page", join(tree, "sub", "link"));
  symlinkSync("/nowhere/".repeat(30), join(tree, "sub", "far"));
  execFileSync("mkfifo", [join(tree, "pipe")]);
  utimesSync(join(tree, "empty"), -5, -5);
  utimesSync(join(tree, "page"), 1_700_000_000, 1_700_000_000.9);
  const socket = createServer().listen(join(tree, "socket"));
  await new Promise((resolve) => socket.once("listening", resolve));

  const tar = await read(tree);
  assert.ok((await read(`${tree}/`)).equals(tar));
  socket.close();
  const out = join(folder, "out");
  mkdirSync(out);
  execFileSync("tar", ["-xp", "-C", out], { input: tar });
  assert.deepEqual(
    shape(out),
    shape(tree).filter(([path]) => path !== "socket"),
  );
  const names = execFileSync("tar", ["-t", "--quoting-style=literal"], { input: tar }).toString().trim().split("\n");
  assert.equal(names[0], "./");
  assert.deepEqual(names.slice(1), names.slice(1).toSorted());
});

/** What must come back of a tree. */
function shape(root) {
  return readdirSync(root, { recursive: true })
    .sort()
    .map((path) => {
      const info = lstatSync(join(root, path));
      const content = info.isSymbolicLink()
        ? readlinkSync(join(root, path))
        : info.isFile() && readFileSync(join(root, path)).toString("base64");
      const mtime = info.isSymbolicLink() || Math.floor(info.mtimeMs / 1000);
      return [path, info.mode, info.uid, info.gid, mtime, content];
    });
}

test("a file is its bytes", async () => {
  const bytes = Buffer.alloc(MiB + 1, "bytes");
  writeFileSync(join(folder, "file"), bytes);
  assert.ok((await read(join(folder, "file"))).equals(bytes));
});

test("what is not there, and a file that shrinks meanwhile, end the stream with an error", async () => {
  await assert.rejects(read(join(folder, "absent")), { code: "ENOENT" });
  const tree = join(folder, "shrinking");
  mkdirSync(tree);
  writeFileSync(join(tree, "a"), Buffer.alloc(4 * MiB));
  const reader = fromPath(tree).getReader();
  for (let count = 0; count < 3; count++) {
    await reader.read();
  }
  truncateSync(join(tree, "a"), 5);
  const rest = async () => {
    while (!(await reader.read()).done);
  };
  await assert.rejects(rest(), (error) => error instanceof BlobSizeError && /^a: /.test(error.message));
});

test("a name that is not UTF-8 is named", async () => {
  const tree = join(folder, "names");
  mkdirSync(tree);
  writeFileSync(Buffer.concat([Buffer.from(`${tree}/`), Buffer.from([0x66, 0xff])]), "");
  await assert.rejects(read(tree), (error) => error instanceof TypeError && error.message.includes("not UTF-8"));
});

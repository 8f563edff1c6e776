import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { startFakeStore } from "./support/fakeStore.mjs";
import { library, load } from "./support/library.mjs";
import { closeLater } from "./support/meeting.mjs";

const { BlobMismatchError, ConnectionError, FlistMismatchError, InvalidParamsError, ProtocolError, saveStream } =
  library;
const { headOf, paddingOf } = await load("bulk/tarHeads.js");
const { endOfTar } = await load("bulk/tarWriter.js");
const { gather } = await load("bulk/streams.js");

const MiB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), "rpcstore-flists-"));
test.after(() => rmSync(folder, { recursive: true }));

const idOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
const entry = (name, content) =>
  Buffer.concat([headOf({ name, size: content.length }), content, Buffer.alloc(paddingOf(content.length))]);
const flist = Buffer.alloc(3 * MiB + 5, "SQLite format 3\0");
const page = Buffer.from("<p>");
const archive = Buffer.concat([entry("index.html", page), endOfTar()]);

const uploaded = {
  flist: {
    ...{ id: "0".repeat(32), account: "ada", name: "site", digest: idOf(flist), public: false, complete: true },
    ...{ fileBytes: 1, inodes: 2, files: 1, bytes: 3, blocks: 1, blobs: 1, blobBytes: 3, missingBlobs: 0 },
    ...{ incompleteFiles: 0, createdAt: "2026-11-21T09:00:00Z", updatedAt: "2026-11-21T09:00:00Z" },
  },
  ...{ status: "created", storedBlobs: 1, storedBytes: 3 },
};

async function storeThat(handle, options) {
  const server = await startFakeStore(handle);
  const client = library.connect(server.url, options);
  closeLater(client, server);
  return { client, server };
}

const serving = (bytes, digest) =>
  storeThat((_, response) => {
    if (digest !== undefined) {
      response.setHeader("etag", `"${digest}"`);
    }
    response.end(bytes);
  });

/** A store that reads what is sent, answers nothing, and tells when that began and whether all came. */
async function storeThatReads() {
  let begin;
  const begun = new Promise((resolve) => (begin = resolve));
  const store = await storeThat((request) => {
    begin({ isWhole: new Promise((resolve) => request.on("close", () => resolve(request.complete))) });
    request.resume();
  });
  return { ...store, begun };
}

const receive = async (stream) => buffer(await stream);

/** Saves a download that fails, and looks that nothing is left. */
async function failsToSave(client, options, type) {
  const saving = async () => saveStream(await client.bulk.downloadFlist("site", options), join(folder, "flist"));
  await assert.rejects(saving(), type);
  assert.deepEqual(readdirSync(folder), []);
}

test("a .fl comes verified, from its own account, with the client's token and progress", async () => {
  const asked = [];
  const handle = (request, response) => {
    asked.push([request.url, request.headers.authorization]);
    response.setHeader("etag", `"${idOf(flist)}"`);
    response.end(flist);
  };
  const { client, server } = await storeThat(handle, { token: "secret" });
  const steps = [];
  const stream = await client.bulk.downloadFlist("site", { onProgress: (progress) => steps.push(progress) });
  await saveStream(stream, join(folder, "flist"));
  assert.ok(readFileSync(join(folder, "flist")).equals(flist));
  assert.deepEqual(readdirSync(folder), ["flist"]);
  rmSync(join(folder, "flist"));
  assert.deepEqual(steps.at(-1), { items: 1, bytes: flist.length });
  assert.ok(steps.length > 2);
  await client.bulk.downloadFlist("a b", { account: "eve", format: "tarGz" }).then((other) => other.cancel());
  assert.deepEqual(asked, [
    ["/flists/ada/site?format=fl", "Bearer secret"],
    ["/flists/eve/a%20b?format=tarGz", "Bearer secret"],
  ]);
  assert.deepEqual(
    server.calls.map((call) => call.method),
    ["auth.whoami"],
  );
});

test("a .fl of other bytes, or without a digest, is never whole", async () => {
  const wrong = Buffer.from(flist);
  wrong[MiB] ^= 1;
  const { client } = await serving(wrong, idOf(flist));
  let length = 0;
  const reading = async () => {
    for await (const piece of await client.bulk.downloadFlist("site")) {
      length += piece.length;
    }
  };
  await assert.rejects(reading(), (error) => {
    assert.ok(error instanceof FlistMismatchError);
    assert.deepEqual([error.digest, error.actual], [idOf(flist), idOf(wrong)]);
    return true;
  });
  assert.ok(length < flist.length);
  await failsToSave(client, {}, FlistMismatchError);
  await failsToSave((await serving(flist)).client, {}, ProtocolError);
});

test("what is cut off is never whole", async () => {
  for (const format of ["fl", "tar", "tarGz"]) {
    const { client } = await storeThat((_, response) => {
      response.writeHead(200, { "content-length": flist.length, etag: `"${idOf(flist)}"` });
      response.write(flist.subarray(0, MiB), () => response.destroy());
    });
    await failsToSave(client, { format }, ConnectionError);
  }
  const { client } = await serving(archive.subarray(0, -512));
  await failsToSave(client, { format: "tar" }, ProtocolError);
});

test("archives come as they are", async () => {
  const { client } = await serving(archive);
  assert.ok((await receive(client.bulk.downloadFlist("site", { format: "tar" }))).equals(archive));
  const packed = await serving(gzipSync(archive));
  const got = await receive(packed.client.bulk.downloadFlist("site", { format: "tarGz" }));
  assert.ok(gunzipSync(got).equals(archive));
});

test("the blobs of a flist come verified", async () => {
  const batch = Buffer.concat([entry(idOf(page), page), entry(idOf(flist), flist), endOfTar()]);
  const { client } = await serving(batch);
  const got = [];
  for await (const blob of client.bulk.downloadFlistBlobs("site")) {
    got.push(idOf(await blob.bytes()) === blob.id);
  }
  assert.deepEqual(got, [true, true]);
  assert.ok((await receive(client.bulk.downloadFlist("site", { format: "blobs" }))).equals(batch));

  const wrong = await serving(Buffer.concat([entry(idOf(page), Buffer.from("<q>")), endOfTar()]));
  await failsToSave(wrong.client, { format: "blobs" }, BlobMismatchError);
  await failsToSave((await serving(entry(idOf(page), page))).client, { format: "blobs" }, ProtocolError);
  await failsToSave((await serving(archive)).client, { format: "blobs" }, ProtocolError);
});

test("a file in a flist is read by its path, and no path leads elsewhere", async () => {
  const asked = [];
  const { client } = await storeThat((request, response) => {
    asked.push(request.url);
    response.end(page);
  });
  assert.ok((await receive(client.bulk.readFlistFile("site", "/a b//c#d/é"))).equals(page));
  assert.deepEqual(asked, ["/flists/ada/site/files/a%20b/c%23d/%C3%A9"]);
  for (const [name, path] of [
    ["site", "a/../../x"],
    ["..", "x"],
    ["", "x"],
  ]) {
    await assert.rejects(client.bulk.readFlistFile(name, path), TypeError);
  }
  assert.equal(asked.length, 1);
});

test("an error on the way to a flist is the contract's", async () => {
  const { client } = await storeThat((_, response) => {
    response.writeHead(409, { "content-type": "application/json" });
    response.end('{"error":{"code":409,"message":"no file","data":{"name":"conflict","reason":"incomplete"}}}');
  });
  await assert.rejects(client.bulk.readFlistFile("site", "x"), library.ConflictError);
  await failsToSave(client, { format: "blobs" }, library.ConflictError);
  const other = await storeThat((_, response) => response.writeHead(502).end("<html>"));
  await assert.rejects(other.client.bulk.downloadFlist("site"), ProtocolError);
  await assert.rejects(other.client.bulk.uploadFlist("site", archive), /502/);
});

test("a download that is given up fails with the reason, and leaves nothing", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const { client } = await storeThat((_, response) => response.setHeader("etag", `"${idOf(flist)}"`).write(flist));
  const options = { signal: controller.signal, onProgress: () => controller.abort(reason) };
  await failsToSave(client, options, (error) => error === reason);
});

test("a reader that goes while it waits ends the download", async () => {
  let closed;
  const { client } = await storeThat((_, response) => {
    closed = new Promise((resolve) => response.on("close", resolve));
    response.write(page);
  });
  const reader = (await client.bulk.readFlistFile("site", "x")).getReader();
  const waiting = reader.read();
  await reader.cancel();
  assert.equal((await waiting).done, true);
  await closed;
});

test("an upload brings what it is given, with progress", async () => {
  const bodies = [];
  const { client, server } = await storeThat(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()));
    response.writeHead(201).end(JSON.stringify(uploaded));
  });
  const sources = [archive, new Blob([archive]), new Blob([archive]).stream(), () => new Blob([archive]).stream()];
  for (const source of sources) {
    let last;
    const result = await client.bulk.uploadFlist("site", source, {
      public: true,
      onProgress: (progress) => (last = progress),
    });
    assert.deepEqual([result.status, result.flist.files], ["created", 1n]);
    assert.deepEqual(last, { items: 1, bytes: archive.length });
    assert.ok(bodies.pop().equals(archive));
    assert.deepEqual(server.calls.pop(), { method: "flists.upload", params: { name: "site", public: true } });
  }
});

test("an upload that is refused fails with the reason, also before it was sent", async () => {
  const refusal = '{"error":{"code":-32602,"message":"entry 3 is no tar","data":{"name":"invalidParams"}}}';
  const answers = [
    async (request, response) => {
      await request.toArray();
      response.writeHead(400, { "content-type": "application/json" }).end(refusal);
    },
    (_, response) => response.writeHead(400, { "content-type": "application/json", connection: "close" }).end(refusal),
  ];
  for (const answer of answers) {
    const { client } = await storeThat(answer);
    await assert.rejects(client.bulk.uploadFlist("site", new Blob([page])), (error) => {
      assert.ok(error instanceof InvalidParamsError, error.stack);
      return /entry 3 is no tar/.test(error.message);
    });
  }
  const hostile = await storeThat((request, response) =>
    request.resume().on("end", () => response.end('{"flist":[]}')),
  );
  await assert.rejects(hostile.client.bulk.uploadFlist("site", page), ProtocolError);
});

test("an upload that is given up cancels its source, also one that gives nothing, and sends no end", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const { client, begun } = await storeThatReads();
  let given = 0;
  const cancelled = new Promise((resolve) => {
    const source = new ReadableStream({
      async pull(stream) {
        if (given++ === 0) {
          stream.enqueue(page);
          return;
        }
        await begun;
        controller.abort(reason);
        await new Promise(() => {});
      },
      cancel: resolve,
    });
    assert.rejects(client.bulk.uploadFlist("site", source, { signal: controller.signal }), (error) => error === reason);
  });
  assert.equal(await cancelled, reason);
  assert.equal(await (await begun).isWhole, false);
});

test("a source that fails, or that nobody comes to read, is no upload", async () => {
  const { client, server, begun } = await storeThatReads();
  let given = 0;
  const failing = new ReadableStream({
    async pull(stream) {
      if (given++ === 0) {
        stream.enqueue(page);
        return;
      }
      await begun;
      throw new Error("disk");
    },
  });
  await assert.rejects(client.bulk.uploadFlist("site", failing), /disk/);
  assert.equal(await (await begun).isWhole, false);

  server.close();
  let isCancelled = false;
  const unread = new ReadableStream({ cancel: () => void (isCancelled = true) });
  await assert.rejects(client.bulk.uploadFlist("site", unread), ConnectionError);
  assert.ok(isCancelled);
});

test("a body that is gathered is the same bytes", async () => {
  async function* pieces() {
    for (let i = 0; i < 40; i++) {
      yield Buffer.alloc(MiB, i);
    }
  }
  const bytes = Buffer.from(await (await gather(pieces())).arrayBuffer());
  assert.ok(bytes.equals(Buffer.concat(Array.from({ length: 40 }, (_, i) => Buffer.alloc(MiB, i)))));
});

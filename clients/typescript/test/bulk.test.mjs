import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { startFakeStore } from "./support/fakeStore.mjs";
import { library, load } from "./support/library.mjs";

const { BlobMismatchError, BlobSizeError, ConnectionError, NotFoundError, ProtocolError, saveBlob } = library;
const { endOfTar, writeTar } = await load("bulk/tarWriter.js");
const { headOf, paddingOf } = await load("bulk/tarHeads.js");
const { ByteReader } = await load("bulk/byteReader.js");
const { TarReader } = await load("bulk/tarReader.js");
const { Blake2b256 } = await load("digests/blake2b.js");

const MiB = 2 ** 20;
const open = [];
const folder = mkdtempSync(join(tmpdir(), "rpcstore-bulk-"));

afterEach(() => {
  for (const thing of open.splice(0)) {
    thing.close();
  }
});
test.after(() => rmSync(folder, { recursive: true }));

const idOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
const blobOf = (bytes) => ({ id: idOf(bytes), size: bytes.length, content: bytes });
const entry = ({ id, size, content }) =>
  Buffer.concat([headOf({ name: id, size }), content, Buffer.alloc(paddingOf(size))]);
const tarOf = (...blobs) => Buffer.concat([...blobs.map(entry), endOfTar()]);

const small = blobOf(Buffer.from("small"));
const empty = blobOf(Buffer.alloc(0));
const large = blobOf(Buffer.alloc(3 * MiB + 5, "large"));

async function storeThat(handle) {
  const server = await startFakeStore(handle);
  const client = library.connect(server.url);
  open.push(client, server);
  return { client, server };
}

const serving = (bytes) => storeThat((_, response) => response.end(bytes));

async function downloadAll(client, ids, options) {
  const got = [];
  for await (const blob of client.bulk.download(ids, options)) {
    got.push([blob.id, Buffer.from(await blob.bytes())]);
  }
  return got;
}

test("blobs come verified and in order, with progress", async () => {
  const { client } = await serving(tarOf(small, empty, large));
  const steps = [];
  const ids = [small.id, empty.id, large.id];
  const got = await downloadAll(client, ids, { onProgress: (progress) => steps.push(progress) });
  assert.deepEqual(
    got,
    [small, empty, large].map(({ id, content }) => [id, content]),
  );
  assert.deepEqual(steps.at(-1), { items: 3, bytes: small.size + large.size });
});

test("BLAKE2b blobs are verified as well", async () => {
  const digest = new Blake2b256();
  digest.update(small.content);
  const blob = { ...small, id: `blake2b-${digest.hex()}` };
  assert.deepEqual(await downloadAll((await serving(tarOf(blob))).client, [blob.id]), [[blob.id, blob.content]]);
  const wrong = { ...blob, content: Buffer.from("smell") };
  await assert.rejects(downloadAll((await serving(tarOf(wrong))).client, [blob.id]), BlobMismatchError);
});

test("a small blob whose bytes are wrong is never given out", async () => {
  const { client } = await serving(tarOf(empty, { ...small, content: Buffer.from("smell") }));
  const seen = [];
  const download = async () => {
    for await (const blob of client.bulk.download([empty.id, small.id])) {
      seen.push(blob.id);
    }
  };
  await assert.rejects(download(), (error) => {
    assert.ok(error instanceof BlobMismatchError);
    assert.deepEqual([error.id, error.actual], [small.id, idOf("smell")]);
    return true;
  });
  assert.deepEqual(seen, [empty.id]);
});

test("a large blob whose bytes are wrong fails before its last piece, and nothing of it is kept", async () => {
  const content = Buffer.from(large.content);
  content[MiB] ^= 1;
  const wrong = tarOf({ ...large, content });
  const reading = async () => {
    for await (const blob of (await serving(wrong)).client.bulk.download([large.id])) {
      let length = 0;
      await assert.rejects(async () => {
        for await (const piece of blob.content) {
          length += piece.length;
        }
      }, BlobMismatchError);
      assert.ok(length < large.size);
    }
  };
  await assert.rejects(reading(), BlobMismatchError);

  const saving = async () => {
    for await (const blob of (await serving(wrong)).client.bulk.download([large.id])) {
      await saveBlob(blob, join(folder, "blob"));
    }
  };
  await assert.rejects(saving(), BlobMismatchError);
  assert.deepEqual(readdirSync(folder), []);

  const skipping = async () => {
    for await (const _ of (await serving(wrong)).client.bulk.download([large.id])) {
      // What is not read is verified all the same.
    }
  };
  await assert.rejects(skipping(), BlobMismatchError);
});

test("a blob is saved whole", async () => {
  for await (const blob of (await serving(tarOf(large))).client.bulk.download([large.id])) {
    await saveBlob(blob, join(folder, "blob"));
  }
  assert.ok(readFileSync(join(folder, "blob")).equals(large.content));
  assert.deepEqual(readdirSync(folder), ["blob"]);
  rmSync(join(folder, "blob"));
});

test("what is missing is told, or ends the download", async () => {
  const { client, server } = await serving(tarOf(small));
  const missing = [];
  const got = await downloadAll(client, [empty.id, small.id, large.id], { onMissing: (id) => missing.push(id) });
  assert.deepEqual([got.length, missing, server.calls[0].params.onMissing], [1, [empty.id, large.id], "skip"]);
  await assert.rejects(downloadAll(client, [empty.id, small.id]), ProtocolError);
});

test("an error on the way to the bytes is the contract's", async () => {
  const { client } = await storeThat((_, response) => {
    response.writeHead(404, { "content-type": "application/json" });
    response.end('{"error":{"code":404,"message":"gone","data":{"name":"notFound"}}}');
  });
  await assert.rejects(downloadAll(client, [small.id]), NotFoundError);
  const other = await storeThat((_, response) => response.writeHead(502).end("<html>"));
  await assert.rejects(downloadAll(other.client, [small.id]), ProtocolError);
});

const header = entry(small);
const broken = {
  nothing: Buffer.alloc(0),
  "no tar": Buffer.alloc(1024, "x"),
  "a wrong checksum": tarOf(small).fill("9", 110, 111),
  "no end": entry(small),
  "an entry that is cut off": tarOf(small).subarray(0, 514),
  "a header that is cut off": tarOf(small).subarray(0, 300),
  "padding that is cut off": tarOf(small).subarray(0, 600),
  "more behind its end": Buffer.concat([tarOf(small), entry(small)]),
  "a blob that was not asked for": tarOf(small, empty),
  "a link": tarOf({ ...small, id: small.id }).fill("2", 156, 157),
  "a pax header without an end": Buffer.concat([Buffer.from(header).fill("x", 156, 157), endOfTar()]),
};

for (const [what, bytes] of Object.entries(broken)) {
  test(`a batch with ${what} is refused`, async () => {
    const { client } = await serving(bytes);
    await assert.rejects(downloadAll(client, [small.id]), ProtocolError);
  });
}

test("an answer that breaks off is a connection error", async () => {
  const { client } = await storeThat((_, response) => {
    response.writeHead(200, { "content-length": 10 * MiB });
    response.write(entry(large), () => response.destroy());
  });
  await assert.rejects(downloadAll(client, [large.id, small.id]), ConnectionError);
});

test("leaving the loop early ends the download on the server too", async () => {
  let closed;
  const { client } = await storeThat((_, response) => {
    closed = new Promise((resolve) => response.on("close", resolve));
    response.write(tarOf(small));
    response.write(Buffer.alloc(MiB));
  });
  for await (const _ of client.bulk.download([small.id])) {
    break;
  }
  await closed;
});

test("an upload is a tar batch that tar can read", async () => {
  let body;
  const { client } = await storeThat(async (request, response) => {
    body = Buffer.concat(await request.toArray());
    const results = [
      { id: small.id, size: 5, status: "stored" },
      { id: large.id, size: large.size, status: "mismatch", reason: "other bytes" },
    ];
    response.end(JSON.stringify({ stored: 1, existing: 0, failed: 1, bytes: 5, results }));
  });
  const stream = () => new Blob([large.content]).stream();
  const results = [];
  const summary = await client.bulk.upload([small, await client.bulk.blob(stream)], {
    onResult: (result) => results.push(result.status),
  });
  assert.ok(body.equals(tarOf(small, large)));
  assert.deepEqual(execFileSync("tar", ["-t"], { input: body }).toString().trim().split("\n"), [small.id, large.id]);
  assert.deepEqual(
    { ...summary, failures: summary.failures.length },
    { stored: 1, existing: 0, failed: 1, bytes: 5, failures: 1 },
  );
  assert.deepEqual(results, ["stored", "mismatch"]);
});

test("many blobs go in several transfers", async () => {
  let transfers = 0;
  const { client } = await storeThat(async (request, response) => {
    transfers++;
    await request.toArray();
    response.end('{"stored":1,"existing":0,"failed":0,"bytes":1,"results":[]}');
  });
  const blobs = Array.from({ length: 10_000 }, () => empty);
  assert.equal((await client.bulk.upload(blobs)).stored, 3);
  assert.equal(transfers, 3);
});

test("a blob that is not as long as it says ends the upload", async () => {
  const { client } = await storeThat((request) => request.resume());
  for (const size of [small.size - 1, small.size + 1]) {
    await assert.rejects(client.bulk.upload([{ ...small, size }]), BlobSizeError);
  }
  const failing = () => new ReadableStream({ pull: () => Promise.reject(new Error("disk")) });
  await assert.rejects(client.bulk.upload([{ ...small, content: failing }]), /disk/);
});

test("a source that gives nothing is cancelled with its upload", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const { client } = await storeThat((request) => request.resume());
  const cancelled = new Promise((resolve) => {
    const content = () =>
      new ReadableStream({
        pull() {
          controller.abort(reason);
          return new Promise(() => {});
        },
        cancel: resolve,
      });
    const upload = client.bulk.upload([{ ...small, content }], { signal: controller.signal });
    assert.rejects(upload, (error) => error === reason);
  });
  await cancelled;
});

test("an upload ends also while its blobs are waited for", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const { client } = await storeThat((request) => request.resume());
  async function* blobs() {
    yield small;
    controller.abort(reason);
    await new Promise(() => {});
  }
  await assert.rejects(client.bulk.upload(blobs(), { signal: controller.signal }), (error) => error === reason);
});

test("an error that ended the batch comes after its results", async () => {
  const { client } = await storeThat(async (request, response) => {
    await request.toArray();
    const results = [{ id: small.id, size: 5, status: "stored" }];
    const error = { code: 507, message: "full", data: { name: "insufficientStorage" } };
    response
      .writeHead(507, { "content-type": "application/json" })
      .end(JSON.stringify({ stored: 1, existing: 0, failed: 0, bytes: 5, results, error }));
  });
  const results = [];
  const upload = client.bulk.upload([small, large], { onResult: (result) => results.push(result.id) });
  await assert.rejects(upload, library.InsufficientStorageError);
  assert.deepEqual(results, [small.id]);
});

test("a server that answers an upload before it was sent is heard", async () => {
  const { client } = await storeThat((_, response) => {
    response.writeHead(503, { "content-type": "application/json", connection: "close" });
    response.end('{"error":{"code":503,"message":"stopping","data":{"name":"unavailable"}}}');
  });
  await assert.rejects(client.bulk.upload([small]), library.UnavailableError);
});

test("a size over 8 GiB is written and read exactly", async () => {
  const size = 2 ** 53 - 1;
  const bytes = new ByteReader(new Blob([headOf({ name: small.id, size })]).stream());
  assert.deepEqual(await new TarReader(bytes).next(), { name: small.id, size });
});

test("a size that no number holds is refused, not rounded", async () => {
  const head = Buffer.from(headOf({ name: small.id, size: 2 ** 53 - 1 }));
  head.write("9007199254740993", head.indexOf("9007199254740991"));
  const bytes = new ByteReader(new Blob([head]).stream());
  await assert.rejects(
    new TarReader(bytes).next(),
    (error) => error instanceof ProtocolError && /993/.test(error.message),
  );
});

test("a batch of nothing is the end alone", async () => {
  const parts = [];
  for await (const part of writeTar([])) {
    parts.push(part);
  }
  assert.ok(Buffer.concat(parts).equals(Buffer.alloc(1024)));
});

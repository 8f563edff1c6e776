// What a page does with the client: over WebSocket and POST from another origin, and everything from the server's own.
import * as rpcstore from "/dist/browser.js";
import settings from "/settings.mjs";

const MiB = 2 ** 20;

async function calls() {
  const guest = rpcstore.connect(settings.server);
  equal((await guest.auth.whoami()).role, "guest", "whoami over POST from another origin");
  await fails(guest.blobs.list(), rpcstore.UnauthenticatedError);

  const client = rpcstore.connect(settings.server.replace("http:", "ws:"));
  const { limits } = await client.server.info();
  equal(typeof limits.maxBlobBytes, "bigint", "a size");
  equal((await client.login(await rpcstore.readKey(settings.key))).role, "admin", "login over a WebSocket");
  const reason = new Error("enough");
  const controller = new AbortController();
  const watching = client.journal.watch({ signal: controller.signal, onProgress: () => {} });
  await client.server.info();
  controller.abort(reason);
  equal(await errorOf(watching), reason, "a cancelled call");
  equal((await client.auth.whoami()).role, "admin", "the same connection after it");
  client.close();
  await fails(client.auth.whoami(), rpcstore.ConnectionError);
}

async function generatedKey() {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  const stranger = rpcstore.connect(location.origin);
  const error = await fails(stranger.login(await rpcstore.signerOf(pair)), rpcstore.UnauthenticatedError);
  equal(error.data.reason, "unknownKey", "a login with a right signature of a key that nobody knows");
}

async function bulk(origin) {
  const client = rpcstore.connect(origin);
  await client.login(await rpcstore.readKey(settings.key));
  const contents = [
    new Uint8Array(),
    new TextEncoder().encode("from a page"),
    new Blob([crypto.getRandomValues(new Uint8Array(65_536)), new Uint8Array(3 * MiB)]),
    () => new Blob([new Uint8Array(2 * MiB).fill(7)]).stream(),
  ];
  const blobs = await Promise.all(contents.map((content) => client.bulk.blob(content)));
  const summary = await client.bulk.upload(blobs);
  equal(summary.stored + summary.existing, blobs.length, "blobs of an upload");
  const ids = blobs.map((blob) => blob.id);
  equal((await client.blobs.has(ids)).missing.length, 0, "missing blobs");
  let last;
  let i = 0;
  for await (const blob of client.bulk.download(ids, { onProgress: (progress) => (last = progress) })) {
    equal(blob.id, ids[i], "order");
    const expected = await bytesOf(contents[i++]);
    const bytes = await blob.bytes();
    equal(bytes.length === expected.length && bytes.every((byte, at) => byte === expected[at]), true, "bytes");
  }
  equal(
    last.bytes,
    blobs.reduce((total, blob) => total + blob.size, 0),
    "progress",
  );
  const wrong = await client.bulk.upload([{ ...blobs[1], id: "0".repeat(64) }]);
  equal(wrong.failures[0]?.status, "mismatch", "a blob with a wrong id");

  const reason = new Error("enough");
  const controller = new AbortController();
  const download = async () => {
    for await (const blob of client.bulk.download([ids[2]], { signal: controller.signal })) {
      controller.abort(reason);
      await blob.bytes();
    }
  };
  equal(await errorOf(download()), reason, "a cancelled download");
  client.close();
}

async function flists(origin) {
  const client = rpcstore.connect(origin);
  await client.login(await rpcstore.readKey(settings.key));
  // More than a part of what is gathered, and a part has a rest.
  const content = new Blob([crypto.getRandomValues(new Uint8Array(65_536)), new Uint8Array(17 * MiB + 5).fill(7)]);
  const id = (await client.bulk.blob(content)).id;
  const tarParts = [];
  for await (const piece of rpcstore.writeTar([{ id: "page.html", size: content.size, content }])) {
    tarParts.push(piece);
  }
  const file = new File(tarParts, "site.tar");
  let last;
  const options = { public: true, onProgress: (progress) => (last = progress) };
  const created = await client.bulk.uploadFlist("page", file, options);
  equal(created.flist.complete, true, "a flist from a file");
  equal(last.bytes, file.size, "progress of a flist from a file");
  equal((await client.bulk.uploadFlist("page", file.stream(), options)).status, "unchanged", "from a stream");
  equal(last.bytes, file.size, "progress of a flist from a stream");
  const packed = file.stream().pipeThrough(new CompressionStream("gzip"));
  equal((await client.bulk.uploadFlist("page", packed)).status, "unchanged", "a flist from a tar.gz");
  const refused = await fails(
    client.bulk.uploadFlist("page", new TextEncoder().encode("no archive")),
    rpcstore.InvalidParamsError,
  );
  equal(/archive/.test(refused.message), true, refused.message);

  const fl = await bytesOf(await client.bulk.downloadFlist("page"));
  equal((await client.bulk.uploadFlist("page", fl)).status, "unchanged", "a flist from its own .fl");
  const tar = await client.bulk.downloadFlist("page", { format: "tar", onProgress: options.onProgress });
  equal((await bytesOf(tar)).length, last.bytes, "progress of a download");
  const page = await bytesOf(await client.bulk.readFlistFile("page", "/page.html"));
  equal((await client.bulk.blob(page)).id, id, "a file of the flist");
  let blobs = 0n;
  for await (const blob of client.bulk.downloadFlistBlobs("page")) {
    blobs += BigInt(blob.size > 0);
  }
  equal(blobs, created.flist.blobs, "the blobs of the flist");
  const guest = rpcstore.connect(origin);
  const shown = await bytesOf(await guest.bulk.downloadFlist("page", { account: created.flist.account }));
  equal(shown.length, fl.length, "a public flist for a guest");

  const reason = new Error("enough");
  const controller = new AbortController();
  const stalling = new ReadableStream({ pull: () => controller.abort(reason) });
  equal(
    await errorOf(client.bulk.uploadFlist("stalling", stalling, { signal: controller.signal })),
    reason,
    "a given up upload",
  );
  await client.flists.delete("page");
  client.close();
}

async function bytesOf(content) {
  const stream = typeof content === "function" ? content() : content;
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function errorOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("this should have failed");
}

async function fails(promise, type) {
  const error = await errorOf(promise);
  equal(error instanceof type, true, `${error}`);
  return error;
}

function equal(actual, expected, what) {
  if (actual !== expected) {
    throw new Error(`${what}: ${String(actual)} in place of ${String(expected)}`);
  }
}

let result = "passed";
try {
  await calls();
  await generatedKey();
  await bulk(location.origin);
  await bulk(location.origin.replace("http:", "ws:"));
  await flists(location.origin);
  await flists(location.origin.replace("http:", "ws:"));
} catch (error) {
  result = `${error}\n${error.stack}`;
}
await fetch("/result", { method: "POST", body: result });

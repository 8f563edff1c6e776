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
} catch (error) {
  result = `${error}\n${error.stack}`;
}
await fetch("/result", { method: "POST", body: result });

// WebSockets below their messages, connections that cannot be, and logins that must not be signed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serverFrame, startHttp } from "./support/fakeServer.mjs";
import { library } from "./support/library.mjs";
import { closeLater, meet, result, whoami } from "./support/meeting.mjs";

const { ConnectionError, ProtocolError } = library;

const frames = {
  binary: [serverFrame(2, "{}")],
  "a continuation of nothing": [serverFrame(0, "{}")],
  "a text inside a text": [serverFrame(1, "{", false), serverFrame(1, "}")],
  "reserved bits": [Buffer.from([0xf1, 0])],
  masked: [Buffer.from([0x81, 0x80, 1, 2, 3, 4])],
  "a ping that is too long": [Buffer.concat([Buffer.from([0x89, 126, 0, 200]), Buffer.alloc(200)])],
  "longer than anything may be": [Buffer.from([0x81, 127, 0x7f, 255, 255, 255, 255, 255, 255, 255])],
};

for (const [what, sent] of Object.entries(frames)) {
  test(`ws: a frame that is ${what} is a protocol error`, async () => {
    const { client } = await meet("ws", (_, reply) => sent.forEach(reply.raw));
    await assert.rejects(client.auth.whoami(), ProtocolError);
  });
}

test("ws: a message in many frames, with a ping between, is one message", async () => {
  const { client } = await meet("ws", ({ id }, reply) => {
    const text = result(id);
    reply.raw(serverFrame(1, text.slice(0, 10), false));
    reply.raw(serverFrame(9, "ping"));
    reply.raw(serverFrame(0, text.slice(10, 11), false));
    for (const byte of serverFrame(0, text.slice(11))) {
      reply.raw(Buffer.from([byte]));
    }
  });
  assert.deepEqual(await client.auth.whoami(), whoami);
});

test("ws: a message may come in a frame for each byte, and in frames with none", async () => {
  const { client } = await meet("ws", ({ id }, reply) => {
    const text = result(id) + " ".repeat(100_000);
    const bytes = [...text].flatMap((byte) => [serverFrame(0, "", false), serverFrame(0, byte, false)]);
    reply.raw(Buffer.concat([serverFrame(1, "", false), ...bytes, serverFrame(0, "")]));
  });
  assert.deepEqual(await client.auth.whoami(), whoami);
  // The next one comes whole.
  assert.deepEqual(await client.auth.whoami(), whoami);
});

test("ws: a message in parts is no longer than one may be", async () => {
  const { client } = await meet(
    "ws",
    (_, reply) => {
      for (let part = 0; part < 3; part++) {
        reply.raw(serverFrame(part === 0 ? 1 : 0, " ".repeat(40_000), part === 2));
      }
    },
    { maxMessageBytes: 65_536 },
  );
  await assert.rejects(client.auth.whoami(), (error) => error instanceof ProtocolError && /65536/.test(error.message));
});

test("ws: of the pings of a server that reads nothing the last one is answered", { timeout: 20_000 }, async () => {
  // More than a connection takes on its way.
  const pings = Array.from({ length: 200_000 }, (_, n) => `ping ${n} `.padEnd(125, "."));
  let resume;
  const { client, server } = await meet("ws", ({ id }, reply) => {
    resume = reply.resume;
    reply.pause();
    reply.raw(Buffer.concat(pings.map((ping) => serverFrame(9, ping))));
    reply.send(result(id));
  });
  assert.deepEqual(await client.auth.whoami(), whoami);
  assert.ok(server.pongs.length < pings.length);
  resume();
  while (server.pongs.at(-1) !== pings.at(-1)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.ok(server.pongs.length < pings.length, `${server.pongs.length} pongs`);
});

test("ws: a server that does not upgrade is a connection error", async () => {
  const server = await startHttp((_, response) => response.end("{}"));
  const client = library.connect(server.url.replace("http:", "ws:"));
  closeLater(client, server);
  await assert.rejects(client.auth.whoami(), (error) => error instanceof ConnectionError && /200/.test(error.message));
});

test("nobody there is a connection error that names the endpoint", async () => {
  for (const url of ["unix:/nonexistent/s.sock", "tcp://127.0.0.1:1", "ws://127.0.0.1:1", "http://127.0.0.1:1"]) {
    const client = library.connect(url);
    await assert.rejects(
      client.auth.whoami(),
      (error) => error instanceof ConnectionError && error.message.includes(url),
    );
  }
});

test("a client that was closed makes no calls", async () => {
  const { client } = await meet("unix", () => {});
  const waiting = client.auth.whoami();
  await new Promise((resolve) => setImmediate(resolve));
  client.close();
  await assert.rejects(waiting, /closed/);
  await assert.rejects(client.auth.whoami(), /closed/);
});

test("a challenge that is no login to this server is not signed", async () => {
  const serverId = "0".repeat(32);
  const signer = { publicKey: "ssh-ed25519 AAAA", sign: () => assert.fail("this must not be signed") };
  const good = [
    "rpcstore login 1",
    `server ${serverId}`,
    "key ssh-ed25519 AAAA",
    "nonce n",
    "expires 2026-11-21T09:02:00Z",
  ];
  const texts = [
    good.with(0, "rpcstore login 2"),
    good.with(1, `server ${"1".repeat(32)}`),
    good.with(2, "key ssh-ed25519 BBBB"),
    good.with(3, "nonce m"),
    [...good, ""],
    good.slice(0, 4),
    ["transfer all my money"],
  ];
  for (const lines of texts) {
    const { client } = await meet("unix", ({ id }, reply) =>
      reply.send(result(id, { nonce: "n", text: lines.join("\n"), expiresAt: "2026-11-21T09:02:00Z" })),
    );
    await assert.rejects(client.login(signer, { serverId }), ProtocolError);
  }
});

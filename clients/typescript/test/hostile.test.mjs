// What a broken or hostile server answers, and what calls make of it: a typed error at once, never a wait without end.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { serverFrame, startFake, startHttp } from "./support/fakeServer.mjs";
import { library } from "./support/library.mjs";

const { CallTimeoutError, ConnectionError, NotFoundError, ProtocolError, RpcError, TooLargeError } = library;
const open = [];

afterEach(() => {
  for (const thing of open.splice(0)) {
    thing.close();
  }
});

async function meet(kind, answer, options) {
  const server = await startFake(kind, answer);
  const client = library.connect(server.url, { timeout: 20_000, ...options });
  open.push(client, server);
  return { client, server };
}

const whoami = { role: "guest" };
const result = (id, value = whoami) => JSON.stringify({ jsonrpc: "2.0", id, result: value });
const failure = (id, error) => JSON.stringify({ jsonrpc: "2.0", id, error });

const wrong = {
  garbage: ({ id }, reply) => reply.send(`garbage ${id}`),
  "JSON that is no message": (_, reply) => reply.send("[1,2]"),
  "another version of JSON-RPC": ({ id }, reply) => reply.send(JSON.stringify({ jsonrpc: "1.0", id, result: whoami })),
  "the wrong id": ({ id }, reply) => reply.send(result(id + 1000)),
  "the id as a string": ({ id }, reply) => reply.send(result(String(id))),
  "no id": (_, reply) => reply.send(JSON.stringify({ jsonrpc: "2.0", result: whoami })),
  "neither a result nor an error": ({ id }, reply) => reply.send(JSON.stringify({ jsonrpc: "2.0", id })),
  "both a result and an error": ({ id }, reply) =>
    reply.send(JSON.stringify({ jsonrpc: "2.0", id, result: whoami, error: { code: 1, message: "" } })),
  "an error without a code": ({ id }, reply) => reply.send(failure(id, { message: "what" })),
  "a result of another shape": ({ id }, reply) => reply.send(result(id, { role: 5 })),
  "a result that lacks a member": ({ id }, reply) => reply.send(result(id, {})),
  "a result that is null": ({ id }, reply) => reply.send(result(id, null)),
  "a result with a member of Object.prototype only": ({ id }, reply) =>
    reply.send(result(id, { __proto__: null, a: 1 })),
  "text that is not UTF-8": ({ id }, reply) =>
    reply.raw(
      Buffer.concat([
        Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":{"role":"`),
        Buffer.from([0xff]),
        Buffer.from('"}}\n'),
      ]),
    ),
  "more than may be": ({ id }, reply) => reply.send(result(id, { role: "x".repeat(300_000) })),
};

for (const kind of ["unix", "ws", "http"]) {
  for (const [what, answer] of Object.entries(wrong)) {
    test(`${kind}: ${what} is a protocol error`, async () => {
      const { client } = await meet(kind, answer, { maxMessageBytes: 200_000 });
      await assert.rejects(client.auth.whoami(), ProtocolError);
    });
  }

  test(`${kind}: a connection that closes without an answer fails the call`, async () => {
    const { client } = await meet(kind, (_, reply) => reply.close());
    await assert.rejects(client.auth.whoami(), ConnectionError);
  });

  test(`${kind}: a connection that closes in the middle of a message says so`, async () => {
    const { client } = await meet(kind, ({ id }, reply) => reply.cut(result(id).slice(0, 20)));
    await assert.rejects(client.auth.whoami(), ConnectionError);
  });

  test(`${kind}: an answer that never comes ends with the timeout`, async () => {
    const { client } = await meet(kind, () => {});
    await assert.rejects(client.auth.whoami({ timeout: 50 }), CallTimeoutError);
  });

  test(`${kind}: a call that is given up fails with the signal's reason`, async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const { client } = await meet(kind, () => controller.abort(reason));
    await assert.rejects(client.auth.whoami({ signal: controller.signal }), (error) => error === reason);
    await assert.rejects(client.auth.whoami({ signal: AbortSignal.abort(reason) }), (error) => error === reason);
  });

  test(`${kind}: an error has the class, the code, the name and the data of the table`, async () => {
    const error = {
      code: 404,
      message: "gone",
      data: { name: "notFound", id: "7", missingCount: 2, later: 1, missing: 5 },
    };
    const { client } = await meet(kind, ({ id }, reply) => reply.send(failure(id, error)));
    await assert.rejects(client.auth.whoami(), (thrown) => {
      assert.ok(thrown instanceof NotFoundError && thrown instanceof RpcError);
      assert.deepEqual([thrown.name, thrown.code, thrown.message, thrown.retry], ["notFound", 404, "gone", "no"]);
      assert.deepEqual(thrown.data, { name: "notFound", id: "7", missingCount: 2n });
      return true;
    });
  });

  test(`${kind}: an error that is not in the table is an error all the same`, async () => {
    const error = { code: 299, message: "new", data: { name: "fromTheFuture", a: 1 } };
    const { client } = await meet(kind, ({ id }, reply) => reply.send(failure(id, error)));
    const expected = { name: "fromTheFuture", code: 299, message: "new", data: error.data };
    await assert.rejects(
      client.auth.whoami(),
      (thrown) =>
        thrown.constructor === RpcError &&
        assert.deepEqual(
          { ...thrown, message: thrown.message },
          { ...expected, retry: undefined, httpStatus: undefined },
        ) === undefined,
    );
  });

  test(`${kind}: unknown members and values of a newer server do no harm`, async () => {
    const answer = { role: "emperor", since: 5, account: null };
    const { client } = await meet(kind, ({ id }, reply) => reply.send(result(id, answer)));
    assert.deepEqual(await client.auth.whoami(), { role: "emperor" });
  });

  test(`${kind}: sizes beyond 2^53 pass exactly in both directions`, async () => {
    const size = 2n ** 53n + 1n;
    const { client, server } = await meet(kind, ({ id }, reply) =>
      reply.send(`{"jsonrpc":"2.0","id":${id},"result":{"id":"a","size":${size},"offset":${size},"data":"AQ=="}}`),
    );
    server.messages.length = 0;
    const content = await client.blobs.get("a", { offset: size });
    assert.deepEqual(content, { id: "a", size, offset: size, data: new Uint8Array([1]) });
    await assert.rejects(client.blobs.get("a", { offset: 2 ** 53 }), /offset/);
  });
}

for (const kind of ["unix", "ws"]) {
  test(`${kind}: an answer that comes twice ends the connection, and the next call opens another`, async () => {
    let count = 0;
    const { client } = await meet(kind, ({ id }, reply) => {
      reply.send(result(id));
      if (++count === 1) {
        reply.send(result(id));
      }
    });
    await client.auth.whoami();
    await assert.doesNotReject(async () => {
      for (let tries = 0; count < 3; tries++) {
        await client.auth.whoami().catch((error) => assert.ok(error instanceof ProtocolError && tries === 0, error));
      }
    });
  });

  test(`${kind}: calls that wait all fail when the connection breaks`, async () => {
    let count = 0;
    const { client } = await meet(kind, (_, reply) => ++count === 3 && reply.close());
    const calls = [1, 2, 3].map(() => client.auth.whoami());
    for (const outcome of await Promise.allSettled(calls)) {
      assert.ok(outcome.reason instanceof ConnectionError);
    }
  });

  test(`${kind}: an error without a call ends the connection with that error`, async () => {
    const error = { code: 413, message: "too large", data: { name: "tooLarge", limit: "maxMessageBytes", maximum: 7 } };
    const { client } = await meet(kind, (_, reply) => reply.send(failure(null, error)));
    await assert.rejects(
      client.auth.whoami(),
      (thrown) => thrown instanceof TooLargeError && thrown.data.maximum === 7n,
    );
  });

  test(`${kind}: a server that makes calls is refused`, async () => {
    const { client } = await meet(kind, (_, reply) => reply.send('{"jsonrpc":"2.0","id":1,"method":"do.this"}'));
    await assert.rejects(client.auth.whoami(), ProtocolError);
  });

  test(`${kind}: a cancelled call is cancelled on the server, and its answer is passed over when it comes`, async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    let cancelled;
    const { client, server } = await meet(kind, ({ id, method, params }, reply) => {
      if (method === "auth.whoami") {
        controller.abort(reason);
      } else if (method === "$/cancelRequest") {
        cancelled = params.id;
        reply.send(result(params.id));
      } else {
        reply.send(result(id, { sessions: [] }));
      }
    });
    await assert.rejects(client.auth.whoami({ signal: controller.signal }), (error) => error === reason);
    assert.deepEqual(await client.auth.sessions(), { sessions: [] });
    assert.equal(cancelled, server.messages[0].id);
  });

  test(`${kind}: progress comes to who asked for it, and other notifications do no harm`, async () => {
    const entry = {
      position: 7,
      time: "2026-11-21T09:00:00Z",
      account: "local",
      role: "admin",
      method: "m",
      outcome: "ok",
      durationMicroseconds: 1,
      endpoint: "e",
      blobsIn: 0,
      blobsOut: 0,
      bytesIn: 0,
      bytesOut: 0,
    };
    const { client } = await meet(kind, ({ id, params }, reply) => {
      reply.send(JSON.stringify({ jsonrpc: "2.0", method: "$/later", params: [] }));
      reply.send(JSON.stringify({ jsonrpc: "2.0", method: "$/progress", params: { token: 999, value: 1 } }));
      reply.send(
        JSON.stringify({ jsonrpc: "2.0", method: "$/progress", params: { token: params.progress, value: entry } }),
      );
      reply.send(result(id, { position: 7, entries: 1 }));
    });
    const seen = [];
    await client.journal.watch({ onProgress: (value) => seen.push(value.position) });
    assert.deepEqual(seen, [7n]);
  });

  test(`${kind}: a token is used on every connection that is opened`, async () => {
    const { client, server } = await meet(
      kind,
      ({ id, method }, reply) => (method === "server.info" ? reply.close() : reply.send(result(id))),
      { token: "rpcs_x" },
    );
    await client.auth.whoami();
    await assert.rejects(client.server.info(), ConnectionError);
    await client.auth.whoami();
    const methods = server.messages.map((message) => message.method);
    assert.deepEqual(methods, ["auth.resume", "auth.whoami", "server.info", "auth.resume", "auth.whoami"]);
    assert.equal(server.messages[3].params.token, "rpcs_x");
  });
}

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

test("ws: a server that does not upgrade is a connection error", async () => {
  const server = await startHttp((_, response) => response.end("{}"));
  const client = library.connect(server.url.replace("http:", "ws:"));
  open.push(client, server);
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

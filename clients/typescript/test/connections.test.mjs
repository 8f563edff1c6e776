// What happens on connections that stay: answers that come twice, cancellation, progress, sessions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { library } from "./support/library.mjs";
import { failure, meet, result, whoami } from "./support/meeting.mjs";

const { ConnectionError, ProtocolError, TooLargeError } = library;

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

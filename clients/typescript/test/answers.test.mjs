// What a broken or hostile server answers, and what a call makes of it: a typed error at once, never a wait without end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { library } from "./support/library.mjs";
import { failure, meet, result, whoami } from "./support/meeting.mjs";

const { CallTimeoutError, ConnectionError, NotFoundError, ProtocolError, RpcError } = library;

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

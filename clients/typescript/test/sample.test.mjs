// The generated code of a contract that uses everything that a contract may (tests/RpcStore.Tests/Contract/Sample).
import assert from "node:assert/strict";
import { test } from "node:test";
import { library, load } from "./support/library.mjs";

const { parseJson, writeJson, ProtocolError } = library;
const { readValue } = await load("calls/shape.js");
const { SampleClient } = await load("test/test/sample/clients/sample.js");
const { errorTable, TeapotError } = await load("test/test/sample/errors.js");

const id = "0".repeat(64);
const when = "2026-11-21T09:00:00.1234567Z";
const least = { text: "ab", code: "12", when, data: "", count: -5, id };

/** Calls `sample.echo`, and answers it; gives back what was sent and what was made of the answer. */
async function echo(answer, options, given = least) {
  let sent;
  const invoker = {
    async call(method, params, kind, callOptions, progress, progressKind, onProgress) {
      sent = { method, params: parseJson(writeJson(params)), callOptions, progress };
      onProgress?.(readValue(parseJson('{"lines":[{"amount":9007199254740993}]}'), progressKind, "/value"));
      return readValue(parseJson(answer), kind, "/result");
    },
  };
  const { text, code, count } = given;
  const result = await new SampleClient(invoker).echo(
    text,
    code,
    given.when,
    new Uint8Array(),
    count,
    given.id,
    options,
  );
  return { sent, result };
}

test("what is required is there, and nothing else", async () => {
  const { sent, result } = await echo(JSON.stringify(least));
  assert.deepEqual(sent.params, least);
  assert.deepEqual(result, { ...least, data: new Uint8Array() });
});

test("every kind of value passes in both directions", async () => {
  const progress = [];
  const options = {
    any: 2n ** 63n - 1n,
    flag: false,
    color: "dark-red",
    words: ["a"],
    later: new Date(0),
    ids: [id, id],
    order: { lines: [{ note: "n", amount: 2n ** 53n + 1n }], size: "xl" },
    extra: new Uint8Array([1]),
    onProgress: (value) => progress.push(value),
    timeout: 5,
  };
  const wire = {
    ...least,
    any: options.any,
    flag: false,
    color: "dark-red",
    words: ["a"],
    later: "1970-01-01T00:00:00.000Z",
    ids: [id, id],
    order: { lines: [{ note: "n", amount: 2n ** 53n + 1n }], size: "xl" },
    extra: "AQ==",
  };
  const raw = { a: [{ b: 2n ** 53n + 1n }], c: null };
  const { sent, result } = await echo(writeJson({ ...wire, raw }), options);
  assert.deepEqual(sent.params, wire);
  assert.equal(sent.progress, "progress");
  assert.deepEqual(result, { ...wire, data: new Uint8Array(), extra: new Uint8Array([1]), raw });
  assert.deepEqual(progress, [{ lines: [{ amount: 2n ** 53n + 1n }] }]);
});

test("absent and null are the same of what may be absent, and unknown members and values do no harm", async () => {
  const answer = { ...least, order: null, color: "infrared", later: null, more: { any: 1 }, words: [] };
  const { result } = await echo(JSON.stringify(answer));
  assert.deepEqual(result, { ...least, data: new Uint8Array(), color: "infrared", words: [] });
  assert.ok(!("order" in result));
});

test("an answer that is not what the contract says is refused with its place", async () => {
  const wrong = [
    [{ ...least, count: 2n ** 53n }, /\/result\/count/],
    [{ ...least, count: "5" }, /\/result\/count/],
    [{ ...least, data: "?" }, /\/result\/data/],
    [{ ...least, words: ["a", 5] }, /\/result\/words\/1/],
    [{ ...least, order: { lines: [{ amount: 1 }, {}] } }, /\/result\/order\/lines\/1\/amount/],
    [{ ...least, raw: [] }, /\/result\/raw/],
    [{ ...least, flag: 0 }, /\/result\/flag/],
    [{ ...least, id: null }, /\/result\/id/],
  ];
  for (const [answer, place] of wrong) {
    await assert.rejects(
      echo(writeJson(answer)),
      (error) => error instanceof ProtocolError && place.test(error.message),
    );
  }
  const fraction = JSON.stringify({ ...least, any: 1 }).replace('"any":1', '"any":1.5');
  await assert.rejects(echo(fraction), /\/result\/any/);
});

test("an integer that would be rounded is refused before it is sent", async () => {
  await assert.rejects(echo(JSON.stringify(least), { any: 2 ** 53 }), /any: .* give a bigint/);
});

test("the error table has every error with its class", () => {
  const teapot = errorTable.find((entry) => entry.name === "teapot");
  assert.deepEqual(
    [teapot.code, teapot.type, Object.keys(teapot.data)],
    [418, TeapotError, ["reason?", "ids?", "cups?"]],
  );
});

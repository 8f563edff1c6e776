import assert from "node:assert/strict";
import { test } from "node:test";
import { library } from "./support/library.mjs";

const { parseJson, writeJson } = library;
const beyond = 2n ** 53n + 1n;

test("an integer that a number does not hold is read exactly", () => {
  assert.deepEqual(parseJson(`{"size":${beyond},"list":[${-beyond}, ${2n ** 63n - 1n}],"n":5}`), {
    size: beyond,
    list: [-beyond, 2n ** 63n - 1n],
    n: 5,
  });
  assert.equal(parseJson(`${beyond}`), beyond);
});

test("a long integer that a number holds stays a number", () => {
  assert.deepEqual(
    parseJson("[9007199254740991,-9007199254740991,1234567890123456]"),
    [9007199254740991, -9007199254740991, 1234567890123456],
  );
});

test("digits inside strings stay text", () => {
  const texts = [
    "9007199254740993",
    ',9007199254740993,"',
    "\\9007199254740993\\",
    "\\",
    ': 9007199254740993 "\\"',
    "",
  ];
  assert.deepEqual(parseJson(JSON.stringify({ texts, n: 1 })), { texts, n: 1 });
  assert.deepEqual(parseJson(JSON.stringify({ [texts[1]]: texts }).replace(/^\{/, `{"n":${beyond},`)), {
    n: beyond,
    [texts[1]]: texts,
  });
});

test("fractions and exponents are what JSON.parse makes of them", () => {
  assert.deepEqual(
    parseJson("[1234567890123456.5,0.12345678901234567,1e30,12345678901234567e2]"),
    [1234567890123456.5, 0.12345678901234567, 1e30, 12345678901234567e2],
  );
});

test("what is no JSON is refused also where it has long integers", () => {
  for (const text of ["", "{", '{"a":09007199254740993}', '["9007199254740993]', `[${beyond}`, `${beyond} 1`, '"\\']) {
    assert.throws(() => parseJson(text), SyntaxError, text);
  }
});

test("integers are written exactly", () => {
  assert.equal(writeJson({ a: beyond, b: -beyond, c: 5n, d: 5 }), `{"a":${beyond},"b":${-beyond},"c":5,"d":5}`);
  assert.equal(writeJson({ text: "9007199254740993" }), '{"text":"9007199254740993"}');
  assert.equal(parseJson(writeJson(2n ** 63n - 1n)), 2n ** 63n - 1n);
});

test("what would be rounded is refused before it is sent", () => {
  for (const wrong of [2 ** 53, 1.5, NaN, Infinity, -(2 ** 53)]) {
    assert.throws(() => writeJson({ size: wrong }), /size: .* give a bigint/);
  }
  assert.throws(() => writeJson({ size: 2n ** 63n }), /size: .* 64 bits/);
});

test("bytes are base64, dates are RFC 3339, undefined is left out and null is not", () => {
  const value = { a: new Uint8Array([0, 255, 1]), b: Buffer.from("hi"), c: new Date(0), d: undefined, e: null };
  assert.equal(writeJson(value), '{"a":"AP8B","b":"aGk=","c":"1970-01-01T00:00:00.000Z","e":null}');
  assert.throws(() => writeJson({ when: new Date(NaN) }), /when: the date is not valid/);
});

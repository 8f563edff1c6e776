import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { load } from "./support/library.mjs";

const { Sha256 } = await load("digests/sha256.js");
const { Blake2b256 } = await load("digests/blake2b.js");

// Lengths around the ends of blocks of both, and of their padding.
const lengths = [0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 255, 256, 257, 1000, 70_001];

function hash(digest, bytes, step) {
  for (let at = 0; at < bytes.length; at += step) {
    digest.update(bytes.subarray(at, at + step));
  }
  return digest.hex();
}

test("SHA-256 is that of OpenSSL, in pieces of any length", () => {
  for (const length of lengths) {
    const bytes = randomBytes(length);
    const expected = createHash("sha256").update(bytes).digest("hex");
    for (const step of [1, 7, 64, 100, 100_000]) {
      assert.equal(hash(new Sha256(), bytes, step), expected, `${length} bytes by ${step}`);
    }
  }
});

test("BLAKE2b-256 is that of `b2sum -l 256`", () => {
  const vectors = [
    ["", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"],
    ["abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"],
    ["a".repeat(128), "ae2aa48507885c4c950fb809b2076f959cde9f8ea6da260d9a3587df33dac450"],
    ["a".repeat(129), "2f64744a6de0d2c0b56e64cf6e29a5aaa255010d415d51c75ccc82f73dccd865"],
    ["a".repeat(1000), "e00b0ddbf1e2cdaf5c898e1a5e8826ea3a2c339bcf2a478da2e5fca9ff126672"],
  ];
  for (const [text, expected] of vectors) {
    for (const step of [1, 127, 128, 1000]) {
      assert.equal(hash(new Blake2b256(), Buffer.from(text), step), expected, `${text.length} bytes by ${step}`);
    }
  }
});

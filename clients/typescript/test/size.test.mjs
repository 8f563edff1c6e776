// What the package adds to a page, minified and compressed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { dist } from "./support/library.mjs";

const KiB = 1024;

// What the generated code stands on is there once, however much is generated.
const withoutRuntime = {
  name: "without-runtime",
  setup: (build) => build.onResolve({ filter: /\/calls\// }, ({ path }) => ({ path, external: true })),
};

async function sizeOf(code, plugins = []) {
  const built = await esbuild.build({
    stdin: { contents: code, resolveDir: dist },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    plugins,
    write: false,
  });
  return gzipSync(built.outputFiles[0].contents, { level: 9 }).length;
}

test("the generated code of the whole contract is less than 15 KiB", async (t) => {
  const size = await sizeOf('export * from "./generated/index.js"', [withoutRuntime]);
  t.diagnostic(`${size} bytes`);
  assert.ok(size < 15 * KiB, `${size} bytes`);
});

test("a page that uses one domain pays for that alone", async (t) => {
  const whole = await sizeOf('import { connect } from "./browser.js"; globalThis.connect = connect');
  const one = await sizeOf('import { BlobsClient } from "./browser.js"; globalThis.blobs = BlobsClient');
  t.diagnostic(`the whole client ${whole} bytes, blobs alone ${one} bytes`);
  assert.ok(one < 2 * KiB, `${one} bytes`);
  assert.ok(whole < 25 * KiB, `${whole} bytes`);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { library, load } from "./support/library.mjs";

const { parseEndpoint } = await load("connections/endpoint.js");
const pin = "0123456789abcdef".repeat(4);

test("endpoints are read as the specification writes them", () => {
  const read = (text) => {
    const { scheme, path, host, port, base, isSingle } = parseEndpoint(text);
    return [scheme, path, host, port, base, isSingle];
  };
  assert.deepEqual(read("unix:/run/a b.sock"), ["unix", "/run/a b.sock", "", 0, "", false]);
  assert.deepEqual(read("unix:s.sock?mode=single"), ["unix", "s.sock", "", 0, "", true]);
  assert.deepEqual(read("tcp://[400::1]:9750"), ["tcp", "", "400::1", 9750, "", false]);
  assert.deepEqual(read("ws://example.org"), ["ws", "", "example.org", 80, "", false]);
  assert.deepEqual(read("https://example.org/store/rpc"), ["https", "", "example.org", 443, "/store", false]);
  assert.equal(parseEndpoint(`tls://h:1#sha256:${pin.toUpperCase()}`).pin, pin);
});

test("what is no endpoint is refused by name", () => {
  const refused = [
    "",
    "nonsense",
    "unix:",
    "unix:a?mode=many",
    "tcp://host",
    "tcp://h:1/path",
    "ftp://h:1",
    "overlay://400::/7:9750",
    `tcp://h:1#sha256:${pin}`,
    "tls://h:1#sha256:12",
    "http://me:secret@h:1",
    "http://h:1/?token=1",
  ];
  for (const text of refused) {
    assert.throws(() => library.connect(text), { name: "TypeError", message: /endpoint|listens/ }, text);
  }
});

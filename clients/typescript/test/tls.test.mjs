// Whom a client trusts with TLS (spec/connections.md, section 11).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createServer } from "node:tls";
import { library } from "./support/library.mjs";
import { result } from "./support/meeting.mjs";

const folder = mkdtempSync(join(tmpdir(), "rpcstore-tls-"));
const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
// Good for one name, and for no address.
const options = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=elsewhere";
execFileSync(
  "openssl",
  [...options.split(" "), "-addext", "subjectAltName=DNS:localhost", "-keyout", keyFile, "-out", certificateFile],
  {
    stdio: "ignore",
  },
);
const certificate = readFileSync(certificateFile, "utf8");
const pin = new X509Certificate(certificate).fingerprint256.replaceAll(":", "").toLowerCase();

let received = 0;
const server = createServer({ key: readFileSync(keyFile), cert: certificate }, (socket) => {
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    received += bytes.length;
    socket.write(`${result(JSON.parse(bytes.toString()).id)}\n`);
  });
});
await new Promise((resolve) => server.listen(0, resolve));
const port = server.address().port;

after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function whoami(url, more) {
  const client = library.connect(url, more);
  try {
    return await client.auth.whoami();
  } finally {
    client.close();
  }
}

test("a pinned certificate is trusted whatever its name is", async () => {
  assert.deepEqual(await whoami(`tls://127.0.0.1:${port}#sha256:${pin}`), { role: "guest" });
});

test("an authority of the caller's is trusted for its names alone", async () => {
  assert.deepEqual(await whoami(`tls://localhost:${port}`, { authorities: certificate }), { role: "guest" });
  received = 0;
  await assert.rejects(whoami(`tls://127.0.0.1:${port}`, { authorities: certificate }), library.ConnectionError);
  assert.equal(received, 0);
});

test("nothing is sent to a server that is not to be trusted", async () => {
  received = 0;
  await assert.rejects(whoami(`tls://localhost:${port}`), library.ConnectionError);
  const wrong = `${pin[0] === "0" ? "1" : "0"}${pin.slice(1)}`;
  await assert.rejects(
    whoami(`tls://localhost:${port}#sha256:${wrong}`, { authorities: certificate }),
    /not the pinned one/,
  );
  assert.equal(received, 0);
});

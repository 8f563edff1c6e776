import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { library } from "./support/library.mjs";

const folder = mkdtempSync(join(tmpdir(), "rpcstore-key-"));
after(() => rmSync(folder, { recursive: true }));

function makeKey(name, ...options) {
  execFileSync("ssh-keygen", ["-q", "-C", "somebody", "-f", join(folder, name), "-N", "", ...options]);
  return [readFileSync(join(folder, name), "utf8"), readFileSync(join(folder, `${name}.pub`), "utf8")];
}

test("a key of ssh-keygen signs as its public half says", async () => {
  const [text, line] = makeKey("plain", "-t", "ed25519");
  const signer = await library.readKey(text);
  assert.equal(signer.publicKey, line.split(" ").slice(0, 2).join(" "));
  const signature = await signer.sign(new TextEncoder().encode("what to sign"));
  const raw = Buffer.from(signer.publicKey.split(" ")[1], "base64").subarray(-32);
  const publicKey = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") },
    format: "jwk",
  });
  assert.ok(verify(null, Buffer.from("what to sign"), publicKey, signature));
});

test("other keys are refused with what to do, and nothing of the key", async () => {
  const [plain] = makeKey("whole", "-t", "ed25519");
  const lines = plain.trim().split("\n");
  const refused = [
    [makeKey("locked", "-t", "ed25519", "-N", "a passphrase")[0], /passphrase.*ssh-keygen -p.*Signer/],
    [makeKey("ecdsa", "-t", "ecdsa")[0], /ecdsa-sha2-nistp256.*only ssh-ed25519/],
    [readFileSync(join(folder, "whole.pub"), "utf8"), /no OpenSSH private key/],
    ["", /no OpenSSH private key/],
    [lines.toSpliced(2, 1).join("\n"), /damaged/],
    [lines.with(1, "!" + lines[1].slice(1)).join("\n"), /damaged/],
  ];
  for (const [text, message] of refused) {
    await assert.rejects(library.readKey(text), (error) => {
      assert.match(error.message, message);
      return lines.slice(1, -1).every((line) => !error.message.includes(line));
    });
  }
});

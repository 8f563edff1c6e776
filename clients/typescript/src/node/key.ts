import { createPrivateKey, sign } from "node:crypto";
import { parseOpenSshKey, toOpenSshLine, toPkcs8 } from "../access/openSshKey.js";
import type { Signer } from "../access/signer.js";

/**
 * Makes a signer of a private key.
 *
 * @param text - An Ed25519 key as `ssh-keygen -t ed25519` writes it, without a passphrase.
 * @throws TypeError: the text is something else.
 */
export function readKey(text: string): Promise<Signer> {
  return new Promise((resolve) => {
    const parsed = parseOpenSshKey(text);
    const key = createPrivateKey({ key: Buffer.from(toPkcs8(parsed)), format: "der", type: "pkcs8" });
    resolve({ publicKey: toOpenSshLine(parsed.publicKey), sign: (data) => Promise.resolve(sign(null, data, key)) });
  });
}

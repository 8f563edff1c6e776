import { parseOpenSshKey, toOpenSshLine, toPkcs8 } from "../access/openSshKey.js";
import type { Signer } from "../access/signer.js";

const algorithm = "Ed25519";

/**
 * Makes a signer of a private key. Browsers sign on pages from `https:` and from this machine only.
 *
 * @param text - An Ed25519 key as `ssh-keygen -t ed25519` writes it, without a passphrase.
 * @throws TypeError: the text is something else.
 */
export async function readKey(text: string): Promise<Signer> {
  const parsed = parseOpenSshKey(text);
  const key = await crypto.subtle.importKey("pkcs8", toPkcs8(parsed), algorithm, false, ["sign"]);
  return toSigner(parsed.publicKey, key);
}

/** Makes a signer of an Ed25519 key pair of WebCrypto, whose private half may be one that nobody can read. */
export async function signerOf(pair: CryptoKeyPair): Promise<Signer> {
  return toSigner(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)), pair.privateKey);
}

function toSigner(publicKey: Uint8Array, key: CryptoKey): Signer {
  return {
    publicKey: toOpenSshLine(publicKey),
    sign: async (data) => new Uint8Array(await crypto.subtle.sign(algorithm, key, data)),
  };
}

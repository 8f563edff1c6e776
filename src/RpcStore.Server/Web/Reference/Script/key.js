// Reads an Ed25519 private key as ssh-keygen writes it (OpenSSH's PROTOCOL.key), and signs with it.

const keyType = "ssh-ed25519";

// DER of PKCS #8 (RFC 8410, section 7) up to the 32 bytes of the seed.
const pkcs8Head = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/** Reads the encoding of RFC 4251, section 5. */
class KeyReader {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  demand(isRight, what) {
    if (!isRight) {
      throw new Error(`The key is damaged: ${what}.`);
    }
  }

  bytes(length) {
    this.demand(length <= this.#bytes.length - this.#at, "it ends too early");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  number() {
    return this.bytes(4).reduce((number, byte) => number * 256 + byte, 0);
  }

  string() {
    return this.bytes(this.number());
  }

  text() {
    return new TextDecoder().decode(this.string());
  }
}

/** Makes a signer of the text of a key file: `publicKey`, its OpenSSH line, and `sign`. What can be read of it is wiped. */
async function readKey(text) {
  const match = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]*)-----END OPENSSH PRIVATE KEY-----/.exec(text);
  if (match === null) {
    throw new Error("This is no private key of OpenSSH: it has no line -----BEGIN OPENSSH PRIVATE KEY-----. Is it the .pub file?");
  }
  const bytes = fromBase64(match[1].replace(/\s/g, ""));
  try {
    const { seed, publicKey } = readContainer(new KeyReader(bytes));
    const pkcs8 = Uint8Array.from([...pkcs8Head, ...seed]);
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
    pkcs8.fill(0);
    return { publicKey: toLine(publicKey), sign: (data) => crypto.subtle.sign("Ed25519", key, data) };
  } finally {
    bytes.fill(0);
  }
}

function readContainer(outer) {
  outer.demand(new TextDecoder().decode(outer.bytes(15)) === "openssh-key-v1\0", "it does not begin like a key");
  if (outer.text() !== "none") {
    throw new Error("The key has a passphrase. Use a token of login.sh, which asks ssh-keygen to sign, or a key without one.");
  }
  outer.string(); // The name and the options of how a passphrase becomes a key.
  outer.string();
  outer.demand(outer.number() === 1, "it holds more than one key");
  outer.string(); // The public key, which the private part has too.
  const inner = new KeyReader(outer.string());
  inner.demand(inner.number() === inner.number(), "its two check numbers differ");
  const type = inner.text();
  if (type !== keyType) {
    throw new Error(`The key is of the type ${type.slice(0, 40)}. This page signs with ${keyType} only.`);
  }
  const publicKey = inner.string();
  const both = inner.string();
  const belongs = publicKey.length === 32 && both.length === 64 && publicKey.every((byte, i) => byte === both[32 + i]);
  inner.demand(belongs, "its halves do not belong together");
  return { seed: both.subarray(0, 32), publicKey };
}

/** A public key as an OpenSSH line without a comment. */
function toLine(publicKey) {
  const type = new TextEncoder().encode(keyType);
  return `${keyType} ${toBase64([0, 0, 0, type.length, ...type, 0, 0, 0, publicKey.length, ...publicKey])}`;
}

function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw new Error("The key is damaged: what is between its first and last line is not base64.");
  }
}

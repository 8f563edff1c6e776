import { fromBase64, toBase64 } from "../calls/base64.js";

const keyType = "ssh-ed25519";
const begin = "-----BEGIN OPENSSH PRIVATE KEY-----";
const end = "-----END OPENSSH PRIVATE KEY-----";

// DER of PKCS #8 (RFC 8410, section 7) up to the 32 bytes of the seed.
const pkcs8Head = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/** The halves of an Ed25519 key, 32 bytes each. */
export interface Ed25519Key {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

/**
 * Reads an Ed25519 private key as `ssh-keygen` writes it, without a passphrase (OpenSSH's PROTOCOL.key).
 *
 * @throws TypeError: the text is something else; the message says what is wrong, and nothing of the key.
 */
export function parseOpenSshKey(text: string): Ed25519Key {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new TypeError(`the key is no OpenSSH private key: it has no line '${begin}'`);
  }
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(text.slice(from + begin.length, to).replace(/\s/g, ""));
  } catch {
    throw new TypeError("the key is damaged: what is between its first and last line is not base64");
  }
  return readContainer(new KeyReader(bytes));
}

/** An Ed25519 public key as an OpenSSH line without a comment. */
export function toOpenSshLine(publicKey: Uint8Array): string {
  const bytes = [
    0,
    0,
    0,
    keyType.length,
    ...new TextEncoder().encode(keyType),
    0,
    0,
    0,
    publicKey.length,
    ...publicKey,
  ];
  return `${keyType} ${toBase64(Uint8Array.from(bytes))}`;
}

/** An Ed25519 private key as PKCS #8. */
export function toPkcs8(key: Ed25519Key): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...pkcs8Head, ...key.seed]);
}

function readContainer(outer: KeyReader): Ed25519Key {
  outer.demand(outer.text(15) === "openssh-key-v1\0", "it does not begin like a key");
  const cipher = outer.string();
  outer.string(); // The name and the options of how a passphrase becomes a key.
  outer.string();
  if (new TextDecoder().decode(cipher) !== "none") {
    throw new TypeError(
      "the key has a passphrase, which nobody is asked for here: take it off a copy of the key (ssh-keygen -p -f COPY), " +
        "add a key without one to the account, or log in with a Signer of your own",
    );
  }
  outer.demand(outer.number() === 1, "it holds more than one key");
  outer.string(); // The public key, which the private part has too.
  const inner = new KeyReader(outer.string());
  inner.demand(inner.number() === inner.number(), "its two check numbers differ");
  const type = new TextDecoder().decode(inner.string());
  if (type !== keyType) {
    throw new TypeError(`the key is of the type ${type.slice(0, 40)}: only ${keyType} is supported`);
  }
  const publicKey = inner.string();
  const both = inner.string();
  inner.demand(
    publicKey.length === 32 && both.length === 64 && publicKey.every((byte, i) => byte === both[32 + i]),
    "its halves do not belong together",
  );
  return { seed: both.slice(0, 32), publicKey: publicKey.slice() };
}

/** Reads the encoding of RFC 4251, section 5. */
class KeyReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  demand(isRight: boolean, what: string): void {
    if (!isRight) {
      throw new TypeError(`the key is damaged: ${what}`);
    }
  }

  text(length: number): string {
    return new TextDecoder().decode(this.#take(length));
  }

  number(): number {
    const bytes = this.#take(4);
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  }

  string(): Uint8Array {
    return this.#take(this.number());
  }

  #take(length: number): Uint8Array {
    this.demand(length <= this.#bytes.length - this.#at, "it ends too early");
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }
}

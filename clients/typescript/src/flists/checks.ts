import { blockBytes } from "../bulk/tarHeads.js";
import { FlistMismatchError, ProtocolError } from "../calls/errors.js";
import type { Digest } from "../digests/digest.js";

/** Tells whether bytes that pass are what they should be. */
export interface StreamCheck {
  /** Takes further bytes. */
  update(bytes: Uint8Array): void;

  /** Looks at all of them; throws when they are wrong. */
  finish(): void;
}

/** The bytes of a `.fl` have the digest that the server says they have. */
export class DigestCheck implements StreamCheck {
  readonly #expected: string;
  readonly #digest: Digest;

  constructor(expected: string, digest: Digest) {
    this.#expected = expected;
    this.#digest = digest;
  }

  update(bytes: Uint8Array): void {
    this.#digest.update(bytes);
  }

  finish(): void {
    const actual = this.#digest.hex();
    if (actual !== this.#expected) {
      throw new FlistMismatchError(this.#expected, actual);
    }
  }
}

const endBytes = 2 * blockBytes;

/** A tar has its end, which a server leaves away when it cannot give all of it. */
export class TarEndCheck implements StreamCheck {
  #length = 0;
  #zeroes = 0;

  update(bytes: Uint8Array): void {
    let zeroes = 0;
    while (zeroes < bytes.length && zeroes < endBytes && bytes[bytes.length - 1 - zeroes] === 0) {
      zeroes++;
    }
    this.#zeroes = zeroes === bytes.length ? this.#zeroes + zeroes : zeroes;
    this.#length += bytes.length;
  }

  finish(): void {
    if (this.#zeroes < endBytes || this.#length % blockBytes !== 0) {
      throw new ProtocolError(
        `the server's answer is an archive without its end: it breaks off at byte ${this.#length}`,
      );
    }
  }
}

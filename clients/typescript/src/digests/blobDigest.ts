import type { BlobId } from "../calls/values.js";
import { Blake2b256 } from "./blake2b.js";
import type { DigestFactory } from "./digest.js";

/** The ways to name a blob. */
export type DigestName = "sha256" | "blake2b";

const blake2bPrefix = "blake2b-";
const idPattern = /^(?:blake2b-)?[0-9a-f]{64}$/;

/** Whether a text is a blob's id. */
export function isBlobId(text: string): text is BlobId {
  return idPattern.test(text);
}

/** Finds the id of bytes, a piece at a time. */
export class BlobHash {
  readonly #prefix: string;
  readonly #digest;

  constructor(name: DigestName, sha256: DigestFactory) {
    this.#prefix = name === "blake2b" ? blake2bPrefix : "";
    this.#digest = name === "blake2b" ? new Blake2b256() : sha256();
  }

  /** The hash that an id was made with. */
  static like(id: BlobId, sha256: DigestFactory): BlobHash {
    return new BlobHash(id.startsWith(blake2bPrefix) ? "blake2b" : "sha256", sha256);
  }

  /** Takes further bytes. */
  update(bytes: Uint8Array): void {
    this.#digest.update(bytes);
  }

  /** The id of all bytes. Nothing may follow. */
  id(): BlobId {
    return this.#prefix + this.#digest.hex();
  }
}

import { ProtocolError } from "../calls/errors.js";
import type { ByteReader } from "./byteReader.js";

const blockBytes = 512;
const maxPaxBytes = 64 * 1024;

/** What stands before the bytes of an entry. */
export interface TarEntry {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * Reads the heads of a tar batch as a server writes it (spec/tar-batch.md, section 1). Between two of them the bytes of the
 * entry must be read, and their padding passed over with {@link skipPadding}.
 */
export class TarReader {
  readonly #bytes: ByteReader;
  #count = 0;

  constructor(bytes: ByteReader) {
    this.#bytes = bytes;
  }

  /**
   * The next entry, or `undefined` when the batch has ended as a batch does.
   *
   * @throws {@link ProtocolError} The bytes are no batch, or it is cut off.
   */
  async next(): Promise<TarEntry | undefined> {
    this.#count++;
    let long: ReadonlyMap<string, string> = new Map();
    for (;;) {
      const block = await this.#bytes.readExactly(blockBytes, `the header of entry ${this.#count}`);
      if (block === undefined) {
        throw this.#broken("ends before the blocks of zeroes that end a batch");
      }
      if (block.every((byte) => byte === 0)) {
        await this.#readEnd();
        return undefined;
      }
      this.#checkSum(block);
      const size = this.#octal(block, 124, 12);
      const type = String.fromCharCode(block[156] as number);
      if (type === "x") {
        long = await this.#readPax(size);
        continue;
      }
      if (type !== "0" && type !== "\0") {
        throw this.#broken(`is no blob but of type '${type}'`);
      }
      return { name: long.get("path") ?? nameOf(block), size: this.#sizeOf(long.get("size"), size) };
    }
  }

  /** Passes over what fills the last block of an entry. */
  async skipPadding(size: number): Promise<void> {
    const padding = (blockBytes - (size % blockBytes)) % blockBytes;
    if (padding > 0 && (await this.#bytes.readExactly(padding, `the padding of entry ${this.#count}`)) === undefined) {
      throw this.#broken("is cut off");
    }
  }

  async #readEnd(): Promise<void> {
    for (let part = await this.#bytes.read(blockBytes); part !== undefined; part = await this.#bytes.read(blockBytes)) {
      if (part.some((byte) => byte !== 0)) {
        throw this.#broken("follows the end of the batch");
      }
    }
  }

  #checkSum(block: Uint8Array): void {
    const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
    if (this.#octal(block, 148, 8) !== sum) {
      throw this.#broken("has no tar header");
    }
  }

  async #readPax(size: number): Promise<ReadonlyMap<string, string>> {
    const bytes = size > maxPaxBytes ? undefined : await this.#bytes.readExactly(size, "a pax header");
    if (bytes === undefined) {
      throw this.#broken("has a pax header that is too long or cut off");
    }
    await this.skipPadding(size);
    const records = new Map<string, string>();
    for (let at = 0; at < bytes.length;) {
      const space = bytes.indexOf(0x20, at);
      const length = Number(new TextDecoder().decode(bytes.subarray(at, space)));
      const record = new TextDecoder().decode(bytes.subarray(space + 1, at + length - 1));
      const equals = record.indexOf("=");
      if (
        space < at ||
        !(length > space - at) ||
        at + length > bytes.length ||
        bytes[at + length - 1] !== 0x0a ||
        equals < 0
      ) {
        throw this.#broken("has a pax header that cannot be read");
      }
      records.set(record.slice(0, equals), record.slice(equals + 1));
      at += length;
    }
    return records;
  }

  #sizeOf(pax: string | undefined, plain: number): number {
    if (pax === undefined) {
      return plain;
    }
    const size = Number(pax);
    if (!/^[0-9]+$/.test(pax) || !Number.isSafeInteger(size)) {
      throw this.#broken(`has a size that no transfer can have: ${pax.slice(0, 40)}`);
    }
    return size;
  }

  #octal(block: Uint8Array, at: number, length: number): number {
    const text = new TextDecoder().decode(block.subarray(at, at + length)).replace(/^ +|[ \0]+$/g, "");
    if (!/^[0-7]+$/.test(text)) {
      throw this.#broken("has no tar header");
    }
    return parseInt(text, 8);
  }

  #broken(what: string): ProtocolError {
    return new ProtocolError(
      `the server's answer is no tar batch: entry ${this.#count} ${what} (byte ${this.#bytes.offset})`,
    );
  }
}

function nameOf(block: Uint8Array): string {
  const end = block.subarray(0, 100).indexOf(0);
  return new TextDecoder().decode(block.subarray(0, end < 0 ? 100 : end));
}

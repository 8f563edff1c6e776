import { ProtocolError } from "../calls/errors.js";
import { join } from "./streams.js";

/** Reads a stream by counts of bytes instead of the pieces that it comes in. */
export class ByteReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  #offset = 0;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** Bytes that were read. */
  get offset(): number {
    return this.#offset;
  }

  /** Some bytes, at least one and at most so many; `undefined` at the end. */
  async read(max: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#reader.read();
      if (done) {
        return undefined;
      }
      this.#rest = value;
    }
    const taken = this.#rest.subarray(0, max);
    this.#rest = this.#rest.subarray(taken.length);
    this.#offset += taken.length;
    return taken;
  }

  /**
   * So many bytes.
   *
   * @param what - What they are, for the error.
   * @returns `undefined` when the stream ends before the first of them.
   * @throws {@link ProtocolError} The stream ends in the middle.
   */
  async readExactly(count: number, what: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const parts: Uint8Array[] = [];
    let length = 0;
    while (length < count) {
      const part = await this.read(count - length);
      if (part === undefined) {
        if (length === 0) {
          return undefined;
        }
        throw new ProtocolError(`the batch ends in the middle of ${what}, at byte ${this.#offset}`);
      }
      parts.push(part);
      length += part.length;
    }
    return join(parts, count);
  }

  /** Ends the stream early. */
  cancel(reason?: unknown): Promise<void> {
    return this.#reader.cancel(reason);
  }
}

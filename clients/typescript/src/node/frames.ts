import { randomFillSync } from "node:crypto";
import { ProtocolError } from "../calls/errors.js";

/** What a frame is (RFC 6455, section 5.2). */
export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame of a WebSocket. */
export interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly payload: Uint8Array;
}

/** A frame as a client sends it: whole, and masked. */
export function encodeFrame(opcode: number, payload: Uint8Array): Buffer {
  const long = payload.length > 0xffff ? 8 : payload.length > 125 ? 2 : 0;
  const frame = Buffer.allocUnsafe(2 + long + 4 + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (long === 8 ? 127 : long === 2 ? 126 : payload.length);
  if (long === 8) {
    frame.writeBigUInt64BE(BigInt(payload.length), 2);
  } else if (long === 2) {
    frame.writeUInt16BE(payload.length, 2);
  }
  const mask = randomFillSync(frame.subarray(2 + long, 6 + long));
  const body = frame.subarray(6 + long);
  for (let i = 0; i < payload.length; i++) {
    body[i] = (payload[i] as number) ^ (mask[i & 3] as number);
  }
  return frame;
}

/** Cuts what a server sends into frames. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #length = 0;
  // Pieces are joined when so many bytes are there, not each time one comes.
  #wanted = 2;

  /** @param maxBytes - Bytes of the largest frame that is taken. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether a frame has begun and not ended. */
  get isInside(): boolean {
    return this.#length > 0;
  }

  /**
   * The frames that are whole now.
   *
   * @throws {@link ProtocolError} The bytes are no frames of a server.
   */
  *read(bytes: Buffer): Generator<Frame, void> {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    while (this.#length >= this.#wanted) {
      const buffer = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
      const { long, length, end } = this.#readHead(buffer);
      this.#chunks = [buffer];
      this.#wanted = end;
      if (length < 0 || buffer.length < end) {
        continue;
      }
      const rest = buffer.subarray(end);
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#length = rest.length;
      this.#wanted = 2;
      const first = buffer[0] as number;
      yield { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, payload: buffer.subarray(2 + long, end) };
    }
  }

  /** Where the first frame ends; with a length below 0 where its head does. */
  #readHead(buffer: Buffer): { long: number; length: number; end: number } {
    const first = buffer[0] as number;
    const second = buffer[1] as number;
    const isControl = (first & 0x0f) >= Opcode.close;
    if ((first & 0x70) !== 0 || (second & 0x80) !== 0 || (isControl && ((first & 0x80) === 0 || second > 125))) {
      throw new ProtocolError("the server sent something that is no frame of a WebSocket");
    }
    const long = second === 127 ? 8 : second === 126 ? 2 : 0;
    if (buffer.length < 2 + long) {
      return { long, length: -1, end: 2 + long };
    }
    const length = long === 8 ? buffer.readBigUInt64BE(2) : BigInt(long === 2 ? buffer.readUInt16BE(2) : second);
    if (length > BigInt(this.#maxBytes)) {
      throw new ProtocolError(`the server sent a message of more than ${this.#maxBytes} bytes`);
    }
    return { long, length: Number(length), end: 2 + long + Number(length) };
  }
}

import { toHex, type Digest } from "./digest.js";

const blockBytes = 128;

// SHA-512's initial state (RFC 7693, section 2.6), each word as its low half and its high half.
const initialState = [
  0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a, 0xade682d1,
  0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
];

// RFC 7693, section 2.7; the last two rounds are the first two again.
const schedule = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/** BLAKE2b with 256 bits of output and no key (RFC 7693), in halves of 32 bits: what flists name their blobs by. */
export class Blake2b256 implements Digest {
  readonly #state = Uint32Array.from(initialState);
  readonly #block = new Uint8Array(blockBytes);
  readonly #view = new DataView(this.#block.buffer);
  readonly #v = new Uint32Array(32);
  readonly #m = new Uint32Array(32);
  #filled = 0;
  #length = 0;

  constructor() {
    // 32 bytes of output, no key, fanout and depth 1.
    this.#state[0]! ^= 0x01010020;
  }

  update(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      // The last block is known only when there is no more: a full one waits for what follows.
      if (this.#filled === blockBytes) {
        this.#length += blockBytes;
        this.#compress(false);
        this.#filled = 0;
      }
      const count = Math.min(blockBytes - this.#filled, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
    }
  }

  hex(): string {
    this.#length += this.#filled;
    this.#block.fill(0, this.#filled);
    this.#compress(true);
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.subarray(0, 8).forEach((word, i) => digest.setUint32(4 * i, word, true));
    return toHex(new Uint8Array(digest.buffer));
  }

  #compress(isLast: boolean): void {
    const v = this.#v;
    v.set(this.#state);
    v.set(initialState, 16);
    v[24]! ^= this.#length >>> 0;
    v[25]! ^= Math.floor(this.#length / 2 ** 32);
    if (isLast) {
      v[28] = ~v[28]!;
      v[29] = ~v[29]!;
    }
    for (let i = 0; i < 32; i++) {
      this.#m[i] = this.#view.getUint32(4 * i, true);
    }
    for (let round = 0; round < 12; round++) {
      const s = schedule[round % 10]!;
      this.#mix(0, 8, 16, 24, s[0]!, s[1]!);
      this.#mix(2, 10, 18, 26, s[2]!, s[3]!);
      this.#mix(4, 12, 20, 28, s[4]!, s[5]!);
      this.#mix(6, 14, 22, 30, s[6]!, s[7]!);
      this.#mix(0, 10, 20, 30, s[8]!, s[9]!);
      this.#mix(2, 12, 22, 24, s[10]!, s[11]!);
      this.#mix(4, 14, 16, 26, s[12]!, s[13]!);
      this.#mix(6, 8, 18, 28, s[14]!, s[15]!);
    }
    for (let i = 0; i < 16; i++) {
      this.#state[i]! ^= v[i]! ^ v[i + 16]!;
    }
  }

  /** The function G on words that begin at these halves (RFC 7693, section 3.1). */
  #mix(a: number, b: number, c: number, d: number, x: number, y: number): void {
    const v = this.#v;
    this.#addTo(a, v[b]!, v[b + 1]!);
    this.#addTo(a, this.#m[2 * x]!, this.#m[2 * x + 1]!);
    this.#xorAndRotate(d, a, 32);
    this.#addTo(c, v[d]!, v[d + 1]!);
    this.#xorAndRotate(b, c, 24);
    this.#addTo(a, v[b]!, v[b + 1]!);
    this.#addTo(a, this.#m[2 * y]!, this.#m[2 * y + 1]!);
    this.#xorAndRotate(d, a, 16);
    this.#addTo(c, v[d]!, v[d + 1]!);
    this.#xorAndRotate(b, c, 63);
  }

  #addTo(at: number, low: number, high: number): void {
    const v = this.#v;
    const sum = v[at]! + low;
    v[at] = sum;
    v[at + 1] = v[at + 1]! + high + (sum > 0xffffffff ? 1 : 0);
  }

  /** The word at `to`, with that at `by` in it, turned right. */
  #xorAndRotate(to: number, by: number, bits: number): void {
    const v = this.#v;
    const low = v[to]! ^ v[by]!;
    const high = v[to + 1]! ^ v[by + 1]!;
    if (bits === 32) {
      v[to] = high;
      v[to + 1] = low;
    } else if (bits < 32) {
      v[to] = (low >>> bits) | (high << (32 - bits));
      v[to + 1] = (high >>> bits) | (low << (32 - bits));
    } else {
      v[to] = (high >>> (bits - 32)) | (low << (64 - bits));
      v[to + 1] = (low >>> (bits - 32)) | (high << (64 - bits));
    }
  }
}

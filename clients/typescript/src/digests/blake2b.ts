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
  readonly #state = Int32Array.from(initialState);
  readonly #v = new Int32Array(32);
  readonly #m = new Int32Array(32);
  readonly #block = new Uint8Array(blockBytes);
  readonly #blockView = viewOf(this.#block);
  #filled = 0;
  #length = 0;

  constructor() {
    // 32 bytes of output, no key, fanout and depth 1.
    this.#state[0]! ^= 0x01010020;
  }

  update(bytes: Uint8Array): void {
    let at = 0;
    if (this.#filled > 0) {
      at = this.#fill(bytes);
      if (at === bytes.length) {
        return;
      }
      this.#compress(this.#blockView, 0, blockBytes, false);
      this.#filled = 0;
    }

    // The last block is known only when there is no more: a full one waits for what follows.
    const view = viewOf(bytes);
    for (; bytes.length - at > blockBytes; at += blockBytes) {
      this.#compress(view, at, blockBytes, false);
    }
    this.#fill(bytes.subarray(at));
  }

  hex(): string {
    this.#block.fill(0, this.#filled);
    this.#compress(this.#blockView, 0, this.#filled, true);
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.subarray(0, 8).forEach((word, i) => digest.setInt32(4 * i, word, true));
    return toHex(new Uint8Array(digest.buffer));
  }

  /** Takes what the block has room for, and gives how much that was. */
  #fill(bytes: Uint8Array): number {
    const count = Math.min(blockBytes - this.#filled, bytes.length);
    this.#block.set(bytes.subarray(0, count), this.#filled);
    this.#filled += count;
    return count;
  }

  /** The function F on the block that begins at `at`, of which `count` bytes are content (RFC 7693, section 3.2). */
  #compress(bytes: DataView, at: number, count: number, isLast: boolean): void {
    const v = this.#v;
    const m = this.#m;
    const state = this.#state;
    this.#length += count;
    v.set(state);
    v.set(initialState, 16);
    v[24]! ^= this.#length;
    v[25]! ^= Math.floor(this.#length / 2 ** 32);
    if (isLast) {
      v[28] = ~v[28]!;
      v[29] = ~v[29]!;
    }
    for (let i = 0; i < 32; i++) {
      m[i] = bytes.getInt32(at + 4 * i, true);
    }
    for (let round = 0; round < 12; round++) {
      const s = schedule[round % 10]!;
      mix(v, m, 0, 8, 16, 24, s[0]!, s[1]!);
      mix(v, m, 2, 10, 18, 26, s[2]!, s[3]!);
      mix(v, m, 4, 12, 20, 28, s[4]!, s[5]!);
      mix(v, m, 6, 14, 22, 30, s[6]!, s[7]!);
      mix(v, m, 0, 10, 20, 30, s[8]!, s[9]!);
      mix(v, m, 2, 12, 22, 24, s[10]!, s[11]!);
      mix(v, m, 4, 14, 16, 26, s[12]!, s[13]!);
      mix(v, m, 6, 8, 18, 28, s[14]!, s[15]!);
    }
    for (let i = 0; i < 16; i++) {
      state[i]! ^= v[i]! ^ v[i + 16]!;
    }
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The function G on words that begin at these halves (RFC 7693, section 3.1). Written out in local variables: through the arrays
 * it takes several times as long.
 */
function mix(v: Int32Array, m: Int32Array, a: number, b: number, c: number, d: number, x: number, y: number): void {
  let al = v[a]!;
  let ah = v[a + 1]!;
  let bl = v[b]!;
  let bh = v[b + 1]!;
  let cl = v[c]!;
  let ch = v[c + 1]!;
  let dl = v[d]!;
  let dh = v[d + 1]!;

  // a += b + x; d = (d ^ a) >>> 32; c += d; b = (b ^ c) >>> 24
  let sum = (al >>> 0) + (bl >>> 0) + (m[2 * x]! >>> 0);
  ah = (ah + bh + m[2 * x + 1]! + ((sum / 2 ** 32) | 0)) | 0;
  al = sum | 0;
  let low = dl ^ al;
  dl = dh ^ ah;
  dh = low;
  sum = (cl >>> 0) + (dl >>> 0);
  ch = (ch + dh + ((sum / 2 ** 32) | 0)) | 0;
  cl = sum | 0;
  low = bl ^ cl;
  let high = bh ^ ch;
  bl = (low >>> 24) | (high << 8);
  bh = (high >>> 24) | (low << 8);

  // a += b + y; d = (d ^ a) >>> 16; c += d; b = (b ^ c) >>> 63
  sum = (al >>> 0) + (bl >>> 0) + (m[2 * y]! >>> 0);
  ah = (ah + bh + m[2 * y + 1]! + ((sum / 2 ** 32) | 0)) | 0;
  al = sum | 0;
  low = dl ^ al;
  high = dh ^ ah;
  dl = (low >>> 16) | (high << 16);
  dh = (high >>> 16) | (low << 16);
  sum = (cl >>> 0) + (dl >>> 0);
  ch = (ch + dh + ((sum / 2 ** 32) | 0)) | 0;
  cl = sum | 0;
  low = bl ^ cl;
  high = bh ^ ch;
  bl = (high >>> 31) | (low << 1);
  bh = (low >>> 31) | (high << 1);

  v[a] = al;
  v[a + 1] = ah;
  v[b] = bl;
  v[b + 1] = bh;
  v[c] = cl;
  v[c + 1] = ch;
  v[d] = dl;
  v[d + 1] = dh;
}

import { toHex, type Digest } from "./digest.js";

const blockBytes = 64;

/** The first 32 bits of the fractions of roots of the first primes, by exact integer roots (FIPS 180-4, sections 4.2.2, 5.3.3). */
const { roundConstants, initialState } = /* @__PURE__ */ makeConstants();

/**
 * SHA-256 (FIPS 180-4) a piece at a time, for places whose own takes only all at once: that of WebCrypto wants a blob of any
 * size in memory as a whole.
 */
export class Sha256 implements Digest {
  readonly #state = Int32Array.from(initialState);
  readonly #block = new Uint8Array(blockBytes);
  readonly #words = new Int32Array(64);
  #filled = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#filled > 0) {
      at = Math.min(blockBytes - this.#filled, bytes.length);
      this.#block.set(bytes.subarray(0, at), this.#filled);
      this.#filled += at;
      if (this.#filled < blockBytes) {
        return;
      }
      this.#compress(this.#block, 0);
      this.#filled = 0;
    }
    for (; at + blockBytes <= bytes.length; at += blockBytes) {
      this.#compress(bytes, at);
    }
    this.#block.set(bytes.subarray(at));
    this.#filled = bytes.length - at;
  }

  hex(): string {
    const block = this.#block;
    block[this.#filled++] = 0x80;
    if (this.#filled > blockBytes - 8) {
      block.fill(0, this.#filled);
      this.#compress(block, 0);
      this.#filled = 0;
    }
    block.fill(0, this.#filled);
    new DataView(block.buffer).setBigUint64(blockBytes - 8, BigInt(this.#length) * 8n);
    this.#compress(block, 0);
    const digest = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, i) => digest.setInt32(4 * i, word));
    return toHex(new Uint8Array(digest.buffer));
  }

  #compress(bytes: Uint8Array, from: number): void {
    const w = this.#words;
    for (let i = 0, at = from; i < 16; i++, at += 4) {
      w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    const state = this.#state;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    state[4]! += e;
    state[5]! += f;
    state[6]! += g;
    state[7]! += h;
  }
}

function makeConstants(): { roundConstants: Int32Array; initialState: Int32Array } {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) {
    if (primes.every((prime) => n % prime !== 0)) {
      primes.push(n);
    }
  }
  return {
    roundConstants: Int32Array.from(primes, (prime) => fraction(BigInt(prime), 3n)),
    initialState: Int32Array.from(primes.slice(0, 8), (prime) => fraction(BigInt(prime), 2n)),
  };
}

/** The first 32 bits of the fraction of a root: the root of n · 2^(32 · degree), its whole part cut off. */
function fraction(n: bigint, degree: bigint): number {
  const scaled = n << (32n * degree);
  let low = 0n;
  let high = 1n << 64n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return Number(BigInt.asIntN(32, low));
}

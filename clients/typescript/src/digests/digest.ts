/** Bytes in, a digest out, a piece at a time. */
export interface Digest {
  /** Takes further bytes. */
  update(bytes: Uint8Array): void;

  /** The digest of all bytes in lower-case hex. Ends it: nothing may follow. */
  hex(): string;
}

/** Starts a digest. */
export type DigestFactory = () => Digest;

/** Words as hex, the first byte first. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += byte.toString(16).padStart(2, "0");
  }
  return text;
}

/** Bytes as base64 (RFC 4648 section 4, padded). */
export function toBase64(bytes: Uint8Array): string {
  // An argument a byte: few enough for every engine's stack, and a multiple of three.
  const step = 24 * 1024;
  let binary = "";
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(binary);
}

/**
 * The bytes of base64 text.
 *
 * @throws SyntaxError: the text is not base64 (RFC 4648 section 4), or not padded.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0 || /\s/.test(text)) {
    throw new SyntaxError("the text is not base64 with padding");
  }
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new SyntaxError("the text is not base64");
  }
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}

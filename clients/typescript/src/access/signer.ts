/** Proves who somebody is: a key that belongs to an account (spec/auth.md). */
export interface Signer {
  /** The public key as an OpenSSH line without a comment: `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;

  /** The raw Ed25519 signature (RFC 8032) of the bytes: 64 of them. */
  sign(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

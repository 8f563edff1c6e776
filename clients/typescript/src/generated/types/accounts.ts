// Made from spec/contract by tools/generate; changes here are lost.

import type { Timestamp, UnknownValue } from "../../calls/values.js";

/**
 * The values of `AccountRole` that this version knows. What an account may do: a user reads, an admin also changes and
 * manages.
 */
export type KnownAccountRole = "user" | "admin";

/**
 * What an account may do: a user reads, an admin also changes and manages. A newer server may send a value that is not
 * known here.
 */
export type AccountRole = KnownAccountRole | UnknownValue;

/** A key that can log in. */
export interface AccountKey {
  /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** The key as an OpenSSH line without a comment. */
  readonly publicKey: string;
  /** What a person calls a key. */
  readonly label: string;
  /** When it was added (RFC 3339, UTC). */
  readonly addedAt: Timestamp;
  /** When it last logged in (RFC 3339, UTC). */
  readonly lastUsedAt?: Timestamp;
}

/** Someone known by one or more keys, or by a password. */
export interface Account {
  /** 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit. */
  readonly name: string;
  /** What an account may do: a user reads, an admin also changes and manages. */
  readonly role: AccountRole;
  /** Whether it is kept from logging in. */
  readonly disabled: boolean;
  /** When it was made (RFC 3339, UTC). */
  readonly createdAt: Timestamp;
  /** When it was last changed (RFC 3339, UTC). */
  readonly updatedAt: Timestamp;
  /** Its keys, the oldest first. */
  readonly keys: readonly AccountKey[];
  /** When its API password was set (RFC 3339, UTC); absent when it has none. */
  readonly passwordSetAt?: Timestamp;
}

/** Some of the accounts. */
export interface AccountPage {
  /** The accounts of this page. */
  readonly accounts: readonly Account[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

// Made from spec/contract by tools/generate; changes here are lost.

import type { Timestamp, UnknownValue } from "../../calls/values.js";

/** The values of `Role` that this version knows. What a caller may do: each may do what those before it may. */
export type KnownRole = "guest" | "user" | "admin";

/**
 * What a caller may do: each may do what those before it may. A newer server may send a value that is not known here.
 */
export type Role = KnownRole | UnknownValue;

/** What to sign to log in. */
export interface Challenge {
  /** Random, to be given back with the signature. */
  readonly nonce: string;
  /** The exact text to sign: it names this server, the key, the nonce and the expiry. */
  readonly text: string;
  /** Until when the nonce works (RFC 3339, UTC). */
  readonly expiresAt: Timestamp;
}

/** A session that was opened. */
export interface Login {
  /** The secret that proves the session; it is told only here. */
  readonly token: string;
  /** 128 random bits in hex. It names a session and permits nothing. */
  readonly sessionId: string;
  /** 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit. */
  readonly account: string;
  /** What a caller may do: each may do what those before it may. */
  readonly role: Role;
  /** When the session ends at the latest (RFC 3339, UTC). */
  readonly expiresAt: Timestamp;
}

/** Who a caller is. */
export interface Identity {
  /** 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit. */
  readonly account?: string;
  /** What a caller may do: each may do what those before it may. */
  readonly role: Role;
  /** 128 random bits in hex. It names a session and permits nothing. */
  readonly sessionId?: string;
  /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint?: string;
  /** When the session ends at the latest (RFC 3339, UTC). */
  readonly expiresAt?: Timestamp;
}

/**
 * The values of `CredentialKind` that this version knows. What a login proves an account with: a key, or its API
 * password.
 */
export type KnownCredentialKind = "key" | "password";

/**
 * What a login proves an account with: a key, or its API password. A newer server may send a value that is not known
 * here.
 */
export type CredentialKind = KnownCredentialKind | UnknownValue;

/** An open session. */
export interface Session {
  /** 128 random bits in hex. It names a session and permits nothing. */
  readonly id: string;
  /** 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first a letter or digit. */
  readonly account: string;
  /** What a login proves an account with: a key, or its API password. */
  readonly openedBy: CredentialKind;
  /** `SHA256:` and base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint?: string;
  /** When it was opened (RFC 3339, UTC). */
  readonly createdAt: Timestamp;
  /** When it was last used, to a minute (RFC 3339, UTC). */
  readonly lastUsedAt: Timestamp;
  /** When it ends if it is not used again (RFC 3339, UTC). */
  readonly expiresAt: Timestamp;
  /** The address that it was opened from; absent for a local socket. */
  readonly address?: string;
  /** Whether the call was made in it. */
  readonly isCurrent: boolean;
}

/** Some of the sessions. */
export interface SessionPage {
  /** The sessions of this page. */
  readonly sessions: readonly Session[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

// Made from spec/contract by tools/generate; changes here are lost.

import type { Timestamp, UnknownValue } from "../../calls/values.js";
import type { Role } from "./auth.js";

/** The values of `JournalOrder` that this version knows. Which entries come first. */
export type KnownJournalOrder = "newest" | "oldest";

/** Which entries come first. A newer server may send a value that is not known here. */
export type JournalOrder = KnownJournalOrder | UnknownValue;

/** The values of `JournalGroup` that this version knows. What sums are made by; a day is one of UTC. */
export type KnownJournalGroup = "account" | "method" | "day";

/** What sums are made by; a day is one of UTC. A newer server may send a value that is not known here. */
export type JournalGroup = KnownJournalGroup | UnknownValue;

/** One thing that was done. */
export interface JournalEntry {
  /** Its place in the journal: later entries have higher ones. */
  readonly position: bigint;
  /** When it began (RFC 3339, UTC). */
  readonly time: Timestamp;
  /** Who did it: an account, `guest` or `local`. */
  readonly account: string;
  /** What a caller may do: each may do what those before it may. */
  readonly role: Role;
  /** A method of the contract, or a route such as `PUT /blobs/{id}`. */
  readonly method: string;
  /** `ok`, or the name of an error. */
  readonly outcome: string;
  /** How long it took, in microseconds. */
  readonly durationMicroseconds: bigint;
  /** The endpoint of the server. */
  readonly endpoint: string;
  /** The address on the other side; absent for a local socket. */
  readonly address?: string;
  /** 128 random bits in hex. It names a session and permits nothing. */
  readonly sessionId?: string;
  /** What it was about, such as an id or the name of an account. */
  readonly subject?: string;
  /** Blobs that came in. */
  readonly blobsIn: bigint;
  /** Blobs that went out. */
  readonly blobsOut: bigint;
  /** Bytes of blobs that came in. */
  readonly bytesIn: bigint;
  /** Bytes of blobs that went out. */
  readonly bytesOut: bigint;
  /** Whatever else helps, for a person. */
  readonly detail?: string;
}

/** Some of the entries. */
export interface JournalPage {
  /** The entries of this page. */
  readonly entries: readonly JournalEntry[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

/** A sum. */
export interface JournalTotalsRow {
  /** The account, where sums are by account. */
  readonly account?: string;
  /** The method or route, where sums are by method. */
  readonly method?: string;
  /** The day (UTC, `2026-11-21`), where sums are by day. */
  readonly day?: string;
  /** Entries. */
  readonly actions: bigint;
  /** Those that did not end with `ok`. */
  readonly failures: bigint;
  /** Blobs that came in. */
  readonly blobsIn: bigint;
  /** Blobs that went out. */
  readonly blobsOut: bigint;
  /** Bytes of blobs that came in. */
  readonly bytesIn: bigint;
  /** Bytes of blobs that went out. */
  readonly bytesOut: bigint;
  /** How long they took together, in microseconds. */
  readonly durationMicroseconds: bigint;
}

/** Sums over the journal. */
export interface JournalTotals {
  /** The sums. */
  readonly rows: readonly JournalTotalsRow[];
  /** An opaque position: give it back unchanged to get the next page. Absent on the last page. */
  readonly cursor?: string;
}

/** How far a watch came. */
export interface JournalWatched {
  /** The position of the last entry that was sent. */
  readonly position: bigint;
  /** Entries that were sent. */
  readonly entries: bigint;
}

/** A blob's id: 64 lower-case hex digits of SHA-256, or `blake2b-` and 64 of BLAKE2b-256. */
export type BlobId = string;

/** A moment as RFC 3339 in UTC, such as `2026-11-21T09:02:00.1234567Z`: finer than a `Date`, which `new Date(text)` makes of it. */
export type Timestamp = string;

/** A JSON value. An integer that a `number` does not hold exactly is a `bigint`. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object that is handed through as it is. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A string that is none of the known ones. In a union with them it keeps the union open, and editors still offer the known. */
export type UnknownValue = string & Record<never, never>;

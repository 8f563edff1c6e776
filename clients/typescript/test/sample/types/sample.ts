// Made from spec/contract by tools/generate; changes here are lost.

import type { BlobId, JsonObject, Timestamp, UnknownValue } from "../../../src/calls/values.js";

/** The values of `Color` that this version knows. A color. */
export type KnownColor = "dark-red" | "GREEN";

/** A color. A newer server may send a value that is not known here. */
export type Color = KnownColor | UnknownValue;

/** A line. */
export interface Line {
  /** A note. */
  readonly note?: string;
  /** How many. */
  readonly amount: bigint;
}

/** The values of `OrderSize` that this version knows. A size without a schema of its own. */
export type KnownOrderSize = "s" | "xl";

/** A size without a schema of its own. A newer server may send a value that is not known here. */
export type OrderSize = KnownOrderSize | UnknownValue;

/** An order. */
export interface Order {
  /** A size without a schema of its own. */
  readonly size?: OrderSize;
  /** Its lines. */
  readonly lines: readonly Line[];
}

/** What was received. */
export interface Echo {
  /** Echoed. */
  readonly text: string;
  /** Echoed. */
  readonly code: string;
  /** Echoed. */
  readonly when: Timestamp;
  /** Echoed. */
  readonly data: Uint8Array;
  /** Echoed. */
  readonly count: number;
  /** An id. */
  readonly id: BlobId;
  /** Echoed. */
  readonly any?: bigint;
  /** A color. `GREEN` when absent. */
  readonly color?: Color;
  /** Echoed. */
  readonly words?: readonly string[];
  /** An order. */
  readonly order?: Order;
  /** Echoed. */
  readonly later?: Timestamp;
  /** Echoed. */
  readonly flag?: boolean;
  /** Raw. */
  readonly raw?: JsonObject;
  /** Echoed. */
  readonly ids?: readonly BlobId[];
  /** Echoed. */
  readonly extra?: Uint8Array;
}

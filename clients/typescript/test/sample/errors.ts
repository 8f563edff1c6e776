// Made from spec/contract by tools/generate; changes here are lost.

import { RpcError } from "../../src/calls/errors.js";
import type { ErrorEntry, RpcErrorData } from "../../src/calls/errors.js";
import type { BlobId } from "../../src/calls/values.js";

/** What comes with `invalidParams`; each where it applies. */
export interface InvalidParamsErrorData extends RpcErrorData {
  /** Where. */
  readonly pointer?: string;
  /** Why. */
  readonly reason?: string;
}

/** `invalidParams`, code -32602: Always. */
export class InvalidParamsError extends RpcError<InvalidParamsErrorData> {}

/** What comes with `teapot`; each where it applies. */
export interface TeapotErrorData extends RpcErrorData {
  /** Why. */
  readonly reason?: string;
  /** Which. */
  readonly ids?: readonly BlobId[];
  /** How many. */
  readonly cups?: bigint;
}

/** `teapot`, code 418: There is no coffee. */
export class TeapotError extends RpcError<TeapotErrorData> {}

/** The error table (spec/errors.md), in its order. */
export const errorTable: readonly ErrorEntry[] = [
  {
    name: "invalidParams",
    code: -32602,
    httpStatus: 400,
    retry: "no",
    type: InvalidParamsError,
    data: {
      "pointer?": "text",
      "reason?": "text",
    },
  },
  {
    name: "teapot",
    code: 418,
    httpStatus: 418,
    retry: "maybe",
    type: TeapotError,
    data: {
      "reason?": "text",
      "ids?": ["text"],
      "cups?": "bigint",
    },
  },
];

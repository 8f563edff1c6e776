// Made from spec/contract by tools/generate; changes here are lost.

import { RpcError } from "../calls/errors.js";
import type { ErrorEntry, RpcErrorData } from "../calls/errors.js";
import type { BlobId } from "../calls/values.js";

/** What comes with `parseError`; each where it applies. */
export interface ParseErrorData extends RpcErrorData {
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/** `parseError`, code -32700: The bytes received are not JSON. */
export class ParseError extends RpcError<ParseErrorData> {}

/** What comes with `invalidRequest`; each where it applies. */
export interface InvalidRequestErrorData extends RpcErrorData {
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/**
 * `invalidRequest`, code -32600: The JSON received is not a JSON-RPC 2.0 request, or it passes a limit on depth or
 * batch length.
 */
export class InvalidRequestError extends RpcError<InvalidRequestErrorData> {}

/** What comes with `methodNotFound`; each where it applies. */
export interface MethodNotFoundErrorData extends RpcErrorData {
  /** The method that was asked for. */
  readonly method?: string;
}

/** `methodNotFound`, code -32601: The contract has no method of this name. */
export class MethodNotFoundError extends RpcError<MethodNotFoundErrorData> {}

/** What comes with `invalidParams`; each where it applies. */
export interface InvalidParamsErrorData extends RpcErrorData {
  /** A JSON Pointer (RFC 6901) into the parameters, always by name: `/ids/3`. */
  readonly pointer?: string;
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/**
 * `invalidParams`, code -32602: A parameter is missing, unknown, of the wrong type or outside its constraints; over
 * HTTP also a malformed path, header, body or tar batch.
 */
export class InvalidParamsError extends RpcError<InvalidParamsErrorData> {}

/** What comes with `internal`; each where it applies. */
export interface InternalErrorData extends RpcErrorData {
  /** Stands in the server's log beside what happened. */
  readonly reference?: string;
}

/** `internal`, code -32603: The server failed. The reference is also in its log. */
export class InternalError extends RpcError<InternalErrorData> {}

/** `requestCancelled`, code -32800: The caller cancelled the call, or the server stopped before it ended. */
export class RequestCancelledError extends RpcError<RpcErrorData> {}

/** What comes with `unauthenticated`; each where it applies. */
export interface UnauthenticatedErrorData extends RpcErrorData {
  /** What the caller would have to be. */
  readonly access?: string;
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/**
 * `unauthenticated`, code 401: The method needs an account and the caller is a guest, or what the caller wants to prove
 * itself with is not accepted.
 */
export class UnauthenticatedError extends RpcError<UnauthenticatedErrorData> {}

/** What comes with `forbidden`; each where it applies. */
export interface ForbiddenErrorData extends RpcErrorData {
  /** What the caller would have to be. */
  readonly access?: string;
}

/** `forbidden`, code 403: The caller is known and may not do this. */
export class ForbiddenError extends RpcError<ForbiddenErrorData> {}

/** What comes with `notFound`; each where it applies. */
export interface NotFoundErrorData extends RpcErrorData {
  /** What the call names. */
  readonly id?: string;
  /** Blobs that are not here: the first 100 of them. */
  readonly missing?: readonly BlobId[];
  /** How many blobs are not here. */
  readonly missingCount?: bigint;
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/**
 * `notFound`, code 404: What the call names does not exist. A failing disk or an overloaded server is never reported
 * this way.
 */
export class NotFoundError extends RpcError<NotFoundErrorData> {}

/** What comes with `conflict`; each where it applies. */
export interface ConflictErrorData extends RpcErrorData {
  /** What the call names. */
  readonly id?: string;
  /** The state that forbids the call. */
  readonly state?: string;
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/** `conflict`, code 409: The state of what the call names forbids it, such as a transfer that has ended. */
export class ConflictError extends RpcError<ConflictErrorData> {}

/** What comes with `preconditionFailed`; each where it applies. */
export interface PreconditionFailedErrorData extends RpcErrorData {
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/** `preconditionFailed`, code 412: A condition that the caller set does not hold. */
export class PreconditionFailedError extends RpcError<PreconditionFailedErrorData> {}

/** What comes with `tooLarge`; each where it applies. */
export interface TooLargeErrorData extends RpcErrorData {
  /** The limit that was passed, by its name in `server.info`. */
  readonly limit?: string;
  /** The most that the limit allows. */
  readonly maximum?: bigint;
}

/** `tooLarge`, code 413: A message, blob, batch or range passes a limit, which is named. */
export class TooLargeError extends RpcError<TooLargeErrorData> {}

/** What comes with `digestMismatch`; each where it applies. */
export interface DigestMismatchErrorData extends RpcErrorData {
  /** What the call names. */
  readonly id?: string;
  /** The digest of the bytes, in lower-case hex: 64 digits mean SHA-256; `blake2b-` and 64 digits mean BLAKE2b-256. */
  readonly actual?: BlobId;
}

/**
 * `digestMismatch`, code 422: Bytes do not have the digest that their id says: bytes that were sent, of which nothing
 * was stored, or bytes on the disk.
 */
export class DigestMismatchError extends RpcError<DigestMismatchErrorData> {}

/** What comes with `rateLimited`; each where it applies. */
export interface RateLimitedErrorData extends RpcErrorData {
  /** Seconds to wait before another try. */
  readonly retryAfter?: bigint;
}

/** `rateLimited`, code 429: The caller asks too often. */
export class RateLimitedError extends RpcError<RateLimitedErrorData> {}

/** What comes with `unavailable`; each where it applies. */
export interface UnavailableErrorData extends RpcErrorData {
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
  /** Seconds to wait before another try. */
  readonly retryAfter?: bigint;
}

/** `unavailable`, code 503: The server is overloaded, is stopping, or its disk fails for the moment. */
export class UnavailableError extends RpcError<UnavailableErrorData> {}

/** What comes with `insufficientStorage`; each where it applies. */
export interface InsufficientStorageErrorData extends RpcErrorData {
  /** What exactly was wrong, for a person. */
  readonly reason?: string;
}

/** `insufficientStorage`, code 507: The disk is full. What was stored before stays stored. */
export class InsufficientStorageError extends RpcError<InsufficientStorageErrorData> {}

/** The error table (spec/errors.md), in its order. */
export const errorTable: readonly ErrorEntry[] = [
  {
    name: "parseError",
    code: -32700,
    httpStatus: 400,
    retry: "no",
    type: ParseError,
    data: {
      "reason?": "text",
    },
  },
  {
    name: "invalidRequest",
    code: -32600,
    httpStatus: 400,
    retry: "no",
    type: InvalidRequestError,
    data: {
      "reason?": "text",
    },
  },
  {
    name: "methodNotFound",
    code: -32601,
    httpStatus: 404,
    retry: "no",
    type: MethodNotFoundError,
    data: {
      "method?": "text",
    },
  },
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
    name: "internal",
    code: -32603,
    httpStatus: 500,
    retry: "maybe",
    type: InternalError,
    data: {
      "reference?": "text",
    },
  },
  {
    name: "requestCancelled",
    code: -32800,
    httpStatus: 499,
    retry: "yes",
    type: RequestCancelledError,
    data: {},
  },
  {
    name: "unauthenticated",
    code: 401,
    httpStatus: 401,
    retry: "no",
    type: UnauthenticatedError,
    data: {
      "access?": "text",
      "reason?": "text",
    },
  },
  {
    name: "forbidden",
    code: 403,
    httpStatus: 403,
    retry: "no",
    type: ForbiddenError,
    data: {
      "access?": "text",
    },
  },
  {
    name: "notFound",
    code: 404,
    httpStatus: 404,
    retry: "no",
    type: NotFoundError,
    data: {
      "id?": "text",
      "missing?": ["text"],
      "missingCount?": "bigint",
      "reason?": "text",
    },
  },
  {
    name: "conflict",
    code: 409,
    httpStatus: 409,
    retry: "no",
    type: ConflictError,
    data: {
      "id?": "text",
      "state?": "text",
      "reason?": "text",
    },
  },
  {
    name: "preconditionFailed",
    code: 412,
    httpStatus: 412,
    retry: "no",
    type: PreconditionFailedError,
    data: {
      "reason?": "text",
    },
  },
  {
    name: "tooLarge",
    code: 413,
    httpStatus: 413,
    retry: "no",
    type: TooLargeError,
    data: {
      "limit?": "text",
      "maximum?": "bigint",
    },
  },
  {
    name: "digestMismatch",
    code: 422,
    httpStatus: 422,
    retry: "maybe",
    type: DigestMismatchError,
    data: {
      "id?": "text",
      "actual?": "text",
    },
  },
  {
    name: "rateLimited",
    code: 429,
    httpStatus: 429,
    retry: "yes",
    type: RateLimitedError,
    data: {
      "retryAfter?": "bigint",
    },
  },
  {
    name: "unavailable",
    code: 503,
    httpStatus: 503,
    retry: "yes",
    type: UnavailableError,
    data: {
      "reason?": "text",
      "retryAfter?": "bigint",
    },
  },
  {
    name: "insufficientStorage",
    code: 507,
    httpStatus: 507,
    retry: "maybe",
    type: InsufficientStorageError,
    data: {
      "reason?": "text",
    },
  },
];

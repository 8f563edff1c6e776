import type { Shape } from "./shape.js";
import type { JsonObject } from "./values.js";

/** What every error of this package is. */
export class RpcStoreError extends Error {
  override name = "RpcStoreError";
}

/** What comes with an error of the contract. */
export interface RpcErrorData {
  /** The error's name. */
  readonly name?: string;
}

/** An error that the server answered; each of the contract's errors has a class of its own. */
export class RpcError<Data extends RpcErrorData = RpcErrorData> extends RpcStoreError {
  /** The code of the contract's table; for those that it does not know, whatever the server sent. */
  readonly code: number;

  /** What comes with it, as the table says. */
  readonly data: Data;

  /** Whether a retry can help; `undefined` when the table does not know the error. */
  readonly retry: "yes" | "no" | "maybe" | undefined;

  /** The status that HTTP routes answer it with; `undefined` when the table does not know the error. */
  readonly httpStatus: number | undefined;

  constructor(parts: RpcErrorParts) {
    super(parts.message);
    this.name = parts.name;
    this.code = parts.code;
    this.data = parts.data as Data;
    this.retry = parts.retry;
    this.httpStatus = parts.httpStatus;
  }
}

/** What an {@link RpcError} is made from. */
export interface RpcErrorParts {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly data: RpcErrorData | JsonObject;
  readonly retry?: "yes" | "no" | "maybe" | undefined;
  readonly httpStatus?: number | undefined;
}

/** A line of the contract's error table. */
export interface ErrorEntry {
  readonly name: string;
  readonly code: number;
  readonly httpStatus: number;
  readonly retry: "yes" | "no" | "maybe";
  readonly type: new (parts: RpcErrorParts) => RpcError;
  readonly data: Shape;
}

/** No server was reached, or the connection broke. Whether a call that was under way was carried out is not known. */
export class ConnectionError extends RpcStoreError {
  override name = "ConnectionError";
}

/** The other side does not speak as the specification says: it answers garbage, or what nobody asked for. */
export class ProtocolError extends RpcStoreError {
  override name = "ProtocolError";
}

/** The server did not answer in time. The call was cancelled; whether it was carried out is not known. */
export class CallTimeoutError extends RpcStoreError {
  override name = "CallTimeoutError";
}

/** The bytes that came for a flist are not those that its digest names. What was read of them must be thrown away. */
export class FlistMismatchError extends RpcStoreError {
  override name = "FlistMismatchError";

  /** The digest that the server said the flist has. */
  readonly digest: string;

  /** The digest of what came. */
  readonly actual: string;

  constructor(digest: string, actual: string) {
    super(`the bytes that came for the flist ${digest} have the digest ${actual}; nothing of them may be kept`);
    this.digest = digest;
    this.actual = actual;
  }
}

/** The bytes that came for a blob are not those that its id names. What was read of them must be thrown away. */
export class BlobMismatchError extends RpcStoreError {
  override name = "BlobMismatchError";

  /** The blob that was asked for. */
  readonly id: string;

  /** The id of what came. */
  readonly actual: string;

  constructor(id: string, actual: string) {
    super(`the bytes that came for ${id} have the digest ${actual}; nothing of them may be kept`);
    this.id = id;
    this.actual = actual;
  }
}

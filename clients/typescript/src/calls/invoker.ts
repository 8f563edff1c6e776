import type { Kind } from "./shape.js";

/** How to make a call. */
export interface CallOptions {
  /** Cancels the call, on the server too. The call then fails at once with the signal's reason, as `fetch` does. */
  readonly signal?: AbortSignal | undefined;

  /** Milliseconds to wait for the answer, instead of the client's own; 0 waits for ever. */
  readonly timeout?: number | undefined;
}

/** Carries calls to a server. Calls may overlap. */
export interface Invoker {
  /**
   * Makes a call.
   *
   * @param method - Its name in the contract.
   * @param params - By name; members that are `undefined` are left out.
   * @param result - How the answer is read.
   * @param options - How to call.
   * @param progress - The parameter that takes a progress token, where the method has one.
   * @param progressKind - How the values of progress are read.
   * @param onProgress - Gets them; `undefined` when nobody wants to know.
   * @throws {@link RpcError} The server answered an error.
   * @throws {@link ConnectionError} No server was reached, or the connection broke.
   * @throws {@link ProtocolError} The answer is not what the contract says.
   * @throws {@link CallTimeoutError} There was no answer in time.
   */
  call<Result, Progress = never>(
    method: string,
    params: object,
    result: Kind,
    options?: CallOptions,
    progress?: string,
    progressKind?: Kind,
    onProgress?: (value: Progress) => void,
  ): Promise<Result>;
}

import type { Invoker } from "../calls/invoker.js";

/** Carries calls, and knows who makes them. */
export interface Transport extends Invoker {
  /** The token that calls are made with; `undefined` when they are a guest's, or those of whom the endpoint takes the caller for. */
  readonly token: string | undefined;

  /** The token that calls are made with from now on; `undefined` makes them a guest's. */
  setToken(token: string | undefined): void;

  /** Closes connections; calls that run fail, and so do those that follow. */
  close(): void;
}

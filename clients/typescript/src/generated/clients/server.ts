// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import { serverInfoShape, serverStatusShape } from "../shapes.js";
import type { ServerInfo, ServerStatus } from "../types/server.js";

/** Calls the methods of `server`. Calls may overlap. */
export class ServerClient {
  readonly #invoker: Invoker;

  /**
   * Makes a client.
   *
   * @param invoker - Carries the calls.
   */
  constructor(invoker: Invoker) {
    this.#invoker = invoker;
  }

  /**
   * What this server is and which limits it has.
   *
   * Constant while the server runs. A client reads it once to learn the limits that it has to keep. Access: `guest`.
   *
   * @param options - How to call.
   */
  info(options?: CallOptions): Promise<ServerInfo> {
    return this.#invoker.call("server.info", {}, serverInfoShape, options);
  }

  /**
   * How this server is doing now.
   *
   * Figures of the moment: they may be old by the time they are read. Access: `user`.
   *
   * @param options - How to call.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  status(options?: CallOptions): Promise<ServerStatus> {
    return this.#invoker.call("server.status", {}, serverStatusShape, options);
  }
}

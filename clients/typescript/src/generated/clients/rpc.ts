// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import type { JsonObject } from "../../calls/values.js";

/** Calls the methods of `rpc`. Calls may overlap. */
export class RpcClient {
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
   * The contract of this server.
   *
   * Returns this OpenRPC document, as `GET /openrpc.json` does. Access: `guest`.
   *
   * @param options - How to call.
   */
  discover(options?: CallOptions): Promise<JsonObject> {
    return this.#invoker.call("rpc.discover", {}, "json", options);
  }
}

// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import { transferPageShape, transferShape } from "../shapes.js";
import type { KnownTransferState, Transfer, TransferPage } from "../types/transfers.js";

/** What `transfers.list` may be given beside what it must. */
export interface TransfersListOptions extends CallOptions {
  /** Only those in this state. */
  readonly state?: KnownTransferState | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Transfers in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** Calls the methods of `transfers`. Calls may overlap. */
export class TransfersClient {
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
   * One transfer, with its progress.
   *
   * A transfer stays known for at least an hour after its end. A user sees their own, an admin all. Access: `user`.
   *
   * @param id - The transfer's id.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   */
  get(id: string, options?: CallOptions): Promise<Transfer> {
    const params = {
      id,
    };
    return this.#invoker.call("transfers.get", params, transferShape, options);
  }

  /**
   * Transfers, the newest first.
   *
   * Those of the caller; an admin sees all. Paged by `cursor`. Access: `user`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   */
  list(options?: TransfersListOptions): Promise<TransferPage> {
    const params = {
      state: options?.state,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("transfers.list", params, transferPageShape, options);
  }

  /**
   * Ends a transfer that has not ended.
   *
   * What an upload has stored stays stored, nothing partial is visible, and the connection that moves the bytes is
   * aborted. Cancelling a transfer that has ended already changes nothing and returns it as it is. Access: `user`.
   *
   * @param id - The transfer's id.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   */
  cancel(id: string, options?: CallOptions): Promise<Transfer> {
    const params = {
      id,
    };
    return this.#invoker.call("transfers.cancel", params, transferShape, options);
  }
}

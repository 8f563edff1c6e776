// Made from spec/contract by tools/generate; changes here are lost.

import type { Invoker } from "../../src/calls/invoker.js";
import { SampleClient } from "./clients/sample.js";

/** The methods of the contract, domain by domain. */
export class ContractClients {
  /** The methods of `sample`. */
  readonly sample: SampleClient;

  /**
   * Makes the clients.
   *
   * @param invoker - Carries the calls.
   */
  constructor(invoker: Invoker) {
    this.sample = new SampleClient(invoker);
  }
}

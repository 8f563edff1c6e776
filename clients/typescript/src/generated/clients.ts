// Made from spec/contract by tools/generate; changes here are lost.

import type { Invoker } from "../calls/invoker.js";
import { AccountsClient } from "./clients/accounts.js";
import { AuthClient } from "./clients/auth.js";
import { BlobsClient } from "./clients/blobs.js";
import { FlistsClient } from "./clients/flists.js";
import { JournalClient } from "./clients/journal.js";
import { RpcClient } from "./clients/rpc.js";
import { ServerClient } from "./clients/server.js";
import { SitesClient } from "./clients/sites.js";
import { TransfersClient } from "./clients/transfers.js";

/** The methods of the contract, domain by domain. */
export class ContractClients {
  /** The methods of `rpc`. */
  readonly rpc: RpcClient;
  /** The methods of `server`. */
  readonly server: ServerClient;
  /** The methods of `auth`. */
  readonly auth: AuthClient;
  /** The methods of `accounts`. */
  readonly accounts: AccountsClient;
  /** The methods of `blobs`. */
  readonly blobs: BlobsClient;
  /** The methods of `transfers`. */
  readonly transfers: TransfersClient;
  /** The methods of `flists`. */
  readonly flists: FlistsClient;
  /** The methods of `sites`. */
  readonly sites: SitesClient;
  /** The methods of `journal`. */
  readonly journal: JournalClient;

  /**
   * Makes the clients.
   *
   * @param invoker - Carries the calls.
   */
  constructor(invoker: Invoker) {
    this.rpc = new RpcClient(invoker);
    this.server = new ServerClient(invoker);
    this.auth = new AuthClient(invoker);
    this.accounts = new AccountsClient(invoker);
    this.blobs = new BlobsClient(invoker);
    this.transfers = new TransfersClient(invoker);
    this.flists = new FlistsClient(invoker);
    this.sites = new SitesClient(invoker);
    this.journal = new JournalClient(invoker);
  }
}

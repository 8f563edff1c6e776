import { logIn, type LoginOptions } from "./access/login.js";
import type { Signer } from "./access/signer.js";
import { Bulk } from "./bulk/bulk.js";
import { TransferRoutes } from "./bulk/transfers.js";
import type { CallOptions } from "./calls/invoker.js";
import type { JsonObject } from "./calls/values.js";
import type { Endpoint } from "./connections/endpoint.js";
import type { HttpClient } from "./connections/http.js";
import { toSettings, type ClientOptions } from "./connections/options.js";
import type { Transport } from "./connections/transport.js";
import type { DigestFactory } from "./digests/digest.js";
import { ContractClients } from "./generated/clients.js";
import type { Identity, Login } from "./generated/types/auth.js";

/** What a platform brings to a client. */
export interface ClientParts {
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  readonly http: HttpClient;
  readonly sha256: DigestFactory;
}

/**
 * A server, as its clients see it: the methods of the contract, domain by domain, and {@link bulk} for many bytes. It connects
 * when it is first used, and again when the connection is gone; calls that run when it breaks fail with a
 * {@link ConnectionError}. Calls may overlap.
 */
export class RpcStoreClient extends ContractClients {
  /** Many bytes at once. */
  readonly bulk: Bulk;

  readonly #transport: Transport;
  readonly #http: HttpClient;

  constructor(parts: ClientParts, options: ClientOptions | undefined) {
    super(parts.transport);
    this.#transport = parts.transport;
    this.#http = parts.http;
    const { maxMessageBytes } = toSettings(options);
    const routes = new TransferRoutes(parts.http, parts.endpoint.base, maxMessageBytes, parts.transport);
    this.bulk = new Bulk(this, routes, parts.sha256);
  }

  /**
   * Logs in with a key (spec/auth.md): opens a session, which this client uses from now on, also on connections that it opens
   * anew.
   *
   * @param signer - The key; it is not kept.
   * @param options - How to log in.
   * @returns The session, with its token.
   * @throws {@link UnauthenticatedError} The server does not know the key, or the account is disabled.
   * @throws {@link ProtocolError} The server wants something else signed than a login to it; nothing was signed.
   */
  async login(signer: Signer, options?: LoginOptions): Promise<Login> {
    // A session that has ended would only be in the way.
    this.#transport.setToken(undefined);
    const login = await logIn(this, signer, options);
    this.#transport.setToken(login.token);
    return login;
  }

  /** Ends the session of this client, if it has one; its token is worth nothing any more. */
  async logout(options?: CallOptions): Promise<Identity> {
    const identity = await this.auth.logout(options);
    this.#transport.setToken(undefined);
    return identity;
  }

  /** Calls any method by name, for those that this version has no types for. */
  call(method: string, params: object = {}, options?: CallOptions): Promise<JsonObject> {
    return this.#transport.call<JsonObject>(method, params, "json", options);
  }

  /** Closes the connections; calls that run fail, and so do those that follow. */
  close(): void {
    this.#transport.close();
    this.#http.close();
  }
}

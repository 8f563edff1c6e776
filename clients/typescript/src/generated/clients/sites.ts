// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import { sitePageShape, siteShape } from "../shapes.js";
import type { Site, SitePage } from "../types/sites.js";

/** What `sites.publish` may be given beside what it must. */
export interface SitesPublishOptions extends CallOptions {
  /** Whose flist it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
  /**
   * The path below which it is, not percent-encoded; `/` for all that is not the server's own. Either this or `domain`.
   */
  readonly prefix?: string | undefined;
  /** The domain name that is all its own. */
  readonly domain?: string | undefined;
  /** Everybody may read it; otherwise accounts only. `false` when left out. */
  readonly public?: boolean | undefined;
  /** Directories without an index file are listed. `false` when left out. */
  readonly index?: boolean | undefined;
  /** A navigation to what is not there shows `/index.html`: the page itself knows its paths. `false` when left out. */
  readonly spa?: boolean | undefined;
  /** It can be read over WebDAV. `false` when left out. */
  readonly webdav?: boolean | undefined;
}

/** What `sites.list` may be given beside what it must. */
export interface SitesListOptions extends CallOptions {
  /** Only those of this account's flists. */
  readonly account?: string | undefined;
  /** Only those of flists of this name. */
  readonly flist?: string | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Sites in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `sites.update` may be given beside what it must. */
export interface SitesUpdateOptions extends CallOptions {
  /** Everybody may read it; otherwise accounts only. */
  readonly public?: boolean | undefined;
  /** Directories without an index file are listed. */
  readonly index?: boolean | undefined;
  /** A navigation to what is not there shows `/index.html`: the page itself knows its paths. */
  readonly spa?: boolean | undefined;
  /** It can be read over WebDAV. */
  readonly webdav?: boolean | undefined;
  /** Another flist to show. */
  readonly flist?: string | undefined;
  /** Whose that is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
}

/** Calls the methods of `sites`. Calls may overlap. */
export class SitesClient {
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
   * Shows a flist to browsers.
   *
   * Below a path on every name of the server, or as everything on a domain name whose requests reach the server. It is
   * there when the call is answered, and shows each new content of the flist at once. `conflict`: the address is taken,
   * the server uses the path itself, or the flist is incomplete. Access: `admin`.
   *
   * @param flist - What to show.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  publish(flist: string, options?: SitesPublishOptions): Promise<Site> {
    const params = {
      flist,
      account: options?.account,
      prefix: options?.prefix,
      domain: options?.domain,
      public: options?.public,
      index: options?.index,
      spa: options?.spa,
      webdav: options?.webdav,
    };
    return this.#invoker.call("sites.publish", params, siteShape, options);
  }

  /**
   * Sites in the order of their addresses.
   *
   * A guest sees the public ones. Access: `guest`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  list(options?: SitesListOptions): Promise<SitePage> {
    const params = {
      account: options?.account,
      flist: options?.flist,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("sites.list", params, sitePageShape, options);
  }

  /**
   * Changes how a site is shown, or which flist it shows.
   *
   * What is left out stays as it is. The address stays: publish another to move. Access: `admin`.
   *
   * @param address - The site: its prefix, or its domain.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  update(address: string, options?: SitesUpdateOptions): Promise<Site> {
    const params = {
      address,
      public: options?.public,
      index: options?.index,
      spa: options?.spa,
      webdav: options?.webdav,
      flist: options?.flist,
      account: options?.account,
    };
    return this.#invoker.call("sites.update", params, siteShape, options);
  }

  /**
   * Shows a flist no more at an address.
   *
   * The flist stays. Requests that run are finished. Access: `admin`.
   *
   * @param address - The site: its prefix, or its domain.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  unpublish(address: string, options?: CallOptions): Promise<Site> {
    const params = {
      address,
    };
    return this.#invoker.call("sites.unpublish", params, siteShape, options);
  }
}

// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import {
  flistDeletionShape,
  flistDiffShape,
  flistPageShape,
  flistShape,
  flistTreeShape,
  flistUploadedShape,
  flistVerificationShape,
  transferShape,
} from "../shapes.js";
import type {
  Flist,
  FlistDeletion,
  FlistDiff,
  FlistPage,
  FlistTree,
  FlistUploaded,
  FlistVerification,
  KnownFlistFormat,
} from "../types/flists.js";
import type { Transfer } from "../types/transfers.js";

/** What `flists.list` may be given beside what it must. */
export interface FlistsListOptions extends CallOptions {
  /** Only those of this account. */
  readonly account?: string | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Flists in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `flists.get` may be given beside what it must. */
export interface FlistsGetOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
}

/** What `flists.tree` may be given beside what it must. */
export interface FlistsTreeOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
  /** Where to begin; a file gives itself. Without it: the root. */
  readonly path?: string | undefined;
  /** Go down into directories. `false` when left out. */
  readonly recursive?: boolean | undefined;
  /** Where the page before ended; it is good for the same content, path and `recursive`. */
  readonly cursor?: string | undefined;
  /** Entries in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `flists.put` may be given beside what it must. */
export interface FlistsPutOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
  /** Whether everybody may see it. Without it that stays as it is; a new flist is private. */
  readonly public?: boolean | undefined;
  /**
   * Do it only when the flist has this digest, or, with `none`, when there is none of this name. Otherwise:
   * `preconditionFailed`.
   */
  readonly ifMatch?: string | undefined;
  /** Take a `.fl` whose blobs are not all here, too. It is not served until they are. `false` when left out. */
  readonly allowIncomplete?: boolean | undefined;
  /** For an archive: where rfs finds the blobs, written into the flist as its route. */
  readonly storeUrl?: string | undefined;
}

/** What `flists.upload` may be given beside what it must. */
export interface FlistsUploadOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
  /** Whether everybody may see it. Without it that stays as it is; a new flist is private. */
  readonly public?: boolean | undefined;
  /**
   * Do it only when the flist has this digest, or, with `none`, when there is none of this name. Otherwise:
   * `preconditionFailed`.
   */
  readonly ifMatch?: string | undefined;
  /** Take a `.fl` whose blobs are not all here, too. It is not served until they are. `false` when left out. */
  readonly allowIncomplete?: boolean | undefined;
  /** For an archive: where rfs finds the blobs, written into the flist as its route. */
  readonly storeUrl?: string | undefined;
}

/** What `flists.download` may be given beside what it must. */
export interface FlistsDownloadOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
  /** What to give. `fl` when left out. */
  readonly format?: KnownFlistFormat | undefined;
}

/** What `flists.update` may be given beside what it must. */
export interface FlistsUpdateOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
}

/** What `flists.verify` may be given beside what it must. */
export interface FlistsVerifyOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
}

/** What `flists.diff` may be given beside what it must. */
export interface FlistsDiffOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own. */
  readonly beforeAccount?: string | undefined;
  /** Whose it is. Without it: the caller's own. */
  readonly afterAccount?: string | undefined;
  /** Differences at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `flists.delete` may be given beside what it must. */
export interface FlistsDeleteOptions extends CallOptions {
  /** Whose it is. Without it: the caller's own; `local` on the local socket. */
  readonly account?: string | undefined;
  /**
   * Do it only when the flist has this digest, or, with `none`, when there is none of this name. Otherwise:
   * `preconditionFailed`.
   */
  readonly ifMatch?: string | undefined;
}

/** Calls the methods of `flists`. Calls may overlap. */
export class FlistsClient {
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
   * Flists in the order of account and name.
   *
   * A guest sees the public ones, a user their own as well, an admin all. Access: `guest`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  list(options?: FlistsListOptions): Promise<FlistPage> {
    const params = {
      account: options?.account,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("flists.list", params, flistPageShape, options);
  }

  /**
   * One flist: what is in it, and whether all of it is here.
   *
   * What a caller may not see does not exist for them. Access: `guest`.
   *
   * @param name - The flist.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  get(name: string, options?: FlistsGetOptions): Promise<Flist> {
    const params = {
      name,
      account: options?.account,
    };
    return this.#invoker.call("flists.get", params, flistShape, options);
  }

  /**
   * What is in a flist, below a directory.
   *
   * In the order of the file: a directory before what is in it. Symbolic links are told, not followed. Access: `guest`.
   *
   * @param name - The flist.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  tree(name: string, options?: FlistsTreeOptions): Promise<FlistTree> {
    const params = {
      name,
      account: options?.account,
      path: options?.path,
      recursive: options?.recursive,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("flists.tree", params, flistTreeShape, options);
  }

  /**
   * Makes a flist of a small archive or `.fl` file that travels inside the call.
   *
   * As `flists.upload`, for bytes up to `maxInlineBlobBytes`. Access: `admin`.
   *
   * @param name - The flist.
   * @param data - The tar, gzip of one, or `.fl`, in base64 (RFC 4648 section 4, padded).
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link PreconditionFailedError} A condition that the caller set does not hold.
   * @throws {@link TooLargeError} A message, blob, batch or range passes a limit, which is named.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  put(name: string, data: Uint8Array, options?: FlistsPutOptions): Promise<FlistUploaded> {
    const params = {
      name,
      data,
      account: options?.account,
      public: options?.public,
      ifMatch: options?.ifMatch,
      allowIncomplete: options?.allowIncomplete,
      storeUrl: options?.storeUrl,
    };
    return this.#invoker.call("flists.put", params, flistUploadedShape, options);
  }

  /**
   * Opens a transfer that takes an archive or a `.fl` file.
   *
   * A tar, a gzip of one, or a `.fl`, told by its first bytes, goes by HTTP PUT to the transfer's URL; the answer is a
   * `FlistUploaded`. A flist of this name gets the new content at once, for every reader. A `.fl` whose blobs are not
   * all here is refused with `notFound`, which names what is missing. What fails leaves nothing. `PUT
   * /flists/{account}/{name}` does the same in one step. Access: `admin`.
   *
   * @param name - The flist.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link PreconditionFailedError} A condition that the caller set does not hold.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  upload(name: string, options?: FlistsUploadOptions): Promise<Transfer> {
    const params = {
      name,
      account: options?.account,
      public: options?.public,
      ifMatch: options?.ifMatch,
      allowIncomplete: options?.allowIncomplete,
      storeUrl: options?.storeUrl,
    };
    return this.#invoker.call("flists.upload", params, transferShape, options);
  }

  /**
   * Opens a transfer that gives a flist.
   *
   * By HTTP GET from the transfer's URL. `GET /flists/{account}/{name}` does the same in one step, for guests too.
   * Access: `user`.
   *
   * @param name - The flist.
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
   */
  download(name: string, options?: FlistsDownloadOptions): Promise<Transfer> {
    const params = {
      name,
      account: options?.account,
      format: options?.format,
    };
    return this.#invoker.call("flists.download", params, transferShape, options);
  }

  /**
   * Says who may see a flist.
   *
   * A public flist can be listed, read and downloaded by everybody, and so can its blobs. Access: `admin`.
   *
   * @param name - The flist.
   * @param public_ - Whether everybody may see it.
   * @param options - Optional parameters, and how to call.
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
  update(name: string, public_: boolean, options?: FlistsUpdateOptions): Promise<Flist> {
    const params = {
      name,
      public: public_,
      account: options?.account,
    };
    return this.#invoker.call("flists.update", params, flistShape, options);
  }

  /**
   * Reads every blob of a flist and checks its digest.
   *
   * Corrupt blobs are moved to the quarantine, so that they are missing from then on and can be uploaded again. A flist
   * that was incomplete and has all blobs now is served from then on. Access: `user`.
   *
   * @param name - The flist.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  verify(name: string, options?: FlistsVerifyOptions): Promise<FlistVerification> {
    const params = {
      name,
      account: options?.account,
    };
    return this.#invoker.call("flists.verify", params, flistVerificationShape, options);
  }

  /**
   * What differs between two flists.
   *
   * By kind, blocks, link targets and device numbers, then by permissions, owner, group and time of modification; no
   * blob is read. The differences come in the order of the first flist, and after what is in each directory come those
   * that only the second has there. Access: `user`.
   *
   * @param before - The first flist.
   * @param after - The second flist.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  diff(before: string, after: string, options?: FlistsDiffOptions): Promise<FlistDiff> {
    const params = {
      before,
      after,
      beforeAccount: options?.beforeAccount,
      afterAccount: options?.afterAccount,
      limit: options?.limit,
    };
    return this.#invoker.call("flists.diff", params, flistDiffShape, options);
  }

  /**
   * Deletes a flist, and the blobs that nothing else references.
   *
   * The flist is gone at once. Whoever reads it at that moment reads to the end: then its blobs go a little later,
   * which `deferred` tells. One that is published is refused with `conflict`. Access: `admin`.
   *
   * @param name - The flist.
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
   * @throws {@link PreconditionFailedError} A condition that the caller set does not hold.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  delete(name: string, options?: FlistsDeleteOptions): Promise<FlistDeletion> {
    const params = {
      name,
      account: options?.account,
      ifMatch: options?.ifMatch,
    };
    return this.#invoker.call("flists.delete", params, flistDeletionShape, options);
  }
}

// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import type { BlobId } from "../../calls/values.js";
import {
  blobCollectionShape,
  blobContentShape,
  blobDeletionsShape,
  blobPageShape,
  blobPresenceShape,
  blobStatsShape,
  blobStoredShape,
  blobVerificationShape,
  transferShape,
} from "../shapes.js";
import type {
  BlobCollection,
  BlobContent,
  BlobDeletions,
  BlobPage,
  BlobPresence,
  BlobStats,
  BlobStored,
  BlobVerification,
  KnownOnMissing,
} from "../types/blobs.js";
import type { Transfer } from "../types/transfers.js";

/** What `blobs.list` may be given beside what it must. */
export interface BlobsListOptions extends CallOptions {
  /** Only ids that start with this text. */
  readonly prefix?: string | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Blobs in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `blobs.put` may be given beside what it must. */
export interface BlobsPutOptions extends CallOptions {
  /** The id that the bytes must have. Without it they get their SHA-256 id. */
  readonly id?: BlobId | undefined;
}

/** What `blobs.get` may be given beside what it must. */
export interface BlobsGetOptions extends CallOptions {
  /** The first byte wanted; at or past the end the answer is empty. `0` when left out. */
  readonly offset?: number | bigint | undefined;
  /** Bytes wanted at the most. Without it: the rest of the blob, which must be no longer than `maxInlineBlobBytes`. */
  readonly length?: number | bigint | undefined;
}

/** What `blobs.scrub` may be given beside what it must. */
export interface BlobsScrubOptions extends CallOptions {
  /** Return when the job has ended. `false` when left out. */
  readonly wait?: boolean | undefined;
  /** Gets what the server reports while the call runs. Over HTTP there is nobody to report to. */
  readonly onProgress?: ((value: Transfer) => void) | undefined;
}

/** What `blobs.delete` may be given beside what it must. */
export interface BlobsDeleteOptions extends CallOptions {
  /** Remove referenced blobs too. `false` when left out. */
  readonly force?: boolean | undefined;
}

/** What `blobs.collect` may be given beside what it must. */
export interface BlobsCollectOptions extends CallOptions {
  /** Only ids that start with this text: `blake2b-` for blocks of flists. Without it: all. */
  readonly prefix?: string | undefined;
  /** Only blobs that were stored so long ago. `86400` when left out. */
  readonly minAgeSeconds?: number | undefined;
}

/** What `blobs.download` may be given beside what it must. */
export interface BlobsDownloadOptions extends CallOptions {
  /** What to do about blobs that are not here. `error` when left out. */
  readonly onMissing?: KnownOnMissing | undefined;
}

/** Calls the methods of `blobs`. Calls may overlap. */
export class BlobsClient {
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
   * Which of these blobs are here.
   *
   * Both lists keep the order asked; an id that is asked twice is answered twice. Access: `user`.
   *
   * @param ids - The blobs asked for.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  has(ids: readonly BlobId[], options?: CallOptions): Promise<BlobPresence> {
    const params = {
      ids,
    };
    return this.#invoker.call("blobs.has", params, blobPresenceShape, options);
  }

  /**
   * Size and time of these blobs.
   *
   * Both lists keep the order asked. Nothing is read from the blobs themselves. Access: `user`.
   *
   * @param ids - The blobs asked for.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  stat(ids: readonly BlobId[], options?: CallOptions): Promise<BlobStats> {
    const params = {
      ids,
    };
    return this.#invoker.call("blobs.stat", params, blobStatsShape, options);
  }

  /**
   * Blobs in the order of their ids.
   *
   * SHA-256 ids come first, then those that start with `blake2b-`, each in the order of their digits. A blob that is
   * stored or deleted while the pages are read may or may not be in them; every other one is in them once. Access:
   * `admin`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  list(options?: BlobsListOptions): Promise<BlobPage> {
    const params = {
      prefix: options?.prefix,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("blobs.list", params, blobPageShape, options);
  }

  /**
   * Stores one small blob that travels inside the call.
   *
   * For bytes up to `maxInlineBlobBytes`; larger ones go through `blobs.upload`. The reply comes after the blob is
   * durable. Access: `admin`.
   *
   * @param data - The bytes, in base64 (RFC 4648 section 4, padded).
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link TooLargeError} A message, blob, batch or range passes a limit, which is named.
   * @throws {@link DigestMismatchError} Bytes do not have the digest that their id says: bytes that were sent, of which
   * nothing was stored, or bytes on the disk.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  put(data: Uint8Array, options?: BlobsPutOptions): Promise<BlobStored> {
    const params = {
      data,
      id: options?.id,
    };
    return this.#invoker.call("blobs.put", params, blobStoredShape, options);
  }

  /**
   * The bytes of one small blob, or a range of a larger one.
   *
   * Up to `maxInlineBlobBytes` come back in one call; `size` tells how much there is, so a caller pages with `offset`.
   * Every byte was verified against the id. Larger blobs are better fetched through `blobs.download` or `GET
   * /blobs/{id}`. Access: `user`.
   *
   * @param id - The blob.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link TooLargeError} A message, blob, batch or range passes a limit, which is named.
   * @throws {@link DigestMismatchError} Bytes do not have the digest that their id says: bytes that were sent, of which
   * nothing was stored, or bytes on the disk.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  get(id: BlobId, options?: BlobsGetOptions): Promise<BlobContent> {
    const params = {
      id,
      offset: options?.offset,
      length: options?.length,
    };
    return this.#invoker.call("blobs.get", params, blobContentShape, options);
  }

  /**
   * Reads these blobs again and checks their digests.
   *
   * A corrupt blob is moved to the quarantine, so that it counts as missing from then on and can be uploaded again. The
   * three lists keep the order asked. Access: `user`.
   *
   * @param ids - The blobs to check.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  verify(ids: readonly BlobId[], options?: CallOptions): Promise<BlobVerification> {
    const params = {
      ids,
    };
    return this.#invoker.call("blobs.verify", params, blobVerificationShape, options);
  }

  /**
   * Reads every blob again and checks its digest.
   *
   * A job: the call returns a transfer of kind `scrub` at once, to be followed with `transfers.get` and ended with
   * `transfers.cancel`. With `wait` the call returns when the job ends, and cancelling the call cancels the job; with
   * `progress` as well, `$/progress` notifications carry the transfer meanwhile. Corrupt blobs are moved to the
   * quarantine. Only one scrub runs at a time; a second call joins it. Access: `admin`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  scrub(options?: BlobsScrubOptions): Promise<Transfer> {
    const params = {
      wait: options?.wait,
    };
    return this.#invoker.call(
      "blobs.scrub",
      params,
      transferShape,
      options,
      "progress",
      transferShape,
      options?.onProgress,
    );
  }

  /**
   * Removes these blobs.
   *
   * A blob that something references is kept and reported, unless `force` is true. The empty blob always exists: it is
   * reported as `referenced`. The results keep the order asked. Access: `admin`.
   *
   * @param ids - The blobs to remove.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  delete(ids: readonly BlobId[], options?: BlobsDeleteOptions): Promise<BlobDeletions> {
    const params = {
      ids,
      force: options?.force,
    };
    return this.#invoker.call("blobs.delete", params, blobDeletionsShape, options);
  }

  /**
   * Finds blobs that nothing references, and removes them if asked to.
   *
   * Blocks of flists that are gone, of uploads that were broken off, and whatever was uploaded by itself and is part of
   * nothing: the server cannot tell these apart, so look before you let it remove. Only blobs that have been here for
   * `minAgeSeconds` count, because a program may be about to reference the others. Access: `admin`.
   *
   * @param dryRun - Report, and remove nothing.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  collect(dryRun: boolean, options?: BlobsCollectOptions): Promise<BlobCollection> {
    const params = {
      dryRun,
      prefix: options?.prefix,
      minAgeSeconds: options?.minAgeSeconds,
    };
    return this.#invoker.call("blobs.collect", params, blobCollectionShape, options);
  }

  /**
   * Opens a transfer that takes a tar batch.
   *
   * `PUT` the batch to `url` on any endpoint of this server; the answer is a `BatchResult` (spec/tar-batch.md). Access:
   * `admin`.
   *
   * @param options - How to call.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  upload(options?: CallOptions): Promise<Transfer> {
    return this.#invoker.call("blobs.upload", {}, transferShape, options);
  }

  /**
   * Opens a transfer that gives these blobs as a tar batch.
   *
   * `GET` the batch from `url` on any endpoint of this server (spec/tar-batch.md). Access: `user`.
   *
   * @param ids - The blobs wanted, in the order of the entries.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   */
  download(ids: readonly BlobId[], options?: BlobsDownloadOptions): Promise<Transfer> {
    const params = {
      ids,
      onMissing: options?.onMissing,
    };
    return this.#invoker.call("blobs.download", params, transferShape, options);
  }
}

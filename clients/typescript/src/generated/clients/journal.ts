// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import type { Timestamp } from "../../calls/values.js";
import { journalEntryShape, journalPageShape, journalTotalsShape, journalWatchedShape } from "../shapes.js";
import type {
  JournalEntry,
  JournalPage,
  JournalTotals,
  JournalWatched,
  KnownJournalGroup,
  KnownJournalOrder,
} from "../types/journal.js";

/** What `journal.query` may be given beside what it must. */
export interface JournalQueryOptions extends CallOptions {
  /** Only what this account did; `guest` and `local` are accounts here. */
  readonly account?: string | undefined;
  /** Only this method or route, such as `blobs.delete` or `PUT /blobs/{id}`. */
  readonly method?: string | undefined;
  /** Only what began at this time or later (RFC 3339). */
  readonly since?: Timestamp | Date | undefined;
  /** Only what began before this time (RFC 3339). */
  readonly until?: Timestamp | Date | undefined;
  /** Only what ended so: `ok`, or the name of an error such as `forbidden`. */
  readonly outcome?: string | undefined;
  /** Which come first. */
  readonly order?: KnownJournalOrder | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Entries in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `journal.totals` may be given beside what it must. */
export interface JournalTotalsOptions extends CallOptions {
  /** What to add up by. */
  readonly by?: readonly KnownJournalGroup[] | undefined;
  /** Only what this account did; `guest` and `local` are accounts here. */
  readonly account?: string | undefined;
  /** Only this method or route, such as `blobs.delete` or `PUT /blobs/{id}`. */
  readonly method?: string | undefined;
  /** Only what began at this time or later (RFC 3339). */
  readonly since?: Timestamp | Date | undefined;
  /** Only what began before this time (RFC 3339). */
  readonly until?: Timestamp | Date | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Rows in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `journal.watch` may be given beside what it must. */
export interface JournalWatchOptions extends CallOptions {
  /** Gets what the server reports while the call runs. Over HTTP there is nobody to report to. */
  readonly onProgress?: ((value: JournalEntry) => void) | undefined;
  /** Begin behind this position; with what is new otherwise. */
  readonly after?: number | bigint | undefined;
  /** End after so many entries. */
  readonly limit?: number | undefined;
  /** Only what this account did; `guest` and `local` are accounts here. */
  readonly account?: string | undefined;
  /** Only this method or route, such as `blobs.delete` or `PUT /blobs/{id}`. */
  readonly method?: string | undefined;
}

/** Calls the methods of `journal`. Calls may overlap. */
export class JournalClient {
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
   * What was done, by whom, and how it ended.
   *
   * The newest first unless `order` says otherwise. Paged by `cursor`. Access: `admin`.
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
  query(options?: JournalQueryOptions): Promise<JournalPage> {
    const params = {
      account: options?.account,
      method: options?.method,
      since: options?.since,
      until: options?.until,
      outcome: options?.outcome,
      order: options?.order,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("journal.query", params, journalPageShape, options);
  }

  /**
   * Sums over the journal.
   *
   * One row for each combination of what `by` names; without `by` one row for all. In the order of account, method and
   * day, paged by `cursor`. Access: `admin`.
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
  totals(options?: JournalTotalsOptions): Promise<JournalTotals> {
    const params = {
      by: options?.by,
      account: options?.account,
      method: options?.method,
      since: options?.since,
      until: options?.until,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("journal.totals", params, journalTotalsShape, options);
  }

  /**
   * Entries as they are written.
   *
   * Runs until the call is cancelled; each `$/progress` notification carries one entry, in the order of their positions
   * and without gaps. On stream connections only, and with `progress`. Access: `admin`.
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
  watch(options?: JournalWatchOptions): Promise<JournalWatched> {
    const params = {
      after: options?.after,
      limit: options?.limit,
      account: options?.account,
      method: options?.method,
    };
    return this.#invoker.call(
      "journal.watch",
      params,
      journalWatchedShape,
      options,
      "progress",
      journalEntryShape,
      options?.onProgress,
    );
  }
}

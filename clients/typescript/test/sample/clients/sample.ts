// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../../src/calls/invoker.js";
import type { BlobId, JsonObject, Timestamp } from "../../../src/calls/values.js";
import { echoShape, orderShape } from "../shapes.js";
import type { Echo, KnownColor, Order } from "../types/sample.js";

/** What `sample.echo` may be given beside what it must. */
export interface SampleEchoOptions extends CallOptions {
  /** The any. */
  readonly any?: number | bigint | undefined;
  /** The flag. `true` when left out. */
  readonly flag?: boolean | undefined;
  /** The color. `GREEN` when left out. */
  readonly color?: KnownColor | undefined;
  /** The words. */
  readonly words?: readonly string[] | undefined;
  /** The order. */
  readonly order?: Order | undefined;
  /** The later. */
  readonly later?: Timestamp | Date | undefined;
  /** The ids. */
  readonly ids?: readonly BlobId[] | undefined;
  /** The extra. */
  readonly extra?: Uint8Array | undefined;
  /** Gets what the server reports while the call runs. Over HTTP there is nobody to report to. */
  readonly onProgress?: ((value: Order) => void) | undefined;
}

/** What `sample.match` may be given beside what it must. */
export interface SampleMatchOptions extends CallOptions {
  /** Matches. */
  readonly p0?: string | undefined;
  /** Matches. */
  readonly p1?: string | undefined;
  /** Matches. */
  readonly p2?: string | undefined;
  /** Matches. */
  readonly p3?: string | undefined;
  /** Matches. */
  readonly p4?: string | undefined;
  /** Matches. */
  readonly p5?: string | undefined;
  /** Matches. */
  readonly p6?: string | undefined;
  /** Matches. */
  readonly p7?: string | undefined;
  /** Matches. */
  readonly p8?: string | undefined;
  /** Matches. */
  readonly p9?: string | undefined;
  /** Matches. */
  readonly p10?: string | undefined;
}

/** Calls the methods of `sample`. Calls may overlap. */
export class SampleClient {
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
   * Gives back what it gets.
   *
   * With `code`, \<angles\> & ampersands, and a text that is long enough to have to be broken into more than one line
   * of a doc comment. Access: `guest`.
   *
   * @param text - The text.
   * @param code - The code.
   * @param when - The when.
   * @param data - The data.
   * @param count - The count.
   * @param id - The id.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} Always.
   * @throws {@link TeapotError} There is no coffee.
   */
  echo(
    text: string,
    code: string,
    when: Timestamp | Date,
    data: Uint8Array,
    count: number,
    id: BlobId,
    options?: SampleEchoOptions,
  ): Promise<Echo> {
    const params = {
      text,
      code,
      when,
      data,
      count,
      id,
      any: options?.any,
      flag: options?.flag,
      color: options?.color,
      words: options?.words,
      order: options?.order,
      later: options?.later,
      ids: options?.ids,
      extra: options?.extra,
    };
    return this.#invoker.call("sample.echo", params, echoShape, options, "progress", orderShape, options?.onProgress);
  }

  /**
   * One parameter a pattern.
   *
   * For the tests of patterns. Access: `user`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} Always.
   */
  match(options?: SampleMatchOptions): Promise<JsonObject> {
    const params = {
      p0: options?.p0,
      p1: options?.p1,
      p2: options?.p2,
      p3: options?.p3,
      p4: options?.p4,
      p5: options?.p5,
      p6: options?.p6,
      p7: options?.p7,
      p8: options?.p8,
      p9: options?.p9,
      p10: options?.p10,
    };
    return this.#invoker.call("sample.match", params, "json", options);
  }
}

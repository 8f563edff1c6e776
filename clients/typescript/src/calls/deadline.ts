import { CallTimeoutError } from "./errors.js";
import type { CallOptions } from "./invoker.js";

// What setTimeout takes at the most; beyond it would fire at once.
const maxDelay = 2 ** 31 - 1;

/** Tells once when a call is to be given up: because its caller says so, or because it takes too long. */
export class Deadline {
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts to wait.
   *
   * @param what - What is waited for, for the error.
   * @param options - The call's options.
   * @param timeout - The milliseconds that count when the options say none.
   * @param expire - Told why, at most once, never after {@link end}.
   * @throws The signal's reason, when it was given up before.
   */
  constructor(what: string, options: CallOptions | undefined, timeout: number, expire: (reason: unknown) => void) {
    this.#signal = options?.signal;
    this.#signal?.throwIfAborted();
    const wait = options?.timeout ?? timeout;
    this.#onAbort = () => {
      this.end();
      expire(this.#signal?.reason);
    };
    this.#signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (wait > 0 && wait <= maxDelay) {
      this.#timer = setTimeout(() => {
        this.end();
        expire(new CallTimeoutError(`${what} was not answered within ${wait} ms`));
      }, wait);
    }
  }

  /** Ends the wait. */
  end(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}

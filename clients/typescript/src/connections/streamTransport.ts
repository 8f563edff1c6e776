import { CallTimeoutError, ConnectionError } from "../calls/errors.js";
import type { CallOptions } from "../calls/invoker.js";
import type { Kind } from "../calls/shape.js";
import { identityShape } from "../generated/shapes.js";
import type { ChannelOpener } from "./channel.js";
import type { Settings } from "./options.js";
import { Session } from "./session.js";
import type { Transport } from "./transport.js";

/**
 * Calls over a connection that stays: it is opened when it is first needed, and again when it is gone. Calls that run when it
 * breaks fail; they are not made again, because nobody knows how far they came.
 */
export class StreamTransport implements Transport {
  readonly #open: ChannelOpener;
  readonly #settings: Settings;
  readonly #closing = new AbortController();
  #token: string | undefined;
  #session: Session | undefined;
  #opening: Promise<Session> | undefined;

  constructor(open: ChannelOpener, settings: Settings, token: string | undefined) {
    this.#open = open;
    this.#settings = settings;
    this.#token = token;
  }

  async call<Result, Progress = never>(
    method: string,
    params: object,
    kind: Kind,
    options?: CallOptions,
    progress?: string,
    progressKind?: Kind,
    onProgress?: (value: Progress) => void,
  ): Promise<Result> {
    options?.signal?.throwIfAborted();
    const session = this.#session?.isOpen === true ? this.#session : await orAborted(this.#connect(), options?.signal);
    return session.call(method, params, kind, options, progress, progressKind, onProgress);
  }

  get token(): string | undefined {
    return this.#token;
  }

  setToken(token: string | undefined): void {
    this.#token = token;
  }

  close(): void {
    const reason = new ConnectionError("the client was closed");
    this.#closing.abort(reason);
    this.#session?.fail(reason);
  }

  #connect(): Promise<Session> {
    this.#opening ??= this.#openSession().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #openSession(): Promise<Session> {
    this.#closing.signal.throwIfAborted();
    const attempt = new AbortController();
    const giveUp = (): void => attempt.abort(this.#closing.signal.reason);
    this.#closing.signal.addEventListener("abort", giveUp, { once: true });
    const wait = this.#settings.connectTimeout;
    const timer = setTimeout(() => attempt.abort(new ConnectionError(`no connection within ${wait} ms`)), wait);
    const session = new Session(this.#settings.timeout);
    try {
      const channel = await orAborted(this.#open(session, attempt.signal), attempt.signal);
      session.attach(channel);
      if (this.#token !== undefined) {
        // Over a connection that stays, the session is the connection's, not the call's.
        await session.call("auth.resume", { token: this.#token }, identityShape, { signal: attempt.signal });
      }
      this.#closing.signal.throwIfAborted();
      this.#session = session;
      return session;
    } catch (error) {
      session.fail(error);
      throw error instanceof CallTimeoutError ? new ConnectionError(error.message, { cause: error }) : error;
    } finally {
      clearTimeout(timer);
      this.#closing.signal.removeEventListener("abort", giveUp);
    }
  }
}

/** Waits for something, or for a signal: then for no longer. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return work;
  }
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

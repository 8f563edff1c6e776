import { Deadline } from "../calls/deadline.js";
import { ProtocolError } from "../calls/errors.js";
import type { CallOptions, Invoker } from "../calls/invoker.js";
import { parseJson, writeJson } from "../calls/json.js";
import { isObject, readValue, type Kind } from "../calls/shape.js";
import { toError } from "../calls/toError.js";
import type { ChannelEvents, TextChannel } from "./channel.js";

// A server answers every call, also one that was cancelled. One that leaves so many unanswered never will.
const maxAbandoned = 10_000;

interface Pending {
  readonly kind: Kind;
  readonly progressKind: Kind | undefined;
  readonly onProgress: ((value: never) => void) | undefined;
  readonly deadline: Deadline;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/**
 * The calls of one connection: JSON-RPC 2.0 with cancellation and progress (spec/connections.md, section 6). What breaks the
 * rules ends the connection and fails every call that waits: an answer that belongs to no call may be the one that another
 * call waits for.
 */
export class Session implements Invoker, ChannelEvents {
  readonly #timeout: number;
  // Those that were given up are kept as null until their answer comes.
  readonly #pending = new Map<number, Pending | null>();
  #channel: TextChannel | undefined;
  #lastId = 0;
  #abandoned = 0;
  #failure: unknown;

  constructor(timeout: number) {
    this.#timeout = timeout;
  }

  /** Whether the connection can take calls. */
  get isOpen(): boolean {
    return this.#failure === undefined;
  }

  /** Gives it the channel to send on, before the first call. */
  attach(channel: TextChannel): void {
    this.#channel = channel;
  }

  call<Result, Progress = never>(
    method: string,
    params: object,
    kind: Kind,
    options?: CallOptions,
    progress?: string,
    progressKind?: Kind,
    onProgress?: (value: Progress) => void,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#failure !== undefined) {
        throw this.#failure;
      }
      const id = ++this.#lastId;
      const token = progress === undefined || onProgress === undefined ? {} : { [progress]: id };
      const text = writeJson({ jsonrpc: "2.0", id, method, params: { ...params, ...token } });
      const deadline = new Deadline(method, options, this.#timeout, (reason) => this.#abandon(id, reason));
      this.#pending.set(id, {
        kind,
        progressKind,
        onProgress: onProgress as ((value: never) => void) | undefined,
        deadline,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.#channel?.send(text);
    });
  }

  /** Ends the connection; calls that wait fail with the reason. */
  fail(reason: unknown): void {
    if (this.#failure !== undefined) {
      return;
    }
    this.#failure = reason;
    this.#channel?.close();
    for (const pending of this.#pending.values()) {
      pending?.deadline.end();
      pending?.reject(reason);
    }
    this.#pending.clear();
  }

  closed(reason: Error): void {
    this.fail(reason);
  }

  message(text: string): void {
    try {
      this.#take(parse(text));
    } catch (error) {
      this.fail(error);
    }
  }

  #take(message: unknown): void {
    if (!isObject(message) || message["jsonrpc"] !== "2.0") {
      throw new ProtocolError("the server sent something that is no JSON-RPC 2.0 message");
    }
    if (message["method"] !== undefined) {
      this.#takeNotification(message);
      return;
    }
    const id = message["id"];
    if (id === null && message["error"] !== undefined) {
      // The server could not tell which call it was, and neither can we.
      throw toError(message["error"]);
    }
    const pending = typeof id === "number" ? this.#pending.get(id) : undefined;
    if (pending === undefined) {
      throw new ProtocolError(`the server answered a call that does not wait for an answer (id ${JSON.stringify(id)})`);
    }
    this.#pending.delete(id as number);
    if (pending === null) {
      this.#abandoned--;
      return;
    }
    pending.deadline.end();
    settle(pending, message);
  }

  #takeNotification(message: Record<string, unknown>): void {
    if (message["id"] !== undefined) {
      throw new ProtocolError("the server made a call; it may only answer");
    }
    const params = message["params"];
    if (message["method"] !== "$/progress" || !isObject(params) || typeof params["token"] !== "number") {
      return; // A newer server may tell things that are not known here.
    }
    const pending = this.#pending.get(params["token"]);
    if (pending?.onProgress === undefined || pending.progressKind === undefined) {
      return; // Sent before the server knew that the call was given up.
    }
    const value = readValue(params["value"], pending.progressKind, "/params/value");
    report(pending.onProgress, value as never);
  }

  #abandon(id: number, reason: unknown): void {
    const pending = this.#pending.get(id);
    if (!pending) {
      return;
    }
    this.#pending.set(id, null);
    this.#abandoned++;
    this.#channel?.send(writeJson({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } }));
    pending.reject(reason);
    if (this.#abandoned > maxAbandoned) {
      this.fail(new ProtocolError(`the server left ${maxAbandoned} cancelled calls unanswered`));
    }
  }
}

/** Reads an answer for the call that waits for it; an answer that is wrong in itself fails that call alone. */
export function settle(pending: Pick<Pending, "kind" | "resolve" | "reject">, message: Record<string, unknown>): void {
  try {
    const hasResult = message["result"] !== undefined;
    if (hasResult === (message["error"] !== undefined)) {
      throw new ProtocolError("the server's answer should have a result or an error");
    }
    if (!hasResult) {
      throw toError(message["error"]);
    }
    pending.resolve(readValue(message["result"], pending.kind, "/result"));
  } catch (error) {
    pending.reject(error);
  }
}

/** Reads a message. */
export function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ProtocolError("the server sent something that is not JSON", { cause: error });
  }
}

/** Calls a listener; what it throws is its program's own affair, and must not end the connection of others. */
function report(listener: (value: never) => void, value: never): void {
  try {
    listener(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

import { Deadline } from "../calls/deadline.js";
import { ConnectionError, ProtocolError } from "../calls/errors.js";
import type { CallOptions } from "../calls/invoker.js";
import { writeJson } from "../calls/json.js";
import { isObject, type Kind } from "../calls/shape.js";
import { toError } from "../calls/toError.js";
import { readAll } from "../bulk/streams.js";
import type { HttpClient, HttpResponse } from "./http.js";
import type { Settings } from "./options.js";
import { parse, settle } from "./session.js";
import type { Transport } from "./transport.js";

/** Every call an HTTP request of its own: `POST /rpc`. There is no progress, and a call is cancelled by dropping its request. */
export class HttpTransport implements Transport {
  readonly #http: HttpClient;
  readonly #path: string;
  readonly #settings: Settings;
  readonly #closing = new AbortController();
  #token: string | undefined;
  #lastId = 0;

  constructor(http: HttpClient, base: string, settings: Settings, token: string | undefined) {
    this.#http = http;
    this.#path = `${base}/rpc`;
    this.#settings = settings;
    this.#token = token;
  }

  async call<Result>(method: string, params: object, kind: Kind, options?: CallOptions): Promise<Result> {
    this.#closing.signal.throwIfAborted();
    const id = ++this.#lastId;
    const body = writeJson({ jsonrpc: "2.0", id, method, params });
    const attempt = new AbortController();
    const giveUp = (): void => attempt.abort(this.#closing.signal.reason);
    const deadline = new Deadline(method, options, this.#settings.timeout, (reason) => attempt.abort(reason));
    this.#closing.signal.addEventListener("abort", giveUp, { once: true });
    try {
      const message = await this.#post(body, attempt.signal);
      return await new Promise<Result>((resolve, reject) => {
        if (isObject(message) && message["id"] === null && message["error"] !== undefined) {
          throw toError(message["error"]);
        }
        if (!isObject(message) || message["jsonrpc"] !== "2.0" || message["id"] !== id) {
          throw new ProtocolError("the server's answer is not the answer to this call");
        }
        settle({ kind, resolve: resolve as (value: unknown) => void, reject }, message);
      });
    } catch (error) {
      throw attempt.signal.aborted ? attempt.signal.reason : error;
    } finally {
      deadline.end();
      this.#closing.signal.removeEventListener("abort", giveUp);
    }
  }

  get token(): string | undefined {
    return this.#token;
  }

  setToken(token: string | undefined): void {
    this.#token = token;
  }

  close(): void {
    this.#closing.abort(new ConnectionError("the client was closed"));
    this.#http.close();
  }

  async #post(body: string, signal: AbortSignal): Promise<unknown> {
    const authorization: Record<string, string> =
      this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const headers = { "content-type": "application/json", ...authorization };
    const response = await this.#http.send({ method: "POST", path: this.#path, headers, body, signal });
    const message = parse(await readText(response, this.#settings.maxMessageBytes));
    if (response.status !== 200 && isObject(message) && message["jsonrpc"] === undefined) {
      throw toError(message["error"]);
    }
    return message;
  }
}

/** The text of an answer. */
export async function readText(response: HttpResponse, maxBytes: number): Promise<string> {
  const bytes = await readAll(response.body, maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ProtocolError("the server's answer is not UTF-8", { cause: error });
  }
}

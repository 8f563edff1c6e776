import * as http from "node:http";
import type { Duplex } from "node:stream";
import { ConnectionError } from "../calls/errors.js";
import type { Endpoint } from "../connections/endpoint.js";
import { readEntityTag, type HttpClient, type HttpRequest, type HttpResponse } from "../connections/http.js";
import { toSettings } from "../connections/options.js";
import { dial, hostHeader } from "./dial.js";
import type { NodeClientOptions } from "./options.js";

// Less than servers keep an idle connection for, so that hardly a request meets one that is just being closed.
const idleMilliseconds = 20_000;

/** HTTP/1.1 to an endpoint of any kind, over connections that are kept for the next request. */
export class NodeHttp implements HttpClient {
  readonly streamsBodies = true;
  readonly #endpoint: Endpoint;
  readonly #agent: DialingAgent;

  constructor(endpoint: Endpoint, options: NodeClientOptions | undefined) {
    this.#endpoint = endpoint;
    this.#agent = new DialingAgent(endpoint, options);
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    const signal = request.signal;
    return new Promise<HttpResponse>((resolve, reject) => {
      signal?.throwIfAborted();
      let bodyError: { readonly error: unknown } | undefined;
      const explain = (error: Error): unknown => {
        if (signal?.aborted === true) {
          return signal.reason;
        }
        if (bodyError !== undefined) {
          return bodyError.error;
        }
        return error instanceof ConnectionError
          ? error
          : new ConnectionError(`the connection to ${this.#endpoint.url} broke: ${error.message}`, { cause: error });
      };
      const outgoing = http.request({
        agent: this.#agent,
        method: request.method,
        path: request.path,
        headers: { host: hostHeader(this.#endpoint), ...request.headers },
        ...(signal === undefined ? {} : { signal }),
      });
      outgoing.on("error", (error) => reject(explain(error)));
      outgoing.on("response", (incoming) =>
        resolve({
          status: incoming.statusCode ?? 0,
          contentType: incoming.headers["content-type"] ?? "",
          entityTag: readEntityTag(incoming.headers.etag),
          body: toStream(incoming, explain),
        }),
      );
      write(outgoing, request.body).catch((error: unknown) => {
        bodyError = { error };
        outgoing.destroy();
      });
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Connections by way of {@link dial}, so that every kind of endpoint, and every pin, is the same to HTTP. */
class DialingAgent extends http.Agent {
  readonly #endpoint: Endpoint;
  readonly #options: NodeClientOptions | undefined;

  constructor(endpoint: Endpoint, options: NodeClientOptions | undefined) {
    super({ keepAlive: !endpoint.isSingle, timeout: idleMilliseconds });
    this.#endpoint = endpoint;
    this.#options = options;
  }

  override createConnection(_: unknown, callback: (error: Error | null, socket?: Duplex) => void): undefined {
    const wait = toSettings(this.#options).connectTimeout;
    const signal = AbortSignal.timeout(wait);
    dial(this.#endpoint, this.#options, signal).then(
      (socket) => callback(null, socket),
      (error: unknown) =>
        callback(signal.aborted ? new ConnectionError(`no connection within ${wait} ms`) : (error as Error)),
    );
  }
}

async function write(outgoing: http.ClientRequest, body: HttpRequest["body"]): Promise<void> {
  if (!(body instanceof ReadableStream || body instanceof Blob)) {
    outgoing.end(body);
    return;
  }
  const reader = (body instanceof Blob ? body.stream() : body).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        outgoing.end();
        return;
      }
      if (!outgoing.write(value)) {
        await drained(outgoing);
      }
      if (outgoing.destroyed) {
        // Who waits for the answer is told why; what was not sent is of no use to anybody.
        await reader.cancel();
        return;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

function drained(outgoing: http.ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      outgoing.off("drain", finish);
      outgoing.off("close", finish);
      resolve();
    };
    outgoing.on("drain", finish);
    outgoing.on("close", finish);
    if (outgoing.destroyed) {
      finish();
    }
  });
}

function toStream(incoming: http.IncomingMessage, explain: (error: Error) => unknown): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (done === true) {
            controller.close();
          } else {
            controller.enqueue(value);
          }
        } catch (error) {
          throw explain(error as Error);
        }
      },
      cancel() {
        incoming.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

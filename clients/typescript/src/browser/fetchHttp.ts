import { ConnectionError } from "../calls/errors.js";
import { gather } from "../bulk/streams.js";
import { piecesOf } from "../bulk/tarWriter.js";
import { readEntityTag, type HttpClient, type HttpRequest, type HttpResponse } from "../connections/http.js";

/** HTTP by `fetch`. Browsers stream a body only over HTTP/2, so bodies are gathered before. */
export class FetchHttp implements HttpClient {
  readonly streamsBodies = false;
  readonly #origin: string;

  /** @param origin - `http://HOST:PORT`. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { method, headers, signal } = request;
    const body = request.body instanceof ReadableStream ? await gather(piecesOf(request.body)) : request.body;
    const explain = (error: unknown): unknown =>
      signal?.aborted === true
        ? signal.reason
        : new ConnectionError(`the connection to ${this.#origin} failed: ${String(error)}`, { cause: error });
    const response = await fetch(this.#origin + request.path, {
      method,
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      throw explain(error);
    });
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      entityTag: readEntityTag(response.headers.get("etag")),
      body: explained(response.body ?? new Blob().stream(), explain),
    };
  }

  close(): void {
    // The browser keeps the connections.
  }
}

/** A stream that errors as this package does. */
function explained(
  stream: ReadableStream<Uint8Array>,
  explain: (error: unknown) => unknown,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
          } else {
            controller.enqueue(value);
          }
        } catch (error) {
          throw explain(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

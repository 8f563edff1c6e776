import { ProtocolError } from "../calls/errors.js";
import { isObject } from "../calls/shape.js";
import { toError } from "../calls/toError.js";
import type { HttpBody, HttpClient, HttpResponse } from "../connections/http.js";
import { readText } from "../connections/httpTransport.js";
import { parse } from "../connections/session.js";
import type { Transfer } from "../generated/types/transfers.js";

/** The bytes of transfers: over HTTP on the endpoint of the client. Their URL is the permission, no token is sent. */
export class TransferRoutes {
  readonly #http: HttpClient;
  readonly #base: string;
  readonly #maxMessageBytes: number;

  constructor(http: HttpClient, base: string, maxMessageBytes: number) {
    this.#http = http;
    this.#base = base;
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Whether a body can be sent while it is made. */
  get streamsBodies(): boolean {
    return this.#http.streamsBodies;
  }

  /**
   * Sends the bytes of an upload.
   *
   * @returns The JSON document that the server answers, also one that tells of an error: it may tell of more.
   * @throws {@link RpcError} The server refused the bytes and told nothing else.
   */
  async send(transfer: Transfer, body: HttpBody, signal: AbortSignal | undefined): Promise<Record<string, unknown>> {
    const response = await this.#http.send({ method: "PUT", path: this.#pathOf(transfer), body, signal });
    const answer = parse(await readText(response, this.#maxMessageBytes));
    if (!isObject(answer)) {
      throw new ProtocolError(`the server answered ${response.status} without saying what became of the upload`);
    }
    if (response.status >= 300 && answer["results"] === undefined) {
      throw toError(answer["error"]);
    }
    return answer;
  }

  /**
   * The bytes of a download.
   *
   * @throws {@link RpcError} The server refused.
   */
  async receive(transfer: Transfer, signal: AbortSignal | undefined): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#http.send({ method: "GET", path: this.#pathOf(transfer), signal });
    if (response.status !== 200) {
      throw await this.#refusal(response);
    }
    return response.body;
  }

  async #refusal(response: HttpResponse): Promise<Error> {
    const text = await readText(response, this.#maxMessageBytes);
    const answer = response.contentType.startsWith("application/json") ? parse(text) : undefined;
    return isObject(answer)
      ? toError(answer["error"])
      : new ProtocolError(`the server answered ${response.status} without saying why`);
  }

  #pathOf(transfer: Transfer): string {
    if (transfer.url === undefined || !transfer.url.startsWith("/")) {
      throw new ProtocolError("the server opened a transfer without a path for its bytes");
    }
    return this.#base + transfer.url;
  }
}

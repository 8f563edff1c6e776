import { ProtocolError } from "../calls/errors.js";
import { isObject } from "../calls/shape.js";
import { toError } from "../calls/toError.js";
import type { HttpBody, HttpClient, HttpRequest, HttpResponse } from "../connections/http.js";
import { readText } from "../connections/httpTransport.js";
import { parse } from "../connections/session.js";
import type { Transport } from "../connections/transport.js";
import type { Transfer } from "../generated/types/transfers.js";

/**
 * What goes over HTTP on the endpoint of the client: the bytes of transfers, whose URL is the permission, so that no token is
 * sent; and what routes give to whoever the client is.
 */
export class TransferRoutes {
  readonly #http: HttpClient;
  readonly #base: string;
  readonly #maxMessageBytes: number;
  readonly #who: Pick<Transport, "token">;

  constructor(http: HttpClient, base: string, maxMessageBytes: number, who: Pick<Transport, "token">) {
    this.#http = http;
    this.#base = base;
    this.#maxMessageBytes = maxMessageBytes;
    this.#who = who;
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
    const answer = await this.#readAnswer(response);
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
    return (await this.#get({ method: "GET", path: this.#pathOf(transfer), signal })).body;
  }

  /**
   * What a route gives to whoever the client is.
   *
   * @throws {@link RpcError} The server refused.
   */
  get(route: string, signal: AbortSignal | undefined): Promise<HttpResponse> {
    const { token } = this.#who;
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return this.#get({ method: "GET", path: this.#base + route, headers, signal });
  }

  async #get(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.#http.send(request);
    if (response.status !== 200) {
      throw await this.#refusal(response);
    }
    return response;
  }

  async #refusal(response: HttpResponse): Promise<Error> {
    const answer = await this.#readAnswer(response);
    return isObject(answer)
      ? toError(answer["error"])
      : new ProtocolError(`the server answered ${response.status} without saying why`);
  }

  /** The JSON of an answer. What stands between here and the server may answer something else. */
  async #readAnswer(response: HttpResponse): Promise<unknown> {
    const text = await readText(response, this.#maxMessageBytes);
    return response.status < 300 || response.contentType.startsWith("application/json") ? parse(text) : undefined;
  }

  #pathOf(transfer: Transfer): string {
    if (transfer.url === undefined || !transfer.url.startsWith("/")) {
      throw new ProtocolError("the server opened a transfer without a path for its bytes");
    }
    return this.#base + transfer.url;
  }
}

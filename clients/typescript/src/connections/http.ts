/** A request to a server. */
export interface HttpRequest {
  readonly method: string;
  /** The path, with what stands before it on this endpoint. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: HttpBody | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a request can carry. */
export type HttpBody = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;

/** The answer to a request. */
export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  /** Without the quotes around it; empty when there is none. */
  readonly entityTag: string;
  /** Its bytes as they come; errors with a {@link ConnectionError} when they break off. Must be read or cancelled. */
  readonly body: ReadableStream<Uint8Array>;
}

/** An `ETag` without what stands around it. */
export function readEntityTag(header: string | null | undefined): string {
  return /^(?:W\/)?"(.*)"$/.exec(header ?? "")?.[1] ?? "";
}

/** Makes HTTP requests to the server of an endpoint. */
export interface HttpClient {
  /** Whether a body can be sent while it is made. Otherwise it is gathered before. */
  readonly streamsBodies: boolean;

  /**
   * Sends a request and waits for the head of the answer.
   *
   * @throws {@link ConnectionError} No server was reached, or the connection broke.
   * @throws The reason of the request's signal.
   * @throws What the body's stream errors with.
   */
  send(request: HttpRequest): Promise<HttpResponse>;

  /** Closes idle connections. */
  close(): void;
}

import { FetchHttp } from "./browser/fetchHttp.js";
import { webSocketOpener } from "./browser/webSocketChannel.js";
import { RpcStoreClient } from "./client.js";
import { parseEndpoint } from "./connections/endpoint.js";
import { HttpTransport } from "./connections/httpTransport.js";
import { toSettings, type ClientOptions } from "./connections/options.js";
import { StreamTransport } from "./connections/streamTransport.js";
import { Sha256 } from "./digests/sha256.js";

export * from "./shared.js";
export { readKey, signerOf } from "./browser/key.js";

/**
 * Makes a client. Nothing is connected before it is used.
 *
 * @param url - Where the server is: `ws://…` or `wss://…` for a connection that stays, with progress and cancellation;
 * `http://…` or `https://…` for a request a call.
 * @param options - How to connect.
 * @throws TypeError: the URL is none that a browser can reach.
 */
export function connect(url: string, options?: ClientOptions): RpcStoreClient {
  const endpoint = parseEndpoint(url);
  if (
    endpoint.scheme === "unix" ||
    endpoint.scheme === "tcp" ||
    endpoint.scheme === "tls" ||
    endpoint.pin !== undefined
  ) {
    throw new TypeError(
      `a browser cannot reach '${url}': write ws://, wss://, http:// or https://, without a certificate`,
    );
  }
  const settings = toSettings(options);
  const isSecure = endpoint.scheme === "wss" || endpoint.scheme === "https";
  const host = `${endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
  const http = new FetchHttp(`${isSecure ? "https" : "http"}://${host}`);
  const transport = endpoint.scheme.startsWith("ws")
    ? new StreamTransport(
        webSocketOpener(`${endpoint.scheme}://${host}${endpoint.base}/rpc`, settings.maxMessageBytes),
        settings,
        options?.token,
      )
    : new HttpTransport(http, endpoint.base, settings, options?.token);
  return new RpcStoreClient({ endpoint, transport, http, sha256: () => new Sha256() }, options);
}

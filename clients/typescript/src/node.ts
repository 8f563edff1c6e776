import { createHash } from "node:crypto";
import { RpcStoreClient } from "./client.js";
import type { ChannelOpener } from "./connections/channel.js";
import { parseEndpoint, type Endpoint } from "./connections/endpoint.js";
import { HttpTransport } from "./connections/httpTransport.js";
import { toSettings, type Settings } from "./connections/options.js";
import { StreamTransport } from "./connections/streamTransport.js";
import type { Digest } from "./digests/digest.js";
import { dial } from "./node/dial.js";
import { NodeHttp } from "./node/nodeHttp.js";
import type { NodeClientOptions } from "./node/options.js";
import { SocketChannel } from "./node/socketChannel.js";
import { webSocketOpener } from "./node/webSocketChannel.js";

export * from "./shared.js";
export { readKey } from "./node/key.js";
export type { NodeClientOptions } from "./node/options.js";
export { fromPath } from "./node/fromPath.js";
export { saveBlob, saveStream } from "./node/saveStream.js";

/**
 * Makes a client. Nothing is connected before it is used. A connection keeps the process alive until {@link RpcStoreClient.close}.
 *
 * @param url - Where the server is: `unix:PATH`, `tcp://HOST:PORT`, `tls://HOST:PORT`, `ws://…`, `wss://…`, `http://…` or
 * `https://…`; with TLS a certificate may be pinned by `#sha256:HEX` at the end.
 * @param options - How to connect.
 * @throws TypeError: the URL is no endpoint.
 */
export function connect(url: string, options?: NodeClientOptions): RpcStoreClient {
  const endpoint = parseEndpoint(url);
  const settings = toSettings(options);
  const http = new NodeHttp(endpoint, options);
  const open = openerFor(endpoint, options, settings);
  const transport =
    open === undefined
      ? new HttpTransport(http, endpoint.base, settings, options?.token)
      : new StreamTransport(open, settings, options?.token);
  return new RpcStoreClient({ endpoint, transport, http, sha256 }, options);
}

function openerFor(
  endpoint: Endpoint,
  options: NodeClientOptions | undefined,
  settings: Settings,
): ChannelOpener | undefined {
  if (endpoint.scheme === "http" || endpoint.scheme === "https" || endpoint.isSingle) {
    return undefined;
  }
  if (endpoint.scheme === "ws" || endpoint.scheme === "wss") {
    return webSocketOpener(endpoint, options, settings.maxMessageBytes);
  }
  return async (events, signal) =>
    new SocketChannel(await dial(endpoint, options, signal), events, settings.maxMessageBytes);
}

function sha256(): Digest {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
}

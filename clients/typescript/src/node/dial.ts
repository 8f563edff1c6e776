import { createHash } from "node:crypto";
import * as net from "node:net";
import * as tls from "node:tls";
import { ConnectionError } from "../calls/errors.js";
import type { Endpoint } from "../connections/endpoint.js";
import type { NodeClientOptions } from "./options.js";

/**
 * Opens a connection to an endpoint, with TLS where it has it.
 *
 * @param signal - Gives the attempt up.
 * @throws {@link ConnectionError} No server was reached, or it is not one to trust; nothing was sent then.
 */
export function dial(
  endpoint: Endpoint,
  options: NodeClientOptions | undefined,
  signal?: AbortSignal,
): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const isSecure = endpoint.scheme === "tls" || endpoint.scheme === "wss" || endpoint.scheme === "https";
    const socket = isSecure ? dialTls(endpoint, options) : dialPlain(endpoint);
    const finish = (error: unknown): void => {
      signal?.removeEventListener("abort", onAbort);
      socket.off("error", onError);
      if (error === undefined) {
        resolve(socket);
        return;
      }
      socket.on("error", () => {}); // What breaks now breaks nothing more.
      socket.destroy();
      reject(error as Error);
    };
    const onAbort = (): void => finish(signal?.reason);
    const onError = (error: Error): void => finish(cannotConnect(endpoint, error.message, error));
    signal?.addEventListener("abort", onAbort, { once: true });
    socket.on("error", onError);
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      const wrong = isSecure ? findWrongPin(endpoint, socket as tls.TLSSocket) : undefined;
      finish(wrong === undefined ? undefined : cannotConnect(endpoint, wrong));
    });
  });
}

/** What `Host` says of an endpoint. */
export function hostHeader(endpoint: Endpoint): string {
  if (endpoint.scheme === "unix") {
    return "localhost";
  }
  return `${net.isIPv6(endpoint.host) ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
}

function dialPlain(endpoint: Endpoint): net.Socket {
  const socket =
    endpoint.scheme === "unix" ? net.connect(endpoint.path) : net.connect({ host: endpoint.host, port: endpoint.port });
  // A call is written in one piece and waited for: holding it back for more gains nothing.
  return socket.setNoDelay(true);
}

function dialTls(endpoint: Endpoint, options: NodeClientOptions | undefined): tls.TLSSocket {
  const authorities = options?.authorities;
  const socket = tls.connect({
    host: endpoint.host,
    port: endpoint.port,
    minVersion: "TLSv1.2",
    ...(net.isIP(endpoint.host) === 0 ? { servername: endpoint.host } : {}),
    ...(authorities === undefined ? {} : { ca: typeof authorities === "string" ? authorities : [...authorities] }),
    // A pinned certificate is trusted whoever signed it, whatever its names and dates are; the pin is held against it below.
    rejectUnauthorized: endpoint.pin === undefined,
  });
  return socket.setNoDelay(true);
}

function findWrongPin(endpoint: Endpoint, socket: tls.TLSSocket): string | undefined {
  if (endpoint.pin === undefined) {
    return undefined;
  }
  const certificate = socket.getPeerCertificate().raw;
  const actual = certificate === undefined ? "none" : createHash("sha256").update(certificate).digest("hex");
  return actual === endpoint.pin ? undefined : `its certificate is not the pinned one: its SHA-256 is ${actual}`;
}

function cannotConnect(endpoint: Endpoint, why: string, cause?: Error): ConnectionError {
  return new ConnectionError(`cannot connect to ${endpoint.url}: ${why}`, cause === undefined ? undefined : { cause });
}

/** Where a server is, as spec/connections.md writes it. */
export interface Endpoint {
  /** The text that it was read from. */
  readonly url: string;
  readonly scheme: "unix" | "tcp" | "tls" | "ws" | "wss" | "http" | "https";
  /** The path of a unix socket; empty for the others. */
  readonly path: string;
  /** A name or an address, IPv6 without brackets; empty for a unix socket. */
  readonly host: string;
  /** 0 for a unix socket. */
  readonly port: number;
  /** What stands before `/rpc` and the other routes, where a proxy puts the server under a path: empty, or `/PATH`. */
  readonly base: string;
  /** The SHA-256 of the only certificate to trust, in lower-case hex. */
  readonly pin: string | undefined;
  /** Whether a connection takes one message only, so that every call is an HTTP request of its own. */
  readonly isSingle: boolean;
}

const defaultPorts: Readonly<Record<string, number>> = { ws: 80, http: 80, wss: 443, https: 443 };
const isolated = ["tls", "wss", "https"];

/**
 * Reads where a server is: `unix:PATH`, `unix:PATH?mode=single`, `tcp://HOST:PORT`, `tls://HOST:PORT`, `ws://…`, `wss://…`,
 * `http://…`, `https://…`; those with TLS may end in `#sha256:HEX`, the certificate to trust.
 *
 * @throws TypeError: the text is none of these; the message says what is wrong.
 */
export function parseEndpoint(text: string): Endpoint {
  if (text.startsWith("unix:")) {
    return parseUnix(text);
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw new TypeError(`'${text}' is no endpoint: write unix:PATH, tcp://HOST:PORT or http://HOST:PORT`, {
      cause: error,
    });
  }
  const scheme = url.protocol.slice(0, -1);
  switch (scheme) {
    case "tcp":
    case "tls":
    case "ws":
    case "wss":
    case "http":
    case "https":
      return parseUrl(text, scheme, url);
    case "overlay":
      throw new TypeError(`'${text}' is where a server listens; name one machine: tcp://[ADDRESS]:PORT`);
    default:
      throw new TypeError(
        `'${text}' is no endpoint: '${scheme}' is not one of unix, tcp, tls, ws, wss, http and https`,
      );
  }
}

function parseUnix(text: string): Endpoint {
  const [path = "", query] = text.slice("unix:".length).split("?", 2);
  if (path === "" || (query !== undefined && query !== "mode=single")) {
    throw new TypeError(`'${text}' is no endpoint: write unix:PATH or unix:PATH?mode=single`);
  }
  const isSingle = query !== undefined;
  return { url: text, scheme: "unix", path, host: "", port: 0, base: "", pin: undefined, isSingle };
}

function parseUrl(text: string, scheme: Exclude<Endpoint["scheme"], "unix">, url: URL): Endpoint {
  const port = Number(url.port) || defaultPorts[scheme];
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (host === "" || port === undefined) {
    throw new TypeError(`'${text}' is no endpoint: write ${scheme}://HOST:PORT`);
  }
  if (url.username !== "" || url.search !== "") {
    throw new TypeError(`'${text}' is no endpoint: it has a name or a query; log in with a key or a token`);
  }
  const base = url.pathname.replace(/\/+$/, "").replace(/\/rpc$/, "");
  if (base !== "" && (scheme === "tcp" || scheme === "tls")) {
    throw new TypeError(`'${text}' is no endpoint: ${scheme}: takes no path`);
  }
  return { url: text, scheme, path: "", host, port, base, pin: parsePin(text, scheme, url.hash), isSingle: false };
}

function parsePin(text: string, scheme: string, hash: string): string | undefined {
  if (hash === "") {
    return undefined;
  }
  const pin = /^#sha256:([0-9a-fA-F]{64})$/.exec(hash)?.[1];
  if (pin === undefined || !isolated.includes(scheme)) {
    throw new TypeError(
      `'${text}' is no endpoint: behind # only sha256: and 64 hex digits may stand, and only with TLS`,
    );
  }
  return pin.toLowerCase();
}

// A server that a test tells what to answer, and a client of it.
import { afterEach } from "node:test";
import { startFake } from "./fakeServer.mjs";
import { library } from "./library.mjs";

const open = [];

afterEach(() => {
  for (const thing of open.splice(0)) {
    thing.close();
  }
});

/** Closes things after the test. */
export function closeLater(...things) {
  open.push(...things);
}

/** Starts a server of a kind, and makes a client of it. */
export async function meet(kind, answer, options) {
  const server = await startFake(kind, answer);
  const client = library.connect(server.url, { timeout: 20_000, ...options });
  closeLater(client, server);
  return { client, server };
}

/** What a guest is told who it is. */
export const whoami = { role: "guest" };

/** An answer with a result. */
export const result = (id, value = whoami) => JSON.stringify({ jsonrpc: "2.0", id, result: value });

/** An answer with an error. */
export const failure = (id, error) => JSON.stringify({ jsonrpc: "2.0", id, error });

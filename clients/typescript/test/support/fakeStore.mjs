// A server that opens transfers, and answers them whatever a test tells it to.
import { startHttp } from "./fakeServer.mjs";

const times = { createdAt: "2026-11-21T09:00:00Z", expiresAt: "2026-11-21T09:05:00Z" };

/**
 * Starts it.
 *
 * @param handle - Takes a request for the bytes of a transfer.
 * @returns Its URL, the calls that it got, and how to stop it.
 */
export async function startFakeStore(handle) {
  const calls = [];
  const server = await startHttp(async (request, response) => {
    if (request.url !== "/rpc") {
      handle(request, response);
      return;
    }
    const { id, method, params } = JSON.parse(Buffer.concat(await request.toArray()).toString());
    calls.push({ method, params });
    if (method === "auth.whoami") {
      response.end(JSON.stringify({ jsonrpc: "2.0", id, result: { role: "user", account: "ada" } }));
      return;
    }
    const kind = method.endsWith("download") ? "download" : "upload";
    const transfer = { id: "0".repeat(32), kind, state: "pending", url: "/transfers/t", ...times, bytes: 0, items: 0 };
    response.end(JSON.stringify({ jsonrpc: "2.0", id, result: transfer }));
  });
  return { ...server, calls };
}

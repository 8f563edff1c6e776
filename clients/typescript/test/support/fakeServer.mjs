// Servers that answer whatever a test tells them to.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Starts a server for JSON-RPC over one kind of connection.
 *
 * @param kind - `unix`, `ws` or `http`.
 * @param answer - Called with every message and with what it can do: `send` a message, `cut` the connection in the middle of
 * one, `raw` for bytes as they are, `close`; on a WebSocket also `pause` and `resume`, for a server that reads nothing meanwhile.
 * @returns Its URL, the messages that it got, on a WebSocket what the pongs said, and how to stop it.
 */
export function startFake(kind, answer) {
  const messages = [];
  const take = (text, reply) => {
    const message = JSON.parse(text);
    messages.push(message);
    answer(message, reply);
  };
  return { unix: startLines, ws: startWebSocket, http: startPost }[kind](take, messages);
}

/** Starts an HTTP server with a handler of its own. */
export async function startHttp(handler) {
  const server = createHttpServer(handler);
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${await listen(server)}`, close };
}

async function startLines(take, messages) {
  const folder = mkdtempSync(join(tmpdir(), "rpcstore-fake-"));
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = "";
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      const lines = (rest + bytes).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        take(line, {
          send: (text) => socket.write(`${text}\n`),
          cut: (text) => socket.end(text),
          raw: (more) => socket.write(more),
          close: () => socket.end(),
        });
      }
    });
  });
  const path = join(folder, "s");
  await new Promise((resolve) => server.listen(path, resolve));
  const close = () => {
    sockets.forEach((socket) => socket.destroy());
    server.close(() => rmSync(folder, { recursive: true, force: true }));
  };
  return { url: `unix:${path}`, messages, close };
}

async function startWebSocket(take, messages) {
  const sockets = new Set();
  const pongs = [];
  const server = createHttpServer();
  server.on("upgrade", (request, socket) => {
    sockets.add(socket);
    const key = request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    let rest = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
        rest = rest.subarray(frame.end);
        if (frame.opcode === 1) {
          take(frame.text, {
            send: (text) => socket.write(serverFrame(1, text)),
            cut: (text) => socket.end(serverFrame(1, text + " ".repeat(50)).subarray(0, -50)),
            raw: (more) => socket.write(more),
            close: () => socket.end(serverFrame(8, Buffer.from([3, 232]))),
            pause: () => socket.pause(),
            resume: () => socket.resume(),
          });
        } else if (frame.opcode === 10) {
          pongs.push(frame.text);
        }
      }
    });
  });
  const close = () => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  };
  return { url: `ws://127.0.0.1:${await listen(server)}`, messages, pongs, close };
}

async function startPost(take, messages) {
  const server = await startHttp((request, response) => {
    let text = "";
    request.on("data", (bytes) => (text += bytes));
    request.on("end", () =>
      take(text, {
        send: (body) => response.end(body),
        cut(body) {
          response.writeHead(200, { "content-length": body.length + 50 });
          response.write(body, () => response.destroy());
        },
        raw: (body) => response.end(body),
        close: () => response.destroy(),
      }),
    );
  });
  return { ...server, messages };
}

/** A frame as a server sends it: not masked. */
export function serverFrame(opcode, content, isLast = true) {
  const payload = Buffer.from(content);
  const head = payload.length < 126 ? Buffer.alloc(2) : Buffer.alloc(10);
  head[0] = (isLast ? 0x80 : 0) | opcode;
  if (payload.length < 126) {
    head[1] = payload.length;
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([head, payload]);
}

/** A frame of a client, if it is whole. */
function readFrame(bytes) {
  if (bytes.length < 14) {
    return bytes.length >= 6 && (bytes[1] & 127) <= bytes.length - 6 ? unmask(bytes, bytes[1] & 127, 2) : undefined;
  }
  const short = bytes[1] & 127;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  return unmask(bytes, length, short === 127 ? 10 : short === 126 ? 4 : 2);
}

function unmask(bytes, length, head) {
  const end = head + 4 + length;
  if (bytes.length < end) {
    return undefined;
  }
  const mask = bytes.subarray(head, head + 4);
  const body = bytes.subarray(head + 4, end).map((byte, i) => byte ^ mask[i % 4]);
  return { opcode: bytes[0] & 15, text: Buffer.from(body).toString(), end };
}

async function listen(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server.address().port;
}

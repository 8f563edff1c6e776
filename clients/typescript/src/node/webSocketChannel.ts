import { createHash, randomBytes } from "node:crypto";
import * as http from "node:http";
import type { Socket } from "node:net";
import { ConnectionError, ProtocolError } from "../calls/errors.js";
import type { ChannelEvents, ChannelOpener, TextChannel } from "../connections/channel.js";
import type { Endpoint } from "../connections/endpoint.js";
import { dial, hostHeader } from "./dial.js";
import { encodeFrame, FrameReader, Opcode, type Frame } from "./frames.js";
import type { NodeClientOptions } from "./options.js";

// RFC 6455, section 1.3.
const acceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * Opens WebSockets (RFC 6455), one message a text frame. Node 20 has no `WebSocket` of its own, and that of later ones trusts
 * no pinned certificate and takes messages of any size.
 */
export function webSocketOpener(
  endpoint: Endpoint,
  options: NodeClientOptions | undefined,
  maxBytes: number,
): ChannelOpener {
  return async (events, signal) => {
    const socket = await dial(endpoint, options, signal);
    try {
      const head = await upgrade(endpoint, socket, signal);
      return new WebSocketChannel(socket, head, events, maxBytes);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  };
}

function upgrade(endpoint: Endpoint, socket: Socket, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const key = randomBytes(16).toString("base64");
    const request = http.request({
      createConnection: () => socket,
      path: `${endpoint.base}/rpc`,
      headers: {
        host: hostHeader(endpoint),
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-key": key,
        "sec-websocket-version": "13",
        "sec-websocket-protocol": "jsonrpc",
      },
      signal,
    });
    const refuse = (why: string, cause?: Error): void =>
      reject(new ConnectionError(`cannot open a WebSocket to ${endpoint.url}: ${why}`, { cause }));
    request.on("upgrade", (response, _socket, head) => {
      const expected = createHash("sha1")
        .update(key + acceptGuid)
        .digest("base64");
      if (response.headers["sec-websocket-accept"] === expected) {
        resolve(head);
      } else {
        refuse("the server's answer is not the answer to this request");
      }
    });
    request.on("response", (response) => refuse(`the server answered ${response.statusCode}`));
    request.on("error", (error) => (signal.aborted ? reject(signal.reason as Error) : refuse(error.message, error)));
    request.end();
  });
}

const emptyBuffer = Buffer.alloc(0);

/** A WebSocket that is open. */
class WebSocketChannel implements TextChannel {
  readonly #socket: Socket;
  readonly #events: ChannelEvents;
  readonly #maxBytes: number;
  readonly #frames: FrameReader;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  // A message that came in part, in a buffer that doubles: there may be as many parts as it has bytes, or more.
  #message = emptyBuffer;
  #length = 0;
  #isInside = false;
  // The last ping, while the server takes no answer; those before it need none (RFC 6455, section 5.5.3).
  #unanswered: Uint8Array | undefined;
  #isOpen = true;

  constructor(socket: Socket, head: Buffer, events: ChannelEvents, maxBytes: number) {
    this.#socket = socket;
    this.#events = events;
    this.#maxBytes = maxBytes;
    this.#frames = new FrameReader(maxBytes);
    socket.on("data", (bytes: Buffer) => this.#take(bytes));
    socket.on("end", () => this.#end("the server closed the connection"));
    socket.on("error", (error) => this.#end(`the connection broke: ${error.message}`, error));
    socket.on("close", () => this.#end("the connection broke"));
    if (head.length > 0) {
      queueMicrotask(() => this.#take(head));
    }
  }

  send(text: string): void {
    if (this.#isOpen) {
      this.#socket.write(encodeFrame(Opcode.text, Buffer.from(text)));
    }
  }

  close(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#message = emptyBuffer;
      // 1000: a normal end. Nobody waits for it to arrive.
      this.#socket.unref();
      this.#socket.end(encodeFrame(Opcode.close, Buffer.from([0x03, 0xe8])), () => this.#socket.destroy());
    }
  }

  #take(bytes: Buffer): void {
    try {
      for (const frame of this.#frames.read(bytes)) {
        if (!this.#isOpen) {
          return;
        }
        this.#takeFrame(frame);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #takeFrame(frame: Frame): void {
    switch (frame.opcode) {
      case Opcode.text:
      case Opcode.continuation:
        this.#takePart(frame);
        return;
      case Opcode.ping:
        this.#answerPing(frame.payload);
        return;
      case Opcode.pong:
        return;
      case Opcode.close: {
        const code = frame.payload.length >= 2 ? Buffer.from(frame.payload).readUInt16BE() : 1005;
        this.#fail(new ConnectionError(`the server closed the connection (${code})`));
        return;
      }
      default:
        throw new ProtocolError("the server sent a frame that is not text");
    }
  }

  #answerPing(payload: Uint8Array): void {
    if (!this.#socket.writableNeedDrain) {
      this.#socket.write(encodeFrame(Opcode.pong, payload));
      return;
    }
    if (this.#unanswered === undefined) {
      this.#socket.once("drain", () => {
        const last = this.#unanswered;
        this.#unanswered = undefined;
        if (this.#isOpen && last !== undefined) {
          this.#answerPing(last);
        }
      });
    }
    this.#unanswered = Uint8Array.from(payload);
  }

  #takePart({ opcode, payload, isLast }: Frame): void {
    if ((opcode === Opcode.text) === this.#isInside) {
      throw new ProtocolError("the server sent frames that make no message");
    }
    if (this.#length + payload.length > this.#maxBytes) {
      throw new ProtocolError(`the server sent a message of more than ${this.#maxBytes} bytes`);
    }
    if (!isLast || this.#isInside) {
      this.#append(payload);
      this.#isInside = !isLast;
    }
    if (!isLast) {
      return;
    }
    const whole = this.#length > 0 ? this.#message.subarray(0, this.#length) : payload;
    this.#message = emptyBuffer;
    this.#length = 0;
    let text: string;
    try {
      text = this.#decoder.decode(whole);
    } catch (error) {
      throw new ProtocolError("the server sent something that is not UTF-8", { cause: error });
    }
    this.#events.message(text);
  }

  #append(payload: Uint8Array): void {
    const length = this.#length + payload.length;
    if (length > this.#message.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, Math.min(2 * this.#message.length, this.#maxBytes)));
      this.#message.copy(larger, 0, 0, this.#length);
      this.#message = larger;
    }
    this.#message.set(payload, this.#length);
    this.#length = length;
  }

  #end(why: string, cause?: Error): void {
    const where = this.#isInside || this.#frames.isInside ? " in the middle of a message" : "";
    this.#fail(new ConnectionError(why + where, { cause }));
  }

  #fail(error: Error): void {
    if (this.#isOpen) {
      this.close();
      this.#socket.destroy();
      this.#events.closed(error);
    }
  }
}

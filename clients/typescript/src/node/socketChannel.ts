import type { Socket } from "node:net";
import { ConnectionError, ProtocolError } from "../calls/errors.js";
import type { ChannelEvents, TextChannel } from "../connections/channel.js";

const lineFeed = 0x0a;

/**
 * A stream of JSON values over a socket, one a line (spec/connections.md, section 3): the server ends every message with a
 * line feed and has none inside.
 */
export class SocketChannel implements TextChannel {
  readonly #socket: Socket;
  readonly #events: ChannelEvents;
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #parts: Uint8Array[] = [];
  #length = 0;
  #isOpen = true;

  constructor(socket: Socket, events: ChannelEvents, maxBytes: number) {
    this.#socket = socket;
    this.#events = events;
    this.#maxBytes = maxBytes;
    socket.on("data", (bytes: Buffer) => this.#take(bytes));
    socket.on("end", () => this.#end("the server closed the connection"));
    socket.on("error", (error) => this.#end(`the connection broke: ${error.message}`, error));
    socket.on("close", () => this.#end("the connection broke"));
  }

  send(text: string): void {
    if (this.#isOpen) {
      this.#socket.write(text + "\n");
    }
  }

  close(): void {
    this.#isOpen = false;
    this.#parts = [];
    this.#socket.destroy();
  }

  #take(bytes: Uint8Array): void {
    let from = 0;
    while (this.#isOpen) {
      const at = bytes.indexOf(lineFeed, from);
      const part = bytes.subarray(from, at < 0 ? bytes.length : at);
      this.#length += part.length;
      if (this.#length > this.#maxBytes) {
        this.#fail(new ProtocolError(`the server sent a message of more than ${this.#maxBytes} bytes`));
        return;
      }
      this.#parts.push(part);
      if (at < 0) {
        return;
      }
      from = at + 1;
      this.#takeLine();
    }
  }

  #takeLine(): void {
    const line = this.#parts.length === 1 ? (this.#parts[0] as Uint8Array) : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    let text: string;
    try {
      text = this.#decoder.decode(line);
    } catch (error) {
      this.#fail(new ProtocolError("the server sent something that is not UTF-8", { cause: error }));
      return;
    }
    this.#events.message(text);
  }

  #end(why: string, cause?: Error): void {
    const where = this.#length > 0 ? " in the middle of a message" : "";
    this.#fail(new ConnectionError(why + where, cause === undefined ? undefined : { cause }));
  }

  #fail(error: Error): void {
    if (this.#isOpen) {
      this.close();
      this.#events.closed(error);
    }
  }
}

import { ConnectionError, ProtocolError } from "../calls/errors.js";
import type { ChannelOpener } from "../connections/channel.js";

// RFC 6455, section 7.4.1: a normal end. Pages may send no other code below 3000.
const normal = 1000;

/** Opens the browser's WebSockets, one message a text frame. */
export function webSocketOpener(url: string, maxBytes: number): ChannelOpener {
  return (events, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const socket = new WebSocket(url, "jsonrpc");
      let isOpen = true;
      const finish = (error: Error): void => {
        if (isOpen) {
          isOpen = false;
          signal.removeEventListener("abort", onAbort);
          socket.close(normal);
          reject(error);
          events.closed(error);
        }
      };
      const onAbort = (): void => finish(signal.reason as Error);
      signal.addEventListener("abort", onAbort, { once: true });
      socket.onopen = () => {
        signal.removeEventListener("abort", onAbort);
        resolve({
          send: (text) => socket.send(text),
          close: () => {
            isOpen = false;
            socket.close(normal);
          },
        });
      };
      // A page is not told why.
      socket.onerror = () => finish(new ConnectionError(`the connection to ${url} failed`));
      socket.onclose = ({ code }) => finish(new ConnectionError(`the server closed the connection (${code})`));
      socket.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (!isOpen) {
          return;
        }
        if (typeof data !== "string") {
          finish(new ProtocolError("the server sent a frame that is not text"));
        } else if (data.length > maxBytes) {
          finish(new ProtocolError(`the server sent a message of more than ${maxBytes} characters`));
        } else {
          events.message(data);
        }
      };
    });
}

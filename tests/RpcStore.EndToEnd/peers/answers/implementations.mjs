// What is asked: this server over everything that carries single messages, and others' implementations of JSON-RPC 2.0. Each
// takes a message as bytes, and gives back the text of its answers, one a message that it sends; none when it says nothing.
import http from 'node:http';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import jayson from 'jayson';
import rpc from 'vscode-jsonrpc/node';
import WebSocket from 'ws';
import { connect } from '../drivers/sockets.mjs';

// A call behind the message: when it is answered, so is the message, or it never will be.
const END = '{"jsonrpc":"2.0","id":"the end","method":"server.info"}';
const isEnd = (text) => text.includes('"the end"');

const frame = (bytes) => Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]);

/** Splits header-delimited messages; both sides send no other header. */
class Frames {
  #bytes = Buffer.alloc(0);

  *take(more) {
    this.#bytes = Buffer.concat([this.#bytes, more]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#bytes.toString('latin1'));
      if (!head || this.#bytes.length < head[0].length + Number(head[1])) return;
      const end = head[0].length + Number(head[1]);
      yield this.#bytes.toString('utf8', head[0].length, end);
      this.#bytes = this.#bytes.subarray(end);
    }
  }
}

/** Reads what comes on a stream until the end call is answered or the stream ends. */
async function untilEnd(stream) {
  const [frames, answers] = [new Frames(), []];
  for await (const bytes of stream) {
    for (const text of frames.take(bytes)) {
      if (isEnd(text)) return answers;
      answers.push(text);
    }
  }
  return [...answers, 'closed'];
}

async function post(options, bytes) {
  const request = http.request({ ...options, path: '/rpc', method: 'POST', headers: { 'Content-Type': 'application/json' } });
  request.end(bytes);
  const [response] = await once(request, 'response');
  let body = '';
  for await (const text of response.setEncoding('utf8')) body += text;
  if (response.statusCode === 204) return [];
  return [response.statusCode === 200 ? body : `HTTP ${response.statusCode}`];
}

export const ours = (socketPath) => ({
  post: (bytes) => post({ socketPath }, bytes),

  async 'header-delimited'(bytes) {
    const socket = await connect({ socket: socketPath });
    socket.write(Buffer.concat([frame(bytes), frame(Buffer.from(END))]));
    try {
      return await untilEnd(socket);
    } finally {
      socket.destroy();
    }
  },

  async webSocket(bytes) {
    const socket = new WebSocket(`ws+unix:${socketPath}:/rpc`);
    await once(socket, 'open');
    const answers = [];
    const ended = new Promise((resolve) => {
      socket.on('message', (data) => (isEnd(`${data}`) ? resolve(answers) : answers.push(`${data}`)));
      socket.on('close', () => resolve([...answers, 'closed']));
    });
    socket.send(bytes, { binary: false });
    socket.send(END);
    await ended;
    socket.close();
    return answers;
  },
});

/** A server of jayson, and the moment at which it is known that a batch will never be answered. */
function createJayson() {
  const server = new jayson.Server({ 'server.info': (_, done) => done(null, {}) });
  const silence = new Promise((resolve) => {
    let isAnswered = false;
    server.once('response', () => (isAnswered = true));

    // Its methods end at once here: what is not answered then never is.
    server.once('batch', () => setImmediate(() => isAnswered || resolve(['no answer ever'])));
  });
  return { server, silence };
}

/** jayson's own engine, given the text. */
export function askJayson(bytes) {
  const { server, silence } = createJayson();
  const answer = new Promise((resolve) => {
    server.call(bytes.toString('utf8'), (error, success) => resolve([error ?? success].filter(Boolean).map((one) => JSON.stringify(one))));
  });
  return Promise.race([answer, silence]);
}

/** jayson's server for HTTP. */
export async function askJaysonHttp(bytes) {
  const { server, silence } = createJayson();
  const listener = server.http();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const answer = post({ host: '127.0.0.1', port: listener.address().port, agent: false }, bytes);
  answer.catch(() => {});
  try {
    return await Promise.race([answer, silence]);
  } finally {
    listener.close();
    listener.closeAllConnections();
  }
}

/** A connection of vscode-jsonrpc. What it writes is read from its stream; its own reader would hide what is odd. */
export async function askVscode(bytes) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const quiet = { error() {}, warn() {}, info() {}, log() {} };
  const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(input), new rpc.StreamMessageWriter(output), quiet);
  connection.onError(() => {});
  connection.onClose(() => output.end());
  connection.onRequest('server.info', () => ({}));
  connection.listen();
  input.write(Buffer.concat([frame(bytes), frame(Buffer.from(END))]));
  try {
    return await untilEnd(output);
  } finally {
    connection.dispose();
  }
}

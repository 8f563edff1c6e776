// vscode-jsonrpc on the unix socket, with header-delimited frames: its connection, as language clients use it, and the reader
// and writer below it, which carry any JSON value; these also over a stream of nerdbank-streams.
import { FullDuplexStream } from 'nerdbank-streams';
import rpc from 'vscode-jsonrpc/node';
import { Inbox, LAST_CALL } from '../inbox.mjs';
import { connect } from './sockets.mjs';

export async function connection(target) {
  const socket = await connect(target);
  const complaints = [];
  const complain = (text) => complaints.push(text);
  const logger = { error: complain, warn: complain, info() {}, log() {} };
  const peer = rpc.createMessageConnection(new rpc.SocketMessageReader(socket), new rpc.SocketMessageWriter(socket), logger);
  const closed = new Promise((resolve) => peer.onClose(resolve));
  peer.onError(([error]) => complain(error.message));
  peer.onUnhandledNotification((message) => complain(`unhandled: ${JSON.stringify(message)}`));
  peer.onUnhandledProgress(({ token }) => complain(`progress of nothing: ${token}`));
  peer.listen();
  return {
    async exchange(messages, { halfClose }) {
      const conversation = new Conversation(peer);
      for (const message of messages) conversation.send(message);
      if (halfClose) {
        // Messages are written one after another in the background: when the last one is, all are.
        await peer.sendNotification('server.info');
        peer.end();
      }
      const received = await conversation.finish();
      if (halfClose) await closed;
      else await peer.sendRequest(LAST_CALL.method);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
      return { received, hasEnded: halfClose };
    },
    close() {
      peer.dispose();
      socket.destroy();
    },
  };
}

class Conversation {
  #received = [];
  #waiting = [];
  #listeners = [];
  #cancellations = new Map();

  constructor(peer) {
    this.peer = peer;
  }

  send({ id, method, params }) {
    if (id !== undefined) this.#waiting.push(this.#call(id, method, params));
    else if (method === '$/cancelRequest' && this.#cancellations.has(params.id)) this.#cancellations.get(params.id).cancel();
    else this.#waiting.push(this.peer.sendNotification(method, ...this.#toArguments(params)));
  }

  async finish() {
    await Promise.all(this.#waiting);
    for (const listener of this.#listeners) listener.dispose();
    return this.#received;
  }

  // The client numbers its calls itself; the id of the list stands for the number.
  #call(id, method, params) {
    this.#listenTo(params?.progress);
    const source = new rpc.CancellationTokenSource();
    this.#cancellations.set(id, source);
    return this.peer.sendRequest(method, ...this.#toArguments(params), source.token).then(
      (result) => this.#received.push({ jsonrpc: '2.0', id, result }),
      ({ code, message, data }) => this.#received.push({ jsonrpc: '2.0', id, error: { code, message, data } }),
    );
  }

  #listenTo(token) {
    if (token === undefined) return;
    const add = (value) => this.#received.push({ jsonrpc: '2.0', method: '$/progress', params: { token, value } });
    this.#listeners.push(this.peer.onProgress(new rpc.ProgressType(), token, add));
  }

  #toArguments(params) {
    if (params === undefined) return [];
    return Array.isArray(params) ? [rpc.ParameterStructures.byPosition, ...params] : [rpc.ParameterStructures.byName, params];
  }
}

export async function readerAndWriter(target) {
  const socket = await connect(target);
  return exchangeOver(socket, new rpc.SocketMessageReader(socket), new rpc.SocketMessageWriter(socket));
}

// Its pair of streams stands between, one end bridged to the socket, as programs have it that hand streams about in-process.
export async function overPair(target) {
  const socket = await connect(target);
  const { first, second } = FullDuplexStream.CreatePair();
  // By hand: `pipe` waits for a `drain` that the pair never tells.
  for (const [from, to] of [[second, socket], [socket, second]]) {
    from.on('data', (bytes) => to.write(bytes)).on('end', () => to.end());
  }
  return exchangeOver(first, new rpc.StreamMessageReader(first), new rpc.StreamMessageWriter(first));
}

function exchangeOver(stream, reader, writer) {
  const inbox = new Inbox();
  // The reader hands its messages over in the background: those of the last bytes after the end of the connection.
  let bytes = '';
  let hasEnded = false;
  let isEnding = false;
  const end = () => {
    isEnding = true;
    writer.end();
  };
  stream.on('data', (more) => (bytes += more.toString('latin1')));
  const ended = new Promise((resolve) => stream.once('end', resolve).once('close', resolve)).then(() => (hasEnded = true));
  reader.onError((error) => inbox.fail(error));
  reader.onClose(() => isEnding || inbox.fail(new Error('the server closed the connection')));
  reader.listen((message) => inbox.add(message));
  return {
    async exchange(messages, { replies, halfClose }) {
      for (const message of [...messages, LAST_CALL]) await writer.write(message);
      if (halfClose) end();
      const received = await inbox.untilLastCall(replies);
      if (halfClose) await ended;
      return { received, hasEnded };
    },
    async close() {
      if (!isEnding) end();
      await ended;
      const difference = await inbox.untilEmptied(bytes.split('Content-Length: ').length - 1);
      reader.dispose();
      stream.destroy();
      return difference;
    },
  };
}

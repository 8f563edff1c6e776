// @open-rpc/client-js, the client that OpenRPC's own tools generate, over HTTP and WebSocket. It knows TCP alone, where the
// caller is a guest; so an admin's calls go through a port that leads to the unix socket.
import { Client, HTTPTransport, RequestManager, WebSocketTransport } from '@open-rpc/client-js';
import { LAST_CALL } from '../inbox.mjs';
import { forward } from './sockets.mjs';

export const http = (target) => open(target, (port) => new HTTPTransport(`http://127.0.0.1:${port}/rpc`));
export const webSocket = (target) => open(target, (port) => new WebSocketTransport(`ws://127.0.0.1:${port}/rpc`));

async function open(target, createTransport) {
  const way = target.isGuest ? { port: target.port, close() {} } : await forward(target);
  let nextId;
  const manager = new RequestManager([createTransport(way.port)], () => nextId);
  const client = new Client(manager);
  await manager.connectPromise;

  let received = [];
  let notifications = 0;
  const complaints = [];
  client.onNotification((message) => received.push(message));
  client.onError((error) => complaints.push(error.message));

  // Batches are opened and closed without waiting in between, so the manager is called: the client itself waits a moment
  // before every call, and would send the members one by one after the batch was closed.
  async function send({ id, method, params }, replies) {
    const isNotification = id === undefined;
    // The client wants an id for its books even where it sends none.
    nextId = isNotification ? `notification ${++notifications}` : id;
    // Null is no limit of time.
    const reply = await manager.request({ method, params }, isNotification, null).then(
      (result) => ({ jsonrpc: '2.0', id, result }),
      ({ code, message, data }) => ({ jsonrpc: '2.0', id, error: { code, message, data } }),
    );
    if (!isNotification) replies.push(reply);
    else if (reply.error) complaints.push(reply.error.message);
  }

  async function sendBatch(members) {
    const replies = [];
    manager.startBatch();
    const sent = members.map((member) => send(member, replies));
    if (manager.batch.length !== members.length) throw new Error('the client did not gather the batch');
    manager.stopBatch();
    await Promise.all(sent);
    if (replies.length > 0) received.push(replies);
  }

  return {
    async exchange(messages) {
      received = [];
      await Promise.all(messages.map((message) => (Array.isArray(message) ? sendBatch(message) : send(message, received))));
      await send(LAST_CALL, []);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
      return { received };
    },
    close() {
      client.close();
      way.close();
    },
  };
}

// A WebSocket client as a browser has it, and HTTP POST by fetch: node websocket.mjs PORT
// The endpoint is TCP, so the caller is a guest.
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { rejects, runChecks } from './checks.mjs';

const port = process.argv[2];
const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { origin: 'https://example.org' });
await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

let next = 1;
const waiting = new Map();
socket.on('message', (data, isBinary) => {
  assert.equal(isBinary, false);
  const reply = JSON.parse(data.toString());
  for (const one of Array.isArray(reply) ? reply : [reply]) {
    waiting.get(one.id)?.(one);
    waiting.delete(one.id);
  }
});

function send(message) {
  const ids = (Array.isArray(message) ? message : [message]).filter((one) => 'id' in one).map((one) => one.id);
  const replies = Promise.all(ids.map((id) => new Promise((resolve) => waiting.set(id, resolve))));
  socket.send(JSON.stringify(message));
  return replies;
}

async function call(method, params) {
  const [reply] = await send({ jsonrpc: '2.0', id: next++, method, params });
  if (reply.error) throw reply.error;
  return reply.result;
}

async function post(body) {
  return fetch(`http://127.0.0.1:${port}/rpc`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: 'https://example.org' }, body });
}

await runChecks({
  'a call': async () => assert.equal((await call('server.info')).name, 'RpcStore'),
  'the contract': async () => assert.match((await call('rpc.discover')).openrpc, /^1\./),
  'a guest may not read blobs': async () => {
    await rejects(call('blobs.has', { ids: ['0'.repeat(64)] }), 401, 'unauthenticated');
  },
  'access comes before parameters': async () => {
    await rejects(call('blobs.has', { ids: 'nonsense' }), 401, 'unauthenticated');
  },
  'a batch': async () => {
    const replies = await send([
      { jsonrpc: '2.0', id: 'a', method: 'server.info' },
      { jsonrpc: '2.0', method: 'server.info' },
      { jsonrpc: '2.0', id: 'b', method: 'no.such' },
    ]);
    assert.equal(replies[0].result.name, 'RpcStore');
    assert.equal(replies[1].error.code, -32601);
  },
  'POST': async () => {
    const response = await post('{"jsonrpc":"2.0","id":1,"method":"server.info"}');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal((await response.json()).result.name, 'RpcStore');
  },
  'POST of a notification has no answer': async () => {
    const response = await post('{"jsonrpc":"2.0","method":"server.info"}');
    assert.equal(response.status, 204);
  },
  'POST of broken JSON': async () => {
    const response = await post('{"jsonrpc":');
    assert.equal(response.status, 200);
    assert.equal((await response.json()).error.code, -32700);
  },
  'a preflight': async () => {
    const response = await fetch(`http://127.0.0.1:${port}/rpc`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://example.org', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
    });
    assert.equal(response.status, 204);
    assert.match(response.headers.get('access-control-allow-headers'), /content-type/i);
  },
  'GET /openrpc.json': async () => {
    const response = await fetch(`http://127.0.0.1:${port}/openrpc.json`);
    assert.equal((await response.json()).info.title, 'RpcStore');
  },
  'a binary frame closes with 1003': async () => {
    const other = new WebSocket(`ws://127.0.0.1:${port}/rpc`);
    await new Promise((resolve) => other.once('open', resolve));
    const closed = new Promise((resolve) => other.once('close', resolve));
    other.send(Buffer.from('{}'));
    assert.equal(await closed, 1003);
  },
});

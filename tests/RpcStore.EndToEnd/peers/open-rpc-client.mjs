// @open-rpc/client-js, the client that OpenRPC's own tools generate, over HTTP and WebSocket: node open-rpc-client.mjs PORT
import assert from 'node:assert/strict';
import { Client, HTTPTransport, RequestManager, WebSocketTransport } from '@open-rpc/client-js';
import { rejects, runChecks } from './checks.mjs';

const port = process.argv[2];
const transports = {
  HTTP: new HTTPTransport(`http://127.0.0.1:${port}/rpc`),
  WebSocket: new WebSocketTransport(`ws://127.0.0.1:${port}/rpc`),
};

const checks = {};
for (const [name, transport] of Object.entries(transports)) {
  const client = new Client(new RequestManager([transport]));
  checks[`${name}: a call`] = async () => assert.equal((await client.request({ method: 'server.info' })).name, 'RpcStore');
  checks[`${name}: the contract`] = async () =>
    assert.ok((await client.request({ method: 'rpc.discover' })).methods.some((method) => method.name === 'blobs.has'));
  checks[`${name}: an error`] = async () => {
    await rejects(client.request({ method: 'blobs.list', params: {} }), 401, 'unauthenticated');
    await rejects(client.request({ method: 'no.such' }), -32601);
  };
  checks[`${name}: a notification`] = async () => {
    await client.notify({ method: 'server.info' });
    assert.equal((await client.request({ method: 'server.info' })).name, 'RpcStore');
  };
  checks[`${name}: a batch`] = async () => {
    client.startBatch();
    const calls = [client.request({ method: 'server.info' }), client.request({ method: 'server.info' })];
    const refused = rejects(client.request({ method: 'no.such' }), -32601);
    client.stopBatch();
    for (const info of await Promise.all(calls)) assert.equal(info.name, 'RpcStore');
    await refused;
  };
}

await runChecks(checks);

// vscode-jsonrpc over the unix socket, with header-delimited frames: node vscode-jsonrpc.mjs SOCKET
import assert from 'node:assert/strict';
import net from 'node:net';
import rpc from 'vscode-jsonrpc/node';
import { ABSENT, EMPTY, rejects, runChecks } from './checks.mjs';

const socket = net.connect(process.argv[2]);
await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
const connection = rpc.createMessageConnection(new rpc.SocketMessageReader(socket), new rpc.SocketMessageWriter(socket));
connection.listen();

await runChecks({
  'a call without parameters': async () => {
    const info = await connection.sendRequest('server.info');
    assert.equal(info.name, 'RpcStore');
    assert.ok(info.limits.maxMessageBytes > 0);
  },
  'parameters by name': async () => {
    const presence = await connection.sendRequest('blobs.has', { ids: [EMPTY, ABSENT] });
    assert.deepEqual(presence, { present: [EMPTY], missing: [ABSENT] });
  },
  'parameters by position': async () => {
    const presence = await connection.sendRequest('blobs.has', rpc.ParameterStructures.byPosition, [ABSENT]);
    assert.deepEqual(presence, { present: [], missing: [ABSENT] });
  },
  'put, get and delete': async () => {
    const data = Buffer.from('from vscode-jsonrpc').toString('base64');
    const { id, size, stored } = await connection.sendRequest('blobs.put', { data });
    assert.equal(size, 19);
    assert.equal(stored, true);
    assert.equal((await connection.sendRequest('blobs.get', { id })).data, data);
    const { results } = await connection.sendRequest('blobs.delete', { ids: [id] });
    assert.deepEqual(results, [{ id, status: 'deleted' }]);
  },
  'errors with code and data': async () => {
    const error = await rejects(connection.sendRequest('blobs.has', { ids: ['nonsense'] }), -32602, 'invalidParams');
    assert.equal(error.data.pointer, '/ids/0');
    await rejects(connection.sendRequest('no.such'), -32601, 'methodNotFound');
    await rejects(connection.sendRequest('blobs.get', { id: ABSENT }), 404, 'notFound');
  },
  'a thousand calls at once': async () => {
    const calls = Array.from({ length: 1000 }, () => connection.sendRequest('blobs.has', { ids: [EMPTY] }));
    for (const { present } of await Promise.all(calls)) assert.deepEqual(present, [EMPTY]);
  },
  'a notification is not answered': async () => {
    await connection.sendNotification('server.info');
    assert.equal((await connection.sendRequest('server.info')).name, 'RpcStore');
  },
  'a batch, which this client cannot send, is an array in one frame': async () => {
    const batch = JSON.stringify([{ jsonrpc: '2.0', id: 1, method: 'server.info' }, { jsonrpc: '2.0', id: 2, method: 'no.such' }]);
    const other = net.connect({ path: process.argv[2], allowHalfOpen: true }, () => other.end(`Content-Length: ${batch.length}\r\n\r\n${batch}`));
    let text = '';
    for await (const chunk of other) text += chunk;
    const replies = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
    assert.equal(replies.find((reply) => reply.id === 1).result.name, 'RpcStore');
    assert.equal(replies.find((reply) => reply.id === 2).error.code, -32601);
  },
  'progress of a scrub': async () => {
    const values = [];
    const type = new rpc.ProgressType();
    const listener = connection.onProgress(type, 'scrub-1', (value) => values.push(value));
    const transfer = await connection.sendRequest('blobs.scrub', { wait: true, progress: 'scrub-1' });
    listener.dispose();
    assert.equal(transfer.state, 'completed');
    for (const value of values) assert.equal(value.id, transfer.id);
  },
  'cancelling a call leaves the connection usable': async () => {
    const source = new rpc.CancellationTokenSource();
    const call = connection.sendRequest('blobs.scrub', { wait: true }, source.token);
    source.cancel();
    // Too late is allowed: then the answer is the result.
    await call.then((transfer) => assert.equal(transfer.kind, 'scrub'), (error) => assert.equal(error.code, -32800));
    assert.equal((await connection.sendRequest('server.info')).name, 'RpcStore');
  },
});

// Clients as those of reth's IPC endpoint: JSON values one after another with nothing between them, replies told apart by
// their brackets; and one that sends, shuts down its side and reads to the end. node reth-ipc.mjs SOCKET
import assert from 'node:assert/strict';
import net from 'node:net';
import { ABSENT, EMPTY, runChecks } from './checks.mjs';

const path = process.argv[2];

// Splits concatenated JSON values by counting brackets outside strings, as reth's stream codec does.
function* takeValues(state) {
  for (; state.at < state.text.length; state.at++) {
    const c = state.text[state.at];
    if (state.inString) {
      if (state.escaped) state.escaped = false;
      else if (c === '\\') state.escaped = true;
      else if (c === '"') state.inString = false;
    } else if (c === '"') state.inString = true;
    else if (c === '{' || c === '[') state.depth++;
    else if ((c === '}' || c === ']') && --state.depth === 0) {
      yield JSON.parse(state.text.slice(0, state.at + 1));
      state.text = state.text.slice(state.at + 1);
      state.at = -1;
    }
  }
}

// Sends all values in one piece without delimiters, and gives back as many replies.
function exchange(values, replies) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path, () => socket.write(values.map((value) => JSON.stringify(value)).join('')));
    const state = { text: '', at: 0, depth: 0, inString: false, escaped: false };
    const got = [];
    socket.setEncoding('utf8');
    socket.on('error', reject).on('close', () => reject(new Error(`closed after ${got.length} replies`)));
    socket.on('data', (text) => {
      state.text += text;
      got.push(...takeValues(state));
      if (got.length >= replies) {
        socket.removeAllListeners('close').destroy();
        resolve(got);
      }
    });
  });
}

// Sends, half-closes, and gives back all that came before the server closed.
function sendAndFinish(text) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ path, allowHalfOpen: true }, () => socket.end(text));
    let all = '';
    socket.setEncoding('utf8');
    socket.on('data', (more) => (all += more)).on('end', () => resolve(all)).on('error', reject);
  });
}

const call = (id, method, params) => ({ jsonrpc: '2.0', id, method, params });
const byId = (replies) => new Map(replies.map((reply) => [reply.id, reply]));

await runChecks({
  'calls without delimiters': async () => {
    const replies = byId(await exchange(Array.from({ length: 100 }, (_, id) => call(id, 'blobs.has', { ids: [EMPTY, ABSENT] })), 100));
    for (let id = 0; id < 100; id++) assert.deepEqual(replies.get(id).result, { present: [EMPTY], missing: [ABSENT] });
  },
  'parameters by position': async () => {
    const [reply] = await exchange([call(1, 'blobs.has', [[EMPTY]])], 1);
    assert.deepEqual(reply.result.present, [EMPTY]);
  },
  'errors': async () => {
    const replies = byId(await exchange([call('a', 'no.such'), call('b', 'blobs.has', { ids: ['x'] }), call('c', 'blobs.get', { id: ABSENT })], 3));
    assert.deepEqual(['a', 'b', 'c'].map((id) => replies.get(id).error.code), [-32601, -32602, 404]);
  },
  'a batch between calls': async () => {
    const replies = await exchange([call(1, 'server.info'), [call(2, 'server.info'), { jsonrpc: '2.0', method: 'server.info' }], call(3, 'server.info')], 3);
    assert.equal(replies.find(Array.isArray).length, 1);
  },
  'a notification is not answered': async () => {
    const replies = await exchange([{ jsonrpc: '2.0', method: 'server.info' }, call(1, 'server.info')], 1);
    assert.equal(replies[0].id, 1);
  },
  'a cancellation': async () => {
    const cancel = { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } };
    const replies = byId(await exchange([call(1, 'blobs.scrub', { wait: true }), cancel, call(2, 'server.info')], 2));
    // Too late is allowed: then the answer is the result.
    const scrub = replies.get(1);
    assert.ok(scrub.error?.code === -32800 || scrub.result?.kind === 'scrub');
    assert.equal(replies.get(2).result.name, 'RpcStore');
  },
  'reply, then close, after a half-close': async () => {
    const text = await sendAndFinish(JSON.stringify(call(7, 'server.info')));
    assert.ok(text.endsWith('\n'));
    assert.equal(JSON.parse(text).id, 7);
  },
  'every reply before the close': async () => {
    const calls = Array.from({ length: 50 }, (_, id) => JSON.stringify(call(id, 'server.status'))).join('');
    const replies = (await sendAndFinish(calls)).trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(byId(replies).size, 50);
  },
});

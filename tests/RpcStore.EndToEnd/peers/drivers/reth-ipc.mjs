// Clients as those of reth's IPC endpoint: JSON values one after another with nothing between them, answers told apart by
// their brackets. One keeps its connection; the other sends, shuts down its side and reads to the end.
import { Inbox, LAST_CALL } from '../inbox.mjs';
import { JsonValues } from '../json-values.mjs';
import { connect } from './sockets.mjs';

const toText = (message) => (typeof message === 'string' ? message : JSON.stringify(message));

export async function keptOpen(target) {
  const socket = await connect(target);
  const inbox = new Inbox();
  const values = new JsonValues();
  socket.setEncoding('utf8');
  let total = 0;
  const ended = new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
  const endsEarly = () => inbox.fail(new Error('the server closed the connection'));
  socket.on('data', (text) => {
    for (const value of values.take(text)) {
      total++;
      inbox.add(value);
    }
  });
  socket.on('error', (error) => inbox.fail(error)).on('end', endsEarly);
  return {
    async exchange(messages, { replies }) {
      socket.write([...messages, LAST_CALL].map(toText).join(''));
      return { received: await inbox.untilLastCall(replies) };
    },
    async close() {
      socket.off('end', endsEarly).end();
      await ended;
      socket.destroy();
      return inbox.untilEmptied(total);
    },
  };
}

export async function oneExchange(target) {
  return {
    async exchange(messages) {
      const socket = await connect(target);
      const values = new JsonValues();
      const received = [];
      socket.setEncoding('utf8');
      socket.end(messages.map(toText).join(''));
      for await (const text of socket) received.push(...values.take(text));
      if (values.rest) throw new Error(`the connection ended inside a value: ${values.rest}`);
      return { received, hasEnded: true };
    },
    close() {},
  };
}

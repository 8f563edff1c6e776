// Walks one client through the list of cases.json: node walk.mjs CLIENT SOCKET PORT ENDLESS
// ENDLESS is the socket of a server whose scrub ends only by being cancelled, for the case that cancels one.
// Prints a JSON object a case: its name, and "yes", "not expressible" or "no" as the outcome, with the difference for a "no".
import { readFile } from 'node:fs/promises';
import { withTimeout } from './checks.mjs';
import { curl } from './drivers/curl.mjs';
import { http, webSocket } from './drivers/open-rpc.mjs';
import { keptOpen, oneExchange } from './drivers/reth-ipc.mjs';
import { socat } from './drivers/socat.mjs';
import { connection, overPair, readerAndWriter } from './drivers/vscode-jsonrpc.mjs';
import { Matcher } from './matcher.mjs';

const DRIVERS = {
  'vscode-jsonrpc connection': connection,
  'vscode-jsonrpc reader and writer': readerAndWriter,
  'vscode-jsonrpc over nerdbank-streams': overPair,
  'client-js HTTP': http,
  'client-js WebSocket': webSocket,
  curl,
  socat,
  'reth-ipc, kept open': keptOpen,
  'reth-ipc, half-closed': oneExchange,
};

const [name, socket, port, endless] = process.argv.slice(2);
const { clients, cases } = JSON.parse(await readFile(new URL('cases.json', import.meta.url), 'utf8'));
const client = clients.find((one) => one.name === name);
if (!client || !DRIVERS[name]) throw new Error(`The list has no client ${name}.`);

// One message, and its answer, as often as the step says, with ids from 1.
function repeat(messages, times) {
  return times ? Array.from({ length: times }, (_, place) => ({ ...messages[0], id: place + 1 })) : messages;
}

// Holds the notifications that came while a call ran against the pattern of the list.
function checkNotifications(pattern, received, matcher) {
  const isNotification = (message) => !Array.isArray(message) && 'method' in message;
  const notifications = received.filter(isNotification);
  if (!pattern) return notifications.length > 0 ? `unasked notifications: ${JSON.stringify(notifications)}` : null;
  if (notifications.length === 0) return 'no notification came';
  const reply = received.findIndex((message) => message.id === pattern.before);
  if (received.findLastIndex(isNotification) > reply) return 'a notification came after the answer';
  return notifications.map((one) => matcher.match(pattern.message, one)).find((difference) => difference) ?? null;
}

async function play(step, driver, matcher) {
  const messages = repeat(step.send, step.times).map((message) => matcher.fill(message));
  const expected = repeat(step.expect, step.times);
  const { halfClose = false } = step;
  const { received, hasEnded } = await driver.exchange(messages, { replies: expected.length, halfClose });
  if (halfClose && !hasEnded) return 'the server did not close after its answers';
  return checkNotifications(step.notifications, received, matcher)
    ?? matcher.matchReplies(expected, received.filter((message) => !('method' in message)));
}

async function tryCase({ isGuest = false, isEndless = false, steps }) {
  const driver = await DRIVERS[name]({ socket: isEndless ? endless : socket, port, isGuest });
  let difference = null;
  let left = null;
  try {
    const matcher = new Matcher();
    for (const step of steps) {
      difference ??= await play(step, driver, matcher);
    }
  } finally {
    // Some see only at the end of the connection that more came than they asked for.
    left = await driver.close();
  }

  difference ??= left ?? null;
  return difference ? { outcome: 'no', difference } : { outcome: 'yes' };
}

for (const one of cases) {
  const cannot = one.needs.some((need) => need in client.cannot);
  const result = cannot
    ? { outcome: 'not expressible' }
    : await withTimeout(tryCase(one), 30_000).catch((error) => ({ outcome: 'no', difference: error?.stack ?? `${error}` }));
  console.log(JSON.stringify({ case: one.name, ...result }));
}
process.exit(0);

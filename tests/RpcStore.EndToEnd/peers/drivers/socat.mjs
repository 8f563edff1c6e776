// socat, as a shell uses it: messages on standard input, a line for every answer on standard output, until the server closes.
import { run } from './commands.mjs';

// Seconds that socat waits for the server after the end of its input. It is half a second unless told.
const PATIENCE = 60;

export async function socat(target) {
  const address = target.isGuest ? `TCP:127.0.0.1:${target.port}` : `UNIX-CONNECT:${target.socket}`;
  return {
    async exchange(messages) {
      const lines = messages.map((message) => `${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
      const began = Date.now();
      const output = await run('socat', ['-t', `${PATIENCE}`, '-', address], lines.join(''));
      if (output && !output.endsWith('\n')) throw new Error(`the last line has no end: ${output}`);
      // It ended because the server closed, and not because it lost patience.
      const hasEnded = Date.now() - began < PATIENCE * 1000;
      return { received: output.split('\n').filter((line) => line).map((line) => JSON.parse(line)), hasEnded };
    },
    close() {},
  };
}

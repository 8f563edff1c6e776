// curl: one POST a message, all of an exchange in one command that runs them in parallel.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { run } from './commands.mjs';

export async function curl(target) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rpcs-curl-'));
  const file = (place) => path.join(folder, `${place}.json`);
  const host = target.isGuest ? `127.0.0.1:${target.port}` : 'localhost';

  // Strings of a configuration file are quoted and escaped as in JSON, as far as these go.
  const toTransfer = (message, place) => [
    `url = "http://${host}/rpc"`,
    target.isGuest ? '' : `unix-socket = ${JSON.stringify(target.socket)}`,
    `data-binary = ${JSON.stringify(typeof message === 'string' ? message : JSON.stringify(message))}`,
    `output = ${JSON.stringify(file(place))}`,
    `write-out = "${place} %{http_code} %{content_type} %{size_download}\\n"`,
  ].join('\n');

  return {
    async exchange(messages) {
      const configuration = messages.map(toTransfer).join('\nnext\n');
      const output = await run('curl', ['--silent', '--show-error', '--parallel', '--config', '-'], configuration);
      const lines = output.trimEnd().split('\n');
      assert.equal(lines.length, messages.length, output);
      const received = [];
      for (const [place, status, ...rest] of lines.map((line) => line.split(' '))) {
        // Nothing asked, nothing said: no body, and so no type of one.
        if (status === '204') assert.equal(rest.at(-1), '0');
        else {
          assert.deepEqual([status, rest[0]], ['200', 'application/json']);
          received.push(JSON.parse(await readFile(file(place), 'utf8')));
          await rm(file(place));
        }
      }
      return { received };
    },
    close: () => rm(folder, { recursive: true }),
  };
}

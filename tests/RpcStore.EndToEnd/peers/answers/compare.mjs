// Sends odd messages to this server and to others' implementations of JSON-RPC 2.0, and compares what they answer.
//   node answers/compare.mjs SOCKET           prints what is not as answers/inputs.json and answers/differences.json say
//   node answers/compare.mjs SOCKET --print   prints every answer instead
import { readFile } from 'node:fs/promises';
import { withTimeout } from '../checks.mjs';
import { describeAll } from './describe.mjs';
import { askJayson, askJaysonHttp, askVscode, ours } from './implementations.mjs';

const [socketPath, print] = process.argv.slice(2);
const read = async (name) => JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'));
const others = { jayson: askJayson, 'jayson HTTP': askJaysonHttp, 'vscode-jsonrpc': askVscode };
const carriers = ours(socketPath);
const inputs = await read('inputs.json');
const { differences, reasons } = print ? { differences: {}, reasons: {} } : await read('differences.json');
const problems = [];

for (const input of inputs) {
  const bytes = input.text === undefined ? Buffer.from(input.base64, 'base64') : Buffer.from(input.text);
  const ask = async (how) => describeAll(await withTimeout(how(bytes), 20_000));

  // A text frame has to be UTF-8 (RFC 6455, section 8.1), whatever is in it.
  const carried = Object.entries(carriers).filter(([name]) => name !== 'webSocket' || input.text !== undefined);
  const mine = {};
  for (const [name, how] of carried) mine[name] = await ask(how);
  const theirs = {};
  for (const [name, how] of Object.entries(others)) theirs[name] = await ask(how);
  if (print) console.log(JSON.stringify({ name: input.name, ...mine, ...theirs }));
  else check(input, mine, theirs);
}

for (const name of Object.keys(differences)) {
  if (!inputs.some((input) => input.name === name)) problems.push(`${name}: is listed as a difference and never asked`);
}
for (const name of Object.keys(reasons)) {
  const isUsed = Object.values(differences).some((difference) => Object.values(difference).some(({ because }) => because === name));
  if (!isUsed) problems.push(`reason ${name}: nothing differs for it any more`);
}
if (!print) {
  for (const problem of problems) console.log(`FAIL ${problem}`);
  console.log(`${inputs.length} messages, ${Object.keys(differences).length} of them answered otherwise by others`);
}
process.exit(problems.length === 0 && inputs.length > 0 ? 0 : 1);

function check(input, mine, theirs) {
  for (const [name, answer] of Object.entries(mine)) {
    if (answer !== input.answer) problems.push(`${input.name}: over ${name} this server answers ${answer}, not ${input.answer}`);
  }
  for (const [name, answer] of Object.entries(theirs)) {
    const difference = differences[input.name]?.[name];
    if (!difference) {
      if (answer !== input.answer) problems.push(`${input.name}: ${name} answers ${answer}, which differs and is not listed`);
      continue;
    }
    if (answer === input.answer) problems.push(`${input.name}: ${name} does not differ any more, and is listed`);
    else if (answer !== difference.answer) problems.push(`${input.name}: ${name} answers ${answer}, listed is ${difference.answer}`);
    if (!reasons[difference.because]) problems.push(`${input.name}: nobody says why ${name} differs`);
  }
}

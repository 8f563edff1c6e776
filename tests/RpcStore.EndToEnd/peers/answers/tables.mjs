// Prints the tables of spec/json-rpc-answers.md as inputs.json and differences.json have them.
import { readFile } from 'node:fs/promises';

const read = async (name) => JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'));
const inputs = await read('inputs.json');
const { differences, reasons } = await read('differences.json');
const names = ['jayson', 'jayson HTTP', 'vscode-jsonrpc'];

const rows = inputs.map(({ name, answer, ...sent }) => {
  const cells = names.map((who) => differences[name]?.[who]).map((other) => (other ? `${other.answer} (${number(other.because)})` : ''));
  return row(name, code(show(sent)), answer, ...cells);
});
console.log([row('message', 'sent', 'this server', ...names), '|---|---|---|---|---|---|', ...rows].join('\n'));
console.log();
const because = Object.entries(reasons).map(([name, { section, right, text }]) => row(number(name), name, section, right, text));
console.log([row('', 'difference', 'section', 'follows it', 'because'), '|---|---|---|---|---|', ...because].join('\n'));

function number(reason) {
  return Object.keys(reasons).indexOf(reason) + 1;
}

function row(...cells) {
  return `| ${cells.join(' | ')} |`;
}

/** What was sent, in visible characters: as a string of JSON would have it where others are in it. */
function show({ text, base64 }) {
  if (base64) return Buffer.from(base64, 'base64').toString('latin1').replace(/[^\x20-\x7e]/g, (c) => `<${c.charCodeAt(0).toString(16)}>`);
  const short = text.length > 100 ? `${text.slice(0, 80)}…` : text;
  return short.replace(/[^\x20-\x7e…]|^ $/g, (c) => `<${c.charCodeAt(0).toString(16)}>`);
}

function code(text) {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

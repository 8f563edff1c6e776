// Has @open-rpc/test-coverage try every method of a server by the document that the server itself gives:
//   node coverage.mjs SOCKET examples    the examples of the document: results as they say, or of the same shape
//   node coverage.mjs SOCKET generated   calls with parameters that json-schema-faker makes of their schemas
// A result has to fit its schema; an error has to be one that the method declares, and its data what the document says.
// Prints a line for every call that does not, and a summary.
import { request } from 'node:http';
import Ajv from 'ajv';
import coverage from '@open-rpc/test-coverage/build/coverage.js';
import ExamplesRule from '@open-rpc/test-coverage/build/rules/examples-rule.js';
import JsonSchemaFakerRule from '@open-rpc/test-coverage/build/rules/json-schema-faker-rule.js';

const [socketPath, mode] = process.argv.slice(2);
const patience = 30_000;

// The tool's validator knows no formats. What they say, as patterns, which also lets the faker make such values.
const formats = {
  'date-time': '^20[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|[12][0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,7})?Z$',
  byte: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$',
};

let lastId = 0;
function call(method, params) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: ++lastId, method, params });
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    const sent = request({ socketPath, path: '/rpc', method: 'POST', headers: { host: 'localhost' }, signal }, async (answer) => {
      try {
        resolve(JSON.parse(Buffer.concat(await answer.toArray()).toString()));
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The document without references, with nothing in its schemas that only our own tools know. */
async function readDocument() {
  const { result } = await call('rpc.discover', []);
  const document = resolve(result, result);
  const errorData = simplify(document['x-error-data']);
  for (const method of document.methods) {
    method.result.schema = simplify(method.result.schema);
    for (const parameter of method.params) parameter.schema = shorten(simplify(parameter.schema));
  }
  return { document, errorData };
}

function resolve(value, root) {
  if (Array.isArray(value)) return value.map((item) => resolve(item, root));
  if (typeof value !== 'object' || value === null) return value;
  if (value.$ref !== undefined) return resolve(value.$ref.slice(2).split('/').reduce((at, name) => at[name], root), root);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member, root)]));
}

function simplify(value) {
  if (Array.isArray(value)) return value.map(simplify);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, member]) => !name.startsWith('x-') && (name !== 'format' || typeof member !== 'string'));
  const plain = Object.fromEntries(members.map(([name, member]) => [name, simplify(member)]));
  if (typeof value.format === 'string' && plain.pattern === undefined) plain.pattern = formats[value.format];
  // Strict mode wants one type.
  return Array.isArray(plain.type) ? { ...plain, type: plain.type[0] } : plain;
}

/** The faker likes long lists, which show nothing that short ones do not. */
function shorten(schema) {
  return schema.maxItems > 20 ? { ...schema, maxItems: 20 } : schema;
}

const { document, errorData } = await readDocument();
const ajv = new Ajv.default({ strict: false });
const checkData = ajv.compile({ type: 'object', properties: { name: { type: 'string' }, ...errorData }, required: ['name'], additionalProperties: false });

/** An error is an answer like any other, when the method declares it. */
function checkError(one) {
  const declared = document.methods.find((method) => method.name === one.methodName).errors ?? [];
  const { code, data } = one.error;
  const known = declared.some((error) => error.code === code && error.data.name === data?.name);
  one.valid = known && checkData(data);
  one.reason = known ? JSON.stringify(checkData.errors) : `the method does not declare ${JSON.stringify(one.error)}`;
  return one;
}

class GeneratedRule extends JsonSchemaFakerRule.default {
  /** With every parameter, and with those alone that must be there. */
  getCalls(all, method) {
    const required = method.params.filter((parameter) => parameter.required);
    const least = required.length === method.params.length ? [] : super.getCalls(all, { ...method, params: required });
    return [...super.getCalls(all, method), ...least];
  }

  validateCall(one) {
    return one.error === undefined ? super.validateCall(one) : checkError(one);
  }
}

class OurExamplesRule extends ExamplesRule.default {
  /** The tool takes an example's parameters by their place: those that are left out in the middle are null there. */
  getCalls(all, method) {
    const examples = method.examples.filter((example) => example['x-shown-only'] === undefined);
    const inPlace = examples.map((example) => ({
      ...example,
      params: method.params.map(({ name }) => example.params.find((one) => one.name === name) ?? { name, value: null }),
    }));
    const calls = super.getCalls(all, { ...method, examples: inPlace });
    return calls.map((one, at) => ({ ...one, method, before: examples[at]['x-after'] }));
  }

  /** Some examples need what another call makes. */
  async beforeRequest(_, one) {
    if (one.before === undefined) return;
    const made = await call(one.before.method, one.before.params);
    const place = one.method.params.findIndex(({ name }) => name === one.before.bind);
    if (place >= 0) one.params[place] = made.result[one.before.bind];
  }
}

const silent = { onBegin() {}, onTestBegin() {}, onTestEnd() {}, onEnd() {} };
const isGenerated = mode === 'generated';
const methods = isGenerated ? document.methods.map((method) => ({ ...method, examples: [] })) : document.methods;
const calls = await coverage.default({
  openrpcDocument: { ...document, methods },
  rules: [isGenerated ? new GeneratedRule({ numCalls: 10 }) : new OurExamplesRule()],
  reporters: [silent],
  transport: (_, method, params) => call(method, params),
  skip: [],
  only: [],
});

const wrong = calls.filter((one) => !one.valid);
for (const one of wrong) {
  const why = one.requestError?.message ?? one.reason;
  console.log(`${one.methodName} ${JSON.stringify(one.params).slice(0, 300)}\n  ${String(why).slice(0, 1000)}`);
}
const tried = new Set(calls.map((one) => one.methodName)).size;
const counts = {};
for (const { error } of calls) counts[error?.data?.name ?? 'results'] = (counts[error?.data?.name ?? 'results'] ?? 0) + 1;
const kinds = Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', ');
console.log(`${calls.length} calls of ${tried} methods of ${document.methods.length}, ${wrong.length} wrong: ${kinds}`);
process.exitCode = wrong.length === 0 && calls.length > 0 ? 0 : 1;

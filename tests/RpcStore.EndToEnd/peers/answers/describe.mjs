// An answer as short text: what JSON-RPC says of it (its kind, its code, its id), not what the method or the message is.

/** All that was answered to one message. */
export function describeAll(texts) {
  return texts.length === 0 ? 'nothing' : texts.map(describeText).join(' and ');
}

function describeText(text) {
  // An id is compared as it is written: a number that JSON.parse would round is kept by writing it as a string.
  const exact = text.replace(/("id":\s*)(-?\d[\d.eE+-]*)/g, '$1"\\u0001$2"');
  try {
    return describe(JSON.parse(exact));
  } catch {
    return text;
  }
}

function describe(answer) {
  if (Array.isArray(answer)) return `[${answer.map(describe).sort().join(', ')}]`;
  const { error, id } = answer;
  const kind = error ? `${error.code}` : 'result';
  return `${kind}, id ${id === undefined ? 'missing' : writeId(id)}${isWellFormed(answer) ? '' : ', malformed'}`;
}

const writeId = (id) => (typeof id === 'string' && id.startsWith('\u0001') ? id.slice(1) : toAscii(JSON.stringify(id)));

/** Section 5: jsonrpc is "2.0", either a result or an error is there, an error has a whole code and a message. */
function isWellFormed({ jsonrpc, result, error }) {
  if (jsonrpc !== '2.0' || (result === undefined) === (error === undefined)) return false;
  return error === undefined || (Number.isInteger(error.code) && typeof error.message === 'string');
}

const toAscii = (text) => text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

// Compares what came with what the list says, in the notation of spec/vectors/README.md as far as the list uses it: a string
// that is a placeholder and nothing else, and "...": "<any>" for an object that may have further members.
import { isDeepStrictEqual } from 'node:util';

const KINDS = {
  integer: Number.isInteger,
  list: Array.isArray,
  text: (value) => typeof value === 'string' && value.length > 0,
  time: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value),
  hex32: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
};

const PLACEHOLDER = /^<(?:([a-z]+)=)?([a-z]+[0-9]*)>$/;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export class Matcher {
  #kept = new Map();

  // Puts what was kept of earlier answers into a message.
  fill(message) {
    if (Array.isArray(message)) return message.map((item) => this.fill(item));
    if (isObject(message)) return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, this.fill(value)]));
    const name = typeof message === 'string' && PLACEHOLDER.exec(message)?.[2];
    return this.#kept.has(name) ? this.#kept.get(name) : message;
  }

  // Pairs answers by their ids; batches are told by being arrays. Gives back what is wrong, or null.
  matchReplies(expected, actual) {
    if (expected.length !== actual.length) return `expected ${expected.length} answers, received ${JSON.stringify(actual)}`;
    const left = [...actual];
    for (const one of expected) {
      const at = left.findIndex((other) => Array.isArray(one) === Array.isArray(other) && isDeepStrictEqual(one.id, other.id));
      if (at < 0) return `no answer with the id ${JSON.stringify(one.id)} in ${JSON.stringify(left)}`;
      const [reply] = left.splice(at, 1);
      const difference = Array.isArray(one) ? this.matchReplies(one, reply) : this.match(one, reply);
      if (difference) return difference;
    }
    return null;
  }

  match(expected, actual, path = '') {
    const differs = () => `${path || '/'}: expected ${JSON.stringify(expected)}, received ${JSON.stringify(actual)}`;
    if (Array.isArray(expected)) {
      if (!Array.isArray(actual) || expected.length !== actual.length) return differs();
      return this.#first(expected.keys(), (place) => this.match(expected[place], actual[place], `${path}/${place}`));
    }
    if (isObject(expected)) return isObject(actual) ? this.#matchMembers(expected, actual, path) : differs();
    const placeholder = typeof expected === 'string' && PLACEHOLDER.exec(expected);
    if (!placeholder) return expected === actual ? null : differs();
    const [, name, kind] = placeholder;
    if (this.#kept.has(kind)) return this.#kept.get(kind) === actual ? null : differs();
    if (!KINDS[kind]) throw new Error(`The list has a placeholder that nobody knows: ${expected}`);
    if (name) this.#kept.set(name, actual);
    return KINDS[kind](actual) ? null : differs();
  }

  #matchMembers(expected, actual, path) {
    const { '...': more, ...members } = expected;
    const surplus = Object.keys(actual).filter((name) => !(name in members));
    const where = (at) => `${at || '/'} of ${JSON.stringify(actual)}`;
    if (surplus.length > 0 && !more) return `unexpected ${surplus.join(', ')} at ${where(path)}`;
    return this.#first(Object.keys(members), (name) =>
      name in actual ? this.match(members[name], actual[name], `${path}/${name}`) : `missing: ${where(`${path}/${name}`)}`);
  }

  #first(places, compare) {
    for (const place of places) {
      const difference = compare(place);
      if (difference) return difference;
    }
    return null;
  }
}

import { toBase64 } from "./base64.js";

const minInteger = -(2n ** 63n);
const maxInteger = 2n ** 63n - 1n;

// An integer of 16 digits or more may pass 2^53. It stands at the start, or behind one of these; a string that looks alike
// costs nothing but the slower way.
const mayHaveLong = /(?:^|[\s:,[])-?[0-9]{16}/;
const longInteger = /(?<![0-9.eE+])-?[1-9][0-9]{15,}(?![0-9.eE])/g;

let marker: string | undefined;

/**
 * Reads JSON without rounding integers: one that a `number` does not hold exactly becomes a `bigint`. Ordinary messages are
 * read by `JSON.parse` alone, after one look at the text.
 *
 * @throws SyntaxError: the text is not JSON.
 */
export function parseJson(text: string): unknown {
  if (!mayHaveLong.test(text)) {
    return JSON.parse(text) as unknown;
  }
  const mark = longMark();
  return JSON.parse(markLongIntegers(text, mark), (_, value: unknown) => {
    if (typeof value !== "string" || !value.startsWith(mark)) {
      return value;
    }
    const exact = BigInt(value.slice(mark.length));
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }) as unknown;
}

/**
 * Writes JSON as the contract wants it: integers exactly, bytes as base64, dates as RFC 3339; members that are `undefined`
 * are left out.
 *
 * @throws TypeError: a number is not an integer that a `number` holds exactly, or a date is none.
 * @throws RangeError: a `bigint` has more than 64 bits.
 */
export function writeJson(value: unknown): string {
  const mark = longMark();
  let hasLong = false;
  const text = JSON.stringify(
    value,
    function (this: Record<string, unknown>, key: string, converted: unknown): unknown {
      const own = this[key];
      if (typeof own === "number" && !Number.isSafeInteger(own)) {
        throw new TypeError(`${key}: ${own} is no integer that a number holds exactly; give a bigint`);
      }
      if (typeof own === "bigint") {
        if (own < minInteger || own > maxInteger) {
          throw new RangeError(`${key}: ${own} has more than 64 bits`);
        }
        if (Number.isSafeInteger(Number(own))) {
          return Number(own);
        }
        hasLong = true;
        return mark + own;
      }
      if (own instanceof Uint8Array) {
        return toBase64(own);
      }
      if (own instanceof Date && converted === null) {
        throw new TypeError(`${key}: the date is not valid`);
      }
      return converted;
    },
  );
  return hasLong ? text.replace(new RegExp(`"${mark}(-?[0-9]+)"`, "g"), "$1") : text;
}

/** What stands before an integer that travels as a string inside this process. Nobody outside knows it, so no text has it. */
function longMark(): string {
  marker ??= [...crypto.getRandomValues(new Uint32Array(4))].map((word) => word.toString(36)).join("-") + ":";
  return marker;
}

function markLongIntegers(text: string, mark: string): string {
  let marked = "";
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const plain = quote < 0 ? text.slice(at) : text.slice(at, quote);
    marked += plain.replace(longInteger, (digits) => `"${mark}${digits}"`);
    if (quote < 0) {
      break;
    }
    const end = endOfString(text, quote);
    marked += text.slice(quote, end);
    at = end;
  }
  return marked;
}

/** Where the string that begins at a quote has ended. */
function endOfString(text: string, quote: number): number {
  let at = quote + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) {
      return text.length;
    }
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) {
      escapes++;
    }
    at = end + 1;
    if (escapes % 2 === 0) {
      return at;
    }
  }
}

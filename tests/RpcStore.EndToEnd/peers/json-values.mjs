// Splits concatenated JSON values by counting brackets outside strings, as reth's stream codec does.
export class JsonValues {
  #text = '';
  #at = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  // Takes more text, and yields the values that are whole now.
  *take(more) {
    this.#text += more;
    for (; this.#at < this.#text.length; this.#at++) {
      if (!this.#endsValue(this.#text[this.#at])) continue;
      yield JSON.parse(this.#text.slice(0, this.#at + 1));
      this.#text = this.#text.slice(this.#at + 1);
      this.#at = -1;
    }
  }

  // What came and is no whole value.
  get rest() {
    return this.#text.trim();
  }

  #endsValue(c) {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (c === '\\') this.#escaped = true;
      else if (c === '"') this.#inString = false;
    } else if (c === '"') this.#inString = true;
    else if (c === '{' || c === '[') this.#depth++;
    else if (c === '}' || c === ']') return --this.#depth === 0;
    return false;
  }
}

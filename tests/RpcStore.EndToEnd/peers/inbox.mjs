// What a connection that stays open has received. A step ends when a last call, made after its messages, is answered and
// there are as many answers as there have to be. Calls are answered in any order, so one too many may come after that: the
// next step finds it, or the end of the connection, which comes when everything is answered.
export const LAST_CALL = { jsonrpc: '2.0', id: 'the last call', method: 'server.info' };

export class Inbox {
  #messages = [];
  #received = 0;
  #failure = null;
  #wake = () => {};

  add(message) {
    this.#messages.push(message);
    this.#received++;
    this.#wake();
  }

  fail(error) {
    this.#failure ??= error;
    this.#wake();
  }

  // Waits for the last call and for as many answers; gives back all that came but the last call's, in the order of coming.
  async untilLastCall(replies) {
    const isLast = (message) => message.id === LAST_CALL.id;
    await this.#until(() => this.#messages.some(isLast) && this.#messages.filter((message) => !message.method).length > replies);
    return this.#messages.splice(0).filter((message) => !isLast(message));
  }

  // Waits until so many have come since the beginning; gives back what is wrong when nobody took some of them.
  async untilEmptied(total) {
    await this.#until(() => this.#received >= total);
    return this.#messages.length > 0 ? `unasked: ${JSON.stringify(this.#messages)}` : null;
  }

  async #until(holds) {
    while (!holds()) {
      if (this.#failure) throw this.#failure;
      await new Promise((resolve) => (this.#wake = resolve));
    }
  }
}

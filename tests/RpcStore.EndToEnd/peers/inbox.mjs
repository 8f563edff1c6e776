// What a connection that stays open has received. How to know that no further answer comes: a last call is made after the
// messages, and what was answered when it is, is all there is, once there is as much as there has to be.
export const LAST_CALL = { jsonrpc: '2.0', id: 'the last call', method: 'server.info' };

export class Inbox {
  #messages = [];
  #failure = null;
  #wake = () => {};

  add(message) {
    this.#messages.push(message);
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

  async #until(holds) {
    while (!holds()) {
      if (this.#failure) throw this.#failure;
      await new Promise((resolve) => (this.#wake = resolve));
    }
  }
}

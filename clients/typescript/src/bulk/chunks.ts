/** Cuts what it is given into parts, of which only the one that is read is in memory. */
export class Chunker<T> {
  readonly #source: AsyncIterator<T> | Iterator<T>;
  #next: T | undefined;
  #hasNext = false;

  constructor(items: Iterable<T> | AsyncIterable<T>) {
    this.#source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  }

  /** Whether there is more. */
  async hasMore(): Promise<boolean> {
    if (!this.#hasNext) {
      const { done, value } = await this.#source.next();
      if (done === true) {
        return false;
      }
      this.#next = value;
      this.#hasNext = true;
    }
    return true;
  }

  /**
   * The next part, taken from the source as it is read.
   *
   * @param maxItems - Its length at the most.
   * @param maxWeight - What its items weigh together at the most, unless it has one only.
   * @param weigh - What an item weighs.
   */
  async *part(maxItems: number, maxWeight = Infinity, weigh: (item: T) => number = () => 0): AsyncGenerator<T, void> {
    let weight = 0;
    for (let count = 0; count < maxItems && (await this.hasMore()); count++) {
      const item = this.#next as T;
      weight += weigh(item);
      if (count > 0 && weight > maxWeight) {
        return;
      }
      this.#next = undefined;
      this.#hasNext = false;
      yield item;
    }
  }

  /** Tells the source that nothing more is wanted. It is not waited for: it may be waiting itself, for something that never comes. */
  end(): void {
    const ended = this.#source.return?.();
    if (ended instanceof Promise) {
      ended.catch(() => {}); // Whoever wanted its items has been told how it went.
    }
  }
}

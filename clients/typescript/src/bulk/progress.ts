import type { TransferProgress } from "./types.js";

/** Adds up what passes, and tells of it. */
export class ProgressCounter {
  readonly #onProgress: ((progress: TransferProgress) => void) | undefined;
  #items = 0;
  #bytes = 0;

  constructor(onProgress: ((progress: TransferProgress) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  readonly addBytes = (count: number): void => {
    this.#bytes += count;
    this.#tell();
  };

  readonly addItem = (): void => {
    this.#items++;
    this.#tell();
  };

  #tell(): void {
    this.#onProgress?.({ items: this.#items, bytes: this.#bytes });
  }
}

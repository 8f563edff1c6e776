/** How to connect. */
export interface ClientOptions {
  /** The token of a session that is open. A login replaces it. */
  readonly token?: string | undefined;

  /** Milliseconds to wait for the answer to a call; 0, the default, waits for ever. A call may have its own. */
  readonly timeout?: number | undefined;

  /** Milliseconds to wait for a connection; 15,000 by default. */
  readonly connectTimeout?: number | undefined;

  /** Bytes of the largest message that is taken from the server; 64 MiB by default. A larger one breaks the connection. */
  readonly maxMessageBytes?: number | undefined;
}

/** Options with what counts where they say nothing. */
export interface Settings {
  readonly timeout: number;
  readonly connectTimeout: number;
  readonly maxMessageBytes: number;
}

/** Fills in what counts where options say nothing. */
export function toSettings(options: ClientOptions | undefined): Settings {
  return {
    timeout: options?.timeout ?? 0,
    connectTimeout: options?.connectTimeout ?? 15_000,
    maxMessageBytes: options?.maxMessageBytes ?? 64 * 1024 * 1024,
  };
}

/** Carries JSON-RPC messages, one text each, in both directions. */
export interface TextChannel {
  /** Sends a message. What is sent after the channel has closed is lost. */
  send(text: string): void;

  /** Closes the channel; nothing is told any more. */
  close(): void;
}

/** What a channel tells. */
export interface ChannelEvents {
  /** A message came. */
  message(text: string): void;

  /** The channel has closed or broken; the last that is told. */
  closed(reason: Error): void;
}

/**
 * Opens a channel.
 *
 * @param events - Told what happens on it; only after the channel was given back.
 * @param signal - Gives the attempt up; of no effect on an open channel.
 * @throws {@link ConnectionError} No server was reached.
 */
export type ChannelOpener = (events: ChannelEvents, signal: AbortSignal) => Promise<TextChannel>;

import type { ClientOptions } from "../connections/options.js";

/** How to connect from Node. */
export interface NodeClientOptions extends ClientOptions {
  /** The authorities to trust with TLS in place of the system's, as PEM text. A pin in the URL counts instead of them. */
  readonly authorities?: string | readonly string[] | undefined;
}

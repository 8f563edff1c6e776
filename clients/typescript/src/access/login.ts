import { toBase64 } from "../calls/base64.js";
import { ProtocolError } from "../calls/errors.js";
import type { CallOptions } from "../calls/invoker.js";
import type { ContractClients } from "../generated/clients.js";
import type { Login } from "../generated/types/auth.js";
import type { Signer } from "./signer.js";

/** How to log in. */
export interface LoginOptions extends CallOptions {
  /** The id of the server that it has to be; without it, the one that the server says it has. */
  readonly serverId?: string | undefined;
}

/**
 * Logs in with a key (spec/auth.md): asks for a challenge, signs it and opens a session. Signs nothing but a login with this
 * key to this server, whatever the server asks for.
 */
export async function logIn(
  clients: ContractClients,
  signer: Signer,
  options: LoginOptions | undefined,
): Promise<Login> {
  const serverId = options?.serverId ?? (await clients.server.info(options)).serverId;
  const challenge = await clients.auth.challenge(signer.publicKey, options);
  const lines = challenge.text.split("\n");
  const wanted = ["rpcstore login 1", `server ${serverId}`, `key ${signer.publicKey}`, `nonce ${challenge.nonce}`];
  const wrong = wanted.find((line, i) => lines[i] !== line);
  if (wrong !== undefined || lines.length !== 5) {
    throw new ProtocolError(
      `the server wants something else signed than a login to it: ${wrong === undefined ? "it has more lines" : `it lacks '${wrong}'`}`,
    );
  }
  const signature = await signer.sign(new TextEncoder().encode(challenge.text));
  return clients.auth.login(signer.publicKey, challenge.nonce, toBase64(signature), options);
}

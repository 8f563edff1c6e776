// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import { challengeShape, identityShape, loginShape, sessionPageShape, sessionShape } from "../shapes.js";
import type { Challenge, Identity, Login, Session, SessionPage } from "../types/auth.js";

/** What `auth.sessions` may be given beside what it must. */
export interface AuthSessionsOptions extends CallOptions {
  /** The account whose sessions are wanted; for admins, or the caller's own. */
  readonly account?: string | undefined;
  /** Those of every account; for admins. `false` when left out. */
  readonly all?: boolean | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Sessions in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** Calls the methods of `auth`. Calls may overlap. */
export class AuthClient {
  readonly #invoker: Invoker;

  /**
   * Makes a client.
   *
   * @param invoker - Carries the calls.
   */
  constructor(invoker: Invoker) {
    this.#invoker = invoker;
  }

  /**
   * The text to sign to log in with a key.
   *
   * Anybody may ask, with any key: the answer does not tell whether an account has it. Sign `text` with the key and
   * give the signature to `auth.login` before `expiresAt`. How it is signed, with this program, with `ssh-keygen` or by
   * hand, is in spec/auth.md. Access: `guest`.
   *
   * @param publicKey - The key: an OpenSSH line (`ssh-ed25519 …` or `ecdsa-sha2-nistp256 …`), or base64 of the 32 bytes
   * of an Ed25519 key or of the SubjectPublicKeyInfo of a P-256 key.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link RateLimitedError} The caller asks too often.
   */
  challenge(publicKey: string, options?: CallOptions): Promise<Challenge> {
    const params = {
      publicKey,
    };
    return this.#invoker.call("auth.challenge", params, challengeShape, options);
  }

  /**
   * Opens a session for whoever proves a key.
   *
   * The answer's `token` is sent as `Authorization: Bearer` with HTTP requests and WebSocket upgrades; on a stream
   * connection this call also binds the connection to the session, so that nothing need be sent. A nonce works once,
   * whether the login succeeds or not. Every failure to prove is `unauthenticated` and does not tell what was wrong
   * with the account. Access: `guest`.
   *
   * @param publicKey - The key that the challenge was for.
   * @param nonce - The nonce of the challenge.
   * @param signature - Of the challenge's `text`: the armoured SSHSIG that `ssh-keygen -Y sign -n rpcstore` writes, or
   * base64 of the raw signature (Ed25519: 64 bytes; P-256: 64 bytes of r and s, or DER).
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link RateLimitedError} The caller asks too often.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  login(publicKey: string, nonce: string, signature: string, options?: CallOptions): Promise<Login> {
    const params = {
      publicKey,
      nonce,
      signature,
    };
    return this.#invoker.call("auth.login", params, loginShape, options);
  }

  /**
   * Binds a stream connection to a session that is open.
   *
   * For a program that kept a token: what `Authorization: Bearer` is for an HTTP request, this is for a stream
   * connection. It has no effect on other connections, and none at all on HTTP, where each request proves itself.
   * Access: `guest`.
   *
   * @param token - The token of the session.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   */
  resume(token: string, options?: CallOptions): Promise<Identity> {
    const params = {
      token,
    };
    return this.#invoker.call("auth.resume", params, identityShape, options);
  }

  /**
   * Ends the session of the caller.
   *
   * The token is worth nothing from the next call on, on every connection. A caller without a session, such as the
   * server's own user on the local socket, has nothing to end, which is no error. Access: `guest`.
   *
   * @param options - How to call.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  logout(options?: CallOptions): Promise<Identity> {
    return this.#invoker.call("auth.logout", {}, identityShape, options);
  }

  /**
   * Who the caller is.
   *
   * Works for everybody; a guest has no account. Access: `guest`.
   *
   * @param options - How to call.
   */
  whoami(options?: CallOptions): Promise<Identity> {
    return this.#invoker.call("auth.whoami", {}, identityShape, options);
  }

  /**
   * Open sessions, the newest first.
   *
   * Those of the caller's account; an admin names another account, or sees all with `all`. Access: `user`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   */
  sessions(options?: AuthSessionsOptions): Promise<SessionPage> {
    const params = {
      account: options?.account,
      all: options?.all,
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("auth.sessions", params, sessionPageShape, options);
  }

  /**
   * Ends a session by its id.
   *
   * One of the caller's own, or any for an admin. It takes effect with the next call on every connection, and aborts
   * what the session transfers. Access: `user`.
   *
   * @param id - The session.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  revoke(id: string, options?: CallOptions): Promise<Session> {
    const params = {
      id,
    };
    return this.#invoker.call("auth.revoke", params, sessionShape, options);
  }
}

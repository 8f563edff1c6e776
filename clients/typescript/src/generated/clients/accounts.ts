// Made from spec/contract by tools/generate; changes here are lost.

import type { CallOptions, Invoker } from "../../calls/invoker.js";
import { accountPageShape, accountShape } from "../shapes.js";
import type { Account, AccountPage, KnownAccountRole } from "../types/accounts.js";

/** What `accounts.create` may be given beside what it must. */
export interface AccountsCreateOptions extends CallOptions {
  /** Its first key. */
  readonly publicKey?: string | undefined;
  /** What to call that key; the comment of an OpenSSH line otherwise. */
  readonly label?: string | undefined;
}

/** What `accounts.list` may be given beside what it must. */
export interface AccountsListOptions extends CallOptions {
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  /** Accounts in a page at the most. `1000` when left out. */
  readonly limit?: number | undefined;
}

/** What `accounts.update` may be given beside what it must. */
export interface AccountsUpdateOptions extends CallOptions {
  /** Its new role. */
  readonly role?: KnownAccountRole | undefined;
  /** Whether it is kept from logging in. */
  readonly disabled?: boolean | undefined;
}

/** What `accounts.addKey` may be given beside what it must. */
export interface AccountsAddKeyOptions extends CallOptions {
  /** What to call it; the comment of an OpenSSH line otherwise. */
  readonly label?: string | undefined;
}

/** What `accounts.setPassword` may be given beside what it must. */
export interface AccountsSetPasswordOptions extends CallOptions {
  /** The new password; absent to take it away. */
  readonly password?: string | undefined;
}

/** Calls the methods of `accounts`. Calls may overlap. */
export class AccountsClient {
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
   * Makes an account.
   *
   * With a key it can log in at once. Access: `admin`.
   *
   * @param name - Its name, which never changes. `guest` and `local` are taken.
   * @param role - What it may do.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  create(name: string, role: KnownAccountRole, options?: AccountsCreateOptions): Promise<Account> {
    const params = {
      name,
      role,
      publicKey: options?.publicKey,
      label: options?.label,
    };
    return this.#invoker.call("accounts.create", params, accountShape, options);
  }

  /**
   * One account, with its keys.
   *
   * A user sees their own, an admin all. Access: `user`.
   *
   * @param name - The account.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   */
  get(name: string, options?: CallOptions): Promise<Account> {
    const params = {
      name,
    };
    return this.#invoker.call("accounts.get", params, accountShape, options);
  }

  /**
   * Accounts in the order of their names.
   *
   * Paged by `cursor`. The built-in `local` is not among them. Access: `admin`.
   *
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   */
  list(options?: AccountsListOptions): Promise<AccountPage> {
    const params = {
      cursor: options?.cursor,
      limit: options?.limit,
    };
    return this.#invoker.call("accounts.list", params, accountPageShape, options);
  }

  /**
   * Changes what an account may do.
   *
   * What is not given stays. Disabling an account ends its sessions, their connections' rights and their transfers. The
   * last admin who can log in cannot be demoted or disabled over the network; the server's own user on the local socket
   * can. Access: `admin`.
   *
   * @param name - The account.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  update(name: string, options?: AccountsUpdateOptions): Promise<Account> {
    const params = {
      name,
      role: options?.role,
      disabled: options?.disabled,
    };
    return this.#invoker.call("accounts.update", params, accountShape, options);
  }

  /**
   * Removes an account with its keys and sessions.
   *
   * What it did stays in the journal. The last admin who can log in cannot be removed over the network. Access:
   * `admin`.
   *
   * @param name - The account.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  delete(name: string, options?: CallOptions): Promise<Account> {
    const params = {
      name,
    };
    return this.#invoker.call("accounts.delete", params, accountShape, options);
  }

  /**
   * Gives an account a further key.
   *
   * A key belongs to one account. Access: `admin`.
   *
   * @param name - The account.
   * @param publicKey - The key.
   * @param options - Optional parameters, and how to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  addKey(name: string, publicKey: string, options?: AccountsAddKeyOptions): Promise<Account> {
    const params = {
      name,
      publicKey,
      label: options?.label,
    };
    return this.#invoker.call("accounts.addKey", params, accountShape, options);
  }

  /**
   * Takes a key from an account.
   *
   * Sessions that the key opened end. The last key of the last admin who can log in cannot be removed over the network.
   * Access: `admin`.
   *
   * @param name - The account.
   * @param fingerprint - The key.
   * @param options - How to call.
   * @throws {@link InvalidParamsError} A parameter is missing, unknown, of the wrong type or outside its constraints;
   * over HTTP also a malformed path, header, body or tar batch.
   * @throws {@link InternalError} The server failed. The reference is also in its log.
   * @throws {@link UnauthenticatedError} The method needs an account and the caller is a guest, or what the caller
   * wants to prove itself with is not accepted.
   * @throws {@link ForbiddenError} The caller is known and may not do this.
   * @throws {@link NotFoundError} What the call names does not exist. A failing disk or an overloaded server is never
   * reported this way.
   * @throws {@link ConflictError} The state of what the call names forbids it, such as a transfer that has ended.
   * @throws {@link UnavailableError} The server is overloaded, is stopping, or its disk fails for the moment.
   * @throws {@link InsufficientStorageError} The disk is full. What was stored before stays stored.
   */
  removeKey(name: string, fingerprint: string, options?: CallOptions): Promise<Account> {
    const params = {
      name,
      fingerprint,
    };
    return this.#invoker.call("accounts.removeKey", params, accountShape, options);
  }

  /**
   * Gives an account an API password, or takes it away.
   *
   * For programs that know a name and a password and no keys: the sign-in of the flist server, and HTTP Basic. It
   * replaces the one before; without `password` the account has none from then on. Sessions that the password before
   * opened end. The server keeps a salted, slow hash; the password is in no answer, log or journal. Access: `admin`.
   *
   * @param name - The account.
   * @param options - Optional parameters, and how to call.
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
  setPassword(name: string, options?: AccountsSetPasswordOptions): Promise<Account> {
    const params = {
      name,
      password: options?.password,
    };
    return this.#invoker.call("accounts.setPassword", params, accountShape, options);
  }
}

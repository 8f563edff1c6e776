import assert from "node:assert/strict";
import { inspect } from "node:util";
import { bytesOf, errorOf, idOf, library, newNumbers } from "./support.mjs";

const { ConflictError, DigestMismatchError, ForbiddenError, InvalidParamsError, MethodNotFoundError } = library;
const { NotFoundError, PreconditionFailedError, TooLargeError, UnauthenticatedError } = library;

// What a program with this client cannot bring about: it writes well-formed requests, gives a cancelled call up before its
// answer, and should neither break the server's disk nor lock its own address out.
const notProvoked = {
  parseError: "the client writes JSON",
  invalidRequest: "the client writes JSON-RPC",
  internal: "the server would have to fail",
  requestCancelled: "a call that is cancelled fails with the signal's reason; see the scenario cancel",
  rateLimited: "logins from this address would be refused for a while",
  unavailable: "the server would have to be overloaded",
  insufficientStorage: "the server's disk would have to be full",
};

export async function handshake(clients) {
  const client = clients.guest();
  const info = await client.server.info();
  assert.match(info.serverId, /^[0-9a-f]{32}$/);
  assert.equal(typeof info.limits.maxMessageBytes, "bigint");
  const document = await client.rpc.discover();
  assert.equal(document.info.version, library.contractVersion);
  const offered = new Set(document.methods.map((method) => method.name));
  for (const method of Object.keys(library.contractMethods)) {
    assert.ok(offered.has(method), `the server has no ${method}`);
  }
}

export async function errors(clients) {
  const user = await clients.user();
  const admin = await clients.admin();
  const absent = idOf(bytesOf(newNumbers(), 100));
  const provoked = new Set(Object.keys(notProvoked));
  const expect = async (promise, type, name, code, ...members) => {
    const error = await errorOf(promise);
    assert.ok(error instanceof type, `${name}: ${error.stack}`);
    assert.ok(error instanceof library.RpcError);
    assert.deepEqual([error.name, error.code, error.data.name], [name, code, name]);
    for (const member of members) {
      assert.notEqual(error.data[member], undefined, `${name} comes without ${member}: ${inspect(error.data)}`);
    }
    provoked.add(name);
    return error;
  };

  const wrong = await expect(user.blobs.get("xyz"), InvalidParamsError, "invalidParams", -32602, "pointer", "reason");
  assert.equal(wrong.data.pointer, "/id");
  const unknown = await expect(user.call("no.such"), MethodNotFoundError, "methodNotFound", -32601, "method");
  assert.equal(unknown.data.method, "no.such");
  const badLogin = user.auth.login(
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
    "none",
    "AAAA",
  );
  await expect(badLogin, UnauthenticatedError, "unauthenticated", 401);
  const denied = await expect(user.blobs.list(), ForbiddenError, "forbidden", 403, "access");
  assert.equal(denied.data.access, "admin");
  await expect(user.blobs.get(absent), NotFoundError, "notFound", 404);
  await expect(user.blobs.download([absent]), NotFoundError, "notFound", 404, "missing", "missingCount");
  const used = await user.blobs.download([idOf(new Uint8Array())]);
  await (await user.bulk.receive(used)).cancel();
  await expect(user.bulk.receive(used), ConflictError, "conflict", 409);
  const condition = { ifMatch: "0".repeat(64) };
  await expect(admin.flists.upload("no-such", condition), PreconditionFailedError, "preconditionFailed", 412);
  const { limits } = await user.server.info();
  const large = new Uint8Array(Number(limits.maxInlineBlobBytes) + 1);
  const tooLarge = await expect(admin.blobs.put(large), TooLargeError, "tooLarge", 413, "limit", "maximum");
  assert.equal(tooLarge.data.maximum, limits.maxInlineBlobBytes);
  const other = admin.blobs.put(bytesOf(1, 10), { id: absent });
  const mismatch = await expect(other, DigestMismatchError, "digestMismatch", 422, "id", "actual");
  assert.deepEqual([mismatch.data.id, mismatch.data.actual], [absent, idOf(bytesOf(1, 10))]);

  const document = await user.rpc.discover();
  const names = Object.keys(document.components.errors);
  assert.deepEqual(
    names.filter((name) => !provoked.has(name)),
    [],
    "errors of the table that nothing here looks at",
  );
}

export async function has(clients) {
  const admin = await clients.admin();
  const first = newNumbers();
  const blobs = Array.from({ length: 10_000 }, (_, i) => bytesOf(first + i, 20));
  const ids = blobs.map(idOf);
  const isHere = (_, i) => i % 10 === 0;
  const sources = blobs.map((content, i) => ({ id: ids[i], size: content.length, content })).filter(isHere);
  const summary = await admin.bulk.upload(sources);
  assert.deepEqual([summary.stored + summary.existing, summary.failed], [1_000, 0]);
  const answer = await admin.blobs.has(ids);
  assert.deepEqual(answer.present, ids.filter(isHere));
  assert.deepEqual(
    answer.missing,
    ids.filter((id, i) => !isHere(id, i)),
  );
}

export async function login(clients) {
  const client = await clients.user();
  const identity = await client.auth.whoami();
  assert.equal(identity.role, "user");
  assert.match(identity.account, /./);
  assert.match(identity.fingerprint, /^SHA256:/);
  assert.match(identity.sessionId, /^[0-9a-f]{32}$/);
  await client.logout();
  assert.equal((await client.auth.whoami()).sessionId, undefined);
}

export async function forbidden(clients) {
  const guest = clients.guest();
  const { role } = await guest.auth.whoami();
  if (role === "guest") {
    const error = await errorOf(guest.accounts.list());
    assert.ok(error instanceof UnauthenticatedError, error.stack);
    assert.equal(error.data.access, "admin");
  } else {
    console.error(`the endpoint takes this program for an ${role}: there is no guest on it`);
  }
  const error = await errorOf((await clients.user()).accounts.list());
  assert.ok(error instanceof ForbiddenError, error.stack);
  assert.equal(error.data.access, "admin");
}

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { library } from "../support/library.mjs";

export { library };

/** The scenario cannot exist on this endpoint. */
export class NotHere extends Error {}

/** Clients of the server by what they may do. */
export function connectors(url, { key, adminKey, authorities }) {
  const open = [];
  const connect = (options) => {
    const client = library.connect(url, { authorities, timeout: 60_000, ...options });
    open.push(client);
    return client;
  };
  const connectAs = async (file, options) => {
    const client = connect(options);
    await client.login(await library.readKey(readFileSync(file, "utf8")));
    return client;
  };
  return {
    /** Whoever the endpoint takes the caller for. */
    guest: connect,
    user(options) {
      if (key === undefined) {
        throw new Error("this scenario needs --key");
      }
      return connectAs(key, options);
    },
    /** Someone who may upload: by the key of an admin, or by being the server's own user on its socket. */
    async admin(options) {
      if (adminKey !== undefined) {
        return connectAs(adminKey, options);
      }
      const client = connect(options);
      const { role } = await client.auth.whoami();
      if (role !== "admin") {
        throw new Error(`this scenario uploads, and the caller is a ${role}: it needs --admin-key here`);
      }
      return client;
    },
    close() {
      for (const client of open) {
        client.close();
      }
    },
  };
}

/** The same bytes for the same number, and others for others. */
export function bytesOf(number, size) {
  const bytes = new Uint8Array(size);
  let state = (number + 1) * 0x9e3779b1;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export function idOf(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Numbers that no earlier run on the same server used. */
export function newNumbers() {
  return Math.floor(Math.random() * 2 ** 30);
}

/** The error that a promise fails with. */
export async function errorOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail("this should have failed");
}

/** Tells the harness to act, and waits until it has. */
export async function waitForHarness() {
  const lines = createInterface({ input: process.stdin });
  console.log("ready");
  for await (const _ of lines) {
    lines.close();
    return;
  }
  throw new Error("standard input ended before the harness had acted");
}

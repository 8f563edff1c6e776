import assert from "node:assert/strict";
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { bytesOf, errorOf, idOf, library, newNumbers, waitForHarness } from "./support.mjs";

const MiB = 1024 * 1024;
const sizes = [0, 1, 511, 512, 513, 4_096, 20_000, 65_536, 100_000, 300_001];
const largeSizes = [MiB - 1, MiB, MiB + 1, 2 * MiB];

export async function batch(clients) {
  const admin = await clients.admin();
  const first = newNumbers();
  const sizeOf = (i) => (i % 25 === 24 ? largeSizes[(i / 25) & 3] : sizes[i % sizes.length]);
  const ids = [];
  async function* sources() {
    for (let i = 0; i < 500; i++) {
      const source = await admin.bulk.blob(bytesOf(first + i, sizeOf(i)));
      ids.push(source.id);
      yield source;
    }
  }
  const results = [];
  const sent = new Progress();
  const summary = await admin.bulk.upload(sources(), {
    onResult: (result) => results.push(result),
    onProgress: sent.take,
  });
  const bytes = ids.reduce((total, _, i) => total + sizeOf(i), 0);
  assert.equal(summary.failed, 0, JSON.stringify(summary.failures));
  assert.equal(summary.stored + summary.existing, 500);
  assert.deepEqual(
    results.map((result) => result.id),
    ids,
  );
  sent.check(500, bytes);

  const received = new Progress();
  let i = 0;
  for await (const blob of admin.bulk.download(ids, { onProgress: received.take })) {
    assert.deepEqual([blob.id, blob.size], [ids[i], sizeOf(i)]);
    assert.ok(Buffer.from(await blob.bytes()).equals(bytesOf(first + i, sizeOf(i))), `the bytes of blob ${i}`);
    i++;
  }
  assert.equal(i, 500);
  received.check(500, bytes);
}

export async function cancel(clients, { url }) {
  const admin = await clients.admin();
  const reason = new Error("enough");
  const source = await admin.bulk.blob(bytesOf(newNumbers(), 32 * MiB));
  await admin.bulk.upload([source]);

  const call = new AbortController();
  const running = errorOf(longCall(admin, url, call.signal));
  await admin.server.info();
  call.abort(reason);
  assert.equal(await running, reason);
  await admin.server.info();

  const upload = new AbortController();
  const stalled = stallingBlob(8 * MiB);
  const uploading = errorOf(admin.bulk.upload([stalled.source], { signal: upload.signal }));
  await stalled.begun;
  upload.abort(reason);
  assert.equal(await uploading, reason);
  assert.deepEqual((await admin.blobs.has([stalled.source.id])).missing, [stalled.source.id]);

  const download = new AbortController();
  const downloading = async () => {
    for await (const blob of admin.bulk.download([source.id], { signal: download.signal })) {
      for await (const _ of blob.content) {
        download.abort(reason);
      }
    }
  };
  assert.equal(await errorOf(downloading()), reason);
  await admin.server.info();
}

export async function restart(clients, { url }) {
  const admin = await clients.admin();
  const stalled = stallingBlob(8 * MiB);
  // No call takes for ever over HTTP: there the transfer alone is under way.
  const calling = url.startsWith("http") ? [] : [errorOf(longCall(admin, url))];
  const uploading = errorOf(admin.bulk.upload([stalled.source]));
  await stalled.begun;
  await waitForHarness();
  for (const error of await Promise.all([...calling, uploading])) {
    assert.ok(error instanceof library.ConnectionError, error.stack);
  }
  // The client connects anew by itself; sessions have ended with the server.
  const again = await clients.admin();
  assert.equal((await again.auth.whoami()).role, "admin");
  if ((await clients.guest().auth.whoami()).role === "admin") {
    assert.equal((await admin.auth.whoami()).role, "admin");
  }
}

export async function slowReader(clients) {
  const admin = await clients.admin();
  const size = 64 * MiB;
  const piece = bytesOf(newNumbers(), MiB);
  const content = () => {
    let left = size;
    return new ReadableStream({
      pull(controller) {
        controller.enqueue(piece);
        left -= piece.length;
        if (left === 0) {
          controller.close();
        }
      },
    });
  };
  const source = await admin.bulk.blob(content);
  await admin.bulk.upload([source]);

  global.gc?.();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  let length = 0;
  let next = MiB;
  for await (const blob of admin.bulk.download([source.id])) {
    for await (const piece of blob.content) {
      length += piece.length;
      if (length >= next) {
        next += MiB;
        global.gc?.();
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        await admin.server.info();
        await turn();
      }
    }
  }
  assert.equal(length, size);
  assert.ok(most < 24 * MiB, `${most} bytes were read ahead`);
}

/** A call that is not answered soon: a watch of the journal has no end; over HTTP, where it cannot be, a look at every blob. */
function longCall(admin, url, signal) {
  return url.startsWith("http")
    ? admin.blobs.scrub({ wait: true, signal })
    : admin.journal.watch({ signal, onProgress: () => {} });
}

/** Adds up what progress tells. */
class Progress {
  #last = { items: 0, bytes: 0 };
  #count = 0;

  take = (progress) => {
    assert.ok(progress.items >= this.#last.items && progress.bytes >= this.#last.bytes, "progress goes back");
    this.#last = progress;
    this.#count++;
  };

  check(items, bytes) {
    assert.deepEqual(this.#last, { items, bytes });
    assert.ok(this.#count > items);
  }
}

/** A blob whose second half never comes. */
function stallingBlob(size) {
  const half = bytesOf(newNumbers(), size / 2);
  const asked = new EventTarget();
  const begun = once(asked, "again");
  let pulls = 0;
  const content = () =>
    new ReadableStream(
      {
        pull(controller) {
          if (pulls++ === 0) {
            controller.enqueue(half);
            return undefined;
          }
          // The first half is on its way when the second is asked for.
          asked.dispatchEvent(new Event("again"));
          return new Promise(() => {});
        },
      },
      { highWaterMark: 0 },
    );
  return { source: { id: idOf(bytesOf(newNumbers(), size)), size, content }, begun };
}

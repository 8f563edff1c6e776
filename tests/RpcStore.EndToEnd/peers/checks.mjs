// A list of named checks that prints one line each, and tells by its exit code whether all held. The peers of this folder
// use it, so that a test sees which check of which client failed.
import assert from 'node:assert/strict';

export async function runChecks(checks) {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await withTimeout(check(), 20_000);
      console.log(`ok   ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}: ${error?.stack ?? error}`);
    }
  }
  process.exit(failed === 0 ? 0 : 1);
}

export async function rejects(promise, code, name) {
  try {
    await promise;
  } catch (error) {
    assert.equal(error.code, code);
    if (name) assert.equal(error.data?.name, name);
    return error;
  }
  assert.fail(`expected the error ${code}`);
}

export function withTimeout(promise, milliseconds) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

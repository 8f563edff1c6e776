// The server's page in headless Chromium: a page for each test, of which everything is noted that must not happen.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

/** Where the server is: RPCSTORE_URL. */
export const server = new URL(process.env.RPCSTORE_URL);

/** A name for the server that browsers do not take for this machine. */
export const elsewhere = `http://elsewhere.test:${server.port}`;

// A status that is an error is an answer; what only a secure page may have is passed over on others.
const expected = ["Failed to load resource", "The Cross-Origin-Opener-Policy header has been ignored"];

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--host-resolver-rules=MAP elsewhere.test 127.0.0.1"],
  });
});
after(() => browser?.close());

/**
 * Opens the page, has a test use it, and looks at what happened: no request to another origin, nothing that the page's policy
 * forbids, no error in the script.
 */
export async function withPage(use, { path = "/openrpc", origin = server.origin, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.some((text) => message.text().startsWith(text))) {
      wrong.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== origin) {
      wrong.push(`request: ${url}`);
    }
  });
  await page.exposeFunction("noteViolation", (what) => wrong.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => noteViolation(event.violatedDirective));
  });
  try {
    await page.goto(origin + path);
    if (options.javaScriptEnabled !== false) {
      await page.waitForFunction(() => document.querySelector("#who").textContent !== "…");
    }
    await use(page, wrong);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** Tries a method on the page, with other parameters than the page's own where they are given; what it then says. */
export async function tryCall(page, method, params) {
  const trial = page.locator(`article[id="${method}"] .trial`);
  await trial.evaluate((details) => (details.open = true));
  await trial.locator("textarea").waitFor();
  if (params !== undefined) {
    await trial.locator("textarea").fill(params);
  }
  await trial.locator("button", { hasText: "Call" }).click();
  const confirm = page.locator("#confirm");
  if (await confirm.isVisible()) {
    await confirm.locator("#confirm-yes").click();
  }
  await trial.locator(".status.done, .status.failed").waitFor();
  return { status: await trial.locator(".status").textContent(), answer: await trial.locator("pre code").textContent(), trial };
}

/** Logs in with the key file of RPCSTORE_KEY. */
export async function logIn(page, file = process.env.RPCSTORE_KEY) {
  await page.click("#log-in");
  await page.setInputFiles("#key-file", file);
  await page.click("#key-form button");
}

/** Waits until something holds that the browser tells of when it gets to it. */
export async function until(holds) {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 1000, "it did not come to hold within ten seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

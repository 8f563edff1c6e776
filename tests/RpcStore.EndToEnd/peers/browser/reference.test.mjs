// What the page at /openrpc does for people: finding, reading, trying calls.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { elsewhere, logIn, server, tryCall, withPage } from "./support.mjs";

const shownLinks = (page) => page.locator("#index li:not([hidden]) a:visible").allTextContents();

test("the search is a slash away and finds names, parameters and errors", () =>
  withPage(async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("blobs.ha");
    assert.deepEqual(await shownLinks(page), ["blobs.has"]);
    assert.equal(await page.textContent("#found"), "1 result");

    await page.fill("#search", "onMissing");
    assert.deepEqual(await shownLinks(page), ["blobs.download", "OnMissing"]);
    assert.equal(await page.textContent("#index li:not([hidden]) small"), "parameter onMissing");

    await page.fill("#search", "blobs digestmismatch");
    assert.deepEqual(await shownLinks(page), ["blobs.put", "blobs.get"]);

    await page.fill("#search", "no such thing");
    assert.equal(await page.textContent("#found"), "0 results");
    await page.keyboard.press("Escape");
    assert.ok((await shownLinks(page)).length > 40);

    // With the keyboard alone.
    await page.keyboard.type("transfers");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "#transfers.list");

    await page.keyboard.press("/");
    await page.keyboard.type("server.status");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).hash, "#server.status");
  }));

test("a link leads to its method, and every link leads somewhere", () =>
  withPage(
    async (page) => {
      const top = await page.locator('article[id="blobs.has"]').evaluate((method) => method.getBoundingClientRect().top);
      assert.ok(top >= 0 && top < 200, `the method is at ${top}`);
      assert.equal(await page.textContent("nav a[aria-current]"), "blobs.has");

      const links = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")].map((a) => a.hash.slice(1)));
      const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((element) => element.id));
      assert.deepEqual(links.filter((id) => !ids.includes(id)), []);
      assert.equal(new Set(ids).size, ids.length);
    },
    { path: "/openrpc#blobs.has" },
  ));

test("the language of the examples is chosen once, remembered, and an example is copied as it is", () =>
  withPage(async (page) => {
    const shown = page.locator(".snippet:visible");
    assert.deepEqual(new Set(await shown.evaluateAll((all) => all.map((one) => one.dataset.language))), new Set(["rpcstore"]));
    await page.locator('article[id="blobs.get"] [role=tab]', { hasText: "Rust" }).click();
    assert.deepEqual(new Set(await shown.evaluateAll((all) => all.map((one) => one.dataset.language))), new Set(["rust"]));
    await page.keyboard.press("ArrowLeft");
    assert.match(await page.locator('article[id="blobs.get"] .snippet:visible code').textContent(), /await client\.blobs\.get\(/);
    await page.reload();
    assert.deepEqual(new Set(await shown.evaluateAll((all) => all.map((one) => one.dataset.language))), new Set(["typescript"]));

    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const snippet = page.locator('article[id="accounts.create"] .snippet:visible');
    await snippet.hover();
    await snippet.locator(".copy").click();
    await snippet.locator(".copy", { hasText: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await snippet.locator("code").textContent());
  }));

test("a guest's call is answered, with a result or an error", () =>
  withPage(async (page) => {
    assert.equal(await page.textContent("#who"), "guest");
    const { status, answer } = await tryCall(page, "server.info");
    assert.match(status, /^Result, \d+ ms$/);
    const info = await (await fetch(server, { method: "POST", body: '{"jsonrpc":"2.0","id":1,"method":"server.info"}' })).json();
    assert.deepEqual(JSON.parse(answer), info.result);

    const refused = await tryCall(page, "blobs.list");
    assert.match(refused.status, /^unauthenticated \(401\), \d+ ms: /);
    assert.deepEqual(JSON.parse(refused.answer).data.access, "admin");
    const wrong = await tryCall(page, "auth.challenge", '{"publicKey": "ssh-dss AAAA"}');
    assert.match(wrong.status, /^invalidParams \(-32602\)/);
    assert.equal(JSON.parse(wrong.answer).data.pointer, "/publicKey");

    // What is no JSON never leaves the page.
    let sent = 0;
    page.on("request", () => sent++);
    assert.match((await tryCall(page, "server.info", "{")).status, /^The parameters are not JSON: /);
    assert.match((await tryCall(page, "server.info", "7")).status, /object or array/);
    assert.equal(sent, 0);
  }));

test("what changes something is asked about first", () =>
  withPage(async (page) => {
    const trial = page.locator('article[id="blobs.delete"] .trial');
    await trial.evaluate((details) => (details.open = true));
    await trial.locator("button", { hasText: "Call" }).click();
    assert.match(await page.textContent("#confirm-call"), /^blobs\.delete \{/);
    assert.equal(await page.textContent("#confirm-who"), "As guest:");
    await page.keyboard.press("Escape");
    assert.equal(await trial.locator(".status").textContent(), "");
    assert.match((await tryCall(page, "blobs.delete")).status, /^unauthenticated/);
  }));

test("numbers that JavaScript would round stay what they are, and a call can be stopped", () =>
  withPage(async (page) => {
    await page.route("**/rpc", (route) => {
      const { params } = JSON.parse(route.request().postData());
      assert.match(route.request().postData(), /"after": 9007199254740993/);
      return route.fulfill({ body: `{"jsonrpc":"2.0","id":1,"result":{"n":9007199254740993,"none":[],"${Object.keys(params)[0]}":"a\\"{,"}}` });
    });
    const { answer } = await tryCall(page, "server.info", '{"after": 9007199254740993}');
    assert.equal(answer, '{\n  "n": 9007199254740993,\n  "none": [],\n  "after": "a\\"{,"\n}');

    // One that takes long is stopped.
    await page.unroute("**/rpc");
    await page.route("**/rpc", () => {});
    const trial = page.locator('article[id="server.info"] .trial');
    await trial.locator("button", { hasText: "Call" }).click();
    await trial.locator("button", { hasText: "Stop" }).click();
    await trial.locator(".status", { hasText: "Stopped after" }).waitFor();
  }));

test("the page is read without JavaScript", () =>
  withPage(
    async (page) => {
      const method = page.locator('article[id="blobs.has"]');
      assert.equal(await method.locator(".snippet:visible").count(), 5);
      assert.ok(await method.locator(".answer").isVisible());
      assert.ok(await page.locator("nav a", { hasText: "blobs.has" }).isVisible());
      assert.equal(await page.locator("#search:visible, #log-in:visible, .trial").count(), 0);
    },
    { javaScriptEnabled: false },
  ));

for (const colorScheme of ["light", "dark"]) {
  test(`nothing keeps people from using it that axe-core knows of: ${colorScheme}`, () =>
    withPage(
      async (page) => {
        await tryCall(page, "blobs.list");
        await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));

        // One of each kind: the rest is made by the same writer, and a look at all of it takes a minute.
        const parts = ["header", "#finder", "[data-group=blobs]", "#begin", "#accounts\\.create", "#blobs\\.list", "#values", "#type-Role", "#errors"];
        const { violations } = await page.evaluate((include) => axe.run({ include }), parts);
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200))}`), []);
      },
      { colorScheme },
    ));
}

test("a phone shows all of it, one column wide, with the navigation at hand", () =>
  withPage(
    async (page) => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `the page is ${width} wide`);
      assert.equal(await page.locator("nav").isVisible(), false);
      await page.click("#menu");
      await page.fill("#search", "whoami");
      await page.locator("nav a", { hasText: "auth.whoami" }).click();
      assert.equal(await page.locator("nav").isVisible(), false);
      assert.equal(new URL(page.url()).hash, "#auth.whoami");
    },
    { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
  ));

test("a page that is no secure one says why it takes no key, and takes a token", () =>
  withPage(
    async (page) => {
      await page.click("#log-in");
      assert.match(await page.textContent("#insecure"), /browsers sign only on pages from https: or from this machine/);
      assert.ok(await page.locator("#insecure").isVisible());
      assert.ok(await page.locator("#key-file").isDisabled());
      await page.fill("#token", process.env.RPCSTORE_TOKEN);
      await page.keyboard.press("Enter");
      await page.locator("#who", { hasText: "ada (admin)" }).waitFor();
      assert.match((await tryCall(page, "server.status")).status, /^Result/);
    },
    { origin: elsewhere },
  ));

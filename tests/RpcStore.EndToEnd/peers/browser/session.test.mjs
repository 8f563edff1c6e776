// Logging in on the page at /openrpc, and what hostile content can do to it: nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { logIn, server, tryCall, until, withPage } from "./support.mjs";

const hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script>';

test("a key logs in, calls are made as its account, and logging out ends the session", () =>
  withPage(async (page) => {
    let token;
    const sent = [];
    page.on("request", (request) => {
      sent.push(request.postData() ?? "");
      token = request.headers()["authorization"] ?? token;
    });
    await logIn(page);
    await page.locator("#who", { hasText: "ada (admin)" }).waitFor();
    assert.match((await tryCall(page, "server.status")).status, /^Result/);
    assert.match((await tryCall(page, "accounts.list")).answer, /"ada"/);
    assert.match(token, /^Bearer rpcs_/);
    assert.ok(!sent.some((body) => body.includes("PRIVATE KEY")), "the key left the browser");
    assert.deepEqual(
      await page.evaluate(() => ({ ...sessionStorage, ...localStorage, cookie: document.cookie })),
      { cookie: "" },
      "something is kept where sites of the same server can read it",
    );

    await page.click("#log-out");
    await page.locator("#who", { hasText: "guest" }).waitFor();
    assert.match((await tryCall(page, "server.status")).status, /^unauthenticated/);
    const body = '{"jsonrpc":"2.0","id":1,"method":"server.status"}';
    assert.equal((await fetch(new URL("/rpc", server), { method: "POST", body, headers: { authorization: token } })).status, 401);
  }));

test("a session that ended elsewhere makes the page a guest again", () =>
  withPage(async (page) => {
    await logIn(page);
    await page.locator("#who", { hasText: "ada (admin)" }).waitFor();
    const { sessionId } = JSON.parse((await tryCall(page, "auth.whoami")).answer);
    assert.match((await tryCall(page, "auth.revoke", JSON.stringify({ id: sessionId }))).status, /^Result/);
    assert.match((await tryCall(page, "server.status")).status, /^unauthenticated/);
    await page.locator("#who", { hasText: "guest" }).waitFor();
    assert.ok(await page.locator("#log-in").isVisible());
  }));

test("a user is told what only admins may", () =>
  withPage(async (page) => {
    await logIn(page, process.env.RPCSTORE_USER_KEY);
    await page.locator("#who", { hasText: "bob (user)" }).waitFor();
    assert.match((await tryCall(page, "blobs.list")).status, /^forbidden \(403\)/);
  }));

test("what is no key of an account does not log in, and the page says why", () =>
  withPage(async (page) => {
    const damaged = Buffer.from("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----");
    for (const [file, message] of [
      [`${process.env.RPCSTORE_KEY}.pub`, /no private key of OpenSSH.*\.pub/],
      [process.env.RPCSTORE_LOCKED_KEY, /has a passphrase/],
      [process.env.RPCSTORE_ECDSA_KEY, /ecdsa-sha2-nistp256.*ssh-ed25519 only/],
      [{ name: "damaged", mimeType: "", buffer: damaged }, /damaged: it ends too early/],
      [process.env.RPCSTORE_UNKNOWN_KEY, /^unauthenticated: /],
    ]) {
      await logIn(page, file);
      await page.locator("#login-error:visible").waitFor();
      assert.match(await page.textContent("#login-error"), message);
      await page.keyboard.press("Escape");
      assert.equal(await page.textContent("#who"), "guest");
    }

    await page.click("#log-in");
    await page.fill("#token", `rpcs_${"A".repeat(43)}`);
    await page.click("#token-form button");
    await page.locator("#login-error:visible", { hasText: "unauthenticated" }).waitFor();
  }));

test("a server in the middle gets nothing else signed", () =>
  withPage(async (page) => {
    await page.route("**/rpc", async (route) => {
      const call = route.request().postDataJSON();
      assert.notEqual(call.method, "auth.login");
      const response = await route.fetch();
      const body = (await response.text()).replace(/server [0-9a-f]{32}/, `server ${"0".repeat(32)}`);
      await route.fulfill({ response, body });
    });
    await logIn(page);
    await page.locator("#login-error:visible", { hasText: "Do not trust it" }).waitFor();
  }));

test("markup in what the server holds is shown as text", () =>
  withPage(async (page) => {
    await logIn(page);
    await page.locator("#who", { hasText: "ada (admin)" }).waitFor();
    await tryCall(page, "accounts.create", JSON.stringify({ name: "hostile", role: "user", publicKey: process.env.RPCSTORE_PUBLIC_KEY, label: hostile }));
    const { answer, trial } = await tryCall(page, "accounts.get", '{"name": "hostile"}');
    assert.equal(JSON.parse(answer).keys[0].label, hostile);
    assert.equal(await trial.locator("img, script").count(), 0);
    assert.match(await page.title(), /^RpcStore/);
  }));

test("markup in answers, errors and names of a hostile server is shown as text", () =>
  withPage(async (page) => {
    const answers = [
      { jsonrpc: "2.0", id: 1, error: { code: 1, message: hostile, data: { name: hostile } } },
      { jsonrpc: "2.0", id: 1, result: { account: hostile, role: hostile } },
    ];
    await page.route("**/rpc", (route) => route.fulfill({ json: answers[route.request().postDataJSON().method === "auth.whoami" ? 1 : 0] }));
    assert.ok((await tryCall(page, "server.info")).status.includes(hostile));
    await page.click("#log-in");
    await page.fill("#token", "x");
    await page.click("#token-form button");
    await page.locator("#who", { hasText: "<img" }).waitFor();
    await page.unroute("**/rpc");
    await page.route("**/rpc", (route) => route.fulfill({ status: 502, body: hostile }));
    assert.ok((await tryCall(page, "server.info")).status.includes(hostile.slice(0, 40)));
    assert.equal(await page.locator("img, main script").count(), 0);
  }));

test("the policy refuses markup, other scripts and other servers", () =>
  withPage(async (page, wrong) => {
    const refused = await page.evaluate(async () => {
      const outcomes = [];
      try {
        document.querySelector("#who").innerHTML = "<b>x</b>";
      } catch (error) {
        outcomes.push(error.name);
      }
      document.body.append(Object.assign(document.createElement("img"), { src: "/x.png" }));
      await fetch("http://127.0.0.1:9/").catch((error) => outcomes.push(error.name));
      return outcomes;
    });
    assert.deepEqual(refused, ["TypeError", "TypeError"]);
    for (const directive of ["require-trusted-types-for", "img-src", "connect-src"]) {
      await until(() => wrong.includes(`policy: ${directive}`));
    }
    wrong.length = 0;
  }));

test("no other page shows it inside, and none that opens it gets hold of it", () =>
  withPage(async (page) => {
    const context = page.context();
    const other = await context.newPage();
    await other.route("**/frame", (route) => route.fulfill({ contentType: "text/html", body: '<iframe src="/openrpc"></iframe>' }));
    await other.goto(`${server.origin}/frame`);
    await other.waitForFunction(() => document.readyState === "complete");
    assert.ok(!other.frames().some((frame) => frame.url().endsWith("/openrpc")), "it is inside a frame");
    const [opened] = await Promise.all([
      context.waitForEvent("page"),
      other.evaluate(() => {
        window.opened = open("/openrpc");
      }),
    ]);
    await opened.waitForLoadState();
    assert.equal(await opened.evaluate(() => opener), null);
    await other.waitForFunction(() => window.opened.closed);
  }));

// Runs page.mjs in headless Chromium against a real server: run.mjs --url http://HOST:PORT --admin-key FILE [--page FILE]
// With --page it is somebody else's page, which shows in #out who the server takes it for. The page stands on an origin of its own, which hands /rpc, /transfers and /flists on to the server as a reverse proxy would. The exit
// code is 0 when the page says that all went well.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as startRequest } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { dist } from "../support/library.mjs";

const string = { type: "string" };
const { values } = parseArgs({ options: { url: string, "admin-key": string, page: string } });
const server = new URL(values.url);
const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".html": "text/html; charset=utf-8" };
const ownPage = '<!doctype html><title>test</title><script type="module" src="/page.mjs"></script>';

// Reports what somebody else's page shows.
const probe = `<script type="module">
  const out = document.querySelector("#out");
  while (out.textContent === "") await new Promise((resolve) => setTimeout(resolve, 20));
  const result = /RpcStore.*: you are a guest/i.test(out.textContent) ? "passed" : out.textContent;
  await fetch("/result", { method: "POST", body: result });
</script>`;

let tell;
const told = new Promise((resolve) => (tell = resolve));

const proxy = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://page");
  if (pathname === "/rpc" || /^\/(transfers|flists)\//.test(pathname)) {
    const onward = {
      host: server.hostname,
      port: server.port,
      method: request.method,
      path: request.url,
      headers: request.headers,
    };
    const forwarded = startRequest(onward, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    response.on("close", () => forwarded.destroy());
    request.pipe(forwarded);
  } else if (pathname === "/result") {
    request.toArray().then((parts) => tell(Buffer.concat(parts).toString()));
    response.end();
  } else {
    response.setHeader("content-type", types[extname(pathname)] ?? "text/html; charset=utf-8");
    response.end(fileFor(pathname));
  }
});

function fileFor(pathname) {
  if (pathname === "/") {
    return values.page === undefined ? ownPage : readFileSync(values.page) + probe;
  }
  if (pathname === "/settings.mjs") {
    const settings = { server: values.url, key: readFileSync(values["admin-key"], "utf8") };
    return `export default ${JSON.stringify(settings)};`;
  }
  if (pathname === "/page.mjs") {
    return readFileSync(fileURLToPath(new URL("page.mjs", import.meta.url)));
  }
  const inDist = /\/dist\/(.+\.js)$/.exec(pathname)?.[1];
  return inDist === undefined ? "" : readFileSync(join(dist, normalize(`/${inDist}`)));
}

proxy.on("upgrade", (request, socket, head) => {
  const onward = connect(Number(server.port), server.hostname, () => {
    const headers = request.rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join("");
    onward.write(`GET ${request.url} HTTP/1.1\r\n${headers}\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
});

proxy.listen(0, "127.0.0.1");
await once(proxy, "listening");
const profile = mkdtempSync(join(tmpdir(), "rpcstore-browser-"));
const options = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--user-data-dir=${profile}`,
  "--remote-debugging-port=0",
];
const browser = spawn(
  "chromium",
  [...options, `http://127.0.0.1:${proxy.address().port}/?server=ws://${server.host}`],
  {
    stdio: "ignore",
    detached: true,
  },
);
browser.on("error", (error) => tell(`chromium: ${error.message}`));
browser.on("exit", () => tell("chromium ended"));
const timer = setTimeout(() => tell("the page said nothing within 60 seconds"), 60_000);
const result = await told;
clearTimeout(timer);
if (browser.pid !== undefined && browser.exitCode === null) {
  // Its own group, so that those that it started end with it.
  process.kill(-browser.pid, "SIGKILL");
  await once(browser, "exit");
}
proxy.closeAllConnections();
proxy.close();
await removeProfile();
console.log(result);
process.exitCode = result === "passed" ? 0 : 1;

/** The last of the browser's processes may still be writing. */
async function removeProfile() {
  for (let tries = 0; ; tries++) {
    try {
      rmSync(profile, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 100) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

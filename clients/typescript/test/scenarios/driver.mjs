// Plays one named scenario against a real server, over whatever endpoint it is given:
//   driver.mjs --url URL --scenario NAME [--key FILE] [--admin-key FILE] [--root FILE]
// --key is the key of an account that is a user, --admin-key that of an admin: what uploads needs one where the endpoint is not
// the server's own socket. --root has the authorities to trust, as PEM. The exit code is 0 when the scenario passed, 1 when it
// failed and 77 when it cannot exist on this endpoint; standard error says why.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as calls from "./calls.mjs";
import { flists } from "./flists.mjs";
import { connectors, NotHere } from "./support.mjs";
import * as transfers from "./transfers.mjs";

const scenarios = {
  handshake: calls.handshake,
  errors: calls.errors,
  has: calls.has,
  login: calls.login,
  forbidden: calls.forbidden,
  batch: transfers.batch,
  flists,
  cancel: transfers.cancel,
  restart: transfers.restart,
  "slow-reader": transfers.slowReader,
};

const string = { type: "string" };
const { values } = parseArgs({
  options: { url: string, scenario: string, key: string, "admin-key": string, root: string },
});
const scenario = scenarios[values.scenario];
if (values.url === undefined || scenario === undefined) {
  console.error(
    `usage: driver.mjs --url URL --scenario ${Object.keys(scenarios).join("|")} [--key FILE] [--root FILE]`,
  );
  process.exit(1);
}

const clients = connectors(values.url, {
  key: values.key,
  adminKey: values["admin-key"],
  authorities: values.root === undefined ? undefined : readFileSync(values.root, "utf8"),
});
try {
  await scenario(clients, values);
} catch (error) {
  console.error(error instanceof NotHere ? error.message : error);
  process.exitCode = error instanceof NotHere ? 77 : 1;
} finally {
  clients.close();
}

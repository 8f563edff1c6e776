// Who calls are made as. The token stays in a variable of this module: a site of the same server has the same origin, and
// could read whatever the browser keeps for that.

let token;

/** Calls in the session that is open. When the server does not take its token any more, the page is a guest again. */
async function callAsCaller(method, params, signal) {
  const used = token;
  try {
    return await callMethod(method, params, used, signal);
  } catch (error) {
    // Only a token that is wrong has this status here; a method that wants more than it gives answers with 200.
    if (error.status === 401 && used !== undefined && used === token) {
      token = undefined;
      await showCaller();
    }
    throw error;
  }
}

/** Shows who the server takes this page for. */
async function showCaller() {
  try {
    const { account, role } = JSON.parse(await callMethod("auth.whoami", "{}", token));
    byId("who").textContent = account === undefined ? role : `${account} (${role})`;
  } catch (error) {
    byId("who").textContent = error.message;
  }
  show("log-in", token === undefined);
  show("log-out", token !== undefined);
}

/** Opens a session with a key (spec/auth.md). Signs nothing but a login with this key to this server. */
async function openSession(signer) {
  const call = async (method, params) => JSON.parse(await callMethod(method, JSON.stringify(params)));
  const { serverId } = await call("server.info", {});
  const { nonce, text } = await call("auth.challenge", { publicKey: signer.publicKey });
  const lines = text.split("\n");
  const wanted = ["rpcstore login 1", `server ${serverId}`, `key ${signer.publicKey}`, `nonce ${nonce}`];
  if (lines.length !== 5 || wanted.some((line, i) => lines[i] !== line)) {
    throw new Error("The server wants something else signed than a login to it. Do not trust it.");
  }
  const signature = new Uint8Array(await signer.sign(new TextEncoder().encode(text)));
  const login = await call("auth.login", { publicKey: signer.publicKey, nonce, signature: toBase64(signature) });
  return login.token;
}

async function useToken(text) {
  const { role } = JSON.parse(await callMethod("auth.whoami", "{}", text));
  if (role === "guest") {
    throw new Error("The server takes nobody's word for this token.");
  }
  token = text;
}

async function logOut() {
  try {
    await callMethod("auth.logout", "{}", token);
  } catch (error) {
    byId("who").textContent = error.message;
    if (!(error instanceof CallError)) {
      return; // The server was not reached: the session is still open, and so is the way to end it.
    }
  }
  token = undefined;
  await showCaller();
}

/** Has a form of the dialog log in; what goes wrong is said in the dialog. */
function loginForm(id, logIn) {
  const form = byId(id);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    show("login-error", false);
    try {
      await logIn();
      byId("login").close();
      await showCaller();
      byId("log-out").focus();
    } catch (error) {
      byId("login-error").textContent = error instanceof CallError ? `${error.name}: ${error.message}` : error.message;
      show("login-error");
    } finally {
      button.disabled = false;
    }
  });
}

function startSession() {
  show("session");
  const canSign = isSecureContext && crypto.subtle !== undefined;
  show("insecure", !canSign);
  byId("key-file").disabled = !canSign;
  byId("key-form").querySelector("button").disabled = !canSign;
  byId("log-in").addEventListener("click", () => byId("login").showModal());
  byId("login-close").addEventListener("click", () => byId("login").close());
  byId("login").addEventListener("close", () => {
    byId("key-form").reset();
    byId("token-form").reset();
    show("login-error", false);
  });
  byId("log-out").addEventListener("click", logOut);
  loginForm("key-form", async () => {
    token = await openSession(await readKey(await byId("key-file").files[0].text()));
  });
  loginForm("token-form", () => useToken(byId("token").value.trim()));
  return showCaller();
}

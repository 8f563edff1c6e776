// Calls to the server that the page came from.

/** An error that the server answered. `text` is the error object as it came. */
class CallError extends Error {
  constructor(text, status) {
    const error = JSON.parse(text);
    super(error.message);
    this.text = text;
    this.status = status;
    this.code = error.code;
    this.name = error.data?.name ?? "error";
  }
}

/**
 * Calls a method.
 *
 * Credentials that a browser keeps by itself are left out: whoever the page says is logged in is whom the call is made as.
 *
 * @param method - Its name.
 * @param params - Its parameters: the text of a JSON object or array.
 * @param token - The session to call in; undefined for none.
 * @param signal - Cancels the call, on the server too.
 * @returns The result as text of JSON.
 */
async function callMethod(method, params, token, signal) {
  const response = await fetch("/rpc", {
    method: "POST",
    body: `{"jsonrpc":"2.0","id":1,"method":${JSON.stringify(method)},"params":${params}}`,
    headers: { "content-type": "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    signal,
  });
  const text = await response.text();
  const members = readReply(text, response.status);
  if (members.has("error")) {
    throw new CallError(members.get("error"), response.status);
  }
  if (!members.has("result")) {
    throw new Error(`What came back is no reply of JSON-RPC (status ${response.status}).`);
  }
  return members.get("result");
}

function readReply(text, status) {
  try {
    JSON.parse(text);
  } catch {
    throw new Error(`What came back is not JSON (status ${status}): ${text.slice(0, 200)}`);
  }
  return membersOf(text);
}

// Tries a call: parameters to edit, a button, and the answer.

const trialBytes = 200_000;

function startTrials() {
  for (const method of document.querySelectorAll(".method")) {
    const trial = make("details", { className: "trial" }, make("summary", {}, "Try it"));
    trial.addEventListener("toggle", () => trial.append(...makeTrial(method)), { once: true });
    method.querySelector(".examples").append(trial);
  }
}

function makeTrial(method) {
  const name = method.id;
  const changes = method.dataset.journal === "change";
  const label = make("label", { htmlFor: `params-${name}` }, "Parameters");
  const editor = make("textarea", { id: `params-${name}`, value: method.dataset.params, spellcheck: false, autocapitalize: "none" });
  editor.rows = Math.min(16, editor.value.split("\n").length + 1);
  const button = make("button", { type: "button", className: changes ? "danger" : "primary" }, changes ? "Call…" : "Call");
  const stop = make("button", { type: "button", hidden: true }, "Stop");
  const status = make("p", { className: "status", role: "status" });
  const answer = make("pre", { hidden: true, tabIndex: 0 }, make("code", {}));
  const view = { name, changes, button, stop, status, answer };
  button.addEventListener("click", () => run(view, editor.value));
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      button.click();
    }
  });
  const hint = make("span", { className: "hint" }, "Ctrl-Enter");
  return [label, editor, make("div", { className: "row" }, button, stop, hint), status, answer];
}

/** Makes the call, once it is sure that it is wanted, and shows what comes of it. */
async function run(view, written) {
  const params = written.trim() === "" ? "{}" : written;
  const wrong = whatIsWrong(params);
  if (wrong !== undefined) {
    showOutcome(view, "failed", wrong);
    return;
  }
  if (view.changes && !(await confirmCall(view.name, params))) {
    return;
  }
  const controller = new AbortController();
  view.stop.onclick = () => controller.abort();
  view.button.disabled = true;
  view.stop.hidden = false;
  showOutcome(view, "", "Calling…");
  const start = performance.now();
  const took = () => `${Math.round(performance.now() - start)} ms`;
  try {
    const result = await callAsCaller(view.name, params, controller.signal);
    showOutcome(view, "done", `Result, ${took()}`, result);
  } catch (error) {
    if (error instanceof CallError) {
      showOutcome(view, "failed", `${error.name} (${error.code}), ${took()}: ${error.message}`, error.text);
    } else {
      showOutcome(view, "failed", controller.signal.aborted ? `Stopped after ${took()}.` : `No answer: ${error.message}`);
    }
  } finally {
    view.button.disabled = false;
    view.stop.hidden = true;
  }
}

function whatIsWrong(params) {
  try {
    const value = JSON.parse(params);
    return value !== null && typeof value === "object" ? undefined : "Parameters are a JSON object or array.";
  } catch (error) {
    return `The parameters are not JSON: ${error.message}`;
  }
}

function showOutcome({ status, answer }, kind, text, json) {
  status.className = `status ${kind}`;
  status.textContent = text;
  answer.hidden = json === undefined;
  const pretty = json === undefined ? "" : prettyJson(json);
  answer.firstChild.textContent =
    pretty.length <= trialBytes ? pretty : `${pretty.slice(0, trialBytes)}\n… ${pretty.length - trialBytes} more characters`;
}

/** Asks whether a call that changes something is meant. */
function confirmCall(name, params) {
  const dialog = byId("confirm");
  byId("confirm-who").textContent = `As ${byId("who").textContent}:`;
  byId("confirm-call").textContent = `${name} ${prettyJson(params)}`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

// Finds methods by their names, what is said of them, their parameters and their errors; types by their names.

/** What can be found: every link of the navigation, with what is known of the thing it leads to. */
function readIndex() {
  return [...document.querySelectorAll("#index a")].map((link) => {
    const target = byId(link.hash.slice(1));
    const textOf = (selector) => (target.querySelector(selector)?.textContent ?? "").toLowerCase();
    const listOf = (selector) => [...target.querySelectorAll(selector)].map((code) => code.textContent);
    const isMethod = target.classList.contains("method");
    const why = link.parentElement.appendChild(make("small", { hidden: true }));
    return {
      link,
      why,
      item: link.parentElement,
      name: link.textContent.toLowerCase(),
      parameters: isMethod ? listOf(".parameters dt > code:first-child") : [],
      errors: isMethod ? listOf(".errors dt a code") : [],
      said: isMethod ? `${textOf(".summary")} ${textOf(".parameters")}` : "",
    };
  });
}

/** How well a word fits: 0 for not at all, and why, where the name alone does not tell. */
function fit(entry, word) {
  if (entry.name === word) {
    return { score: 5 };
  }
  const at = entry.name.indexOf(word);
  if (at >= 0) {
    return { score: at === 0 || entry.name[at - 1] === "." ? 4 : 3 };
  }
  const parameter = entry.parameters.find((name) => name.toLowerCase().includes(word));
  if (parameter !== undefined) {
    return { score: 2, why: `parameter ${parameter}` };
  }
  const error = entry.errors.find((name) => name.toLowerCase().includes(word));
  if (error !== undefined) {
    return { score: 1, why: `error ${error}` };
  }
  return entry.said.includes(word) ? { score: 2 } : { score: 0 };
}

function startSearch() {
  const index = readIndex();
  const groups = [...document.querySelectorAll("#index details")];
  const field = byId("search");
  let best;

  const search = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let [found, bestScore] = [0, 0];
    best = undefined;
    for (const entry of index) {
      const fits = words.map((word) => fit(entry, word));
      const isFound = fits.every(({ score }) => score > 0);
      const score = fits.reduce((sum, one) => sum + one.score, 0);
      found += isFound ? 1 : 0;
      entry.item.hidden = !isFound;
      entry.why.textContent = fits.map(({ why }) => why).filter((why) => why !== undefined).join(", ");
      entry.why.hidden = entry.why.textContent === "";
      entry.link.classList.remove("best");
      if (isFound && score > bestScore) {
        [best, bestScore] = [entry.link, score];
      }
    }
    best?.classList.add("best");
    for (const group of groups) {
      group.hidden = group.querySelector("li:not([hidden])") === null;
      group.open = words.length > 0 || group.dataset.group !== "types";
    }
    byId("found").textContent = words.length === 0 ? "" : found === 1 ? "1 result" : `${found} results`;
  };

  const shown = () => [...document.querySelectorAll("#index details[open]:not([hidden]) li:not([hidden]) a")];
  const step = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") {
      return;
    }
    const links = shown();
    const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? field : links[next])?.focus();
    event.preventDefault();
  };

  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      best?.click();
    } else if (event.key === "Escape" && field.value !== "") {
      field.value = "";
      search();
      event.preventDefault();
    } else if (event.key === "ArrowDown") {
      shown()[0]?.focus();
      event.preventDefault();
    }
  });
  byId("index").addEventListener("keydown", step);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, dialog[open]") !== null;
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      openMenu(true);
      field.focus();
      field.select();
    }
  });
  show("finder");
  search();
}

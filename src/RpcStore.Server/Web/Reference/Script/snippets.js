// One language at a time, remembered, and a button that copies.

const languageKey = "rpcstore.reference.language";

/** The language is not secret, so it may be kept where sites of the same server can read it; where nothing may be kept, it is not. */
function rememberedLanguage() {
  try {
    return localStorage.getItem(languageKey);
  } catch {
    return null;
  }
}

function rememberLanguage(language) {
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // It counts until the page is left.
  }
}

function startSnippets() {
  const blocks = [...document.querySelectorAll(".snippets")].map(makeTabs);
  const choose = (language) => blocks.forEach((block) => block.choose(language));
  for (const block of blocks) {
    block.onchoose = (language, tab) => {
      // What was clicked stays where it is, whatever becomes longer or shorter above it.
      const before = tab.getBoundingClientRect().top;
      choose(language);
      scrollBy(0, tab.getBoundingClientRect().top - before);
      rememberLanguage(language);
    };
  }
  const languages = [...document.querySelectorAll("#begin .snippet")].map((snippet) => snippet.dataset.language);
  const remembered = rememberedLanguage();
  choose(languages.includes(remembered) ? remembered : languages[0]);
  document.querySelectorAll(".snippet, .answer").forEach(addCopyButton);
}

/** Turns the snippets of an example into tabs (WAI-ARIA Authoring Practices, "Tabs"). */
function makeTabs(block, number) {
  const panels = [...block.querySelectorAll(".snippet")];
  const list = make("div", { className: "tabs", role: "tablist", ariaLabel: "Language" });
  const result = { onchoose: undefined, choose: undefined };
  const tabs = panels.map((panel) => {
    const heading = panel.querySelector("h5");
    const { language } = panel.dataset;
    const tab = make("button", { type: "button", id: `tab-${number}-${language}`, role: "tab" }, heading.textContent);
    panel.id = `panel-${number}-${language}`;
    panel.role = "tabpanel";
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => result.onchoose(language, tab));
    heading.remove();
    return tab;
  });
  list.append(...tabs);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
      event.preventDefault();
    }
  });
  block.prepend(list);
  result.choose = (language) => {
    for (const [i, panel] of panels.entries()) {
      const isChosen = panel.dataset.language === language;
      panel.hidden = !isChosen;
      tabs[i].ariaSelected = String(isChosen);
      tabs[i].tabIndex = isChosen ? 0 : -1;
    }
  };
  return result;
}

function addCopyButton(block) {
  const code = block.querySelector("code");
  const button = make("button", { type: "button", className: "copy", ariaLabel: "Copy" }, "Copy");
  button.addEventListener("click", async () => {
    button.textContent = (await copyText(code)) ? "Copied" : "Select it and press Ctrl-C";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  block.append(button);
}

/** Copies the text of an element; where the clipboard is not for pages, as a person would. */
async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

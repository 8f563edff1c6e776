// Starts everything; without it the page is for reading.

function openMenu(isOpen) {
  document.body.classList.toggle("menu-open", isOpen);
  byId("menu").ariaExpanded = String(isOpen);
}

function startMenu() {
  show("menu");
  byId("menu").addEventListener("click", () => openMenu(!document.body.classList.contains("menu-open")));
  byId("index").addEventListener("click", (event) => {
    if (event.target.closest("a") !== null) {
      openMenu(false);
    }
  });
}

/** Marks in the navigation what is being read. */
function followReading() {
  const links = new Map([...document.querySelectorAll("#index a")].map((link) => [link.hash.slice(1), link]));
  let current;
  const observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.find((entry) => entry.isIntersecting);
      if (entered !== undefined) {
        current?.removeAttribute("aria-current");
        current = links.get(entered.target.id);
        current?.setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "-80px 0px -80% 0px" },
  );
  links.forEach((_, id) => observer.observe(byId(id)));
}

document.documentElement.classList.add("script");
byId("without-script").remove();
byId("confirm-yes").addEventListener("click", () => byId("confirm").close("yes"));
byId("confirm-no").addEventListener("click", () => byId("confirm").close(""));
startMenu();
startSnippets();
startTrials();
startSearch();
followReading();
if (location.hash !== "") {
  // What stood above has become shorter meanwhile.
  byId(location.hash.slice(1))?.scrollIntoView();
}
await startSession();

// Runs in every page before Streamlit does. What Python writes into the address, Streamlit pushes
// onto the browser's history; here it is decided what becomes an entry. And the reader's theme and
// language follow the address, without a reload.
(() => {
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  // What slides, plays or is stepped through is a number, or a few, as the address writes them.
  const NUMBERS = /^[-−]?[\d.,]+$/;
  const CARRIED = ["lang", "theme", "present"];
  // Whether the reader has done anything since the page was opened: until then, what is written
  // into the address only completes it.
  let acted = false;

  function chosen(next) {
    const before = new URLSearchParams(location.search);
    const after = new URL(next, location.href).searchParams;
    return [...new Set([...before.keys(), ...after.keys()])].some((name) => {
      const values = [before.get(name), after.get(name)];
      if (CARRIED.includes(name) || values[0] === values[1]) return false;
      return values.some((value) => value !== null && !NUMBERS.test(value));
    });
  }

  // Streamlit may write the parameters of the next page before its path. What was here before that,
  // since the reader did something, and whether it was left as an entry of its own:
  let early = null;

  history.pushState = (state, unused, url) => {
    const next = new URL(url, location.href);
    if (next.pathname === location.pathname) {
      const entry = acted && location.search && chosen(url);
      early = { here: early?.here ?? location.href, entry: early?.entry || entry };
      (entry ? push : replace)(state, unused, url);
    } else {
      const known = early && next.search === location.search;
      if (known && !early.entry) replace(null, "", early.here);
      (known && early.entry ? replace : push)(state, unused, url);
      [acted, early] = [false, null];
    }
    follow();
  };
  history.replaceState = (state, unused, url) => {
    replace(state, unused, url);
    follow();
  };
  addEventListener("popstate", () => {
    [acted, early] = [false, null];
    follow();
  });
  for (const kind of ["pointerdown", "keydown"]) {
    addEventListener(kind, () => { [acted, early] = [true, null]; }, { capture: true, passive: true });
  }

  // Streamlit has one theme that follows the system's; it is told another system's.
  const DARK = "(prefers-color-scheme: dark)";
  const ask = window.matchMedia.bind(window);
  const system = ask(DARK);
  const told = new EventTarget();
  let theme = "system";
  Object.defineProperties(told, {
    media: { value: DARK },
    matches: { get: () => (theme === "system" ? system.matches : theme === "dark") },
  });
  window.matchMedia = (query) => (query === DARK ? told : ask(query));
  system.addEventListener("change", () => tell());

  function tell() {
    // What lies outside of Streamlit's page, and the window before there is one.
    document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
    told.dispatchEvent(new Event("change"));
  }

  function follow() {
    document.dispatchEvent(new Event("gatescope-address"));
    const parameters = new URLSearchParams(location.search);
    const lang = parameters.get("lang");
    if (/^[a-z]{2}$/.test(lang ?? "")) document.documentElement.lang = lang;
    const wanted = parameters.get("theme") ?? theme;
    if (wanted === theme || !["system", "light", "dark"].includes(wanted)) return;
    theme = wanted;
    tell();
  }

  // A tab that has lost its connection may come back to a server that knows nothing of it. Streamlit
  // tells such a server the tab's state with the next full run, which it begins at the key R; a part
  // of the page cannot run there before.
  const CONNECTION = "data-test-connection-state";
  let lost = false;
  new MutationObserver((changes) => {
    lost ||= changes.some(({ oldValue }) => oldValue === "CONNECTED");
    if (!lost || changes.at(-1).target.getAttribute(CONNECTION) !== "CONNECTED") return;
    lost = false;
    setTimeout(runAgain);
  }).observe(document, { subtree: true, attributeFilter: [CONNECTION], attributeOldValue: true });

  function runAgain() {
    for (const kind of ["keydown", "keyup"]) {
      document.dispatchEvent(new KeyboardEvent(kind, { key: "r", code: "KeyR", keyCode: 82 }));
    }
  }

  // Where the page is presented, what does that hears the same keys, and knows them as its own.
  addEventListener("keydown", (event) => {
    const button = document.querySelector(".st-key-present button");
    const asked = event.altKey && event.code === "KeyP" && !event.defaultPrevented;
    if (!asked || !button || location.search.includes("present=1")) return;
    event.preventDefault();
    button.click();
  });

  // A theme chosen in Streamlit's own menu would stand in the way of the app's.
  localStorage.removeItem(`stActiveTheme-${location.pathname}-v2`);
  tell();
  follow();
})();

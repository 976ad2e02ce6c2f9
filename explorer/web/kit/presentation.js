// The keys of a presentation, and what says which there are. What is pressed is told to all components
// of the page: the first in sight that knows what to do with it, does it.

// A presenter's remote control sends Page Up and Page Down.
const PRESSED = {
  ArrowRight: "forward",
  PageDown: "forward",
  ArrowLeft: "back",
  PageUp: "back",
  " ": "play",
  s: "speed",
  S: "speed",
};
// Where letters are typed, or arrows and blanks have a meaning of their own.
const TYPED = "input, textarea, select, [contenteditable], [role=radiogroup], [role=combobox], " +
  "[role=listbox] > *, [role=slider], [role=spinbutton], [role=tree], [role=dialog]";
const PRESSES = "button, a, summary, [role=button]";

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  const root = element("div", "presentation");
  const keys = element("dialog", "keys");
  const ask = button("?", () => keys.showModal());
  const leave = button("✕", () => part.trigger("leave", true));
  keys.addEventListener("click", () => keys.close());
  root.append(ask, leave, keys);
  const { signal } = part.ending;
  document.addEventListener("keydown", (event) => onKey(part, event), { signal });
  return { root, keys, ask, leave };
}

function draw({ keys, ask, leave }, labels) {
  label(ask, `${labels.keys} (?)`);
  label(leave, `${labels.leave} (Alt+P)`);
  keys.setAttribute("aria-label", labels.keys);
  const list = element("dl");
  for (const [key, does] of labels.pressed) {
    list.append(element("dt", "", key), element("dd", "", does));
  }
  keys.replaceChildren(list, button(labels.close, () => keys.close()));
}

function onKey({ keys, leave }, event) {
  if (event.defaultPrevented) return;
  if (event.altKey && event.code === "KeyP") {
    event.preventDefault();
    leave.click();
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey || keys.open || typed(event)) return;
  if (event.key === "?") keys.showModal();
  else if (!(event.key in PRESSED) || !press(PRESSED[event.key])) return;
  event.preventDefault();
}

// Whether the key belongs to what has the focus.
function typed(event) {
  const [at] = event.composedPath();
  if (!(at instanceof Element)) return false;
  return Boolean(at.closest(TYPED)) || (event.key === " " && Boolean(at.closest(PRESSES)));
}

function press(what) {
  const pressed = { what, done: false };
  tell("press", pressed);
  return pressed.done;
}

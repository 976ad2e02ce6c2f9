// The words of a sentence as a group of radio buttons; the chosen one is the blank. Text enters by
// textContent.

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  const root = element("div", "words");
  root.setAttribute("role", "radiogroup");
  root.addEventListener("keydown", (event) => onKey(part, event));
  return { root, boxes: [], blank: null };
}

function draw(part, { tokens, blank, label: called }) {
  const focused = part.boxes.some((box) => box.matches(":focus"));
  part.blank = blank;
  part.root.setAttribute("aria-label", called);
  part.boxes = tokens.map((token, place) => word(part, token, place));
  part.root.replaceChildren(element("span", "heading", called), ...part.boxes);
  if (focused) part.boxes[blank ?? 0].focus();
}

function word(part, token, place) {
  const chosen = place === part.blank;
  const box = element("button", "word");
  box.type = "button";
  box.setAttribute("role", "radio");
  box.setAttribute("aria-checked", String(chosen));
  box.setAttribute("aria-label", token);
  box.tabIndex = place === (part.blank ?? 0) ? 0 : -1;
  box.append(element("b", "", chosen ? "___" : token));
  if (chosen && token !== "___") box.append(element("small", "", token));
  box.addEventListener("click", () => part.trigger("pick", place));
  return box;
}

function onKey(part, event) {
  const moves = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  if (!(event.key in moves)) return;
  const next = (part.blank ?? -1) + moves[event.key];
  const place = Math.max(0, Math.min(part.boxes.length - 1, next));
  if (place !== part.blank) part.trigger("pick", place);
  event.preventDefault();
}

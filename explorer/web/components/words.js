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
  const box = button("", () => part.trigger("pick", place), "word");
  box.setAttribute("role", "radio");
  box.setAttribute("aria-checked", String(chosen));
  box.setAttribute("aria-label", token);
  box.tabIndex = place === (part.blank ?? 0) ? 0 : -1;
  box.append(element("b", "", chosen ? "___" : token));
  if (chosen && token !== "___") box.append(element("small", "", token));
  return box;
}

function onKey(part, event) {
  if (!(event.key in ARROWS)) return;
  const place = clamp((part.blank ?? -1) + ARROWS[event.key], 0, part.boxes.length - 1);
  if (place !== part.blank) part.trigger("pick", place);
  event.preventDefault();
}

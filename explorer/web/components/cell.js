// A cell as a living diagram: one unit's values on every wire at the chosen step, valves for gates.
// It follows the strip; where gates may be set, a hand's breadth below it says what follows. Text
// enters through textContent.

let mounts = 0;

export default function cell(component) {
  const unmount = ({ frame }) => cancelAnimationFrame(frame);
  return mounted(component, { build, draw, unmount });
}

function build(part) {
  const root = element("div", "cell");
  const svg = drawing("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "group" });
  Object.assign(part, { own: {}, inHand: null, name: `cell-${(mounts += 1)}`, terms: [] });
  part.step = declared("step")?.step ?? 0;
  part.still = matchMedia("(prefers-reduced-motion: reduce)");
  root.append(headOf(part), svg);
  hear(part, "step", ({ step }) => part.drawn && step !== part.step && goTo(part, step));
  linkTerms(part, svg);
  return { root, svg };
}

function headOf(part) {
  const head = element("div", "head");
  part.title = element("b");
  part.note = element("span", "note");
  part.opening = button("", () => part.trigger("open", {}));
  head.append(part.title, part.note, part.opening);
  return head;
}

// What is shown comes under a name that Python declares, so that a step sends no script again.
function draw(part, { hears }) {
  drawDeclared(part, hears, fill);
}

// Drawn anew for another kind of cell or language; other values glide in.
function fill(part, content) {
  const { labels, sets } = part.data;
  const data = (part.data = { ...content, labels, sets });
  const kind = JSON.stringify([data.cell, data.split, data.colours, data.names]);
  if (kind !== part.kind) redraw(part, kind);
  part.svg.setAttribute("aria-label", labels.diagram);
  part.title.textContent = data.title;
  part.note.textContent = data.note;
  part.opening.textContent = labels.open;
  part.opening.hidden = !data.opens;
  part.own = {};
  part.step = Math.min(data.tokens.length - 1, declared("step")?.step ?? part.step);
  settleAt(part);
}

function redraw(part, kind) {
  part.kind = kind;
  part.drawn = drawCell(part.svg, part.data, part.name);
  part.token = part.drawn.wires.find(({ symbol: of }) => of === "x").number;
  part.terms = [...part.svg.querySelectorAll(".numbers [data-of]:not([data-of=''])")];
  if (!part.data.sets) return startTerms(part);
  part.terms = []; // the keyboard goes from gate to gate instead
  if (!part.hand) part.root.append((part.hand = handOf(part)));
  if (!GATES[part.data.cell].includes(part.inHand)) part.inHand = GATES[part.data.cell][0];
  makeGates(part);
}

// A cell as a living diagram: one unit's values on every wire at the chosen step, valves for gates.
// It follows the strip, plays, and lets a gate be set; text enters through textContent.

let mounts = 0;

export default function cell(component) {
  const unmount = ({ frame }) => cancelAnimationFrame(frame);
  return mounted(component, { build, draw, unmount });
}

function build(part) {
  const root = element("div", "cell");
  const svg = drawing("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "group" });
  Object.assign(part, { buttons: {}, own: {}, inHand: null, name: `cell-${(mounts += 1)}` });
  part.step = declared("step")?.step ?? 0;
  part.still = matchMedia("(prefers-reduced-motion: reduce)");
  root.append(toolbarOf(part), svg, handOf(part));
  hear(part, "step", ({ step }) => {
    if (step === part.step) return;
    halt(part); // the strip was moved by the reader, or plays itself
    goTo(part, step);
  });
  return { root, svg };
}

// Drawn anew for another kind of cell or language; other values glide in.
function draw(part, data) {
  const kind = JSON.stringify([data.cell, data.colours, data.names]);
  if (kind !== part.kind) redraw(part, kind);
  part.svg.setAttribute("aria-label", data.labels.diagram);
  part.title.textContent = data.title;
  for (const [name, made] of Object.entries(part.buttons)) label(made, data.labels[name]);
  label(part.slider, data.labels.slider);
  showPlaying(part);
  part.own = {};
  part.step = Math.min(data.tokens.length - 1, part.step);
  settleAt(part);
}

function redraw(part, kind) {
  part.kind = kind;
  part.drawn = drawCell(part.svg, part.data, part.name);
  part.token = part.drawn.wires.find(({ symbol: of }) => of === "x").number;
  if (!GATES[part.data.cell].includes(part.inHand)) part.inHand = GATES[part.data.cell][0];
  makeGates(part);
}

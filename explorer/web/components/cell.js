// A cell as a living diagram: one unit's values on every wire at the chosen step, valves for gates.
// It follows the strip, plays, and lets a gate be set; text enters through textContent.

let mounts = 0;

export default function cell(component) {
  const { data, parentElement, setTriggerValue } = component;
  const part = drawnAt(parentElement, (mount) => build(mount, data));
  part.tell = (gates) => setTriggerValue("apply", gates);
  update(part, data);
  return () => {
    cancelAnimationFrame(part.frame);
    document.removeEventListener("gatescope-step", part.follow);
    parts.delete(parentElement);
  };
}

function build(parentElement, data) {
  const root = element("div", "cell");
  const svg = drawing("svg", { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "group" });
  const part = { root, svg, data, buttons: {}, own: {}, step: data.step, inHand: null };
  part.name = `cell-${(mounts += 1)}`;
  part.still = matchMedia("(prefers-reduced-motion: reduce)");
  root.append(toolbarOf(part), svg, handOf(part));
  parentElement.append(root);
  part.follow = ({ detail: { step } }) => {
    if (step === part.step) return;
    halt(part); // the strip was moved by the reader, or plays itself
    goTo(part, step);
  };
  document.addEventListener("gatescope-step", part.follow);
  return part;
}

// Drawn anew for another kind of cell or language; other values glide in.
function update(part, data) {
  const content = JSON.stringify({ ...data, step: 0 });
  const fresh = content !== part.content;
  const kind = JSON.stringify([data.cell, data.colours, data.names]);
  part.data = data;
  if (!fresh) return;
  part.content = content;
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

// Layers over steps: every state a node, and the two ways that lead on from it: to the next step of
// its layer, and to the layer above at its step. It follows the step that the strip chose.

const COLUMN = 62; // pixels from step to step
const ROW = 66; // and from layer to layer
const RADIUS = 21;
const MARGIN = 74; // for the names of the rows
const REST_MS = 120; // a held arrow key tells Python once, not at every step
const DEEPEST = 65; // per cent of the colour at value 1, as on the strip

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  const root = element("div", "layers");
  const detail = element("div", "detail");
  detail.setAttribute("role", "status");
  const canvas = element("div", "canvas");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  root.append(canvas, detail);
  hear(part, "step", ({ step }) => {
    part.step = step;
    draw(part);
  });
  hear(part, "chosen", ({ layer }) => {
    if (!part.rest) part.layer = layer;
    draw(part);
  });
  canvas.addEventListener("keydown", (event) => onKey(part, event));
  observe(part, new ResizeObserver(() => draw(part)), root);
  const { step, layer } = declared("chosen") ?? { step: 0, layer: 0 };
  return { root, canvas, detail, step, layer };
}

// Drawn in pixels, and enlarged with the letters of a presented page.
function scale() {
  return Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);
}

// The steps that there is room for, the chosen one among them, a third from the left.
function seen({ root, data, step }) {
  const room = Math.max(3, Math.floor((root.clientWidth / scale() - MARGIN) / COLUMN));
  const count = Math.min(room, data.tokens.length);
  const first = Math.min(Math.max(0, step - Math.floor(count / 3)), data.tokens.length - count);
  return { first, count };
}

function draw(part) {
  const { canvas, data } = part;
  if (!data || !part.root.clientWidth || part.step >= data.tokens.length) return;
  const window = seen(part);
  const depth = data.values.length;
  const [width, height] = [MARGIN + window.count * COLUMN, (depth + 1) * ROW + 44];
  const size = { width: width * scale(), height: height * scale() };
  const svg = drawing("svg", { viewBox: `0 0 ${width} ${height}`, ...size });
  part.place = {
    x: (step) => MARGIN + (step - window.first + 0.5) * COLUMN,
    y: (layer) => 44 + (depth - 0.5 - layer) * ROW,
  };
  svg.append(arrowHeads(), column(part, height));
  for (let layer = 0; layer < depth; layer++) svg.append(rowName(part, layer));
  svg.append(caption(part, -1, data.labels.reads), caption(part, depth, data.labels.expects));
  for (let step = window.first; step < window.first + window.count; step++) {
    for (let layer = 0; layer < depth; layer++) svg.append(...ways(part, layer, step, window));
    svg.append(word(part, data.tokens[step], step, -1), word(part, data.guesses[step], step, depth));
    for (let layer = 0; layer < depth; layer++) svg.append(node(part, layer, step));
  }
  canvas.replaceChildren(svg);
  canvas.setAttribute("aria-label", data.labels.grid);
  part.detail.textContent = describe(data, part.layer, part.step);
}

// One head for what leads to the chosen state, one for what leads on from it, one for the rest.
function arrowHeads() {
  const defs = drawing("defs");
  for (const kind of ["faint", "into", "onward"]) {
    const marker = drawing("marker", {
      id: `head-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7,
      markerUnits: "userSpaceOnUse", orient: "auto", class: kind,
    });
    marker.append(drawing("path", { d: "M0 0L8 4L0 8z" }));
    defs.append(marker);
  }
  return defs;
}

// A pale band behind the chosen step.
function column({ place, step }, height) {
  const x = place.x(step) - COLUMN / 2;
  return drawing("rect", { x, y: 2, width: COLUMN, height: height - 4, rx: 8, class: "chosen" });
}

// The ways into one state: from its layer's step before, and from below; from the highest layer one
// leads on to the guess.
function ways(part, layer, step, window) {
  const { x, y } = part.place;
  const made = [];
  const gap = RADIUS + 2;
  if (step > 0) {
    const from = step > window.first ? x(step - 1) + gap : x(step) - COLUMN / 2 - 4;
    made.push(way(part, [from, y(layer)], [x(step) - gap, y(layer)], layer, step, [0, 1]));
  }
  const below = layer === 0 ? y(-1) - 15 : y(layer - 1) - gap;
  made.push(way(part, [x(step), below], [x(step), y(layer) + gap], layer, step, [1, 0]));
  const depth = part.data.values.length;
  if (layer === depth - 1) {
    const [start, end] = [[x(step), y(layer) - gap], [x(step), y(depth) + 13]];
    made.push(way(part, start, end, depth, step, [1, 0]));
  }
  return made;
}

// An arrow into (layer, step) from a state so many layers and steps away.
function way(part, [x1, y1], [x2, y2], layer, step, [layers, steps]) {
  const into = layer <= part.layer && step <= part.step;
  const onward = layer - layers === part.layer && step - steps === part.step;
  const kind = into ? "into" : onward ? "onward" : "faint";
  return drawing("line", { x1, y1, x2, y2, class: `way ${kind}`, "marker-end": `url(#head-${kind})` });
}

function node(part, layer, step) {
  const { data, place } = part;
  const group = drawing("g", { class: "node" });
  const shade = data.shades[layer][step];
  const circle = drawing("circle", { cx: place.x(step), cy: place.y(layer), r: RADIUS });
  const share = Math.round(Math.abs(shade) * DEEPEST);
  const colour = shade < 0 ? data.negative : data.colour;
  circle.style.fill = `color-mix(in srgb, ${colour} ${share}%, var(--st-background-color))`;
  const chosen = layer === part.layer && step === part.step;
  if (chosen) group.classList.add("here");
  const at = { x: place.x(step), y: place.y(layer) };
  const text = drawing("text", at, short(data.values[layer][step]));
  group.append(drawing("title", {}, describe(data, layer, step)), circle, text);
  group.addEventListener("click", () => choose(part, layer, step));
  return group;
}

function word(part, token, step, layer) {
  const { place } = part;
  const text = drawing("text", { x: place.x(step), y: place.y(layer), class: "word" }, token);
  text.addEventListener("click", () => choose(part, part.layer, step));
  return text;
}

function rowName(part, layer) {
  const made = caption(part, layer, part.data.layers[layer]);
  if (layer === part.layer) made.classList.add("here");
  made.addEventListener("click", () => choose(part, layer, part.step));
  return made;
}

function caption({ place }, layer, said) {
  return drawing("text", { x: 0, y: place.y(layer), class: "name" }, said);
}

function short(value) {
  return Math.abs(value) < 10 ? decimal(value, 2) : decimal(value, 1);
}

function describe(data, layer, step) {
  const where = `${data.labels.step} ${step} “${data.tokens[step]}” · ${data.layers[layer]}`;
  const value = decimal(data.values[layer][step], 3);
  return `${where} · ${filled(data.labels.value, { name: data.name, value })}`;
}

function choose(part, layer, step) {
  const { data } = part;
  part.layer = clamp(layer, 0, data.values.length - 1);
  tell("show", { step: clamp(step, 0, data.tokens.length - 1) });
  clearTimeout(part.rest);
  part.rest = setTimeout(() => {
    part.rest = null;
    part.trigger("pick", { step: part.step, layer: part.layer });
  }, REST_MS);
}

function onKey(part, event) {
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] };
  const move = moves[event.key];
  if (!move) return;
  choose(part, part.layer + move[0], part.step + move[1]);
  event.preventDefault();
}

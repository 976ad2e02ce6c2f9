// A search tree as an SVG drawing. Tokens enter through textContent.

const LONGEST = 14; // characters of a token beside its node; the others are cut
const FONT = 13;

// On a square of 14 around the middle: each fate has a shape of its own.
const SHAPES = {
  start: circle(3),
  kept: circle(RADIUS),
  open: circle(RADIUS - 0.5),
  pruned: "M-4-4L4 4M-4 4L4-4",
  finished: "M-5-5H5V5H-5Z",
  best: "M0-8 2.1-2.9 7.6-2.5 3.4 1.1 4.7 6.5 0 3.6-4.7 6.5-3.4 1.1-7.6-2.5-2.1-2.9Z",
};

function circle(r) {
  return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

// Draws a tree into `world`; nothing is shown before `showAt` says so.
function drawTree(tree, world, name) {
  const words = tree.token.map((_, node) => cut(tokenOf(tree, node)));
  const widths = widthsOf(words, world);
  const place = laidOut(tree, widths);
  const { to, wide } = lines(tree, place);
  const best = new Set(pathTo(tree, tree.best));
  const layers = { lines: drawing("g", { "aria-hidden": "true" }), nodes: drawing("g") };
  layers.nodes.setAttribute("role", "none");
  const nodes = tree.parent.map((_, node) => {
    const made = drawNode(words[node], place.x[node], place.y[node]);
    made.group.id = `${name}-${node}`;
    made.line = node ? drawing("path", { d: to[node].d, "stroke-width": to[node].width }) : null;
    made.behind = wide[node] ? behind(place, node, widths[node], wide[node]) : null;
    made.onBest = best.has(node);
    made.tells = best.has(node) ? 2 : Number(tree.fates[tree.fate[node]] !== "pruned");
    layers.lines.append(...[made.line, made.behind].filter(Boolean));
    layers.nodes.append(made.group);
    return made;
  });
  const above = [0, ...best].flatMap((node) => [nodes[node].line, nodes[node].behind]);
  layers.lines.append(...above.filter(Boolean));
  world.replaceChildren(layers.lines, layers.nodes);
  const firstChild = tree.parent.map(() => Infinity);
  tree.parent.forEach((parent, node) => {
    if (parent >= 0) firstChild[parent] = Math.min(firstChild[parent], tree.call[node]);
  });
  const middle = [...best].reduce((sum, node) => sum + place.y[node], 0) / best.size;
  return { ...place, widths, middle, nodes, firstChild };
}

function drawNode(word, x, y) {
  const group = drawing("g", { role: "treeitem", transform: `translate(${x} ${y})` });
  const shape = drawing("path");
  group.append(shape, drawing("text", { x: BESIDE, dy: "0.34em" }, word));
  return { group, shape };
}

// From the end of a node's token to where its lines part.
function behind({ x, y, outlets }, node, width, wide) {
  const from = x[node] + (width ? BESIDE + width + 3 : RADIUS);
  return drawing("path", { d: `M${from} ${y[node]}H${outlets[node]}`, "stroke-width": wide });
}

let pen = null; // measures tokens without laying out the page

function widthsOf(words, world) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `600 ${FONT}px ${getComputedStyle(world).fontFamily || "sans-serif"}`;
  const known = new Map([["", 0]]);
  return words.map((word) => {
    if (!known.has(word)) known.set(word, pen.measureText(word).width);
    return known.get(word);
  });
}

function cut(word) {
  const characters = Array.from(word);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : word;
}

// Shows what was known at a call; what is new then comes one after another within `spread` ms.
function showAt(drawn, tree, call, labels, spread = 0) {
  const fresh = [];
  drawn.nodes.forEach((made, node) => {
    const won = made.onBest && call >= tree.calls ? "won" : "";
    const state = stateAt(tree, node, call);
    const [known, seen] = [`${state} ${won}`, drawn.firstChild[node] <= call];
    if (made.seen !== seen || made.known !== known) showBehind(made.behind, seen, won);
    if (made.known !== known) {
      made.known = known;
      showNode(made, state, won);
      if (state) made.group.setAttribute("aria-label", sentenceOf(tree, node, call, labels));
    }
    made.seen = seen;
    if (state && node && tree.call[node] === call) fresh.push(made);
  });
  const late = new Set(spread ? fresh : []);
  for (const made of drawn.nodes) if (!late.has(made)) come(made, null);
  [...late].forEach((made, index) => come(made, (spread * index) / late.size));
}

function showBehind(line, seen, won) {
  line?.setAttribute("class", `line ${won}`);
  line?.setAttribute("display", seen ? "inline" : "none");
}

function showNode({ group, line, shape }, state, won) {
  for (const part of [group, line]) part?.setAttribute("display", state ? "inline" : "none");
  group.setAttribute("class", `node ${state} ${won}`);
  line?.setAttribute("class", `line ${state} ${won}`);
  if (state) shape.setAttribute("d", SHAPES[state]);
}

// Lets a node and its line come in after `delay` ms; null where it is there already.
function come({ group, line }, delay) {
  for (const part of [group, line]) {
    if (!part || (delay === null && !part.classList.contains("fresh"))) continue;
    part.classList.toggle("fresh", delay !== null);
    part.style.animationDelay = delay === null ? "" : `${delay}ms`;
  }
}

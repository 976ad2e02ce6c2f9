// Search trees that play in step: one clock, one toolbar, one box that says what is known of a node.
// A click on a node, or Enter, tells node.js, and so Python. Text enters through textContent.

let mounts = 0;

export default function trees(component) {
  return mounted(component, { build, draw, unmount: pause });
}

function build(part) {
  const root = element("div", "trees");
  Object.assign(part, { root, name: `tree-${(mounts += 1)}` });
  Object.assign(part, { panels: [], place: 0, calls: 0 });
  part.legend = element("div", "legend");
  part.row = element("div", "panels");
  part.detail = element("div", "detail");
  part.detail.setAttribute("role", "status");
  root.append(toolbarOf(part), part.legend, part.row, part.detail);
  part.observer = new ResizeObserver(() => part.panels.forEach(({ view }) => resize(view)));
  part.ending.signal.addEventListener("abort", () => part.observer.disconnect());
  hear(part, "move", (places) => obeyClass(part, places));
  hear(part, "selected", (selected) => {
    select(part, selected);
    showDetail(part);
  });
  return part;
}

// The trees are drawn anew only if they are others: neither another language nor another choice of
// a node turns back the clock or moves the view.
function draw(part, data) {
  const trees = JSON.stringify(data.panels.map(({ tree }) => tree));
  const others = trees !== part.trees;
  part.trees = trees;
  if (others) drawAll(part);
  part.panels.forEach((panel, index) => showWords(part, panel, data.panels[index]));
  showToolbarWords(part);
  select(part, declared("selected"));
  if (others) go(part, part.calls);
  else showPlace(part, part.place, false);
  obeyClass(part, declared("move") ?? {});
}

function drawAll(part) {
  pause(part);
  part.observer.disconnect();
  part.panels = part.data.panels.map(({ tree }, index) => panelOf(part, tree, index));
  part.row.replaceChildren(...part.panels.map(({ figure }) => figure));
  part.row.classList.toggle("several", part.panels.length > 1);
  part.row.classList.remove("wide");
  part.row.style.setProperty("--trees", part.panels.length);
  part.calls = Math.max(...part.panels.map(({ tree }) => tree.calls));
  part.focus = part.pointed = null;
  part.panels.forEach((panel, index) => {
    panel.drawn = drawTree(panel.tree, panel.world, `${part.name}-${index}`);
  });
  // Where a tree would not end beside another, they stand below each other.
  const ends = ({ svg, drawn }) =>
    drawn.columns.length <= FEW || svg.clientWidth >= drawn.width * roomy();
  part.row.classList.toggle("wide", !part.panels.every(ends));
  const widths = part.panels.map(({ svg }) => svg.clientWidth);
  part.panels.forEach((panel, index) => {
    settle(panel.view, panel.drawn, widths[index]);
    part.observer.observe(panel.svg);
  });
}

function panelOf(part, tree, index) {
  const figure = element("figure");
  const head = element("figcaption");
  const svg = drawing("svg", { role: "tree", tabindex: 0 });
  const world = drawing("g", { class: "world", role: "none" });
  const marks = drawing("g", { "aria-hidden": "true" });
  const panel = { tree, index, figure, head, svg, world, node: 0 };
  panel.focus = drawing("path", { class: "focus", d: circle(10), display: "none" });
  panel.chosen = drawing("path", { class: "chosen", d: circle(9), display: "none" });
  panel.end = element("p", "end");
  const frame = drawing("g", { class: "world", role: "none" });
  marks.append(panel.chosen, panel.focus);
  frame.append(marks, world);
  svg.append(frame);
  figure.append(head, svg, panel.end);
  panel.view = viewOn(svg, frame, {
    pick: (event) => choose(part, panel, nodeAt(panel.view, panel.drawn, event)),
    point: (event) => point(part, panel, event && nodeAt(panel.view, panel.drawn, event)),
  });
  svg.addEventListener("keydown", (event) => onKey(part, panel, event));
  svg.addEventListener("focus", () => attend(part, panel, panel.node));
  svg.addEventListener("blur", () => attend(part, panel, null));
  return panel;
}

function showWords(part, panel, { name, answer, bill, drawn, file }) {
  const { labels } = part.data;
  Object.assign(panel, { texts: [name, `${answer}  ·  ${bill}`], file, drawnSaid: drawn });
  panel.svg.setAttribute("aria-label", filled(labels.tree, { name }));
  const saves = element("span", "saves");
  for (const [kind, act] of [["SVG", saveSvg], ["PNG", savePng]]) {
    const made = button(kind, () => act(panel));
    label(made, filled(labels.save, { name, kind }));
    saves.append(made);
  }
  const title = element("div", "title");
  title.append(element("b", "", name), saves);
  const said = element("p", "answer", answer);
  said.dir = "auto";
  panel.head.replaceChildren(title, said, element("p", "bill", bill));
  panel.drawn.nodes.forEach((made) => (made.known = null)); // says all nodes again
}

function showEnd(part, panel) {
  const over = part.place >= panel.tree.calls && panel.tree.calls < part.calls;
  const ended = filled(part.data.labels.ended, { call: panel.tree.calls });
  panel.end.textContent = [panel.drawnSaid, over ? ended : ""].filter(Boolean).join(" · ");
}

function showToolbarWords(part) {
  const { labels } = part.data;
  label(part.slider, labels.slider);
  label(part.speed, labels.speed);
  sayButtons(part);
  const signs = ["kept", "pruned", "finished", "best", "open"].map((state) => {
    const svg = drawing("svg", { viewBox: "-9 -9 18 18", "aria-hidden": "true" });
    const group = drawing("g", { class: `node ${state}` });
    group.append(drawing("path", { d: SHAPES[state] }));
    svg.append(group);
    return entry(svg, labels[state]);
  });
  part.legend.replaceChildren(...signs, widthsLegend(labels));
}

function widthsLegend(labels) {
  const svg = drawing("svg", { viewBox: "0 0 60 18", class: "wide", "aria-hidden": "true" });
  [0.1, 0.5, 1].forEach((p, index) => {
    const d = `M${2 + index * 20} 9h16`;
    svg.append(drawing("path", { d, class: "line", "stroke-width": FULL * p }));
  });
  return entry(svg, labels.widths);
}

function entry(svg, text) {
  const made = element("span");
  made.append(svg, text);
  return made;
}

// The node that the keyboard or the pointer is at; without one, the chosen one.
function showDetail(part) {
  const { labels } = part.data;
  // Stays in sight from when the reader first looks at a node, and covers nothing before.
  if (part.pointed || part.focus) part.root.classList.add("reading");
  const { panel, node } = part.pointed ?? part.focus ?? part.selected ?? {};
  if (!panel || !stateAt(panel.tree, node, part.place)) {
    part.detail.replaceChildren(element("p", "hint", labels.hint));
    return;
  }
  const { tree } = panel;
  const prefix = element("p", "prefix");
  prefix.dir = "auto";
  const path = pathTo(tree, node);
  prefix.append(...path.map((n) => element(n === node ? "b" : "span", "", tokenOf(tree, n))));
  if (part.panels.length > 1) prefix.append(element("i", "", panel.texts[0]));
  const numbers = element("dl");
  for (const [name, value] of node ? quantities(tree, node, labels) : []) {
    const pair = element("div");
    pair.append(element("dt", "", name), element("dd", "", value));
    numbers.append(pair);
  }
  const became = element("p", "became", whatBecame(tree, node, part.place, labels));
  part.detail.replaceChildren(...(node ? [prefix] : []), became, numbers);
}

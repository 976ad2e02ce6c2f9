// Pointing at a node, moving from node to node with the keyboard, and choosing one.

function point(part, panel, node) {
  const same = part.pointed?.node === node && part.pointed?.panel === panel;
  if (same || (node === null && !part.pointed)) return;
  part.pointed = node === null ? null : { panel, node };
  panel.svg.classList.toggle("pointing", node !== null);
  trace(panel, node);
  showDetail(part);
}

// Marks the lines to a node.
function trace({ tree, drawn }, node) {
  const path = new Set(node === null ? [] : pathTo(tree, node));
  drawn.nodes.forEach(({ line }, other) => line?.classList.toggle("traced", path.has(other)));
}

// The keyboard is at a node; null when it has left.
function attend(part, panel, node) {
  part.focus = node === null ? null : { panel, node };
  if (node !== null) {
    panel.node = node;
    panel.svg.setAttribute("aria-activedescendant", panel.drawn.nodes[node].group.id);
  }
  mark(panel.focus, panel, node);
  showDetail(part);
}

function choose(part, panel, node) {
  if (node === null) return;
  if (part.focus) attend(part, panel, node);
  panel.node = node;
  select(part, [panel.index, panel.tree.numbers[node]]);
  showDetail(part);
  tell("node", [panel.index, panel.tree.numbers[node]]);
}

// Marks the chosen node, given by its panel and its number in the whole tree.
function select(part, selected) {
  const [index, number] = selected ?? [];
  part.selected = null;
  for (const panel of part.panels) {
    const node = panel.index === index ? panel.tree.numbers.indexOf(number) : -1;
    if (node >= 0) part.selected = { panel, node };
    panel.drawn.nodes.forEach(({ group }, other) => {
      group.setAttribute("aria-selected", String(other === node));
    });
    mark(panel.chosen, panel, node >= 0 ? node : null);
  }
}

function mark(sign, { drawn }, node) {
  sign.setAttribute("display", node === null ? "none" : "inline");
  if (node !== null) sign.setAttribute("transform", `translate(${drawn.x[node]} ${drawn.y[node]})`);
}

function onKey(part, panel, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const acts = {
    Enter: () => choose(part, panel, panel.node),
    " ": () => (part.timer ? pause(part) : play(part)),
    "+": () => zoomAll(part, 1.3),
    "-": () => zoomAll(part, 1 / 1.3),
    0: () => fit(panel.view),
  };
  const to = neighbour(panel, part.place, event.key);
  if (to !== null) {
    attend(part, panel, to);
    bringIn(panel.view, [{ x: panel.drawn.x[to], y: panel.drawn.y[to] }]);
  } else if (event.key in acts) acts[event.key]();
  else return;
  event.preventDefault();
}

// Where a key leads: to the parent, the first continuation, the node above or below; Home to the
// empty prefix, End to the best. Itself where there is none; null for other keys.
function neighbour({ tree, drawn, node }, place, key) {
  const seen = (other) => other !== undefined && stateAt(tree, other, place) !== "";
  const column = drawn.columns.find((of) => of.includes(node)).filter(seen);
  const at = column.indexOf(node);
  const child = drawn.columns.flat().find((other) => tree.parent[other] === node && seen(other));
  const places = {
    ArrowLeft: tree.parent[node],
    ArrowRight: child,
    ArrowUp: column[at - 1],
    ArrowDown: column[at + 1],
    Home: 0,
    End: tree.best,
  };
  if (!(key in places)) return null;
  const to = places[key];
  if (to >= 0 && seen(to)) return to;
  return seen(node) ? node : 0;
}

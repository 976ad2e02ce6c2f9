// The chosen step and unit on the heatmaps of a page, drawn over them, so that no value is sent
// again; a click on one chooses. What is read off plotly beside its documented interface (where an
// axis lies, and which place a category has) is read here alone.

// Keeps the cursors of all heatmaps where `chosen()` says, {step, unit, layer}; a click is told to
// `choose(step, unit, layer)`. Figures come and go with the reader's choices.
function followHeatmaps(part, chosen, choose) {
  const move = () => moveCursors(chosen, choose);
  const page = document.querySelector('[data-testid="stMain"]') ?? document.body;
  const observer = new MutationObserver(() => requestAnimationFrame(move));
  observe(part, observer, page, { childList: true, subtree: true });
  return move;
}

function moveCursors(chosen, choose) {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const axes = axesOf(plot);
    if (!axes) continue;
    const { x, y } = axes;
    const cursors = plot.gatescopeCursors ?? attach(plot, chosen, choose);
    const { step, unit, layer } = chosen();
    const other = layerOf(plot) !== null && layerOf(plot) !== layer;
    place(cursors.step, x, step, { top: y.start, height: y.length });
    place(cursors.unit, y, other ? undefined : y.places?.[String(unit)], {
      left: x.start,
      width: x.length,
    });
  }
}

// Both axes of one of our heatmaps, in pixels; nothing before it is drawn.
function axesOf(plot) {
  const { meta, xaxis, yaxis } = plot._fullLayout ?? {};
  if (!meta?.gatescope || !xaxis?._length) return null;
  const of = (axis) => ({
    start: axis._offset,
    length: axis._length,
    places: axis._categoriesMap,
    at: (value) => axis.l2p(value),
  });
  return { x: of(xaxis), y: of(yaxis) };
}

// The layer that a heatmap shows, where it says so.
function layerOf(plot) {
  return plot._fullLayout.meta.layer ?? null;
}

// Lays a cursor around one place of an axis, from side to side of the other. What is chosen shows
// between its lines, which are thin where rows are.
function place(cursor, axis, value, across) {
  const middle = value === undefined ? -1 : axis.at(value);
  const cell = Math.abs(axis.at(1) - axis.at(0));
  const line = cell < 8 ? 1 : 2;
  const thickness = Math.max(2, cell) + 2 * line;
  cursor.style.borderWidth = `${line}px`;
  const [start, size] = "left" in across ? ["top", "height"] : ["left", "width"];
  const box = { [start]: axis.start + middle - thickness / 2, [size]: thickness, ...across };
  for (const [name, pixels] of Object.entries(box)) cursor.style[name] = `${pixels}px`;
  cursor.style.display = middle >= 0 && middle <= axis.length ? "block" : "none";
}

function attach(plot, chosen, choose) {
  plot.gatescopeCursors = { step: cursorOn(plot, "step"), unit: cursorOn(plot, "unit") };
  plot.style.position = "relative";
  plot.on("plotly_afterplot", () => moveCursors(chosen, choose));
  plot.on("plotly_click", ({ points: [{ x, y }] }) => choose(x, Number(y), layerOf(plot)));
  return plot.gatescopeCursors;
}

function cursorOn(plot, what) {
  const cursor = element("div", `gatescope-cursor gatescope-${what}`);
  Object.assign(cursor.style, {
    position: "absolute",
    boxSizing: "border-box",
    pointerEvents: "none",
    border: "solid #808080",
    zIndex: 2,
  });
  plot.append(cursor);
  return cursor;
}

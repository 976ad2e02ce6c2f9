// A stretch of the strip, selected by dragging across it with a mouse, with Shift and the arrow keys
// from the chosen step, or, where there is neither, by a button and a tap on either end. Python is told
// once, when the reader has come to rest.

const SELECT_MS = 500;

function followDrags(part, tokens) {
  const { signal } = part.ending;
  tokens.addEventListener("pointerdown", (event) => {
    part.justDragged = false;
    if (!part.data.selects || part.tapped || event.pointerType !== "mouse" || event.button !== 0) return;
    const at = indexAt(part, event);
    if (at >= 0) part.dragged = { from: at, to: at };
  });
  tokens.addEventListener("pointermove", (event) => drag(part, event));
  document.addEventListener("pointerup", () => drop(part), { signal });
}

// The next two taps choose the ends of a stretch, and no step; the button pressed again ends that.
function beginSelecting(part) {
  if (part.tapped) return endSelecting(part);
  pause(part);
  part.tapped = { from: null };
  part.selectButton.setAttribute("aria-pressed", "true");
  part.detail.textContent = part.data.labels.first;
}

function endSelecting(part) {
  part.tapped = null;
  part.selectButton.hidden = !part.data.selects;
  part.selectButton.textContent = part.data.labels.select;
  part.selectButton.setAttribute("aria-pressed", "false");
  if (part.chosen) {
    showStretch(part, part.chosen.selected);
    part.detail.textContent = describe(part, part.step);
  }
}

// Whether a tap was one of the two.
function tap(part, index) {
  if (!part.tapped) return false;
  const { from } = part.tapped;
  if (from === null) {
    part.tapped.from = index;
    part.detail.textContent = part.data.labels.last;
    showStretch(part, [index, index]);
  } else {
    endSelecting(part);
    showStretch(part, ordered({ from, to: index }));
    tellStretch(part, 0);
  }
  return true;
}

function drag(part, event) {
  const at = indexAt(part, event);
  if (!part.dragged || at < 0 || at === part.dragged.to) return;
  part.dragged.to = at;
  showStretch(part, ordered(part.dragged));
  event.preventDefault();
}

function drop(part) {
  const { dragged } = part;
  part.dragged = null;
  if (!dragged || dragged.from === dragged.to) return;
  part.justDragged = true; // the click that follows chooses no step
  tellStretch(part, 0);
}

function indexAt(part, event) {
  const path = event.composedPath();
  return part.boxes.findIndex((box) => path.includes(box));
}

// One step more or less of the stretch that begins or ends at the chosen step; one that does not
// gives way to a new one.
function extend(part, move) {
  const [first, last] = part.stretch ?? [part.step, part.step];
  const held = part.step;
  const to = held === first ? last : held === last ? first : held;
  const next = clamp(to + move, 0, part.boxes.length - 1);
  showStretch(part, ordered({ from: held, to: next }));
  tellStretch(part, SELECT_MS);
}

function ordered({ from, to }) {
  return [Math.min(from, to), Math.max(from, to)];
}

function showStretch(part, stretch) {
  part.stretch = stretch;
  const [first, last] = stretch ?? [1, 0];
  part.boxes.forEach((box, index) => {
    box.classList.toggle("selected", first <= index && index <= last);
  });
}

function tellStretch(part, delay) {
  clearTimeout(part.telling);
  part.telling = setTimeout(() => {
    part.telling = null;
    part.trigger("select", { first: part.stretch[0], last: part.stretch[1] });
  }, delay);
}

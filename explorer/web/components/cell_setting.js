// A hand on the gates of the diagram: drag a valve or its box, or move it by the arrow keys.

const DRAG = 110; // pixels of the screen from shut to open
const NUDGE = 0.05;

// Makes every gate of the drawing take hold of.
function makeGates(part) {
  part.gates = {};
  for (const box of part.drawn.boxes) {
    if (!GATES[part.data.cell].includes(box.of)) continue;
    const valves = part.drawn.valves.filter(({ gate }) => gate === box.of);
    part.gates[box.of] = { box: box.group, valves: valves.map(({ group }) => group) };
    box.group.setAttribute("role", "slider");
    box.group.setAttribute("tabindex", 0);
    box.group.setAttribute("aria-valuemin", 0);
    box.group.setAttribute("aria-valuemax", 1);
    box.group.addEventListener("keydown", (event) => onGateKey(part, box.of, event));
    box.group.addEventListener("focus", () => takeUp(part, box.of));
    for (const target of [box.group, ...valves.map(({ group }) => group)]) {
      target.classList.add("gate");
      const inverse = valves.find(({ group }) => group === target)?.inverse;
      target.addEventListener("pointerdown", (event) => drag(part, box.of, event, inverse ? -1 : 1));
    }
  }
}

// Up opens what is under the pointer, down shuts it.
function drag(part, gate, event, sign) {
  if (event.button) return;
  event.preventDefault();
  const target = event.currentTarget;
  part.gates[gate].box.focus({ preventScroll: true });
  const [start, value] = [event.clientY, gateNow(part, gate)];
  const move = ({ clientY }) => setGate(part, gate, value + (sign * (start - clientY)) / DRAG);
  const drop = () => {
    target.removeEventListener("pointermove", move);
    for (const kind of ["pointerup", "pointercancel"]) target.removeEventListener(kind, drop);
  };
  target.setPointerCapture(event.pointerId);
  target.addEventListener("pointermove", move);
  for (const kind of ["pointerup", "pointercancel"]) target.addEventListener(kind, drop);
}

function onGateKey(part, gate, event) {
  const value = gateNow(part, gate);
  const to = {
    ArrowUp: value + NUDGE,
    ArrowRight: value + NUDGE,
    ArrowDown: value - NUDGE,
    ArrowLeft: value - NUDGE,
    PageUp: value + 4 * NUDGE,
    PageDown: value - 4 * NUDGE,
    Home: 0,
    End: 1,
  };
  if (event.key in to) setGate(part, gate, to[event.key]);
  else if (event.key === "Enter" || event.key === " ") part.range.focus();
  else if (event.key === "Escape") release(part);
  else return;
  event.preventDefault();
}

function gateNow(part, gate) {
  return part.own[gate] ?? part.data.values[gate][part.step];
}

function setGate(part, gate, value) {
  part.inHand = gate;
  part.own[gate] = Math.round(clamp(value, 0, 1) * 100) / 100;
  settleAt(part);
}

// The gate whose slider stands under the diagram.
function takeUp(part, gate) {
  part.inHand = gate;
  showHand(part);
}

function release(part) {
  part.own = {};
  settleAt(part);
}

function apply(part, step) {
  part.trigger("apply", { gates: part.own, step });
}

function handOf(part) {
  const hand = element("div", "hand");
  part.hint = element("p", "hint");
  part.panel = element("div", "row");
  part.gateName = element("label");
  part.range = element("input");
  part.range.type = "range";
  Object.assign(part.range, { min: 0, max: 1, step: 0.01 });
  part.range.addEventListener("input", () => setGate(part, part.inHand, Number(part.range.value)));
  part.gateValue = element("span", "value");
  part.becomes = element("p", "becomes");
  part.becomes.setAttribute("role", "status");
  part.acts = element("div", "row");
  part.actions = {
    release: button("", () => release(part)),
    here: button("", () => apply(part, part.step)),
    everywhere: button("", () => apply(part, null)),
  };
  part.acts.append(...Object.values(part.actions));
  part.panel.append(part.gateName, part.range, part.gateValue);
  part.key = element("p", "hint");
  hand.append(part.panel, part.becomes, part.acts, part.hint, part.key);
  return hand;
}

// What is in hand, and what it would make of the unit's state.
function showHand(part) {
  const { data, own, step } = part;
  const { labels, names } = data;
  const moved = Object.keys(own).length > 0;
  part.hint.textContent = moved ? labels.held : labels.hint;
  part.key.textContent = labels.key;
  part.acts.hidden = !moved;
  for (const [name, made] of Object.entries(part.actions)) made.textContent = labels[name];
  showSlider(part);
  part.becomes.textContent = outcome(part);
  for (const [gate, { box, valves }] of Object.entries(part.gates)) {
    const said = data.changed[gate].includes(step) ? labels.changed : "{gate}";
    box.setAttribute("aria-label", said.replace("{gate}", names[gate]));
    box.setAttribute("aria-valuenow", gateNow(part, gate).toFixed(2));
    for (const group of [box, ...valves]) {
      group.classList.toggle("held", gate in own);
      group.classList.toggle("changed", data.changed[gate].includes(step));
    }
  }
}

function showSlider({ data, own, step, inHand, gateName, range, gateValue }) {
  const [traced, was] = [data.values, data.was].map((of) => of[inHand][step]);
  const value = own[inHand] ?? traced;
  gateName.textContent = data.names[inHand];
  label(range, data.names[inHand]);
  range.value = value;
  range.style.setProperty("--thumb", data.colours[inHand]);
  const said = value === was ? data.labels.unmoved : data.labels.moved;
  gateValue.textContent = filled(said, { value: decimal(value, 2), was: decimal(was, 2) });
}

// Both numbers of every state: as it is, and with the changes, those in hand among them.
function outcome({ data, own, step }) {
  const now = valuesAt(data, step, own);
  const changed = Object.keys(own).length > 0 || Object.values(data.changed).some((of) => of.length);
  const sentence = (state) =>
    filled(changed ? data.labels.becomes : data.labels.is, {
      state: data.names[state],
      new: decimal(now[state], 2),
      old: decimal(data.was[state][step], 2),
    });
  return Object.keys(data.before).reverse().map(sentence).join(" · ");
}

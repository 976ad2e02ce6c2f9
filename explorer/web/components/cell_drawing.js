// The diagram of a cell as an SVG drawing. Everything is made once; a frame changes thickness, colour,
// the opening of valves and numbers.

const [THIN, THICK] = [1.2, 8]; // pixels of a wire that carries nothing, and of a full one

// Draws the layout of a cell; gives what `showValues` moves. What belongs to one term of the equations
// has the term's name in `data-of`.
function drawCell(svg, data, name) {
  const layout = LAYOUTS[data.cell];
  const layers = ["wires", "ops", "valves", "boxes", "numbers"].map((layer) =>
    drawing("g", { class: layer }),
  );
  const [wires, ops, valves, boxes, numbers] = layers;
  const drawn = {
    wires: layout.wires.map((wire) => drawWire(wire, data, wires, numbers)),
    valves: layout.valves.map((valve, n) => drawValve(valve, data, `${name}-${n}`, valves)),
    boxes: layout.boxes.map((box) => drawBox(box, data, boxes)),
  };
  ops.append(...layout.ops.map(drawOp));
  svg.replaceChildren(...layers);
  return drawn;
}

function drawOp(op) {
  const group = drawing("g", { transform: `translate(${op.x} ${op.y})`, "data-of": op.of });
  const look = op.text === "+" && !op.small ? "sign" : "small";
  const text = drawing("text", { class: look, dy: "0.34em" }, op.text);
  const r = op.small ? 9 : op.text === "+" ? 14 : 17;
  group.append(drawing("circle", { r, class: "op" }), text);
  return group;
}

function drawWire(wire, data, wires, numbers) {
  const colour = data.colours[wire.of];
  const path = drawing("path", { d: wire.path, class: wire.of ? "wire" : "wire plain" });
  if (colour) path.style.stroke = colour;
  const halo = drawing("path", { d: wire.path, class: "halo", "data-of": wire.value });
  wires.append(halo, path);
  const made = { ...wire, path, colour };
  if (wire.label) {
    const [x, y, anchor = "start"] = wire.label;
    const text = drawing("text", { x, y, "text-anchor": anchor, "data-of": wire.value });
    if (wire.symbol) text.append(...symbol(wire.symbol, data));
    made.number = drawing("tspan", { class: "number" });
    text.append(made.number);
    if (!wire.symbol) text.classList.add("minor");
    numbers.append(text);
  }
  return made;
}

// A letter with its index, as the book writes it.
function symbol(name, data) {
  const known = SYMBOLS[name] ?? ["X", "t"];
  const [letter, index] = Array.isArray(known) ? known : known[data.cell.split("-")[0]];
  const shift = index ? 4 : 0;
  return [
    drawing("tspan", { class: "symbol" }, letter),
    drawing("tspan", { class: "index", dy: shift }, index),
    drawing("tspan", { dy: -shift }, " "),
  ];
}

// A round window onto the wire, in which two shutters leave open as much as the gate lets through.
function drawValve(valve, data, name, parent) {
  const turned = valve.upright ? " rotate(90)" : "";
  const transform = `translate(${valve.x} ${valve.y})${turned}`;
  const group = drawing("g", { class: "valve", transform, "data-of": valve.gate });
  const clip = drawing("clipPath", { id: name });
  clip.append(drawing("circle", { r: VALVE }));
  const inside = drawing("g", { "clip-path": `url(#${name})` });
  const shutters = [-1, 1].map((side) =>
    drawing("rect", { x: -VALVE, y: side < 0 ? -VALVE : 0, width: 2 * VALVE, height: VALVE }),
  );
  for (const shutter of shutters) shutter.style.fill = data.colours[valve.gate];
  const flow = drawing("path", { d: `M${-VALVE} 0H${VALVE}`, class: "wire" });
  inside.append(drawing("circle", { r: VALVE, class: "inside" }), flow, ...shutters);
  const rim = drawing("circle", { r: VALVE, class: "rim" });
  rim.style.stroke = data.colours[valve.gate];
  const hand = drawing("circle", { r: VALVE + 8, class: "handle" });
  group.append(clip, inside, rim, hand);
  parent.append(group);
  return { ...valve, group, shutters };
}

function drawBox(box, data, parent) {
  const { width, height } = BOX;
  const transform = `translate(${box.x} ${box.y})`;
  const group = drawing("g", { class: "box", transform, "data-of": box.of });
  const frame = { x: -width / 2, y: -height / 2, width, height, rx: 8 };
  const rect = drawing("rect", frame);
  rect.style.stroke = data.colours[box.of];
  const isGate = GATES[data.cell].includes(box.of);
  group.append(rect, drawing("text", { y: isGate ? -12 : -3, class: "sign" }, box.text));
  if (isGate) group.append(drawing("text", { y: 6, class: "small" }, data.names[box.of]));
  const [bias, numbers] = drawBiases(box, data, isGate ? 25 : 20);
  group.append(bias);
  parent.append(group);
  return { ...box, group, numbers };
}

// The unit's biases in a box: one, or PyTorch's two.
function drawBiases(box, data, y) {
  const of = box.bias ?? (data.split ? ["input ", "state "] : [""]);
  const bias = drawing("text", { y, class: "small" });
  bias.append(...symbol("bias", data));
  const numbers = of.map((part, place) => {
    if (place) bias.append(document.createTextNode(" + "));
    const name = `bias ${part}${box.of}`;
    const number = drawing("tspan", { class: "number", "data-of": name });
    bias.append(number);
    return { name, number };
  });
  return [bias, numbers];
}

// Moves everything to these values; the numbers say those of the step that is shown.
function showValues(drawn, values, said, data) {
  for (const wire of drawn.wires) {
    if (!wire.value) continue;
    const value = values[wire.value];
    const share = Math.min(1, Math.abs(value) / data.reach[wire.of]);
    wire.path.style.strokeWidth = `${THIN + share * (THICK - THIN)}`;
    wire.path.style.stroke = value < 0 ? data.negative : wire.colour;
    wire.path.style.strokeOpacity = `${0.35 + 0.65 * share}`;
    const text = decimal(said[wire.value], 2);
    if (wire.number && wire.number.textContent !== text) wire.number.textContent = text;
  }
  for (const { name, number } of drawn.boxes.flatMap(({ numbers }) => numbers)) {
    number.textContent = decimal(said[name], 2);
  }
  for (const valve of drawn.valves) {
    const open = valve.inverse ? 1 - values[valve.gate] : values[valve.gate];
    const gap = clamp(open, 0, 1) * VALVE;
    valve.shutters[0].setAttribute("transform", `translate(0 ${-gap})`);
    valve.shutters[1].setAttribute("transform", `translate(0 ${gap})`);
  }
}

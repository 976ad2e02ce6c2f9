// Where everything of a cell's diagram lies, as plain data, on a plane of 600 × 410.
//
// boxes: an activation that turns an argument into a gate or the candidate; `of` is that quantity.
// valves: what a gate opens; `inverse` opens by one minus the gate.
// ops: what two wires meet in, or what is done to one; `of` is what comes out.
// wires: a path with the value `value` (see cell_values.js), coloured as the quantity `of`, thick by
//   its size; `label` is where its number stands, after a symbol if it has one.

const SIZE = { width: 600, height: 410 };
const BOX = { width: 124, height: 66 };
const VALVE = 18; // its radius

const SYMBOLS = {
  reset: ["R", "t"],
  update: ["Z", "t"],
  input: ["I", "t"],
  forget: ["F", "t"],
  output: ["O", "t"],
  candidate: { gru: ["H̃", "t"], lstm: ["C̃", "t"] },
  hidden: ["H", "t"],
  memory: ["C", "t"],
  "before hidden": ["H", "t−1"],
  "before memory": ["C", "t−1"],
  bias: ["b", ""],
};

const GRU = {
  boxes: [
    { of: "update", text: "σ", x: 110, y: 240 },
    { of: "reset", text: "σ", x: 250, y: 240 },
    { of: "candidate", text: "tanh", x: 430, y: 240, bias: ["input "] },
  ],
  ops: [
    { text: "+", of: "hidden", x: 430, y: 54 },
    { text: "+", of: "gated candidate", x: 400, y: 338, small: true },
  ],
  valves: [
    { gate: "update", x: 250, y: 54 },
    { gate: "update", x: 430, y: 138, upright: true, inverse: true },
    { gate: "reset", x: 400, y: 300, upright: true },
  ],
  wires: [
    { value: "before hidden", of: "hidden", path: "M12 54H232", symbol: "before hidden", label: [12, 34] },
    { value: "kept", of: "hidden", path: "M268 54H416", label: [342, 40, "middle"] },
    { value: "hidden", of: "hidden", path: "M444 54H588", symbol: "hidden", label: [588, 34, "end"] },
    { value: "candidate", of: "candidate", path: "M430 207V156", symbol: "candidate", label: [442, 200] },
    { value: "new", of: "candidate", path: "M430 120V68", label: [442, 100] },
    { value: "update", of: "update", path: "M110 207V138H412M250 138V72", symbol: "update", label: [104, 172, "end"] },
    { value: "reset", of: "reset", path: "M250 207V176H346V300H382", symbol: "reset", label: [256, 166] },
    { value: "before hidden", of: "hidden", path: "M36 54V366H400M94 366V273M234 366V273" },
    { value: "state update", of: "update", path: "M94 306V273", label: [88, 308, "end"] },
    { value: "state reset", of: "reset", path: "M234 306V273", label: [228, 308, "end"] },
    { value: "state candidate", of: "candidate", path: "M400 366V347", label: [410, 360] },
    { value: "bias state candidate", of: "candidate", path: "M380 338H391", symbol: "bias", label: [374, 344, "end"] },
    { value: "gated candidate", of: "candidate", path: "M400 282V273", label: [378, 290, "end"] },
    { value: "", of: "", path: "M64 396H460M126 396V273M266 396V273M460 396V273", symbol: "x", label: [8, 402] },
    { value: "input update", of: "update", path: "M126 306V273", label: [134, 308] },
    { value: "input reset", of: "reset", path: "M266 306V273", label: [274, 308] },
    { value: "input candidate", of: "candidate", path: "M460 306V273", label: [468, 308] },
  ],
};

const LSTM = {
  boxes: [
    { of: "forget", text: "σ", x: 86, y: 240 },
    { of: "input", text: "σ", x: 222, y: 240 },
    { of: "candidate", text: "tanh", x: 364, y: 240 },
    { of: "output", text: "σ", x: 512, y: 240 },
  ],
  ops: [
    { text: "+", of: "memory", x: 364, y: 54 },
    { text: "tanh", of: "squashed", x: 444, y: 116 },
  ],
  valves: [
    { gate: "forget", x: 86, y: 54 },
    { gate: "input", x: 364, y: 138, upright: true },
    { gate: "output", x: 512, y: 116 },
  ],
  wires: [
    { value: "before memory", of: "memory", path: "M12 54H68", symbol: "before memory", label: [6, 24] },
    { value: "kept", of: "memory", path: "M104 54H350", label: [226, 40, "middle"] },
    { value: "memory", of: "memory", path: "M378 54H588M444 54V102", symbol: "memory", label: [588, 34, "end"] },
    { value: "candidate", of: "candidate", path: "M364 207V156", symbol: "candidate", label: [376, 200] },
    { value: "new", of: "candidate", path: "M364 120V68", label: [354, 102, "end"] },
    { value: "squashed", of: "memory", path: "M461 116H494", label: [462, 152, "middle"] },
    { value: "hidden", of: "hidden", path: "M530 116H588", symbol: "hidden", label: [588, 92, "end"] },
    { value: "forget", of: "forget", path: "M86 207V72", symbol: "forget", label: [96, 170] },
    { value: "input", of: "input", path: "M222 207V138H346", symbol: "input", label: [230, 128] },
    { value: "output", of: "output", path: "M512 207V134", symbol: "output", label: [522, 182] },
    { value: "before hidden", of: "hidden", path: "M8 366H496M70 366V273M206 366V273M348 366V273M496 366V273", symbol: "before hidden", label: [4, 354] },
    { value: "state forget", of: "forget", path: "M70 306V273", label: [64, 308, "end"] },
    { value: "state input", of: "input", path: "M206 306V273", label: [200, 308, "end"] },
    { value: "state candidate", of: "candidate", path: "M348 306V273", label: [342, 308, "end"] },
    { value: "state output", of: "output", path: "M496 306V273", label: [490, 308, "end"] },
    { value: "", of: "", path: "M64 396H528M102 396V273M238 396V273M380 396V273M528 396V273", symbol: "x", label: [8, 402] },
    { value: "input forget", of: "forget", path: "M102 306V273", label: [108, 308] },
    { value: "input input", of: "input", path: "M238 306V273", label: [244, 308] },
    { value: "input candidate", of: "candidate", path: "M380 306V273", label: [386, 308] },
    { value: "input output", of: "output", path: "M528 306V273", label: [534, 308] },
  ],
};

// The book's reset gate stands before the product, so what enters it is the hidden state itself, and
// what leaves it has its one bias in the box.
const BOOK = {
  ...GRU,
  boxes: GRU.boxes.map(({ bias, ...box }) => box),
  ops: GRU.ops.filter(({ small }) => !small),
  wires: GRU.wires
    .filter(({ value }) => value !== "bias state candidate")
    .map((wire) => wire.value !== "state candidate" ? wire : {
      ...wire, value: "before hidden", of: "hidden", path: "M400 366V318", label: undefined,
    }),
};

// The paper's update gate is one minus the book's: what one opens, the other shuts.
const PAPER = {
  ...BOOK,
  valves: BOOK.valves.map((valve) =>
    valve.gate === "update" ? { ...valve, inverse: !valve.inverse } : valve),
};

// The first LSTM had no forget gate: the memory goes straight on.
const FIRST = {
  boxes: LSTM.boxes.filter(({ of }) => of !== "forget"),
  ops: LSTM.ops,
  valves: LSTM.valves.filter(({ gate }) => gate !== "forget"),
  wires: LSTM.wires.filter(({ of }) => of !== "forget").map((wire) =>
    wire.value !== "kept" ? wire : { ...wire, path: "M68 54H350" }),
};

const LAYOUTS = {
  gru: GRU,
  "gru-book": BOOK,
  "gru-paper": PAPER,
  lstm: LSTM,
  "lstm-paper": FIRST,
};

// Where everything of a cell's diagram lies, as plain data, on a plane of 600 × 452.
//
// boxes: an activation that turns an argument into a gate or the candidate; `of` is that quantity.
// valves: what a gate opens; `inverse` opens by one minus the gate.
// wires: a path with the value `value` (see cell_values.js), coloured as the quantity `of`, thick by
//   its size; `label` is where its number stands, after a symbol if it has one.

const SIZE = { width: 600, height: 452 };
const BOX = { width: 100, height: 48 };
const VALVE = 18; // its radius

const SYMBOLS = {
  reset: ["R", "t"],
  update: ["Z", "t"],
  input: ["I", "t"],
  forget: ["F", "t"],
  output: ["O", "t"],
  candidate: { gru: ["H̃", "t"], "gru-book": ["H̃", "t"], lstm: ["C̃", "t"] },
  hidden: ["H", "t"],
  memory: ["C", "t"],
  "before hidden": ["H", "t−1"],
  "before memory": ["C", "t−1"],
};

const LAYOUTS = {
  gru: {
    boxes: [
      { of: "update", text: "σ", x: 110, y: 280 },
      { of: "reset", text: "σ", x: 250, y: 280 },
      { of: "candidate", text: "tanh", x: 430, y: 280 },
    ],
    ops: [{ text: "+", x: 430, y: 70 }],
    valves: [
      { gate: "update", x: 250, y: 70 },
      { gate: "update", x: 430, y: 165, upright: true, inverse: true },
      { gate: "reset", x: 414, y: 344, upright: true },
    ],
    wires: [
      { value: "before hidden", of: "hidden", path: "M12 70H232", symbol: "before hidden", label: [12, 50] },
      { value: "kept", of: "hidden", path: "M268 70H416", label: [342, 56, "middle"] },
      { value: "hidden", of: "hidden", path: "M444 70H588", symbol: "hidden", label: [588, 50, "end"] },
      { value: "candidate", of: "candidate", path: "M430 256V183", symbol: "candidate", label: [442, 238] },
      { value: "new", of: "candidate", path: "M430 147V84", label: [442, 120] },
      { value: "update", of: "update", path: "M110 256V165H412M250 165V88", symbol: "update", label: [104, 196, "end"] },
      { value: "reset", of: "reset", path: "M250 256V215H346V344H396", symbol: "reset", label: [256, 205] },
      { value: "before hidden", of: "hidden", path: "M36 70V394H414M94 394V304M234 394V304" },
      { value: "state update", of: "update", path: "M94 330V304", label: [88, 340, "end"] },
      { value: "state reset", of: "reset", path: "M234 330V304", label: [228, 340, "end"] },
      { value: "state candidate", of: "candidate", path: "M414 394V362", label: [406, 386, "end"] },
      { value: "gated candidate", of: "candidate", path: "M414 326V304", label: [406, 322, "end"] },
      { value: "", of: "", path: "M64 432H446M126 432V304M266 432V304M446 432V304", symbol: "x", label: [8, 438] },
      { value: "input update", of: "update", path: "M126 330V304", label: [134, 340] },
      { value: "input reset", of: "reset", path: "M266 330V304", label: [274, 340] },
      { value: "input candidate", of: "candidate", path: "M446 330V304", label: [454, 340] },
    ],
  },
  lstm: {
    boxes: [
      { of: "forget", text: "σ", x: 90, y: 280 },
      { of: "input", text: "σ", x: 222, y: 280 },
      { of: "candidate", text: "tanh", x: 360, y: 280 },
      { of: "output", text: "σ", x: 505, y: 280 },
    ],
    ops: [
      { text: "+", x: 360, y: 70 },
      { text: "tanh", x: 440, y: 138 },
    ],
    valves: [
      { gate: "forget", x: 90, y: 70 },
      { gate: "input", x: 360, y: 165, upright: true },
      { gate: "output", x: 505, y: 138 },
    ],
    wires: [
      { value: "before memory", of: "memory", path: "M12 70H72", symbol: "before memory", label: [6, 36] },
      { value: "kept", of: "memory", path: "M108 70H346", label: [226, 56, "middle"] },
      { value: "memory", of: "memory", path: "M374 70H588M440 70V124", symbol: "memory", label: [588, 50, "end"] },
      { value: "candidate", of: "candidate", path: "M360 256V183", symbol: "candidate", label: [372, 238] },
      { value: "new", of: "candidate", path: "M360 147V84", label: [350, 124, "end"] },
      { value: "squashed", of: "memory", path: "M456 138H487", label: [450, 176, "middle"] },
      { value: "hidden", of: "hidden", path: "M523 138H588", symbol: "hidden", label: [588, 112, "end"] },
      { value: "forget", of: "forget", path: "M90 256V88", symbol: "forget", label: [100, 200] },
      { value: "input", of: "input", path: "M222 256V165H342", symbol: "input", label: [230, 155] },
      { value: "output", of: "output", path: "M505 256V156", symbol: "output", label: [515, 212] },
      { value: "before hidden", of: "hidden", path: "M8 394H489M74 394V304M206 394V304M344 394V304M489 394V304", symbol: "before hidden", label: [4, 384] },
      { value: "state forget", of: "forget", path: "M74 330V304", label: [68, 340, "end"] },
      { value: "state input", of: "input", path: "M206 330V304", label: [200, 340, "end"] },
      { value: "state candidate", of: "candidate", path: "M344 330V304", label: [338, 340, "end"] },
      { value: "state output", of: "output", path: "M489 330V304", label: [483, 340, "end"] },
      { value: "", of: "", path: "M64 432H521M106 432V304M238 432V304M376 432V304M521 432V304", symbol: "x", label: [8, 438] },
      { value: "input forget", of: "forget", path: "M106 330V304", label: [112, 340] },
      { value: "input input", of: "input", path: "M238 330V304", label: [244, 340] },
      { value: "input candidate", of: "candidate", path: "M376 330V304", label: [382, 340] },
      { value: "input output", of: "output", path: "M521 330V304", label: [527, 340] },
    ],
  },
};

// The book's reset gate stands before the product, so what enters it is the hidden state itself.
LAYOUTS["gru-book"] = {
  ...LAYOUTS.gru,
  wires: LAYOUTS.gru.wires.map((wire) =>
    wire.value === "state candidate" ? { ...wire, value: "before hidden", of: "hidden" } : wire),
};

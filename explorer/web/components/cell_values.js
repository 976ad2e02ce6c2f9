// What the wires of a cell carry at one step, by the cell's equations for one unit.
//
// A gate that the reader sets in the diagram goes through the equations (9.1.1 to 9.1.3 and 9.2.1 to
// 9.2.4, in PyTorch's order of the reset gate, and in the book's); what it does not reach is as it
// was traced.

const GATES = {
  gru: ["update", "reset"],
  "gru-book": ["update", "reset"],
  "gru-paper": ["update", "reset"],
  lstm: ["forget", "input", "output"],
  "lstm-paper": ["input", "output"],
};
const EQUATIONS = {
  gru: gruValues,
  "gru-book": bookValues,
  "gru-paper": paperValues,
  lstm: lstmValues,
  "lstm-paper": lstmValues,
};

// Every value of a step by its name in cell_layout.js and in the equation's terms; `own` has the
// gates that the reader set.
function valuesAt(data, step, own = {}) {
  const at = {};
  for (const [name, series] of Object.entries(data.values)) at[name] = series[step];
  for (const [name, series] of Object.entries(data.before)) at[`before ${name}`] = series[step];
  for (const [name, series] of Object.entries(data.input)) at[`input ${name}`] = series[step];
  for (const [name, series] of Object.entries(data.state)) at[`state ${name}`] = series[step];
  for (const [name, [ofInput, ofState]] of Object.entries(data.bias)) {
    at[`bias input ${name}`] = ofInput;
    at[`bias state ${name}`] = ofState;
    at[`bias ${name}`] = ofInput + ofState;
  }
  at["gated candidate"] = data.gated?.[step];
  const fixed = (name) => data.changed[name].includes(step); // set already, whatever comes in
  return EQUATIONS[data.cell](at, own, fixed, data.own_weight);
}

// PyTorch's reset gate multiplies the state's part with its bias, and the input's bias is added to
// the input.
function gruValues(at, own, fixed) {
  const state = at["state candidate"] + at["bias state candidate"];
  const gated = (reset) => reset * state;
  return weighed(at, own, fixed, gated, at["bias input candidate"]);
}

// The book resets every unit's hidden state before the product, so one unit's gate changes its own
// term of the sum alone.
function bookValues(at, own, fixed, weight) {
  const term = at["before hidden"] * weight;
  const gated = (reset) => at["gated candidate"] + (reset - at.reset) * term;
  return weighed(at, own, fixed, gated, at["bias candidate"]);
}

// The paper's update gate weighs the new candidate; it is shown, and never set.
function paperValues(at) {
  const rest = 1 - at.update;
  return { ...at, rest, kept: rest * at["before hidden"], new: at.update * at.candidate };
}

function weighed(at, own, fixed, gated, bias) {
  const made = { ...at, ...own };
  const moved = Object.keys(own).length > 0;
  made["gated candidate"] = gated(made.reset);
  if ("reset" in own && !fixed("candidate")) {
    made.candidate = Math.tanh(at["input candidate"] + made["gated candidate"] + bias);
  }
  made.rest = 1 - made.update;
  made.kept = made.update * at["before hidden"];
  made.new = made.rest * made.candidate;
  if (moved && !fixed("hidden")) made.hidden = made.kept + made.new;
  return made;
}

function lstmValues(at, own, fixed) {
  const made = { ...at, ...own };
  const moved = Object.keys(own).length > 0;
  made.kept = (made.forget ?? 1) * at["before memory"];
  made.new = made.input * made.candidate;
  if (moved && !fixed("memory")) made.memory = made.kept + made.new;
  made.squashed = Math.tanh(made.memory);
  if (moved && !fixed("hidden")) made.hidden = made.output * made.squashed;
  return made;
}

// Between two steps: `share` of the way from one to the other.
function between(from, to, share) {
  const made = {};
  for (const name of Object.keys(to)) {
    if (to[name] === undefined) continue;
    const start = from?.[name] ?? to[name];
    made[name] = start + share * (to[name] - start);
  }
  return made;
}

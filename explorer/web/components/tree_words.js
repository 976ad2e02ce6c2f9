// What is said of a node of a search tree, in the reader's language.

// What is known of a node at a decoder call: "" before it was looked at.
function stateAt(tree, node, call) {
  if (tree.call[node] > call) return "";
  if (node === 0) return "start";
  const fate = tree.fates[tree.fate[node]];
  if (call >= tree.decided[node]) return fate;
  return fate === "best" && tree.ended[node] ? "finished" : "open";
}

// The quantities of a node, as pairs of what each is called and its value.
function quantities(tree, node, labels) {
  const said = [[labels.step, String(stepOf(tree, node))]];
  const add = (name, value, written) => value !== null && said.push([name, written(value)]);
  const nats = (value) => decimal(value, 3);
  add(labels.log_prob, tree.log_prob[node], nats);
  add(labels.p, tree.log_prob[node], (value) => percent(Math.exp(value)));
  add(labels.total, tree.total[node], nats); // null where another program's file does not say it
  add(labels.score, tree.score[node], nats);
  if (tree.rank[node]) said.push([labels.rank, String(tree.rank[node])]);
  said.push([labels.call, String(tree.call[node])]);
  return said;
}

// What became of a node and why, as far as it is known at a call.
function whatBecame(tree, node, call, labels) {
  const state = stateAt(tree, node, call);
  if (state === "start") return labels.starts;
  if (state === "open" && tree.fates[tree.fate[node]] !== "open") return labels.undecided;
  const reason = tree.reasons[tree.reason[node]];
  const why = labels[`${state} ${reason}`] ?? labels[`is ${state}`];
  return filled(why, { below: decimal(tree.below[node] ?? 0, 3) });
}

function sentenceOf(tree, node, call, labels) {
  if (node === 0) return labels.starts;
  const said = quantities(tree, node, labels).map(([name, value]) => `${name} ${value}`);
  return [`“${tokenOf(tree, node)}”`, whatBecame(tree, node, call, labels), ...said].join(" · ");
}

function tokenOf(tree, node) {
  return node ? tree.words[tree.token[node]] : "";
}

// The nodes from the first token to `node`, without the empty prefix.
function pathTo(tree, node) {
  const path = [];
  for (let here = node; here > 0; here = tree.parent[here]) path.unshift(here);
  return path;
}

function stepOf(tree, node) {
  return pathTo(tree, node).length;
}

// Where the nodes of a search tree stand: a column a step, in it the continuations of one prefix
// beside each other and the likelier above, so that no two lines cross. Knows nothing of drawing.

const ROW = 20; // pixels from node to node, at zoom 1
const RADIUS = 5;
const BESIDE = 10; // from the middle of a node to its token
const [GUTTER, WIDEST_GUTTER] = [34, 200]; // for the lines between two columns
const [SLENDER, COLUMN] = [0.6, 60]; // the least width of a tree by its height; of a column's tokens
const SPREAD = 3; // rows from node to node at most, where there is room for that
const MARGIN = 14;
const FULL = 9; // the width of a line of probability 1
const HAIR = 1; // and of one of probability 0
const TRUNK = 15; // the width of the line that parts into others, at most: it touches no other row

// `tree` has a list for each quantity; `widths` says how wide each node's token is.
function laidOut(tree, widths) {
  const count = tree.parent.length;
  const columns = ordered(tree);
  const height = Math.max(...columns.map((column) => column.length)) * ROW;
  const stretched = (SLENDER * height) / columns.length - COLUMN;
  const spread = stretched > GUTTER ? SPREAD : 1; // where steps have few nodes beside the last one's
  const gutter = clamp(stretched, GUTTER, WIDEST_GUTTER);
  const [x, outlets, width] = across(tree, columns, widths, gutter);
  const y = new Array(count).fill(height / 2);
  for (const column of columns.slice(1)) {
    const wanted = column.map((node) => y[tree.parent[node]]);
    const gap = Math.min(spread * ROW, height / column.length);
    nearest(wanted, height, gap).forEach((place, index) => (y[column[index]] = place));
  }
  return { x, y, outlets, columns, width, height: height + 2 * MARGIN };
}

// The nodes of every step, from above.
function ordered(tree) {
  const children = tree.parent.map(() => []);
  tree.parent.forEach((parent, node) => parent >= 0 && children[parent].push(node));
  const known = (node) => tree.total[node] !== null;
  const better = (a, b) => tree.total[b] - tree.total[a];
  for (const of of children) if (of.every(known)) of.sort(better); // others stand as they came
  const columns = [];
  for (let column = [0]; column.length; column = column.flatMap((node) => children[node])) {
    columns.push(column);
  }
  return columns;
}

// For each column where its nodes stand and where the lines to the next begin: behind the tokens of
// the nodes that go on. The others have no lines to make room for.
function across(tree, columns, widths, gutter) {
  const goesOn = new Set(tree.parent);
  const x = [];
  const outlets = [];
  let here = MARGIN;
  for (const column of columns) {
    const end = (nodes) => here + BESIDE + Math.max(0, ...nodes.map((node) => widths[node]));
    const outlet = end(column.filter((node) => goesOn.has(node))) + 3;
    for (const node of column) [x[node], outlets[node]] = [here, outlet];
    here = Math.max(outlet + gutter, end(column) + MARGIN);
  }
  return [x, outlets, here];
}

// The heights nearest to those that are wanted (least squares) which keep the order and a gap
// between two: isotonic regression, by pooling adjacent violators.
function nearest(wanted, height, gap) {
  const pools = []; // [mean, count]
  wanted.forEach((place, index) => {
    let pool = [place - index * gap, 1];
    while (pools.length && pools.at(-1)[0] >= pool[0]) {
      const [mean, count] = pools.pop();
      pool = [(mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1]];
    }
    pools.push(pool);
  });
  const lowest = height - (wanted.length - 1) * gap - gap / 2;
  const bounded = ([mean]) => Math.min(lowest, Math.max(gap / 2, mean));
  const free = pools.flatMap((pool) => new Array(pool[1]).fill(bounded(pool)));
  return free.map((place, index) => MARGIN + place + index * gap);
}

// The line to each node, and the one behind each node that goes on, which parts into them: lines are
// as wide as tokens are probable, given their prefixes.
function lines(tree, { x, y, outlets, columns }) {
  const thick = tree.log_prob.map((log) => Math.max(HAIR, FULL * Math.exp(log ?? -Infinity)));
  const wide = tree.parent.map(() => 0); // of the line behind
  tree.parent.forEach((parent, node) => parent >= 0 && (wide[parent] += thick[node]));
  const squeeze = wide.map((sum) => Math.min(1, TRUNK / Math.max(sum, HAIR)));
  wide.forEach((sum, node) => (wide[node] = sum * squeeze[node]));
  const begin = y.map((height, node) => height - wide[node] / 2);
  const to = tree.parent.map(() => null);
  for (const node of columns.slice(1).flat()) {
    const parent = tree.parent[node];
    const share = thick[node] * squeeze[parent];
    const from = begin[parent] + share / 2;
    begin[parent] += share;
    const [left, right] = [outlets[parent], x[node] - RADIUS - 1];
    const middle = (left + right) / 2;
    const d = `M${left} ${from}C${middle} ${from} ${middle} ${y[node]} ${right} ${y[node]}`;
    to[node] = { d, width: thick[node] };
  }
  return { to, wide };
}

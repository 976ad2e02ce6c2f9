// A cell's equations with the numbers of the chosen step under their terms. The numbers are those of
// the diagram. Text enters through textContent.

const LETTER = /^\p{L}\p{M}?$/u; // is slanted, a tilde above it or none

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  const root = element("div", "equation");
  root.setAttribute("role", "group");
  part.terms = [];
  hear(part, "step", ({ step }) => part.numbers && show(part, step));
  linkTerms(part, root);
  return { root };
}

// What is shown comes under a name that Python declares, so that a step sends no script again.
function draw(part, { hears }) {
  drawDeclared(part, hears, fill);
}

function fill(part, content) {
  part.data = { ...content, labels: part.data.labels };
  const written = JSON.stringify([content.lines, content.said]);
  if (written !== part.written) write(part);
  part.written = written;
  show(part, declared("step")?.step ?? 0);
}

function write(part) {
  part.numbers = [];
  part.root.setAttribute("aria-label", part.data.labels.equation);
  part.root.replaceChildren(...part.data.lines.map((line) => lineOf(part, line)));
  part.terms = [...part.root.querySelectorAll(".term[data-value]")];
  startTerms(part);
}

function lineOf(part, [left, ...right]) {
  const line = element("div", "line");
  line.append(termOf(part, left));
  const rest = element("div", "rest");
  rest.append(...right.map((term) => termOf(part, term)));
  line.append(rest);
  return line;
}

// A term over its number; what stands between terms stands between their numbers, too.
function termOf(part, { symbol, value, lights, colour }) {
  const made = element("span", value ? "term" : "between");
  const above = element("span", "above");
  for (const [letter, index] of symbol) {
    above.append(element(LETTER.test(letter) ? "i" : "span", "", letter), element("sub", "", index));
  }
  if (colour) made.style.setProperty("--colour", colour);
  const below = element("span", "below", value ? "" : symbol[0][0].replace("⊙", "·"));
  if (value) part.numbers.push([below, value]);
  if (value) made.dataset.value = value;
  if (lights) made.dataset.of = lights;
  made.append(above, below);
  return made;
}

function show(part, step) {
  const last = part.data.tokens.length - 1;
  part.to = valuesAt(part.data, Math.min(step, last));
  for (const [number, value] of part.numbers) number.textContent = decimal(part.to[value], 2);
  showTerms(part);
}

// Two texts aligned by step: their characters above and below, the same unit over both between them.
// It breaks into blocks where the page is too narrow. Text enters through textContent.

const NARROWEST = 9; // pixels of a step
const END = 5.25; // letters of the page behind the last step, for what the model expects there
const TICKS = 26; // pixels behind every block, for the numbers of the scales

export default function (component) {
  return mounted(component, { build, draw, unmount: stop });
}

function build(part) {
  const root = element("figure", "two-texts");
  const parts = { toolbar: element("div", "toolbar"), legend: element("div", "legend") };
  const [blocks, detail] = [element("div", "blocks"), element("figcaption", "detail")];
  root.append(parts.toolbar, parts.legend, blocks, detail);
  observe(part, new ResizeObserver(() => lay(part)), blocks);
  hear(part, "step", ({ step }) => part.data?.player || show(part, step));
  hear(part, "move", (places) => part.data?.player && obeyClass(part, places));
  return { root, ...parts, blocks, detail, timer: null };
}

function draw(part, data) {
  data.colours.forEach((colour, n) => part.root.style.setProperty(`--text-${n}`, colour));
  part.shades = data.panels.map(({ values }) => values.map(shadesOf));
  part.legend.replaceChildren(...data.labels.names.map((name, n) => legend(data, name, n)));
  part.width = null;
  lay(part);
  if (data.player) drawPlayer(part);
  else show(part, declared("step")?.step ?? 0);
}

function legend({ tokens }, name, n) {
  const made = element("span", `text-${n}`);
  made.append(element("i"), element("b", "", name));
  made.title = tokens[n].join("");
  return made;
}

// As many steps in each block as the page has room for, about as many in all of them.
function lay(part) {
  const width = part.blocks.clientWidth - TICKS;
  if (!part.data || width <= 0 || width === part.width) return;
  const { tokens, expects } = part.data;
  const steps = Math.max(tokens[0].length, tokens[1].length);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const end = expects.some((of) => of.length) ? END * rem : TICKS;
  const room = Math.max(8, Math.floor(width / NARROWEST));
  const needed = steps + Math.ceil((end - TICKS) / NARROWEST);
  const rows = Math.ceil(needed / room);
  const count = rows === 1 ? steps : Math.min(steps, Math.ceil(needed / rows));
  const step = rows === 1 ? (width - end + TICKS) / steps : width / count;
  Object.assign(part, { width, cells: [], cursors: [], covers: [], said: [], ends: [] });
  const starts = Array.from({ length: Math.ceil(steps / count) }, (_, row) => row * count);
  const drawn = starts.map((from) => block(part, { from, to: Math.min(steps, from + count), step }));
  part.blocks.replaceChildren(...drawn);
  if (part.step !== undefined) show(part, part.step);
}

// Shows a step: at once where the page's strip says so, and as it plays.
function show(part, step) {
  const { tokens, player, labels, expects } = part.data;
  const steps = Math.max(tokens[0].length, tokens[1].length);
  part.step = clamp(step, 0, steps - 1);
  for (const { at, cell } of part.cells) {
    cell.classList.toggle("now", at === part.step);
    cell.classList.toggle("later", Boolean(player) && at > part.step);
  }
  for (const { from, width, cursor } of part.cursors) {
    cursor.setAttribute("x", (part.step - from) * width);
  }
  if (player) for (const one of part.covers) cover(one, part.step);
  if (player) tell("moved", { texts: part.step });
  for (const { n, end } of part.ends) {
    end.classList.toggle("later", Boolean(player) && part.step < tokens[n].length - 1);
  }
  part.said.forEach((said) => sayValues(part, said));
  const [one, two] = expects.map((of) => of[part.step] ?? ["", NaN]);
  const values = { step: part.step, one: one[0], p: percent(one[1]), two: two[0], q: percent(two[1]) };
  part.detail.textContent = one[0] && two[0] ? filled(labels.said, values) : "";
}

function cover({ from, width, rect }, step) {
  rect.setAttribute("width", Math.max(0, (step - from + 1) * width));
}

function sayValues(part, { panel, n, place }) {
  const shade = part.shades[panel][n][part.step];
  place.textContent = shade === undefined ? "" : decimal(shade * part.data.panels[panel].reach, 2);
}

function pick(part, step) {
  if (part.data.player) choose(part, step);
  else if (step < part.data.tokens[0].length) tell("choose", { step, unit: null });
}

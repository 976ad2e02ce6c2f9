// A quantity as a picture on a canvas: units down, steps across. It is there before a charting
// library would be loaded, and follows the step that the strip chose.

const MOST_LABELS = 8; // unit numbers beside the picture
const MOST_TOKENS = 100; // under it; more would not be read, so numbers of steps stand there
const MOST_STEPS = 8;

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  const root = element("figure", "picture");
  const caption = element("figcaption");
  const units = element("div", "units");
  const area = element("div", "area");
  const canvas = element("canvas");
  const cursors = { step: element("div", "cursor"), unit: element("div", "cursor") };
  const tokens = element("div", "tokens");
  const steps = element("div", "steps");
  const scale = element("div", "scale");
  const detail = element("div", "detail");
  area.append(canvas, cursors.step, cursors.unit);
  root.append(caption, units, area, scale, tokens, steps, detail);
  hear(part, "step", () => mark(part));
  area.addEventListener("pointermove", (event) => say(part, at(part, event)));
  area.addEventListener("pointerleave", () => say(part, null));
  area.addEventListener("click", (event) => {
    const { step, row } = at(part, event);
    const unit = part.data.choose_unit ? part.data.units[row] : null;
    tell("choose", { step, unit });
  });
  return { root, caption, units, area, canvas, cursors, tokens, steps, scale, detail };
}

function draw(part, data) {
  const { canvas } = part;
  part.caption.textContent = data.name;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.name);
  [canvas.height, canvas.width] = [data.units.length, data.tokens.length];
  part.shades = shadesOf(data.values);
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(canvas.width, canvas.height);
  const [above, below] = [rgb(data.colour), rgb(data.negative ?? data.colour)];
  part.shades.forEach((shade, place) => {
    const colour = shade < 0 ? below : above;
    image.data.set([...colour, Math.round(255 * Math.abs(shade))], 4 * place);
  });
  pen.putImageData(image, 0, 0);
  drawScale(part);
  const few = data.tokens.length <= MOST_TOKENS ? data.tokens : [];
  part.tokens.replaceChildren(...few.map((token) => element("span", "", token)));
  part.tokens.classList.toggle("few", few.length > 0);
  part.steps.replaceChildren(...stepLabels(data));
  part.units.replaceChildren(...unitLabels(data));
  mark(part);
}

function rgb(colour) {
  return [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
}

function drawScale({ scale, data }) {
  const full = Number(data.reach.toPrecision(2));
  scale.style.setProperty("--full", data.colour);
  scale.style.setProperty("--least", data.negative ?? "transparent");
  scale.classList.toggle("signed", Boolean(data.negative));
  const ends = [String(full), data.negative ? String(-full).replace("-", "−") : "0"];
  scale.replaceChildren(...ends.map((end) => element("span", "", end)));
}

function unitLabels({ units, labels }) {
  const apart = Math.ceil(units.length / MOST_LABELS);
  const shown = units.map((unit, row) => {
    const label = element("span", "", String(unit));
    label.style.top = `${((row + 0.5) / units.length) * 100}%`;
    return label;
  });
  return [element("b", "", labels.unit), ...shown.filter((_, row) => row % apart === 0)];
}

function stepLabels({ tokens, labels }) {
  const apart = [1, 2, 5, 10, 20, 50, 100].find((n) => tokens.length / n <= MOST_STEPS);
  const shown = tokens.map((_, step) => step).filter((step) => step % apart === 0);
  const numbers = shown.map((step) => {
    const label = element("span", "", String(step));
    label.style.left = `${((step + 0.5) / tokens.length) * 100}%`;
    return label;
  });
  return [element("b", "", labels.step), ...numbers];
}

// The step and unit under the pointer.
function at({ area, data }, event) {
  const box = area.getBoundingClientRect();
  const place = (part, count) => clamp(Math.floor(part * count), 0, count - 1);
  return {
    step: place((event.clientX - box.left) / box.width, data.tokens.length),
    row: place((event.clientY - box.top) / box.height, data.units.length),
  };
}

function say(part, place) {
  const { data, detail } = part;
  if (!place) {
    detail.textContent = "";
    return;
  }
  const { step, row } = place;
  const value = part.shades[row * data.tokens.length + step] * data.reach;
  const where = `${data.labels.step} ${step} “${data.tokens[step]}”`;
  const name = `${where} · ${data.labels.unit} ${data.units[row]}`;
  detail.textContent = filled(data.labels.value, { name, value: decimal(value, 3) });
}

// The step and unit that the strip says are chosen.
function mark({ cursors, data }) {
  const { step, unit } = declared("step") ?? { step: -1 };
  const row = data.units.indexOf(unit);
  lay(cursors.step, "left", "width", step, data.tokens.length);
  lay(cursors.unit, "top", "height", row, data.units.length);
}

// Lays a cursor over one of ``count`` rows or columns.
function lay(cursor, start, size, place, count) {
  cursor.hidden = place < 0;
  cursor.style[start] = `${(place / count) * 100}%`;
  cursor.style[size] = `${100 / count}%`;
}

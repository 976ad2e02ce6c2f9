// The page of a trace without a server: the strip, the heatmaps and one unit's quantities, which on
// the app's pages Python sends; `strip`, `picture`, `series`, `STYLES` and parts of the kit stand
// above. Text enters through textContent.

const read = JSON.parse(document.getElementById("data").textContent);
const { labels } = read;
const page = document.getElementById("figure");
const parts = {};
let panel;
let unit; // its place among the panel's
let colouring; // the place of the quantity that colours the tokens, and whether by the mean

function start() {
  const controls = element("div", "controls");
  if (read.panels.length > 1) {
    const titles = read.panels.map(({ title }) => title);
    controls.append(choice(labels.panel, titles, 0, (place) => open(place)));
  }
  parts.colour = element("span");
  parts.unit = element("span");
  parts.place = element("p", "place");
  controls.append(parts.colour, parts.unit);
  page.append(controls, parts.place, element("p", "place", labels.hint));
  for (const name of ["strip", "series", "pictures"]) {
    parts[name] = element("div", name);
    page.append(parts[name]);
  }
  open(0);
}

function open(place) {
  panel = read.panels[place];
  panel.shades ??= panel.quantities.map(({ values }) => rowsOf(values));
  ({ unit } = panel);
  colouring = { quantity: panel.focus, mean: true };
  parts.place.textContent = panel.place;
  showControls();
  document.gatescope = {};
  choose(unit, 0);
  drawStrip();
  drawPictures();
}

function showControls() {
  const names = panel.quantities.flatMap(({ title }) => [`${title} · ${labels.mean}`, title]);
  const colour = choice(labels.colour, names, 2 * colouring.quantity, (place) => {
    colouring = { quantity: Math.floor(place / 2), mean: place % 2 === 0 };
    choose(unit, stepNow());
  });
  const numbers = panel.units.map(String);
  const one = choice(labels.unit, numbers, unit, (place) => choose(place, stepNow()));
  parts.colour.replaceChildren(colour);
  parts.unit.replaceChildren(one);
}

function choice(text, names, chosen, act) {
  const made = element("label", "choice", text);
  const select = element("select");
  select.append(...names.map((name) => element("option", "", name)));
  select.selectedIndex = chosen;
  select.addEventListener("change", () => act(select.selectedIndex));
  made.append(select);
  return made;
}

function stepNow() {
  return declared("step")?.step ?? 0;
}

// What Python declares on the app's pages when a step or a unit is chosen.
function choose(place, step) {
  unit = place;
  parts.unit.querySelector("select").selectedIndex = unit;
  const quantity = panel.quantities[colouring.quantity];
  const rows = panel.shades[colouring.quantity];
  const chosen = { step, unit: panel.units[unit], layer: 0, selected: null };
  const colours = {
    values: (colouring.mean ? meanOf(rows) : rows[unit]).map((shade) => shade * quantity.reach),
    reach: quantity.reach,
    colour: quantity.colour,
    negative: quantity.negative ?? quantity.colour,
    name: quantity.title,
  };
  declare("colouring", colours);
  declare("chosen", chosen);
  drawSeries();
}

function meanOf(rows) {
  return rows[0].map((_, step) => rows.reduce((sum, row) => sum + row[step], 0) / rows.length);
}

// On the app's pages this goes to Python: a heatmap was clicked, or the strip came to rest.
function told(name, { step, unit: number }) {
  const place = panel.units.indexOf(number);
  if (name === "pick" && place >= 0) choose(place, step);
}

function drawStrip() {
  const { tokens, blanks } = panel;
  const none = tokens.map(() => null);
  const data = { tokens, blanks, word_ends: blanks, line_ends: tokens.map((t) => t === "⏎") };
  Object.assign(data, { known: tokens.map(() => true), surprise: none, guesses: none.map(() => []) });
  fresh("strip");
  mount("strip", parts.strip, { ...data, labels: labels.strip, selects: false });
}

function drawPictures() {
  fresh("pictures");
  panel.quantities.forEach(({ title, colour, negative, reach }, at) => {
    const { units, tokens } = panel;
    const { values } = panel.quantities[at];
    const data = { name: title, values, units, tokens, colour, negative, reach };
    const holder = element("div");
    parts.pictures.append(holder);
    mount("picture", holder, { ...data, choose_unit: true, labels: labels.picture });
  });
}

function drawSeries() {
  const rows = panel.quantities.flatMap((quantity) => {
    const { called, colour, below: negative, beside, reach_beside } = quantity;
    const row = { note: "", unit: panel.units[unit], layer: 0, colour, negative, marked: [0, 0] };
    const title = `${called} · ${labels.picture.unit} ${row.unit}`;
    if (!beside.length) {
      return [{ ...row, title, reach: quantity.reach, values: cut(quantity.values) }];
    }
    return beside.map((values, which) => ({
      ...row,
      title: `${title} · ${which ? labels.second : labels.first}`,
      reach: reach_beside,
      values: cut(values),
    }));
  });
  const ends = panel.blanks.flatMap((blank, step) => (blank ? [step] : []));
  const data = { rows, tokens: panel.tokens, ends, steps: true, opens: false };
  mount("series", parts.series, data);
}

// The chosen unit's row of a quantity's bytes.
function cut(values) {
  const size = 2 * panel.tokens.length;
  return btoa(atob(values).slice(unit * size, (unit + 1) * size));
}

// A row for each unit, from −1 to 1.
function rowsOf(values) {
  const [shades, width] = [shadesOf(values), panel.tokens.length];
  return panel.units.map((_, row) => shades.slice(row * width, (row + 1) * width));
}

const COMPONENTS = { strip, picture, series };
const ends = {};

// Takes down what was drawn in a part of the page.
function fresh(name) {
  (ends[name] ?? []).forEach((end) => end());
  ends[name] = [];
  parts[name].replaceChildren();
}

// A component in a shadow root of its own, as Streamlit mounts it, with its styles.
function mount(name, holder, data) {
  if (!holder.shadowRoot) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES[name]);
    holder.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    holder.shadowRoot.append(document.createElement("div"));
  }
  const parentElement = holder.shadowRoot.firstChild;
  const sent = new TextEncoder().encode(JSON.stringify(data));
  const told_ = { setTriggerValue: told, setStateValue() {} };
  const end = COMPONENTS[name]({ data: sent, parentElement, ...told_ });
  if (name !== "series") ends[name === "picture" ? "pictures" : name].push(end);
}

start();

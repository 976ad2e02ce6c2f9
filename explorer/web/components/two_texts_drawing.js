// One block of two texts: what is drawn of it.

const HEIGHT = 62; // of a panel
const MARGIN = 5; // in which a line at an end of the scale has its width

function block(part, place) {
  const made = element("div", "block");
  const phases = part.data.phases.filter(({ first }) => place.from <= first && first < place.to);
  if (phases.length) made.append(phaseRow(phases, place));
  made.append(characters(part, 0, place));
  part.data.panels.forEach((_, panel) => made.append(...drawnPanel(part, panel, place)));
  made.append(characters(part, 1, place));
  return made;
}

function phaseRow(phases, { from, to, step }) {
  const made = element("div", "phases");
  for (const { first, last, title } of phases) {
    const phase = element("span", "", title);
    phase.style.left = `${(first - from) * step + 1}px`;
    phase.style.width = `${(Math.min(last + 1, to) - first) * step - 2}px`;
    made.append(phase);
  }
  return made;
}

// A text's own characters; those that the other has not at the same step stand out.
function characters(part, n, { from, to, step }) {
  const { tokens, expects, labels } = part.data;
  const made = element("div", `characters text-${n}`);
  tokens[n].slice(from, to).forEach((token, place) => {
    const at = from + place;
    const cell = element("span", "", token);
    cell.style.width = `${step}px`;
    cell.classList.toggle("other", token !== tokens[1 - n][at]);
    cell.addEventListener("click", () => pick(part, at));
    part.cells.push({ at, cell });
    made.append(cell);
  });
  const last = tokens[n].length - 1;
  if (expects[n].length && from <= last && last < to) made.append(end(part, n, expects[n][last], labels.expects));
  return made;
}

// What the model expects when it has read a text.
function end(part, n, [token, p], title) {
  const made = element("span", "end");
  made.append("→ ", element("b", "", token), ` ${percent(p)}`);
  made.title = title;
  part.ends.push({ n, end: made });
  return made;
}

function drawnPanel(part, panel, place) {
  const svg = panelDrawing(part, panel, place);
  return place.from ? [svg] : [heading(part, panel), svg];
}

function heading(part, panel) {
  const { title, note } = part.data.panels[panel];
  const made = element("div", "heading");
  made.append(element("b", "", title));
  for (const n of [0, 1]) {
    const place = element("span", `value text-${n}`);
    part.said.push({ panel, n, place });
    made.append(place);
  }
  if (note) made.append(element("span", "note", note));
  return made;
}

function panelDrawing(part, panel, { from, to, step }) {
  const { title, reach, signed } = part.data.panels[panel];
  const width = (to - from) * step;
  const svg = drawing("svg", { width: width + TICKS, height: HEIGHT, role: "img" });
  svg.setAttribute("aria-label", title);
  const height = (shade) => heightOf(shade, signed);
  const zero = drawing("path", { class: "zero", d: `M0 ${height(0)}H${width}` });
  const cursor = drawing("rect", { class: "cursor", y: 0, width: step, height: HEIGHT, x: -step });
  part.cursors.push({ from, width: step, cursor });
  const lines = part.shades[panel].map((of) => stairs(of.slice(from, to), step, height));
  const area = between(part.shades[panel].map((of) => of.slice(from, to)), step, height);
  svg.append(cursor, zero, ...ticks(width, height, reach, signed));
  if (part.data.player) svg.append(drawn("faint", area, lines), covered(part, { from, step, area, lines, panel }));
  else svg.append(drawn("", area, lines));
  svg.addEventListener("click", ({ clientX }) => {
    const x = clientX - svg.getBoundingClientRect().left;
    if (x < width) pick(part, from + Math.floor(x / step));
  });
  return svg;
}

function heightOf(shade, signed) {
  const share = signed ? (shade + 1) / 2 : shade;
  return MARGIN + (1 - share) * (HEIGHT - 2 * MARGIN);
}

function drawn(name, area, lines) {
  const made = drawing("g", { class: name });
  made.append(drawing("path", { class: "between", d: area }));
  lines.forEach((d, n) => made.append(drawing("path", { class: `line text-${n}`, d })));
  return made;
}

// The same as far as it has been played.
function covered(part, { from, step, area, lines, panel }) {
  const clip = drawing("clipPath", { id: `played-${panel}-${from}` });
  const rect = drawing("rect", { x: 0, y: 0, height: HEIGHT, width: 0 });
  clip.append(rect);
  part.covers.push({ from, width: step, rect });
  const made = drawn("", area, lines);
  made.setAttribute("clip-path", `url(#${clip.id})`);
  const both = drawing("g");
  both.append(clip, made);
  return both;
}

// A value is held through its step.
function stairs(shades, step, height) {
  return shades.map((s, n) => `${n ? "V" : "M0 "}${height(s)}H${(n + 1) * step}`).join("");
}

// The area between two lines, as far as both go.
function between([one, two], step, height) {
  const count = Math.min(one.length, two.length);
  if (!count) return "";
  const back = two.slice(0, count).map((s, n) => `H${(n + 1) * step}V${height(s)}H${n * step}`);
  return `${stairs(one.slice(0, count), step, height)}${back.reverse().join("")}Z`;
}

function ticks(width, height, reach, signed) {
  const full = String(Number(reach.toPrecision(2)));
  const ends = signed ? [[1, full], [0, "0"], [-1, `−${full}`]] : [[1, full], [0, "0"]];
  return ends.map(([shade, said]) =>
    drawing("text", { class: "tick", x: width + 4, y: height(shade) }, said));
}

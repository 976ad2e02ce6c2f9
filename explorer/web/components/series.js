// Units over the characters of a text, a row each: bars over the characters of the page's own text,
// colours behind those of another. Text enters through textContent.

const DEEPEST = 65; // per cent of the colour behind a character of value 1: still easy to read
const FEW = 60; // characters that have room to be wider

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  hear(part, "step", ({ step }) => mark(part, step));
  return { root: element("div", "series"), steps: [] };
}

// The rows themselves, or those that are declared under a name, from then on.
function draw(part, data) {
  if (data.hears) drawDeclared(part, data.hears, fill);
  else fill(part, data);
}

function fill(part, content) {
  Object.assign(part, { shown: content, steps: [] });
  part.root.classList.toggle("tall", content.steps);
  part.root.classList.toggle("few", content.tokens?.length <= FEW);
  part.root.replaceChildren(...content.rows.map((row) => drawn(part, row)));
  mark(part, declared("step")?.step);
}

function drawn(part, row) {
  const made = element("div", "row");
  const head = element("div", "head");
  if (row.title) head.append(title(part, row));
  if (row.note) head.append(element("span", "note", row.note));
  const { tokens, ends } = row.tokens ? row : part.shown;
  const shades = shadesOf(row.values);
  const boxes = tokens.map((token, place) => character(part, row, token, place, shades[place]));
  const characters = element("div", "characters");
  characters.append(...words(boxes, ends));
  if (part.shown.steps) part.steps.push(boxes);
  if (head.childElementCount) made.append(head);
  made.append(characters);
  return made;
}

// In groups that end at a blank, so that a line breaks between words.
function words(boxes, ends) {
  const groups = [element("div", "word")];
  boxes.forEach((box, place) => {
    groups.at(-1).append(box);
    if (ends.includes(place)) groups.push(element("div", "word"));
  });
  return groups;
}

function title(part, { title, unit, layer }) {
  if (!part.shown.opens) return element("b", "title", title);
  const made = button(title, () => part.trigger("open", { unit, layer }), "title");
  made.title = part.shown.open;
  return made;
}

function character(part, row, token, place, shade) {
  const made = element("span", "character", token);
  const colour = shade < 0 ? row.negative : row.colour;
  made.title = decimal(shade * row.reach, 2);
  const [first, behind] = row.marked;
  made.classList.toggle("marked", first <= place && place < behind);
  if (part.shown.steps) {
    made.style.backgroundImage = bar(shade, colour, row.negative !== null);
    made.addEventListener("click", () => tell("choose", { step: place, unit: row.unit }));
  } else {
    const share = Math.round(Math.abs(shade) * DEEPEST);
    made.style.backgroundColor = `color-mix(in srgb, ${colour} ${share}%, transparent)`;
  }
  return made;
}

// From the foot upwards, or from the middle up or down where there are values below zero.
function bar(shade, colour, signed) {
  const from = signed ? 50 + Math.min(0, shade) * 50 : 0;
  const to = signed ? 50 + Math.max(0, shade) * 50 : Math.max(2, shade * 100);
  const [low, high] = [from - (signed ? 1 : 0), to + (signed ? 1 : 0)];
  return `linear-gradient(to top, transparent ${low}%, ${colour} ${low}% ${high}%, transparent ${high}%)`;
}

function mark(part, step) {
  if (!part.shown?.steps) return;
  for (const row of part.steps) {
    row.forEach((box, place) => box.classList.toggle("now", place === step));
  }
}

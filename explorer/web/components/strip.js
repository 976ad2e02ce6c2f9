// The strip of tokens. It holds the chosen step of the page: it moves at once here, in the guesses
// beside it and on the heatmaps, and Python is told when the reader has come to rest. Text enters
// through textContent.

// Of a step, in milliseconds. The middle one is slow enough to follow a character at a time, and for
// Python to keep up.
const PLAY_MS = { "1×": 450, "2×": 225, "½×": 900 };
const REST_MS = 120; // a held arrow key tells Python at its first step and at its last
const FULL_BAR_BITS = 12;
const DEEPEST = 65; // per cent of the colour behind a character of value 1: still easy to read

export default function (component) {
  return mounted(component, { build, draw, update: obey, unmount: pause });
}

function build(part) {
  const root = element("div", "strip");
  const toolbar = element("div", "toolbar");
  const detail = element("span", "detail");
  detail.setAttribute("role", "status");
  const tokens = element("div", "tokens");
  tokens.setAttribute("role", "listbox");
  const guesses = element("div", "guesses");
  const body = element("div", "body");
  body.append(tokens, guesses);
  root.append(toolbar, body);
  const acts = {
    start: () => choose(part, 0),
    back: () => choose(part, part.step - 1),
    play: () => (part.timer ? rest(part) : play(part)),
    forward: () => choose(part, part.step + 1),
  };
  addButtons(part, toolbar, acts);
  obeyKeys(part, { ...acts, speed: () => changeSpeed(part) });
  const selectButton = button("", () => beginSelecting(part), "select");
  const slider = element("input");
  Object.assign(slider, { type: "range", min: 0 });
  slider.addEventListener("input", () => choose(part, Number(slider.value)));
  const speed = button(Object.keys(PLAY_MS)[0], () => changeSpeed(part), "speed");
  toolbar.append(speed, slider, selectButton, detail);
  tokens.addEventListener("keydown", (event) => onKey(part, event));
  followDrags(part, tokens);
  tokens.addEventListener("scroll", () => showMore(tokens));
  observe(part, new ResizeObserver(() => showMore(tokens)), tokens);
  hear(part, "choose", ({ step, unit }) => choose(part, step, unit ?? null));
  // What plays elsewhere on the page moves the strip and tells Python itself: of two tellings one
  // may be lost.
  hear(part, "show", ({ step }) => {
    pause(part);
    select(part, step);
  });
  hear(part, "move", ({ strip }) => {
    if (strip === undefined || strip === part.step) return;
    pause(part);
    select(part, strip);
    const { top } = part.root.getBoundingClientRect();
    if (top > innerHeight * 0.8) part.root.scrollIntoView({ block: "center" }); // below a phone's edge
  });
  hear(part, "chosen", () => obey(part));
  hear(part, "colouring", () => obey(part));
  part.moveCursors = followHeatmaps(
    part,
    () => ({ ...part.chosen, step: part.step }),
    (step, unit, layer) => choose(part, step, unit, layer),
  );
  const selecting = { selectButton, dragged: null, stretch: null, tapped: null };
  return { root, detail, tokens, guesses, slider, speed, step: 0, boxes: [], ...selecting };
}

function draw(part, data) {
  part.tokens.setAttribute("aria-label", data.labels.tokens);
  label(part.slider, data.labels.slider);
  sayPace(part);
  part.root.classList.toggle("alone", Boolean(data.alone));
  part.slider.max = data.tokens.length - 1;
  sayButtons(part);
  part.boxes = data.tokens.map((_, index) => tokenBox(part, index));
  part.tokens.replaceChildren(...words(part));
  Object.assign(part, { chosen: null, colouring: null, written: null });
  endSelecting(part);
  showMore(part.tokens);
}

// Shows what Python says of the choice, unless the reader is moving on; what it says of another text
// is followed by what it says of this one. A colouring alone moves nothing: the choice that belongs
// to it may still be on its way.
function obey(part) {
  const [chosen, colouring] = [declared("chosen"), declared("colouring")];
  if (!chosen || colouring?.values.length !== part.boxes.length) return;
  const written = JSON.stringify(colouring);
  const [moved, recoloured] = [chosen !== part.chosen, written !== part.written];
  if (!moved && !recoloured) return;
  Object.assign(part, { chosen, colouring, written });
  if (!part.dragged && !part.telling && !part.tapped) showStretch(part, chosen.selected);
  if (recoloured) part.boxes.forEach((box, index) => colour(part, box, index));
  if (part.timer || part.rest) part.moveCursors();
  else select(part, declared("move")?.strip ?? (moved ? chosen.step : part.step));
}

// Whether tokens are hidden below.
function showMore(tokens) {
  const hidden = tokens.scrollHeight - tokens.scrollTop - tokens.clientHeight;
  tokens.classList.toggle("more", hidden > 4);
}

// Boxes in groups that end at a blank, so that a line of the strip breaks between words.
function words({ boxes, data }) {
  const groups = [element("div", "word")];
  boxes.forEach((box, index) => {
    groups.at(-1).append(box);
    if (data.line_ends[index]) groups.push(element("div", "break"));
    if (data.word_ends[index]) groups.push(element("div", "word"));
  });
  return groups;
}

function tokenBox(part, index) {
  const { data } = part;
  const box = element("div", "token");
  box.setAttribute("role", "option");
  box.classList.toggle("unknown", !data.known[index]);
  box.addEventListener("click", () => part.justDragged || tap(part, index) || choose(part, index));

  const glyph = element("span", "glyph", data.tokens[index]);
  glyph.classList.toggle("blank", data.blanks[index]);

  const bar = element("span", "bar");
  const fill = element("i");
  fill.style.height = `${Math.min(1, (data.surprise[index] ?? 0) / FULL_BAR_BITS) * 100}%`;
  bar.append(fill);

  const [guess, , hit] = data.guesses[index][0] ?? [""];
  const guessed = element("span", "guess", guess);
  guessed.classList.toggle("hit", Boolean(hit));
  box.append(glyph, bar, guessed);
  return box;
}

// Colours a token, and says what colours it.
function colour(part, box, index) {
  const { colouring, data } = part;
  const [guess] = data.guesses[index][0] ?? [""];
  const expected = guess ? ` · ${data.labels.expects}: “${guess}”` : "";
  label(box, describe(part, index) + expected);
  const shade = clamp(colouring.values[index] / colouring.reach, -1, 1);
  const share = Math.round(Math.abs(shade) * DEEPEST);
  const full = shade < 0 ? colouring.negative : colouring.colour;
  box.firstChild.style.backgroundColor = `color-mix(in srgb, ${full} ${share}%, transparent)`;
}

function describe({ colouring, data }, index) {
  const { labels } = data;
  const said = [`${labels.step} ${index}`, `“${data.tokens[index]}”`];
  if (colouring) {
    const value = decimal(colouring.values[index], 2);
    said.push(filled(labels.value, { name: colouring.name, value }));
  }
  if (data.surprise[index] !== null) {
    said.push(`${labels.surprise} ${data.surprise[index].toFixed(1)} ${labels.bits}`);
  }
  if (!data.known[index]) said.push(labels.unknown);
  return said.join(" · ");
}

// The reader's choice: shown at once and told to Python; of those that follow soon, the last alone.
function choose(part, step, unit = null, layer = null) {
  pause(part);
  select(part, step);
  if (document.activeElement && part.root.contains(activeIn(part))) part.boxes[part.step].focus();
  const tell = () => part.trigger("pick", { step: part.step, unit, layer });
  const follows = Boolean(part.rest);
  if (!follows) tell();
  clearTimeout(part.rest);
  part.rest = setTimeout(() => {
    part.rest = null;
    if (follows) tell();
  }, REST_MS);
}

function activeIn(part) {
  return part.root.getRootNode().activeElement;
}

function select(part, step) {
  part.step = clamp(step, 0, part.boxes.length - 1);
  part.boxes.forEach((box, index) => {
    const chosen = index === part.step;
    if ((box.getAttribute("aria-selected") === "true") !== chosen || !box.hasAttribute("tabindex")) {
      box.setAttribute("aria-selected", String(chosen));
      box.tabIndex = chosen ? 0 : -1;
    }
  });
  const box = part.boxes[part.step];
  keepInSight(part.tokens, box);
  const described = describe(part, part.step);
  if (!part.tapped) part.detail.textContent = described;
  part.slider.value = part.step;
  part.slider.setAttribute("aria-valuetext", described);
  showGuesses(part);
  part.moveCursors();
  declare("step", { step: part.step, unit: part.chosen?.unit });
}

// Scrolls the strip, and never the page around it.
function keepInSight(strip, box) {
  const [outer, inner] = [strip.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top) strip.scrollTop -= outer.top - inner.top;
  if (inner.bottom > outer.bottom) strip.scrollTop += inner.bottom - outer.bottom;
}

// The likeliest next tokens as bars; the one that does follow is ticked.
function showGuesses({ guesses, data, step }) {
  const rows = data.guesses[step].map(([token, p, hit]) => {
    const row = element("div", "row");
    row.classList.toggle("hit", hit);
    const bar = element("span", "probability");
    bar.style.width = `${p * 100}%`;
    const said = `${percent(p)}${hit ? " ✓" : ""}`;
    row.append(element("b", "", token), bar, element("span", "percent", said));
    return row;
  });
  const heading = rows.length ? data.labels.expects : data.labels.reads;
  guesses.replaceChildren(element("div", "heading", heading), ...rows);
}

function play(part) {
  clearInterval(part.timer);
  if (part.step >= part.boxes.length - 1) select(part, 0);
  part.timer = setInterval(() => {
    select(part, part.step + 1);
    if (part.step >= part.boxes.length - 1) rest(part);
    else part.trigger("pick", { step: part.step, unit: null, layer: null });
  }, PLAY_MS[part.speed.textContent]);
  sayButtons(part);
}

// The next of the speeds; what plays goes on with it.
function changeSpeed(part) {
  const names = Object.keys(PLAY_MS);
  part.speed.textContent = names[(names.indexOf(part.speed.textContent) + 1) % names.length];
  sayPace(part);
  if (part.timer) play(part);
}

function sayPace({ speed, data }) {
  label(speed, `${data.labels.speed}: ${speed.textContent}`);
}

function pause(part) {
  clearInterval(part.timer);
  part.timer = null;
  if (part.data) sayButtons(part);
}

function rest(part) {
  choose(part, part.step);
}

function onKey(part, event) {
  const move = ARROWS[event.key];
  if (move && event.shiftKey && part.data.selects) extend(part, move);
  else if (move) choose(part, part.step + move);
  else if (event.key === "Home") choose(part, 0);
  else if (event.key === "End") choose(part, part.boxes.length - 1);
  else if (event.key === "Escape" && part.tapped) endSelecting(part);
  else if (event.key === "Enter" && part.tapped) tap(part, part.step);
  else if (event.key === " ") part.timer ? rest(part) : play(part);
  else return;
  event.preventDefault();
}

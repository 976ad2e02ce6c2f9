// The strip of tokens. It holds the chosen step of the page: it moves at once here, in the guesses
// beside it and on the heatmaps, and Python is told when the reader has come to rest. Text enters
// through textContent.

const PLAY_MS = 450; // slow enough to follow a character at a time, and for Python to keep up
const REST_MS = 120; // a held arrow key tells Python once, not at every step
const FULL_BAR_BITS = 12;
const DEEPEST = 65; // per cent of the colour behind a character of value 1: still easy to read

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const part = drawnAt(parentElement, build);
  part.tell = (pick) => setTriggerValue("pick", pick);
  const content = JSON.stringify({ ...data, step: 0 });
  if (content !== part.content) {
    part.content = content;
    part.data = data;
    draw(part);
  }
  if (!part.timer && !part.rest) select(part, data.step);
  return () => {
    pause(part);
    part.observer.disconnect();
    part.resized.disconnect();
    document.removeEventListener("gatescope-choose", part.obey);
    document.removeEventListener("gatescope-show", part.follow);
    parts.delete(parentElement);
  };
}

function build(parentElement) {
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
  parentElement.append(root);
  const part = { root, toolbar, detail, tokens, guesses, step: 0, boxes: [] };
  part.buttons = {
    start: button(toolbar, ICONS.start, () => choose(part, 0)),
    back: button(toolbar, ICONS.back, () => choose(part, part.step - 1)),
    play: button(toolbar, ICONS.play, () => (part.timer ? rest(part) : play(part))),
    forward: button(toolbar, ICONS.forward, () => choose(part, part.step + 1)),
  };
  toolbar.append(detail);
  tokens.addEventListener("keydown", (event) => onKey(part, event));
  tokens.addEventListener("scroll", () => showMore(tokens));
  part.resized = new ResizeObserver(() => showMore(tokens));
  part.resized.observe(tokens);
  part.obey = ({ detail: { step, unit } }) => choose(part, step, unit ?? null);
  // What plays elsewhere on the page moves the strip and tells Python itself: of two tellings one
  // may be lost.
  part.follow = ({ detail: { step } }) => {
    pause(part);
    select(part, step);
  };
  document.addEventListener("gatescope-choose", part.obey);
  document.addEventListener("gatescope-show", part.follow);
  // Figures come and go with the reader's choices; each new one gets its cursor.
  part.observer = new MutationObserver(() => requestAnimationFrame(() => moveCursors(part)));
  part.observer.observe(document.querySelector('[data-testid="stMain"]') ?? document.body, {
    childList: true,
    subtree: true,
  });
  return part;
}

function draw(part) {
  const { data } = part;
  part.tokens.setAttribute("aria-label", data.labels.tokens);
  for (const name of ["start", "back", "forward"]) label(part.buttons[name], data.labels[name]);
  showPlaying(part, Boolean(part.timer));
  part.boxes = data.tokens.map((_, index) => tokenBox(part, index));
  part.tokens.replaceChildren(...words(part));
  showMore(part.tokens);
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
  const [guess, , hit] = data.guesses[index][0] ?? [""];
  const expected = guess ? ` · ${data.labels.expects}: “${guess}”` : "";
  label(box, describe(data, index) + expected);
  box.classList.toggle("unknown", !data.known[index]);
  box.addEventListener("click", () => choose(part, index));

  const glyph = element("span", "glyph", data.tokens[index]);
  glyph.classList.toggle("blank", data.blanks[index]);
  const shade = data.shades[index];
  const colour = shade < 0 ? data.negative : data.colour;
  const share = Math.round(Math.abs(shade) * DEEPEST);
  glyph.style.backgroundColor = `color-mix(in srgb, ${colour} ${share}%, transparent)`;

  const bar = element("span", "bar");
  const fill = element("i");
  fill.style.height = `${Math.min(1, (data.surprise[index] ?? 0) / FULL_BAR_BITS) * 100}%`;
  bar.append(fill);

  const guessed = element("span", "guess", guess);
  guessed.classList.toggle("hit", Boolean(hit));
  box.append(glyph, bar, guessed);
  return box;
}

function describe(data, index) {
  const { labels } = data;
  const said = [`${labels.step} ${index}`, `“${data.tokens[index]}”`];
  const value = decimal(data.values[index], 2);
  said.push(filled(labels.value, { name: data.name, value }));
  if (data.surprise[index] !== null) {
    said.push(`${labels.surprise} ${data.surprise[index].toFixed(1)} ${labels.bits}`);
  }
  if (!data.known[index]) said.push(labels.unknown);
  return said.join(" · ");
}

// The reader's choice: shown at once, told to Python when no other follows.
function choose(part, step, unit = null, layer = null) {
  pause(part);
  select(part, step);
  if (document.activeElement && part.root.contains(activeIn(part))) part.boxes[part.step].focus();
  clearTimeout(part.rest);
  part.rest = setTimeout(() => {
    part.rest = null;
    part.tell({ step: part.step, unit, layer });
  }, REST_MS);
}

function activeIn(part) {
  return part.root.getRootNode().activeElement;
}

function select(part, step) {
  part.step = Math.max(0, Math.min(part.boxes.length - 1, step));
  part.boxes.forEach((box, index) => {
    const chosen = index === part.step;
    if ((box.getAttribute("aria-selected") === "true") !== chosen || !box.hasAttribute("tabindex")) {
      box.setAttribute("aria-selected", String(chosen));
      box.tabIndex = chosen ? 0 : -1;
    }
  });
  const box = part.boxes[part.step];
  keepInSight(part.tokens, box);
  part.detail.textContent = describe(part.data, part.step);
  showGuesses(part);
  moveCursors(part);
  document.dispatchEvent(new CustomEvent("gatescope-step", { detail: { step: part.step } }));
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
    bar.style.width = `${p * 60}%`;
    const said = `${percent(p)}${hit ? " ✓" : ""}`;
    row.append(element("b", "", token), bar, element("span", "percent", said));
    return row;
  });
  const heading = rows.length ? data.labels.expects : data.labels.reads;
  guesses.replaceChildren(element("div", "heading", heading), ...rows);
}

function play(part) {
  if (part.step >= part.boxes.length - 1) select(part, 0);
  part.timer = setInterval(() => {
    select(part, part.step + 1);
    if (part.step >= part.boxes.length - 1) rest(part);
    else part.tell({ step: part.step, unit: null, layer: null });
  }, PLAY_MS);
  showPlaying(part, true);
}

function pause(part) {
  clearInterval(part.timer);
  part.timer = null;
  showPlaying(part, false);
}

function rest(part) {
  choose(part, part.step);
}

function showPlaying(part, playing) {
  if (!part.data) return;
  setIcon(part.buttons.play, playing ? ICONS.pause : ICONS.play);
  label(part.buttons.play, playing ? part.data.labels.pause : part.data.labels.play);
}

function onKey(part, event) {
  const moves = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  if (event.key in moves) choose(part, part.step + moves[event.key]);
  else if (event.key === "Home") choose(part, 0);
  else if (event.key === "End") choose(part, part.boxes.length - 1);
  else if (event.key === " ") part.timer ? rest(part) : play(part);
  else return;
  event.preventDefault();
}

// The chosen step and unit on every heatmap of the page, drawn over it, so that no value is sent
// again.
function moveCursors(part) {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const layout = plot._fullLayout;
    if (!layout?.meta?.gatescope || !layout.xaxis?._length) continue;
    const cursors = plot.gatescopeCursors ?? attach(part, plot);
    const { xaxis, yaxis } = layout;
    const other = layer(plot) !== null && layer(plot) !== part.data.layer;
    const row = other ? undefined : yaxis._categoriesMap?.[String(part.data.unit)];
    place(cursors.step, xaxis, part.step, { top: yaxis._offset, height: yaxis._length });
    place(cursors.unit, yaxis, row, { left: xaxis._offset, width: xaxis._length });
  }
}

// Lays a cursor around one place of an axis, from side to side of the other. What is chosen shows
// between its lines, which are thin where rows are.
function place(cursor, axis, at, across) {
  const middle = at === undefined ? -1 : axis.l2p(at);
  const cell = Math.abs(axis.l2p(1) - axis.l2p(0));
  const line = cell < 8 ? 1 : 2;
  const thickness = Math.max(2, cell) + 2 * line;
  cursor.style.borderWidth = `${line}px`;
  const [start, size] = "left" in across ? ["top", "height"] : ["left", "width"];
  const box = { [start]: axis._offset + middle - thickness / 2, [size]: thickness, ...across };
  for (const [name, value] of Object.entries(box)) cursor.style[name] = `${value}px`;
  cursor.style.display = middle >= 0 && middle <= axis._length ? "block" : "none";
}

// The layer that a heatmap shows, where it says so.
function layer(plot) {
  return plot._fullLayout.meta.layer ?? null;
}

function attach(part, plot) {
  plot.gatescopeCursors = { step: cursorOn(plot, "step"), unit: cursorOn(plot, "unit") };
  plot.style.position = "relative";
  plot.on("plotly_afterplot", () => moveCursors(part));
  plot.on("plotly_click", ({ points: [point] }) => choose(part, point.x, Number(point.y), layer(plot)));
  return plot.gatescopeCursors;
}

function cursorOn(plot, what) {
  const cursor = element("div", `gatescope-cursor gatescope-${what}`);
  Object.assign(cursor.style, {
    position: "absolute",
    boxSizing: "border-box",
    pointerEvents: "none",
    border: "solid #808080",
    zIndex: 2,
  });
  plot.append(cursor);
  return cursor;
}

// Which part of a drawing is seen: pan, zoom, fit, and following what grows. A drawing that has room
// stays in the middle.

const READABLE = 0.66; // the zoom at which tokens are still easy to read
const LEAST = 0.75; // of a token, by the letters of the page: in a small drawing it is larger than
// the signs, and tokens without room for that are left out until one zooms in
const PHONE = window.matchMedia("(max-width: 640px)");
const SEEN = 0.34; // and at which branches are still told apart
const FEW = 6; // columns of a tree whose shape says more than its words
const [FARTHEST, NEAREST] = [0.1, 4];
const TALLEST = 600; // pixels of a drawing; a taller one is panned,
const TALLEST_WHOLE = 760; // unless so much shows all of it
const SHARE = 0.62; // of the window's height, where the letters are large: a presented page
const DRAG = 5; // pixels that a click may move

// Gives a drawing a view; `act` has what a click and a pointer do: `pick(event)`, `point(event)`.
function viewOn(svg, world, act) {
  const view = { svg, world, zoom: 1, x: 0, y: 0, size: { width: 1, height: 1 }, touched: false };
  const fingers = new Map();
  let moved = 0;
  svg.addEventListener("pointerdown", (event) => {
    if (fingers.size === 0) moved = 0;
    fingers.set(event.pointerId, event);
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return act.point(event);
    moved += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (moved < DRAG) return;
    svg.setPointerCapture(event.pointerId);
    drag(view, fingers, before, event);
    fingers.set(event.pointerId, event);
  });
  const lift = (event) => {
    if (fingers.delete(event.pointerId) && event.type === "pointerup" && moved < DRAG) {
      act.pick(event);
    }
  };
  for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, lift);
  svg.addEventListener("pointerleave", () => act.point(null));
  svg.addEventListener("wheel", (event) => onWheel(view, event), { passive: false });
  return view;
}

// One finger pans; a second one zooms around the middle of both.
function drag(view, fingers, before, event) {
  view.touched = true;
  const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
  const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
  if (!other) return moveTo(view, view.x + dx, view.y + dy);
  const apart = ({ clientX, clientY }) =>
    Math.hypot(clientX - other.clientX, clientY - other.clientY);
  moveTo(view, view.x + dx / 2, view.y + dy / 2);
  const box = view.svg.getBoundingClientRect();
  const x = (event.clientX + other.clientX) / 2 - box.left;
  const y = (event.clientY + other.clientY) / 2 - box.top;
  zoomBy(view, apart(event) / Math.max(1, apart(before)), x, y);
}

function onWheel(view, event) {
  const across = Math.abs(event.deltaX) > Math.abs(event.deltaY);
  if (!event.ctrlKey && !across) return; // the page scrolls
  event.preventDefault();
  view.touched = true;
  if (!event.ctrlKey) return moveTo(view, view.x - event.deltaX, view.y);
  const box = view.svg.getBoundingClientRect();
  const factor = Math.exp(-clamp(event.deltaY, -60, 60) / 150);
  zoomBy(view, factor, event.clientX - box.left, event.clientY - box.top);
}

function zoomBy(view, factor, x = view.room.width / 2, y = view.room.height / 2) {
  const zoom = clamp(view.zoom * factor, FARTHEST, NEAREST);
  const share = zoom / view.zoom;
  view.zoom = zoom;
  moveTo(view, x - (x - view.x) * share, y - (y - view.y) * share);
}

function moveTo(view, x, y, smooth = false) {
  view.x = within(x, view.size.width * view.zoom, view.room.width);
  view.y = within(y, view.size.height * view.zoom, view.room.height);
  view.world.classList.toggle("gliding", smooth);
  writeLegibly(view);
  view.world.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
}

function within(place, size, room) {
  return size <= room ? (room - size) / 2 : Math.max(room - size, Math.min(0, place));
}

// How much larger the letters of the page are than usual.
const letters = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

// The zoom from which on tokens are to be read.
const legible = () => (PHONE.matches ? (16 * LEAST) / FONT : READABLE * letters());

// The zoom at which tokens need not be written much larger than the signs.
const roomy = () => (16 * LEAST * letters()) / (1.1 * FONT);

// The largest zoom that a drawing is given by itself.
const largest = () => 1.3 * letters();

// Writes tokens as large as they are to be read; in each column those have room first that tell most.
function writeLegibly({ world, size, zoom }) {
  const font = Math.max(FONT, (16 * LEAST * letters()) / zoom);
  if (!size.nodes || world.style.getPropertyValue("--token") === `${font}px`) return;
  world.style.setProperty("--token", `${font}px`);
  for (const column of size.columns) {
    const taken = [];
    for (const node of column.toSorted((a, b) => size.nodes[b].tells - size.nodes[a].tells)) {
      const free = font <= ROW || taken.every((y) => Math.abs(y - size.y[node]) >= font);
      size.nodes[node].group.toggleAttribute("data-untold", !free);
      if (free) taken.push(size.y[node]);
    }
  }
}

// Makes the room for a drawing and shows all of it if that can be read, or if it has few columns
// and branches can be told apart; else its beginning, with the height `size.middle` in the middle.
function settle(view, size, width = view.svg.clientWidth) {
  view.size = size;
  if (!width) return;
  const across = width / widthAt(size, width / size.width);
  const whole = Math.min(across, TALLEST / size.height);
  const tallest = letters() > 1 ? Math.min(TALLEST_WHOLE, SHARE * innerHeight) : TALLEST_WHOLE;
  const tall = Math.min(across, tallest / size.height);
  const slender = size.columns.length <= FEW && tall < legible() && tall >= SEEN;
  const readable = whole >= legible() ? whole : Math.max(legible(), Math.min(1, across));
  const zoom = slender ? tall : Math.min(largest(), readable);
  const height = Math.round(Math.min(slender ? tallest : TALLEST, size.height * zoom));
  view.svg.style.height = `${height}px`;
  view.room = { width, height };
  view.zoom = zoom;
  view.touched = false;
  moveTo(view, 0, height / 2 - size.middle * zoom);
}

// The width of a drawing whose tokens are written larger than its signs at so small a zoom.
function widthAt({ width, x, widths }, zoom) {
  const grown = Math.max(1, (16 * LEAST * letters()) / (0.95 * zoom * FONT));
  return Math.max(width, ...x.map((at, node) => at + BESIDE + widths[node] * grown + MARGIN));
}

function fit(view) {
  const { room, size } = view;
  view.zoom = Math.min(largest(), room.width / size.width, room.height / size.height);
  view.touched = true;
  moveTo(view, 0, 0);
}

// The room changed with the window; the reader's own zoom stays.
function resize(view) {
  const width = view.svg.clientWidth;
  if (!width || width === view.room?.width) return;
  if (!view.touched || !view.room) return settle(view, view.size);
  view.room = { ...view.room, width };
  moveTo(view, view.x, view.y);
}

// Brings places of the drawing into sight, in the middle if they are not well inside.
function bringIn(view, places) {
  if (!places.length || !view.room) return;
  const middle = (of) => (Math.min(...of) + Math.max(...of)) / 2;
  const x = middle(places.map((place) => place.x)) * view.zoom;
  const y = middle(places.map((place) => place.y)) * view.zoom;
  const { width, height } = view.room;
  const inside = (at, room) => at > room * 0.15 && at < room * 0.75;
  const [toX, toY] = [inside(x + view.x, width), inside(y + view.y, height)];
  moveTo(view, toX ? view.x : width * 0.45 - x, toY ? view.y : height / 2 - y, true);
}

// The node under the pointer, or the nearest within a finger's breadth; null if there is none.
function nodeAt(view, drawn, event) {
  const box = view.svg.getBoundingClientRect();
  const x = (event.clientX - box.left - view.x) / view.zoom;
  const y = (event.clientY - box.top - view.y) / view.zoom;
  let [found, least] = [null, (event.pointerType === "touch" ? 22 : 12) / view.zoom];
  drawn.nodes.forEach((made, node) => {
    if (!made.known.trim()) return;
    const right = drawn.x[node] + BESIDE + drawn.widths[node];
    const dx = Math.max(0, drawn.x[node] - RADIUS - x, x - right);
    const away = Math.hypot(dx, Math.max(0, Math.abs(drawn.y[node] - y) - RADIUS));
    if (away < least) [found, least] = [node, away];
  });
  return found;
}

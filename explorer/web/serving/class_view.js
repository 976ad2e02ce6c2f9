// What the teacher shows, told by the teacher's tab and taken over by those that follow. A view is a
// page and its parameters; where the strip, two texts or the search trees stand goes ahead of it, as
// they move, and the page does not run for it.

const OWN = ["lang", "theme"]; // each reader's, whatever the teacher's are
const VIEW_MS = 250; // Streamlit may write an address in two parts
const REST_MS = 1200; // what plays or is stepped through is an address when it has come to rest
const MOVE_MS = 60;
const SPREAD_MS = 800; // followers tell Python of a step one after the other

const mine = { places: {}, page: null, shown: "", timer: null, moving: null };
const taken = { view: null, resting: null };

function here() {
  const page = location.pathname.split("/").at(-1);
  const values = Object.fromEntries(new URLSearchParams(location.search));
  for (const name of OWN) delete values[name];
  return { page, values };
}

// --- the teacher's tab

function watchPlaces() {
  const hearPlaces = (name, read) => document.addEventListener(`gatescope-${name}`, ({ detail }) => {
    Object.assign(mine.places, read(detail));
    if (room.leads) mine.moving ??= setTimeout(tellPlaces, MOVE_MS);
  });
  hearPlaces("step", ({ step }) => ({ strip: step }));
  hearPlaces("moved", (places) => places);
  document.addEventListener("gatescope-address", () => room.leads && tellViewSoon());
}

function tellPlaces() {
  mine.moving = null;
  say({ move: mine.places });
}

function tellViewSoon() {
  const now = here();
  if (now.page !== mine.page) mine.places = {};
  mine.page = now.page;
  const rests = withoutStep(now) === withoutStep(mine.last);
  clearTimeout(mine.timer);
  mine.timer = setTimeout(tellView, rests ? REST_MS : VIEW_MS);
}

function tellView() {
  const now = here();
  const written = JSON.stringify(now);
  if (written === mine.shown) return;
  Object.assign(mine, { shown: written, last: now });
  say({ show: { ...now, places: mine.places } });
}

function tellAll() {
  Object.assign(mine, { shown: "", page: here().page });
  tellView();
}

function withoutStep(view) {
  if (!view) return "";
  const { step, ...others } = view.values;
  return JSON.stringify([view.page, Object.entries(others).sort()]);
}

// --- those that follow

function followView({ page, query }, places) {
  const wanted = { page, values: Object.fromEntries(new URLSearchParams(query)) };
  const now = here();
  takePlaces(places);
  if (withoutStep(wanted) !== withoutStep(now)) goTo(wanted);
  else if (wanted.values.step !== now.values.step) restAt(places.strip);
}

// As the browser's Back does it: the page does not load again.
function goTo({ page, values }) {
  clearTimeout(taken.resting);
  const next = new URL(`./${page}`, location.href);
  const own = new URLSearchParams(location.search);
  for (const name of OWN) if (own.has(name)) next.searchParams.set(name, own.get(name));
  for (const [name, value] of Object.entries(values)) next.searchParams.set(name, value);
  history.replaceState(history.state, "", next);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}

function restAt(step) {
  clearTimeout(taken.resting);
  if (step === undefined) return;
  const act = () => room.follows && tell("choose", { step });
  taken.resting = setTimeout(act, Math.random() * SPREAD_MS);
}

// Components that are mounted later find it declared.
function takePlaces(places) {
  if (!room.leads && room.follows) declare("move", places);
}

function letPlacesGo() {
  clearTimeout(taken.resting);
  declare("move", {});
}

// A reader who does something on the page looks around from then on.
function watchReader() {
  const acts = (event) => {
    const [target] = event.composedPath();
    const outside = !event.composedPath().includes(bar.host);
    if (!event.isTrusted || !outside || !room.follows || room.leads || !room.connected) return;
    if (target.closest?.("button, a, input, textarea, select, label, [role], [tabindex], svg, canvas")) {
      roam();
    }
  };
  for (const kind of ["click", "input"]) document.addEventListener(kind, acts, true);
  document.addEventListener("keydown", (event) => {
    if (/^(Arrow|Home|End|Enter| )/.test(event.key) && event.target !== document.body) acts(event);
  }, true);
}

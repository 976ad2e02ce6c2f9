// The clock of the trees, one for all of them, and the toolbar that turns it. A place is a decoder
// call; at 0 there is only the empty prefix.

const CALL_MS = 1000; // at speed 1; a long search plays faster
const WHOLE_MS = 30_000;
const QUICKEST_MS = 40;
const SPEEDS = [0.5, 1, 2, 4];

function toolbarOf(part) {
  const bar = element("div", "toolbar");
  bar.setAttribute("role", "toolbar");
  const acts = {
    start: () => go(part, 0),
    back: () => go(part, part.place - 1),
    play: () => (part.timer ? pause(part) : play(part)),
    forward: () => go(part, part.place + 1, true),
    end: () => go(part, part.calls),
  };
  addButtons(part, bar, acts);
  obeyKeys(part, { ...acts, speed: () => changeSpeed(part) });
  part.slider = element("input");
  part.slider.type = "range";
  part.slider.min = 0;
  part.slider.addEventListener("input", () => go(part, Number(part.slider.value)));
  part.count = element("span", "count");
  part.speed = element("select");
  for (const speed of SPEEDS) {
    const option = element("option", "", `${speed}×`);
    option.value = speed;
    option.selected = speed === 1;
    part.speed.append(option);
  }
  bar.append(part.slider, part.count, part.speed);
  addButtons(part, bar, {
    out: () => zoomAll(part, 1 / 1.3),
    in: () => zoomAll(part, 1.3),
    fit: () => part.panels.forEach(({ view }) => fit(view)),
  });
  return bar;
}

function zoomAll(part, factor) {
  for (const { view } of part.panels) {
    view.touched = true;
    zoomBy(view, factor);
  }
}

// The next of the speeds, and the slowest after the quickest.
function changeSpeed({ speed }) {
  speed.selectedIndex = (speed.selectedIndex + 1) % SPEEDS.length;
}

// The reader's choice of a place; `slowly` lets what is new come in.
function go(part, place, slowly = false) {
  pause(part);
  showPlace(part, place, slowly);
}

// The place that a class's teacher is at; one call more comes in as it does there.
function obeyClass(part, { tree }) {
  if (tree === undefined || tree === part.place || !part.calls) return;
  pause(part);
  showPlace(part, tree, tree === part.place + 1);
}

function showPlace(part, place, slowly) {
  part.place = clamp(place, 0, part.calls);
  tell("moved", { tree: part.place });
  const spread = slowly ? 0.6 * period(part) : 0;
  for (const panel of part.panels) {
    showAt(panel.drawn, panel.tree, part.place, part.data.labels, spread);
    if (slowly) bringIn(panel.view, front(panel, part.place));
    showEnd(part, panel);
  }
  showCount(part);
  showDetail(part);
}

// What came in with a call and was not pruned.
function front({ tree, drawn }, place) {
  const pruned = tree.fates.indexOf("pruned");
  const fresh = tree.call.flatMap((call, node) => (call === place ? [node] : []));
  const kept = fresh.filter((node) => tree.fate[node] !== pruned);
  return (kept.length ? kept : fresh).map((node) => ({ x: drawn.x[node], y: drawn.y[node] }));
}

function showCount(part) {
  const { labels } = part.data;
  const said = filled(labels.count, { call: part.place, calls: part.calls });
  part.slider.max = part.calls;
  part.slider.value = part.place;
  part.slider.setAttribute("aria-valuetext", said);
  part.count.textContent = said;
  part.buttons.start.disabled = part.buttons.back.disabled = part.place === 0;
  part.buttons.forward.disabled = part.buttons.end.disabled = part.place === part.calls;
}

// The milliseconds of a call.
function period({ calls, speed }) {
  const whole = Math.min(CALL_MS, Math.max(QUICKEST_MS, WHOLE_MS / Math.max(1, calls)));
  return whole / Number(speed.value);
}

function play(part) {
  if (part.place >= part.calls) {
    showPlace(part, 0, false);
    for (const panel of part.panels) bringIn(panel.view, [{ x: panel.drawn.x[0], y: panel.drawn.y[0] }]);
  }
  const tick = () => {
    showPlace(part, part.place + 1, true);
    if (part.place >= part.calls) pause(part);
    else part.timer = setTimeout(tick, period(part));
  };
  part.timer = setTimeout(tick, Math.min(300, period(part)));
  sayButtons(part);
}

function pause(part) {
  clearTimeout(part.timer);
  part.timer = null;
  sayButtons(part);
}

// The bar of a class at the lower edge of the window, above which the page ends: who one is in the
// class, and what one can do. All text is set as text.

const bar = { host: null, root: null };
const room = {
  connected: false, leads: false, follows: true, code: "", words: {}, titles: {}, addresses: [],
  state: null, panel: null,
};

function raiseBar() {
  if (bar.host) return;
  bar.host = element("div", "");
  bar.host.id = "gatescope-class";
  const shadow = bar.host.attachShadow({ mode: "open" });
  bar.root = element("section", "class");
  bar.panel = element("div", "panel");
  bar.row = element("div", "row");
  bar.said = element("p", "said");
  bar.said.setAttribute("role", "status");
  bar.said.setAttribute("aria-live", "polite");
  bar.root.append(bar.panel, bar.row, bar.said);
  shadow.append(element("style", "", STYLE), bar.root);
  document.body.append(bar.host);
  const fit = () => document.documentElement.style
    .setProperty("--gatescope-class", `${bar.host.getBoundingClientRect().height}px`);
  bar.size = new ResizeObserver(fit);
  bar.size.observe(bar.host);
}

function lowerBar() {
  bar.size?.disconnect();
  bar.host?.remove();
  Object.assign(bar, { host: null, size: null });
  document.documentElement.style.removeProperty("--gatescope-class");
}

// Said once to those who do not see it; what was said before is not said again.
function announce(text) {
  bar.said.textContent = text;
}

function welcome(told) {
  raiseBar();
  const { code, leads, words, titles, addresses = [], alone = false } = told;
  Object.assign(room, { connected: true, code, leads, words, titles, addresses, alone });
  declare("leads", leads);
  if (bar.said.textContent === words.lost) announce(""); // found again
  if (leads) tellAll();
  else if (!room.follows) say({ follow: false });
  bar.root.setAttribute("aria-label", words.name);
  drawBar();
}

function showState(state) {
  const before = room.state;
  room.state = state;
  if (state.ended) return showOver();
  if (!room.leads) takeState(before, state);
  drawBar();
}

function takeState(before, { view, places, question }) {
  const asked = JSON.stringify([question?.text, question?.choices]);
  if (question && asked !== room.asked) announce(filled(room.words.asked, { text: question.text }));
  else if (question?.revealed && !before?.question?.revealed) announce(room.words.revealed);
  room.asked = question ? asked : null;
  if (!view || !room.follows) return;
  const other = JSON.stringify(view) !== JSON.stringify(before?.view);
  if (other && before?.view && view.page !== before.view.page) {
    announce(filled(room.words.went, { page: room.titles[view.page] ?? "" }));
  } else if (other && before?.view) {
    announce(room.words.changed);
  }
  if (other || !before || room.returning) followView(view, places);
  else takePlaces(places);
  room.returning = false;
}

function roam() {
  room.follows = false;
  letPlacesGo();
  say({ follow: false });
  announce(room.words.roaming);
  drawBar();
}

function comeBack() {
  room.follows = true;
  say({ follow: true });
  announce(room.words.following);
  if (room.state?.view) followView(room.state.view, room.state.places);
  drawBar();
}

function drawBar() {
  bar.row.replaceChildren(...(room.leads ? teachersRow() : studentsRow()));
  drawPanel();
}

function studentsRow() {
  const { words, follows, state } = room;
  const name = element("b", follows ? "follows" : "roams", follows ? words.following : words.roaming);
  const made = [name];
  if (follows && state && !state.view) made.push(element("span", "hint", words.waiting));
  made.push(element("i", "gap"));
  made.push(follows ? button(words.roam, roam) : button(words.back, comeBack, "primary"));
  made.push(button(words.leave, () => { leaveClass(); takeDown(); }, "quiet"));
  return made;
}

function teachersRow() {
  const { words, code, state, panel } = room;
  const count = filled(words.here, { here: state?.here ?? 0, following: state?.following ?? 0 });
  const toggle = (name, text) => {
    const made = button(text, () => {
      room.panel = room.panel === name ? null : name;
      drawBar();
    });
    made.setAttribute("aria-expanded", String(panel === name));
    return made;
  };
  const end = button(room.sure ? words.sure : words.end, () => {
    if (room.sure) return say({ end: true });
    room.sure = true;
    drawBar();
    setTimeout(() => { room.sure = false; if (room.connected) drawBar(); }, 4000);
  }, room.sure ? "danger" : "quiet");
  return [
    element("b", "leads", filled(words.leading, { code })), element("span", "count", count),
    element("i", "gap"), toggle("address", words.address), toggle("ask", words.ask), end,
  ];
}

function drawPanel() {
  const { leads, state, panel } = room;
  if (state?.question) drawQuestion(state.question);
  else if (leads && panel === "address") drawAddress();
  else if (leads && panel === "ask") drawForm();
  else emptyPanel();
}

function emptyPanel() {
  bar.drawn = null;
  bar.panel.replaceChildren();
}

function drawAddress() {
  const { words, code, addresses, alone } = room;
  if (bar.drawn === "address") return;
  bar.drawn = "address";
  const list = element("div", "addresses");
  for (const { address, interface: network, modules } of addresses) {
    const each = element("div", "address");
    const said = element("p", "", "");
    said.append(element("b", "", address), network ? ` (${network})` : "");
    each.append(qrCode(modules, filled(words.qr, { address })), said);
    list.append(each);
  }
  const hint = element("p", "", filled(words.open_it, { code }));
  bar.panel.replaceChildren(hint, list, ...(alone ? [element("p", "warning", words.alone)] : []));
}

// Dark on white in either theme, with the margin of four modules that readers of the code need.
function qrCode(modules, said) {
  const size = modules.length + 8;
  const svg = drawing("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": said });
  const dark = modules.flatMap((row, y) =>
    [...row].flatMap((module, x) => (module === "1" ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])));
  svg.append(drawing("rect", { width: size, height: size, fill: "#fff" }));
  svg.append(drawing("path", { d: dark.join(""), fill: "#000", "shape-rendering": "crispEdges" }));
  return svg;
}

function showLost() {
  room.connected = false;
  if (!bar.host || !room.words.lost) return;
  announce(room.words.lost);
  bar.row.replaceChildren(element("b", "lost", room.words.lost), element("i", "gap"));
}

function showRefused({ refused, close }) {
  raiseBar();
  room.words = { ...room.words, close };
  showOver(refused);
}

function showProblem(sentence) {
  bar.panel.querySelector(".warning")?.remove();
  const said = element("p", "warning", sentence);
  said.setAttribute("role", "alert");
  bar.panel.append(said);
}

function showOver(sentence = room.words.ended) {
  const close = button(room.words.close, takeDown);
  endRoom();
  emptyPanel();
  bar.row.replaceChildren(element("b", "", sentence), element("i", "gap"), close);
  announce(sentence);
}

function takeDown() {
  endRoom();
  lowerBar();
}

function endRoom() {
  letPlacesGo();
  declare("leads", false);
  Object.assign(room, { connected: false, leads: false, follows: true, panel: null, state: null });
}

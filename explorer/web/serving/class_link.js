// The line to a class. It is taken up again by itself: after a reload the code stands in the tab, and
// after a loss it is tried again and again, soon at first. What the class is told comes whole each time.

const CODE = "gatescope-class"; // in the tab
const SEAT = "gatescope-seat-"; // in the browser, for each class
const SOONEST_MS = 500;
const LATEST_MS = 8000;
const STILL_MS = 10_000; // how often the line is tried
const SILENT_MS = 25_000; // whoever hears nothing for so long has lost it

const line = { socket: null, timer: null, wait: SOONEST_MS, heard: 0 };

function codeOfTab() {
  return sessionStorage.getItem(CODE);
}

// A class that the address asks for stands in the tab from then on, and no longer in the address.
function takeCode() {
  const here = new URL(location.href);
  const asked = here.searchParams.get("class");
  if (asked === null) return;
  here.searchParams.delete("class");
  history.replaceState(history.state, "", here);
  if (asked) sessionStorage.setItem(CODE, asked);
}

async function openClass() {
  const lang = document.documentElement.lang;
  const answer = await fetch(`./class/open?lang=${lang}`, { method: "POST" });
  const { code, refused } = await answer.json();
  if (refused) return refused;
  room.panel = "address";
  enterClass(code);
  return "";
}

function enterClass(code) {
  sessionStorage.setItem(CODE, code);
  connect();
}

function leaveClass() {
  sessionStorage.removeItem(CODE);
  hangUp();
}

function say(message) {
  if (line.socket?.readyState === WebSocket.OPEN) line.socket.send(JSON.stringify(message));
}

function connect() {
  hangUp();
  const code = codeOfTab();
  if (!code) return;
  const address = new URL("./class/live", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  line.socket = socket;
  line.heard = Date.now();
  socket.onopen = () => {
    const join = { join: code, seat: localStorage.getItem(SEAT + code) ?? "" };
    say({ ...join, lang: document.documentElement.lang });
  };
  socket.onmessage = ({ data }) => {
    line.heard = Date.now();
    hearClass(JSON.parse(data), code);
  };
  socket.onclose = () => socket === line.socket && lose();
}

function hangUp() {
  clearTimeout(line.timer);
  const { socket } = line;
  line.socket = null;
  socket?.close();
}

function lose() {
  hangUp();
  if (!codeOfTab()) return;
  showLost();
  line.timer = setTimeout(connect, line.wait * (0.5 + Math.random() / 2));
  line.wait = Math.min(LATEST_MS, 2 * line.wait);
}

function hearClass(message, code) {
  if (message.welcome) {
    line.wait = SOONEST_MS;
    if (message.welcome.seat) localStorage.setItem(SEAT + code, message.welcome.seat);
    welcome(message.welcome);
  } else if (message.refused) {
    leaveClass();
    showRefused(message);
  } else if (message.state) {
    if (message.state.ended) leaveClass();
    showState(message.state);
  } else if (message.places) {
    takePlaces(message.places);
  } else if (message.problem) {
    showProblem(message.problem);
  }
}

setInterval(() => {
  if (!line.socket) return;
  if (Date.now() - line.heard > SILENT_MS) lose();
  else say({ still: true });
}, STILL_MS);
addEventListener("online", () => codeOfTab() && connect());

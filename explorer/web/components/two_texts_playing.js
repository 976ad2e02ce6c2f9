// Two texts that play: step by step, slower where the texts differ, since that is what they show.

const STEP_MS = 170;
const SLOWER = 7;
const REST_MS = 150; // a button pressed again and again tells Python once

function drawPlayer(part) {
  const { player } = part.data;
  const first = !part.buttons;
  if (first) addPlayer(part);
  sayButtons(part);
  if (part.timer || part.rest) return;
  if (first && player.autoplay && motionIsWelcome()) play(part);
  else show(part, player.step);
  obeyClass(part, declared("move") ?? {});
}

// A class that follows its teacher does not play by itself.
function obeyClass(part, { texts }) {
  if (texts === undefined || texts === part.step) return;
  stop(part);
  sayButtons(part);
  show(part, texts);
}

function motionIsWelcome() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function addPlayer(part) {
  part.detail.setAttribute("role", "status");
  const acts = {
    start: () => choose(part, 0),
    back: () => choose(part, part.step - 1),
    play: () => (part.timer ? choose(part, part.step) : again(part)),
    forward: () => choose(part, part.step + 1),
  };
  addButtons(part, part.toolbar, acts);
  obeyKeys(part, acts);
}

// From the beginning, or from where it was left.
function again(part) {
  play(part, part.step < lastOf(part) ? part.step : 0);
}

function lastOf({ data: { tokens } }) {
  return Math.max(tokens[0].length, tokens[1].length) - 1;
}

function play(part, from = 0) {
  show(part, from);
  part.timer = setTimeout(() => {
    part.timer = null;
    if (part.step < lastOf(part)) play(part, part.step + 1);
    else sayButtons(part);
  }, STEP_MS * (differs(part) ? SLOWER : 1));
  sayButtons(part);
}

function differs({ step, data: { tokens } }) {
  return tokens[0][step] !== tokens[1][step];
}

function stop(part) {
  clearTimeout(part.timer);
  part.timer = null;
}

// The reader's choice: shown at once, told to Python when no other follows.
function choose(part, step) {
  stop(part);
  sayButtons(part);
  show(part, step);
  clearTimeout(part.rest);
  part.rest = setTimeout(() => {
    part.rest = null;
    part.trigger("pick", { step: part.step });
  }, REST_MS);
}

// Two texts that play: step by step, slower where the texts differ, since that is what they show.

const STEP_MS = 170;
const SLOWER = 7;
const REST_MS = 150; // a button pressed again and again tells Python once

function drawPlayer(part) {
  const { player, labels } = part.data;
  const first = !part.buttons;
  part.buttons ??= playerButtons(part);
  for (const name of ["start", "back", "forward"]) label(part.buttons[name], labels[name]);
  showPlaying(part);
  if (part.timer || part.rest) return;
  if (first && player.autoplay && motionIsWelcome()) play(part);
  else show(part, player.step);
  obeyClass(part, declared("move") ?? {});
}

// A class that follows its teacher does not play by itself.
function obeyClass(part, { texts }) {
  if (texts === undefined || texts === part.step) return;
  stop(part);
  showPlaying(part);
  show(part, texts);
}

function motionIsWelcome() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function playerButtons(part) {
  part.detail.setAttribute("role", "status");
  obeyKeys(part, {
    forward: () => choose(part, part.step + 1),
    back: () => choose(part, part.step - 1),
    play: () => (part.timer ? choose(part, part.step) : again(part)),
  });
  return {
    start: button(part.toolbar, ICONS.start, () => choose(part, 0)),
    back: button(part.toolbar, ICONS.back, () => choose(part, part.step - 1)),
    play: button(part.toolbar, ICONS.play, () => (part.timer ? choose(part, part.step) : again(part))),
    forward: button(part.toolbar, ICONS.forward, () => choose(part, part.step + 1)),
  };
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
    else showPlaying(part);
  }, STEP_MS * (differs(part) ? SLOWER : 1));
  showPlaying(part);
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
  showPlaying(part);
  show(part, step);
  clearTimeout(part.rest);
  part.rest = setTimeout(() => {
    part.rest = null;
    part.trigger("pick", { step: part.step });
  }, REST_MS);
}

function showPlaying(part) {
  const { labels } = part.data;
  setIcon(part.buttons.play, part.timer ? ICONS.pause : ICONS.play);
  label(part.buttons.play, part.timer ? labels.pause : labels.play);
}

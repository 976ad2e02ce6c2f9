// The clock of the diagram. The strip holds the step of the page; while the diagram plays, it moves
// the strip, and Python is told when it comes to rest.

const STEP_MS = 900; // of a step
const GLIDE_MS = 450; // of the way from one step to the next

function toolbarOf(part) {
  const bar = element("div", "toolbar");
  bar.setAttribute("role", "toolbar");
  part.title = element("b");
  bar.append(part.title);
  const made = (name, act) => (part.buttons[name] = button(bar, ICONS[name], act));
  made("start", () => ask(part, 0));
  made("back", () => ask(part, part.step - 1));
  made("play", () => (part.playing ? rest(part) : play(part)));
  made("forward", () => ask(part, part.step + 1));
  part.slider = element("input");
  Object.assign(part.slider, { type: "range", min: 0 });
  part.slider.addEventListener("input", () => ask(part, Number(part.slider.value)));
  part.count = element("span", "count");
  bar.append(part.slider, part.count);
  return bar;
}

// The reader's choice of a step here: the strip takes it, tells Python, and says it back.
function ask(part, step) {
  halt(part);
  goTo(part, step);
  tell("choose", { step: part.step });
}

// Shows a step, gliding there from what is shown now.
function goTo(part, step) {
  const next = Math.max(0, Math.min(part.data.tokens.length - 1, step));
  if (next !== part.step) part.own = {}; // what was set belonged to the values of its step
  part.step = next;
  settleAt(part);
}

// Glides from what is shown to the values of the step and of what the reader set.
function settleAt(part) {
  part.from = part.shown;
  part.to = valuesAt(part.data, part.step, part.own);
  part.began = performance.now();
  const held = Object.keys(part.own).length > 0; // a drag is followed at once
  if (held || part.still.matches || !part.from) part.began = -Infinity;
  showWords(part);
  showHand(part);
  wake(part);
}

function play(part) {
  if (part.step >= part.data.tokens.length - 1) goTo(part, 0);
  part.playing = true;
  part.next = performance.now() + STEP_MS;
  showStep(part);
  showPlaying(part);
  wake(part);
}

// Stops the clock.
function halt(part) {
  part.playing = false;
  showPlaying(part);
}

// Stops the clock where it is, and lets the page follow.
function rest(part) {
  ask(part, part.step);
}

function wake(part) {
  part.frame ??= requestAnimationFrame((now) => onFrame(part, now));
}

function onFrame(part, now) {
  part.frame = null;
  if (part.playing && now >= part.next) {
    part.next += STEP_MS;
    if (part.next < now) part.next = now + STEP_MS; // the page was hidden
    goTo(part, part.step + 1);
    showStep(part);
    if (part.step >= part.data.tokens.length - 1) rest(part);
  }
  const share = Math.min(1, Math.max(0, (now - part.began) / GLIDE_MS));
  part.shown = share < 1 ? between(part.from, part.to, share * share * (3 - 2 * share)) : part.to;
  showValues(part.drawn, part.shown, part.to, part.data);
  if (share < 1 || part.playing) wake(part);
}

// Moves the strip along, without telling Python.
function showStep(part) {
  tell("show", { step: part.step });
}

function showPlaying({ buttons, data, playing }) {
  setIcon(buttons.play, playing ? ICONS.pause : ICONS.play);
  label(buttons.play, playing ? data.labels.pause : data.labels.play);
}

function showWords(part) {
  const { data, step } = part;
  const last = data.tokens.length - 1;
  const said = filled(data.labels.count, { step, last, token: data.tokens[step] });
  part.slider.max = last;
  part.slider.value = step;
  part.slider.setAttribute("aria-valuetext", said);
  part.count.textContent = said;
  part.token.textContent = `“${data.tokens[step]}”`;
  part.buttons.start.disabled = part.buttons.back.disabled = step === 0;
  part.buttons.forward.disabled = step === last;
}

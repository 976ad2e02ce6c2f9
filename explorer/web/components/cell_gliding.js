// How the diagram follows the chosen step of the page: it glides from the values of one to the next.

const GLIDE_MS = 300; // less than the strip's fastest step but one

// Shows a step, gliding there from what is shown now.
function goTo(part, step) {
  const next = clamp(step, 0, part.data.tokens.length - 1);
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
  part.token.textContent = `“${part.data.tokens[part.step]}”`;
  if (part.hand) showHand(part);
  showTerms(part);
  part.frame ??= requestAnimationFrame((now) => onFrame(part, now));
}

function onFrame(part, now) {
  part.frame = null;
  const share = clamp((now - part.began) / GLIDE_MS, 0, 1);
  part.shown = share < 1 ? between(part.from, part.to, share * share * (3 - 2 * share)) : part.to;
  showValues(part.drawn, part.shown, part.to, part.data);
  if (share < 1) part.frame = requestAnimationFrame((next) => onFrame(part, next));
}

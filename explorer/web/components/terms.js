// Terms of a cell's equations, wherever they are drawn: as wires of the diagram, or written. One that
// is pointed at, or that the keyboard has come to, is lit everywhere. All terms of a drawing are one
// stop of the Tab key; the arrow keys go from one to the next.

// Lights what belongs to the terms that others tell of, and tells of those under the pointer or keys.
function linkTerms(part, root) {
  const of = (event) => event.target.closest?.("[data-of]")?.dataset.of || null;
  root.addEventListener("pointerover", (event) => light(of(event)));
  root.addEventListener("pointerleave", () => light(null));
  root.addEventListener("focusin", (event) => light(of(event)));
  root.addEventListener("focusout", () => light(null));
  root.addEventListener("keydown", (event) => onTermKey(part, event));
  hear(part, "light", ({ of: lit }) => {
    for (const one of root.querySelectorAll("[data-of]")) {
      one.classList.toggle("lit", lit !== null && one.dataset.of === lit);
    }
  });
}

function light(of) {
  tell("light", { of });
}

// Makes the first of the terms the stop of the Tab key.
function startTerms(part) {
  part.terms.forEach((term, place) => {
    term.setAttribute("role", "img");
    term.setAttribute("tabindex", place ? -1 : 0);
  });
}

// Says of each term what it is and what it is worth now.
function showTerms(part) {
  const { data, to } = part;
  for (const term of part.terms) {
    const name = term.dataset.value ?? term.dataset.of;
    label(term, `${data.said[name]}: ${decimal(to[name], 2)}`);
  }
}

function onTermKey({ terms, data }, event) {
  if (data.sets) return;
  const at = terms.indexOf(event.target);
  if (at < 0 || !(event.key in ARROWS)) return;
  const next = terms[clamp(at + ARROWS[event.key], 0, terms.length - 1)];
  for (const term of terms) term.setAttribute("tabindex", term === next ? 0 : -1);
  next.focus();
  event.preventDefault();
}

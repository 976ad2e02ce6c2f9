// What Python tells a component, and what the components of a page tell each other.

// What Python sent, JSON in bytes.
function textOf(data) {
  return new TextDecoder().decode(data);
}

// Tells all components of the page.
function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`gatescope-${name}`, { detail }));
}

// Tells them what holds from now on, those that are mounted later, too.
function declare(name, detail) {
  document.gatescope = { ...document.gatescope, [name]: detail };
  tell(name, detail);
}

function declared(name) {
  return document.gatescope?.[name];
}

// What a component is told, as long as it is mounted.
function hear(part, name, act) {
  const { signal } = part.ending;
  document.addEventListener(`gatescope-${name}`, ({ detail }) => act(detail), { signal });
}

// Draws what Python declares under a name, now and whenever it is another; of names the last holds.
function drawDeclared(part, name, draw) {
  if (name !== part.hears) hear(part, name, (content) => name === part.hears && draw(part, content));
  part.hears = name;
  if (declared(name) !== undefined) draw(part, declared(name));
}

// By how many places an arrow key moves in a row.
const ARROWS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

// The keys of a presentation: the first component in sight that can do what was pressed, does it.
function obeyKeys(part, acts) {
  hear(part, "press", (pressed) => {
    const act = acts[pressed.what];
    if (pressed.done || !act || !part.root.checkVisibility()) return;
    pressed.done = true;
    act();
  });
}

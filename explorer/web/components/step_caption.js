// A caption that is another at every step. Text enters through textContent.

export default function (component) {
  return mounted(component, { build, draw });
}

function build() {
  return { root: element("div", "caption") };
}

function draw(part, { hears }) {
  drawDeclared(part, hears, show);
}

// Letters with an index are set as in the equations.
function show({ root }, text) {
  const pieces = text.split(/(\p{L}_\p{L})/u).map((piece, at) => (at % 2 ? symbol(piece) : piece));
  root.replaceChildren(...pieces);
}

function symbol(written) {
  const made = element("span", "symbol");
  made.append(element("i", "", written[0]), element("sub", "", written[2]));
  return made;
}

// One side of a minibatch as a table. Text enters through textContent; every cell finds the
// direction of its own script.

export default function (component) {
  return mounted(component, { build, draw });
}

function build() {
  const root = element("div", "minibatch");
  root.tabIndex = 0; // a keyboard scrolls it, too
  root.setAttribute("role", "region");
  return { root };
}

function draw({ root }, data) {
  root.setAttribute("aria-label", data.name);
  root.style.setProperty("--side", data.colour);
  const made = element("table");
  made.append(element("caption", "", data.name), head(data), body(data));
  root.replaceChildren(made);
}

function head({ lines, labels }) {
  const row = element("tr");
  row.append(heading("col", ""), heading("col", labels.valid), heading("col", labels.lost));
  const steps = lines.length ? lines[0].places.length : 0;
  for (let step = 1; step <= steps; step += 1) row.append(heading("col", String(step)));
  const made = element("thead");
  made.append(row);
  return made;
}

function body({ lines, labels }) {
  const made = element("tbody");
  lines.forEach((line, index) => {
    const row = element("tr");
    const first = heading("row", String(index + 1));
    first.setAttribute("aria-label", `${labels.row} ${index + 1}`);
    // In front, where a narrow screen still has them.
    const counts = [String(line.valid), line.lost ? `✂ ${line.lost}` : "–"];
    row.append(first, ...counts.map((count) => element("td", "count", count)));
    row.append(...line.places.map((place) => cell(place, labels)));
    made.append(row);
  });
  return made;
}

function cell(place, labels) {
  const made = element("td", place.kind);
  const text = element("span", "", place.text);
  text.dir = "auto";
  made.append(text);
  if (place.kind === "unknown") made.title = `${place.word}: ${labels.unknown}`;
  if (place.kind === "padding") {
    made.setAttribute("aria-label", labels.padding);
    made.title = labels.padding;
  }
  if (place.word) {
    const word = element("small", "", place.word);
    word.dir = "auto";
    made.append(word);
  }
  return made;
}

function heading(scope, text) {
  const made = element("th", "", text);
  made.scope = scope;
  return made;
}

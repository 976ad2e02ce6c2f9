// Elements, whose text is never markup, and numbers and sentences as the pages write them.

// Drawn on a square of 16, since not every machine has the signs in a font.
const ICONS = {
  start: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M12 3v10L5 8z",
  play: "M4 2v12l10-6z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M4 3v10l7-5z",
  end: "M11 3h2v10h-2zM3 3v10l7-5z",
  out: "M3 7h10v2H3z",
  in: "M3 7h4V3h2v4h4v2H9v4H7V9H3z",
  fit: "M2 2h5v2H4v3H2zM9 2h5v5h-2V4H9zM2 9h2v3h3v2H2zM12 9h2v5H9v-2h3z",
};

function button(parent, icon, act) {
  const made = element("button");
  made.type = "button";
  setIcon(made, icon);
  made.addEventListener("click", act);
  parent.append(made);
  return made;
}

function label(target, text) {
  target.title = text;
  target.setAttribute("aria-label", text);
}

function setIcon(target, path) {
  const svg = drawing("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  svg.append(drawing("path", { d: path }));
  target.replaceChildren(svg);
}

// A sentence with its values in their places.
function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// A number with a minus sign that is no hyphen, and none at zero.
function decimal(value, digits) {
  const written = value.toFixed(digits);
  return written.replace("-", Number(written) === 0 ? "" : "−");
}

// A share with as many digits as tell it from none and from all.
function percent(p) {
  const share = p * 100;
  if (share === 0 || share === 100) return `${share}%`;
  if (share < 0.01) return "<0.01%";
  if (share > 99.99) return ">99.99%";
  const written = [0, 1, 2].map((digits) => share.toFixed(digits));
  const least = share < 10 ? (share < 0.1 ? 2 : 1) : 0;
  return `${written.slice(least).find((text) => Number(text) < 100)}%`;
}

// An element of a drawing.
function drawing(tag, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

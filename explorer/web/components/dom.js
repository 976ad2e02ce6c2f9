// What the components of the pages share: elements, whose text is never markup. Streamlit takes one
// script a component, so this one is put in front of each.

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

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
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  target.replaceChildren(svg);
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

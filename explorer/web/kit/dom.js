// Elements, whose text is never markup, and numbers and sentences as the pages write them.

function button(text, act, className = "") {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function label(target, text) {
  target.title = text;
  target.setAttribute("aria-label", text);
}

// A sentence with its values in their places.
function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
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

// A share from 0 to 1, as a bar of that length.
function shareBar(share) {
  const bar = element("span", "bar");
  const inner = element("i");
  inner.style.width = `${share * 100}%`;
  bar.append(inner);
  return bar;
}

// An element of a drawing.
function drawing(tag, attributes = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

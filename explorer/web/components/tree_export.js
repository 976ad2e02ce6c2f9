// Saves a tree as a picture: as it stands in the animation, whole, on white, in a light page's
// colours, with its name above. Nothing is fetched: the styles are written into the elements.

const STYLES = ["stroke-width", "stroke-linecap", "font-size"];
STYLES.push("font-weight", "font-family", "stroke-dasharray", "paint-order", "stroke-linejoin");
const UNSAVED = ["class", "style", "id", "role", "aria-label", "data-untold"];
const COLOURS = ["fill", "stroke"];
const LIGHT = { "text-color": "#222", "background-color": "#fff", "primary-color": "#1F5FA8" };
const HEAD = 58; // pixels above the tree, for words
const SHARP = 2; // pixels of a PNG for one of the drawing

function saveSvg(panel) {
  save(new Blob([pictureOf(panel).text], { type: "image/svg+xml" }), `${panel.file}.svg`);
}

function savePng(panel) {
  const { text, width, height } = pictureOf(panel);
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  image.addEventListener("load", () => {
    const canvas = element("canvas");
    [canvas.width, canvas.height] = [SHARP * width, SHARP * height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => save(blob, `${panel.file}.png`));
  });
  image.src = address;
}

function pictureOf({ drawn, figure, svg, world, texts }) {
  const [width, height] = [Math.max(560, Math.ceil(drawn.width)), Math.ceil(drawn.height) + HEAD];
  const made = drawing("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const tree = world.cloneNode(true);
  tree.removeAttribute("style");
  tree.setAttribute("transform", `translate(0 ${HEAD})`);
  const head = texts.map((text, line) =>
    drawing("text", { x: 14, y: 22 + 20 * line, class: line ? "" : "title" }, text));
  made.append(drawing("rect", { width, height, class: "ground" }), ...head, tree);
  inLight(figure, svg, made);
  return { text: new XMLSerializer().serializeToString(made), width, height };
}

// Writes the styles that elements have on a light page into them, and drops what is not seen.
function inLight(figure, svg, made) {
  const light = element("div", "light");
  for (const [name, value] of Object.entries(LIGHT)) light.style.setProperty(`--st-${name}`, value);
  light.append(made);
  figure.append(light);
  for (const part of made.querySelectorAll("[display=none]")) part.remove();
  for (const part of made.querySelectorAll("path, text, rect")) {
    const style = getComputedStyle(part);
    for (const name of STYLES) part.setAttribute(name, style.getPropertyValue(name));
    for (const name of COLOURS) part.setAttribute(name, plainColour(style.getPropertyValue(name)));
  }
  for (const part of made.querySelectorAll("*")) {
    for (const name of UNSAVED) part.removeAttribute(name);
  }
  light.remove();
}

const plainColours = new Map([["none", "none"]]);

// A mixed colour, on white, as any program knows it.
function plainColour(colour) {
  if (plainColours.has(colour)) return plainColours.get(colour);
  const context = element("canvas").getContext("2d");
  for (const style of ["#fff", colour]) {
    context.fillStyle = style;
    context.fillRect(0, 0, 1, 1);
  }
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  plainColours.set(colour, `rgb(${red}, ${green}, ${blue})`);
  return plainColours.get(colour);
}

function save(blob, name) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

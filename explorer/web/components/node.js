// The chosen node of the trees, [panel, number]: told to the trees by Python, and to Python by them,
// so that neither has them sent again. It draws nothing.

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  hear(part, "node", (node) => part.trigger("pick", node));
  return { root: element("span") };
}

function draw(part, node) {
  declare("selected", node);
}

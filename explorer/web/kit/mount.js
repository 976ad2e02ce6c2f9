// Mounting, drawing and unmounting of a component.

const parts = new WeakMap(); // the mount → what is drawn there

// Draws a component: built when it is first mounted, drawn when its content is new, updated whenever
// Python has drawn the page again. What it returns takes it down, with all that it listens to.
function mounted(component, { build, draw, update = () => {}, unmount = () => {} }) {
  const { data, parentElement, setTriggerValue } = component;
  if (!parts.has(parentElement)) {
    const made = { ending: new AbortController() };
    parts.set(parentElement, Object.assign(made, build(made)));
    parentElement.append(made.root);
  }
  const part = parts.get(parentElement);
  part.trigger = setTriggerValue;
  const content = textOf(data);
  if (content !== part.content) {
    Object.assign(part, { content, data: JSON.parse(content) });
    draw(part, part.data);
  }
  update(part);
  return () => {
    part.ending.abort();
    unmount(part);
    part.root.remove(); // Streamlit mounts it again at the same place when the theme changes
    parts.delete(parentElement);
  };
}

// Keeps an observer as long as a component is mounted.
function observe(part, observer, ...what) {
  observer.observe(...what);
  part.ending.signal.addEventListener("abort", () => observer.disconnect());
}

// Scrolls to a widget of the page, and gives it the focus: so the Tab key goes on from there.

// So long the page may still grow above it; then it stays where it is, unless the reader moves.
const FOLLOWED_MS = 2000;

export default function (component) {
  return mounted(component, { build, draw, unmount: ({ following }) => cancelAnimationFrame(following) });
}

function build(part) {
  const stop = () => cancelAnimationFrame(part.following);
  const { signal } = part.ending;
  for (const moved of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(moved, stop, { signal, passive: true });
  }
  return { root: element("span") };
}

function draw(part, { widget }) {
  const began = performance.now();
  const follow = () => {
    const found = document.querySelector(`.${widget}`);
    if (found) found.style.scrollMarginTop = "4rem"; // of Streamlit's own bar on a phone
    found?.scrollIntoView({ block: "start", behavior: "instant" });
    const chosen = found?.querySelector('[aria-checked="true"]') ?? found?.querySelector("button, input");
    chosen?.focus({ preventScroll: true });
    if (performance.now() - began < FOLLOWED_MS) part.following = requestAnimationFrame(follow);
  };
  follow();
}

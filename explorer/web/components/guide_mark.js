// Where the bar stands, and the outline around the part of the page that a stop is about.

const MARK = "data-tour-mark";
// So long it is kept in sight while the page still grows around it, unless the reader moves.
const FOLLOWED_MS = 4000;
const OUTLINE = `
  [${MARK}] {
    outline: 3px solid light-dark(#1f5fa8, #6fb1f2);
    outline-offset: 4px;
    border-radius: 4px;
    animation: gatescope-halo 1.2s ease-out 2;
  }
  @keyframes gatescope-halo {
    from { box-shadow: 0 0 0 4px color-mix(in srgb, light-dark(#1f5fa8, #6fb1f2) 60%, transparent); }
    to { box-shadow: 0 0 0 26px transparent; }
  }
  @media (prefers-reduced-motion: reduce) { [${MARK}] { animation: none; } }`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(OUTLINE);

// The bar is as wide as the page beside the sidebar, and the page ends above it.
function place(part) {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;
  const { left, width } = main.getBoundingClientRect();
  Object.assign(part.root.style, { left: `${left}px`, width: `${width}px` });
  const height = `${Math.ceil(part.root.offsetHeight)}px`;
  document.documentElement.style.setProperty("--tour-height", height);
}

function unplaced(part) {
  clearInterval(part.looking);
  unmark(part);
  document.documentElement.style.removeProperty("--tour-height");
}

// What a stop is about may come late, and come again: it is looked for as long as the bar stands.
function mark(part) {
  const found = part.data?.mark ? markedBy(part.data.mark) : null;
  if (found !== part.marked) {
    unmark(part);
    if (found) {
      const root = found.getRootNode();
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
      found.setAttribute(MARK, "");
    }
    part.marked = found;
    if (part.followed !== -Infinity) part.followed = null;
  }
  if (!found || !atRest()) return;
  part.followed ??= performance.now();
  if (performance.now() - part.followed < FOLLOWED_MS) show(part);
}

function unmark(part) {
  part.marked?.removeAttribute(MARK);
  part.marked = null;
}

function atRest() {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState !== "running";
}

// The part itself, through the shadow of the component that it belongs to.
function markedBy({ key, inside }) {
  const around = document.getElementsByClassName(key)[0];
  if (!around || !inside) return around ?? null;
  for (const each of around.querySelectorAll("*")) {
    const found = each.shadowRoot?.querySelector(inside);
    if (found) return found;
  }
  return around.querySelector(inside) ?? around;
}

// Scrolls to it: into the middle of what the bar leaves, or its top where it is larger.
function show(part) {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!part.marked || !main) return;
  const box = part.marked.getBoundingClientRect();
  const [top, bottom] = [main.getBoundingClientRect().top + 64, part.root.getBoundingClientRect().top];
  const spare = bottom - top - box.height;
  const by = box.top - top - Math.max(12, spare / 2);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (box.top < top || box.bottom > bottom - 12) main.scrollBy({ top: by, behavior: calm ? "auto" : "smooth" });
}

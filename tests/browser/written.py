"""What is written in the components of a page, and how large it is on the screen."""

# All text in components, with its size on the screen: what is drawn is scaled to its place.
TEXTS = """() => {
  const within = (root) => [...root.querySelectorAll("*")].flatMap((each) =>
    each.shadowRoot ? [...within(each.shadowRoot)] : root instanceof ShadowRoot ? [each] : []);
  const written = ({ childNodes }) => [...childNodes]
    .some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const scale = (each) => {
    const matrix = (each.closest("text") ?? each).getScreenCTM?.();
    return each instanceof SVGElement && matrix ? Math.hypot(matrix.a, matrix.b) : 1;
  };
  return within(document)
    .filter((each) => !["STYLE", "SCRIPT"].includes(each.tagName) && written(each))
    .filter((each) => each.getClientRects().length && each.checkVisibility())
    .map((each) => [
      each.textContent.trim(), parseFloat(getComputedStyle(each).fontSize) * scale(each)]);
}"""

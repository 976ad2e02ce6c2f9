// Names what Streamlit's field for a file names in English, whenever it draws it.

export default function (component) {
  return mounted(component, { build, draw: name });
}

function build(part) {
  const observer = new MutationObserver(() => name(part));
  const page = document.querySelector('[data-testid="stMain"]') ?? document.body;
  observe(part, observer, page, { childList: true, subtree: true });
  return { root: element("span") };
}

function name({ data }) {
  const within = (selector) => document.querySelectorAll(`.${data.field} ${selector}`);
  for (const input of within("input")) input.setAttribute("aria-hidden", "true"); // its button does the same
  for (const button of within('[kind="secondary"]')) named(button, data.choose);
  for (const button of within('[kind="borderlessIcon"]')) named(button, data.another);
  for (const chip of within('[data-testid="stFileChip"]')) {
    const file = chip.querySelector('[data-testid="stFileChipName"]')?.title ?? "";
    named(chip.querySelector("button"), filled(data.remove, { name: file }));
  }
}

function named(target, said) {
  if (target && target.getAttribute("aria-label") !== said) target.setAttribute("aria-label", said);
}

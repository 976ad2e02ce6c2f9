// Guesses side by side: words with bars and probabilities. Text enters by textContent.

export default function (component) {
  return mounted(component, {
    build: () => ({ root: element("div", "columns") }),
    draw: ({ root }, { columns }) => root.replaceChildren(...columns.map(column)),
  });
}

function column({ title, subtitle, rows, note }) {
  const made = element("div", "column");
  if (title) made.append(element("div", "title", title));
  made.append(element("div", "subtitle", subtitle));
  const list = element("ol", "rows");
  list.setAttribute("aria-label", `${title} ${subtitle}`.trim());
  list.append(...rows.map(row));
  made.append(list);
  if (note) made.append(element("div", "note", note));
  return made;
}

function row({ word, p, percent, mark }) {
  const made = element("li", "row");
  made.classList.toggle("right", mark);
  made.append(element("b", "", word), shareBar(p), element("span", "percent", percent));
  return made;
}

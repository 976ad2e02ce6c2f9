// Rows of words under each other, each word with a shade and a note. Text enters by textContent.

export default function (component) {
  return mounted(component, {
    build: () => ({ root: element("div", "all") }),
    draw: ({ root }, { rows }) => root.replaceChildren(...rows.map(row)),
  });
}

function row({ label, words }) {
  const made = element("div", "row");
  made.setAttribute("role", "list");
  made.setAttribute("aria-label", label);
  made.append(element("span", "heading", label), ...words.map(word));
  return made;
}

function word({ token, shade, mark, note }) {
  const made = element("div", "word");
  made.setAttribute("role", "listitem");
  made.classList.toggle("marked", mark);
  const text = element("b", "", token);
  const share = Math.round(shade * 60);
  text.style.backgroundColor = `color-mix(in srgb, var(--st-primary-color) ${share}%, transparent)`;
  made.append(text);
  if (note) made.append(element("small", "", note));
  return made;
}

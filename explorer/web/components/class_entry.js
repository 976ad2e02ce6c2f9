// The way into a class. It only asks for it: the line to the class is not the page's, and outlives it.

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  const root = element("div", "entry");
  const answer = (sentence) => (part.refused.textContent = sentence);
  const open = button("", () => tell("class", { answer }), "open");
  const form = element("form");
  const code = element("input");
  Object.assign(code, { maxLength: 20, autocomplete: "off", spellcheck: false });
  const enter = element("button", "");
  enter.type = "submit";
  form.append(code, enter);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (code.value.trim()) tell("class", { code: code.value });
  });
  const refused = element("p", "refused");
  refused.setAttribute("role", "alert");
  const [opening, entering] = [element("p"), element("p")];
  const [teachers, students] = [element("div"), element("div")];
  teachers.append(open, opening);
  students.append(form, entering);
  root.append(teachers, students, refused);
  return { root, open, opening, code, enter, entering, refused };
}

function draw(part, words) {
  part.open.textContent = words.open;
  part.opening.textContent = words.opening;
  part.code.placeholder = words.code;
  part.code.setAttribute("aria-label", words.code);
  part.enter.textContent = words.enter;
  part.entering.textContent = words.entering;
}

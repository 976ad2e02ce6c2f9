// A question that is put to a class: the teacher's form, the choices, and the answers as bars.

const LETTERS = "ABCDEF";
const form = { text: "", choices: ["", "", "", ""], right: null };

function drawForm() {
  const { words } = room;
  if (bar.drawn === "form") return;
  bar.drawn = "form";
  const made = element("form", "question");
  const text = field("textarea", words.question, form.text, (value) => (form.text = value));
  text.maxLength = 300;
  text.rows = 2;
  const rows = form.choices.map((choice, index) => choiceRow(choice, index));
  const none = element("label", "right none");
  none.append(rightButton(null), words.none_right);
  const send = element("button", "primary", words.put);
  send.type = "submit";
  made.append(text, ...rows, none, send);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  bar.panel.replaceChildren(made);
}

// Choices that were left empty are none; the last line that is filled makes room for another.
function choiceRow(choice, index) {
  const { words } = room;
  const row = element("div", "choice");
  const letter = LETTERS[index];
  const input = field("input", filled(words.choice, { letter }), choice, (value) => {
    form.choices[index] = value;
    if (value && index === form.choices.length - 1 && form.choices.length < LETTERS.length) {
      form.choices.push("");
      row.after(choiceRow("", index + 1));
    }
  });
  input.maxLength = 100;
  const right = element("label", "right");
  right.append(rightButton(index), words.right);
  row.append(element("b", "", letter), input, right);
  return row;
}

function rightButton(index) {
  const made = element("input");
  Object.assign(made, { type: "radio", name: "right", checked: form.right === index });
  made.addEventListener("change", () => (form.right = index));
  return made;
}

function field(tag, said, value, act) {
  const made = element(tag);
  Object.assign(made, { value, placeholder: said });
  made.setAttribute("aria-label", said);
  made.addEventListener("input", () => act(made.value));
  return made;
}

function ask() {
  const filled = form.choices.flatMap((text, index) => (text.trim() ? [{ text, index }] : []));
  const right = filled.findIndex(({ index }) => index === form.right);
  const choices = filled.map(({ text }) => text);
  say({ ask: { text: form.text, choices, right: right < 0 ? null : right } });
}

// A tour has revealed what it asks: the class, too, where it was asked the same.
function revealAsked({ text, choices, right }) {
  const asked = room.leads && room.state?.question;
  if (!asked || asked.revealed) return;
  if (JSON.stringify([text, choices]) === JSON.stringify([asked.text, asked.choices])) say({ reveal: right });
}

function drawQuestion(question) {
  const { leads } = room;
  const content = JSON.stringify([question, leads, room.words.choose]);
  if (bar.drawn === content) return;
  const held = bar.panel.getRootNode().activeElement?.dataset?.choice;
  bar.drawn = content;
  const made = element("div", "question");
  made.append(element("p", "asked", question.text));
  const open = !leads && !question.revealed;
  made.append(open ? choiceButtons(question) : bars(question));
  made.append(...(leads ? teachersButtons(question) : studentsHint(question)));
  bar.panel.replaceChildren(made);
  if (held) bar.panel.querySelector(`[data-choice="${held}"]`)?.focus();
}

function choiceButtons(question) {
  const list = element("div", "choices");
  question.choices.forEach((choice, index) => {
    const made = button("", () => {
      say({ answer: index });
      question.mine = index;
      drawQuestion(question);
    });
    made.append(element("b", "", LETTERS[index]), choice);
    made.dataset.choice = index;
    made.setAttribute("aria-pressed", String(question.mine === index));
    list.append(made);
  });
  return list;
}

function studentsHint({ mine, revealed }) {
  if (revealed) return [];
  const { words } = room;
  const chosen = mine === null ? words.choose : filled(words.yours, { letter: LETTERS[mine] });
  return [element("p", "hint", chosen)];
}

function teachersButtons({ revealed, counts }) {
  const { words } = room;
  const row = element("div", "row");
  const total = counts.reduce((sum, count) => sum + count, 0);
  row.append(element("span", "count", filled(words.answers, { count: total })), element("i", "gap"));
  if (!revealed) row.append(button(words.reveal, () => say({ reveal: true }), "primary"));
  row.append(button(words.close_question, closeQuestion));
  return [row];
}

function closeQuestion() {
  Object.assign(form, { text: "", choices: ["", "", "", ""], right: null });
  room.panel = null;
  say({ close: true });
}

// How many chose each: the number is written, the bar shows their share of all answers.
function bars({ choices, counts, right, mine }) {
  const all = Math.max(1, counts.reduce((sum, count) => sum + count, 0));
  const list = element("ul", "bars");
  choices.forEach((choice, index) => {
    const row = element("li", index === right ? "correct" : "");
    const said = element("span", "text", choice);
    if (index === right) said.append(element("em", "", ` ✓ ${room.words.correct}`));
    row.append(element("b", mine === index ? "mine" : "", LETTERS[index]), said, shareBar(counts[index] / all));
    row.append(element("span", "number", String(counts[index])));
    list.append(row);
  });
  return list;
}

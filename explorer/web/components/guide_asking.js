// A question of a tour: its answers, what a class raised hands for, and the reveal.

function asking(part, question, labels) {
  const made = element("div", "question");
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", question.text);
  made.append(element("p", "asked", question.text));
  if (question.error) made.append(element("p", "error", question.error));
  else if (question.said) revealed(part, made, question, labels);
  else if (question.options.length) offered(part, made, question, labels);
  return made;
}

function offered(part, made, question, labels) {
  const { options } = question;
  const list = element("div", "options");
  const fields = options.map((option, n) => (part.hands ? handsOf(option, labels) : null));
  options.forEach((option, n) => {
    if (part.hands) list.append(fields[n].row);
    else list.append(pressed(part, "say", [n], option, "option", `option ${n}`));
  });
  const hands = changing(part, "hands", "quiet", labels.hands, () => ({ hands: !part.hands }));
  hands.setAttribute("aria-pressed", String(part.hands));
  list.append(hands);
  if (declared("leads")) list.append(puttingToClass(question, labels));
  if (part.hands) list.append(revealing(part, fields, labels));
  made.append(list);
}

// Sent as the teacher's typed question is; what is right is not known yet.
function puttingToClass(question, labels) {
  const made = element("button", "quiet", labels["ask class"]);
  made.type = "button";
  made.dataset.act = "ask class";
  made.addEventListener("click", () => tell("ask", toClass(question)));
  return made;
}

function toClass({ text, options, right = null }) {
  return { text, choices: options, right };
}

function handsOf(option, labels) {
  const row = element("label", "hands");
  const field = element("input");
  Object.assign(field, { type: "number", min: 0, max: 9999, value: 0, inputMode: "numeric" });
  field.setAttribute("aria-label", filled(labels.count, { option }));
  row.append(element("span", "", option), field);
  return { row, field };
}

function revealing(part, fields, labels) {
  const made = element("button", "first", labels.reveal);
  made.type = "button";
  made.dataset.act = "reveal";
  made.addEventListener("click", () => {
    const value = fields.map(({ field }) => Math.min(9999, Math.max(0, Math.round(field.value) || 0)));
    part.trigger("act", { kind: "say", value });
  });
  return made;
}

function revealed(part, made, { options, said, right, answer, why }, labels) {
  const counts = said.length > 1 ? said : null;
  const list = element("ul", counts ? "answers counted" : "answers");
  const most = Math.max(1, ...said);
  options.forEach((option, n) => {
    const yours = !counts && said[0] === n;
    const row = element("li", n === right ? "right" : "");
    row.append(element("span", "sign", n === right ? "✓" : yours ? "✗" : ""));
    row.append(element("span", "option", option));
    if (counts) row.append(bar(counts[n], most), element("span", "number", counts[n]));
    const notes = [n === right && labels.right, yours && labels.yours].filter(Boolean);
    if (notes.length) row.append(element("span", "note", notes.join(" · ")));
    list.append(row);
  });
  const reveal = element("p", "reveal");
  reveal.append(element("b", "", answer), element("span", "why", why));
  made.append(list, reveal);
}

function bar(count, most) {
  const made = element("span", "bar");
  const inner = element("i");
  inner.style.width = `${(100 * count) / most}%`;
  made.append(inner);
  return made;
}

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
  // Sent as the teacher's typed question is; what is right is not known yet.
  const put = () => tell("ask", toClass(question));
  if (declared("leads")) list.append(acting("ask class", "quiet", labels["ask class"], put));
  if (part.hands) list.append(revealing(part, fields, labels));
  made.append(list);
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
  return acting("reveal", "first", labels.reveal, () => {
    const value = fields.map(({ field }) => clamp(Math.round(field.value) || 0, 0, 9999));
    part.trigger("act", { kind: "say", value });
  });
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
    if (counts) row.append(shareBar(counts[n] / most), element("span", "number", counts[n]));
    const notes = [n === right && labels.right, yours && labels.yours].filter(Boolean);
    if (notes.length) row.append(element("span", "note", notes.join(" · ")));
    list.append(row);
  });
  const reveal = element("p", "reveal");
  const gap = answer.endsWith("。") ? "" : " "; // a full-width mark brings its own
  reveal.append(element("b", "", answer), gap, element("span", "why", why));
  made.append(list, reveal);
}

// A translation, word by word: under each word its probability, beside them what else the model
// thought of at the chosen word. A click on one of those forces it. Text enters by textContent.

export default function (component) {
  return mounted(component, { build, draw });
}

function build(part) {
  const root = element("div", "sentence");
  const source = element("div", "row source");
  const output = element("div", "row output");
  output.setAttribute("role", "listbox");
  const before = element("div", "row before");
  const detail = element("div", "detail");
  const rows = element("div", "rows");
  const text = element("p", "text");
  rows.append(source, output, before);
  root.append(text, rows, detail);
  output.addEventListener("keydown", (event) => onKey(part, event));
  return { root, text, source, output, before, detail, step: 0, boxes: [] };
}

function draw(part, data) {
  part.text.textContent = data.text;
  const read = data.source.map((word) => sourceBox(word, data.labels));
  part.source.replaceChildren(heading(data.labels.source), ...read);
  part.boxes = data.words.map((word, index) => wordBox(part, word, index));
  part.output.setAttribute("aria-label", data.labels.output);
  part.output.replaceChildren(heading(data.labels.output), ...part.boxes);
  const old = data.before.map((token, index) => {
    const box = element("span", "word", token);
    box.classList.toggle("parted", index === data.parting);
    return box;
  });
  part.before.hidden = !old.length;
  part.before.replaceChildren(heading(data.labels.before), ...old);
  select(part, data.step);
}

function heading(text) {
  return element("span", "heading", text);
}

function sourceBox({ token, mark }, labels) {
  const box = element("span", "word", token);
  if (mark) {
    box.classList.add(mark);
    box.title = labels[mark];
    box.append(element("small", "", labels[mark]));
  }
  return box;
}

function wordBox(part, word, index) {
  const { data } = part;
  const box = element("div", "word");
  box.setAttribute("role", "option");
  box.setAttribute("aria-label", describe(data, index));
  box.classList.toggle("forced", word.forced);
  box.classList.toggle("parted", index === data.parting);
  box.addEventListener("click", () => select(part, index));
  const bar = element("span", "bar");
  const fill = element("i");
  fill.style.width = `${word.p * 100}%`;
  bar.append(fill);
  box.append(element("b", "", word.token), bar, element("span", "percent", percent(word.p)));
  const marks = [word.forced ? "forced" : "", word.mark].filter(Boolean);
  if (marks.length) {
    box.append(element("small", "", marks.map((mark) => data.labels[mark]).join(" · ")));
  }
  return box;
}

function describe({ words, labels }, index) {
  const word = words[index];
  const said = [`“${word.token}”`, percent(word.p), `log p ${decimal(word.log_p, 2)}`];
  said.push(`${labels.rank} ${word.rank}`);
  said.push(labels.entropy.replace("{entropy}", word.entropy.toFixed(2)));
  if (word.forced) said.push(labels.forced);
  if (word.mark) said.push(labels[word.mark]);
  return said.join(" · ");
}

function select(part, step) {
  part.step = Math.max(0, Math.min(part.boxes.length - 1, step));
  part.boxes.forEach((box, index) => {
    box.setAttribute("aria-selected", String(index === part.step));
    box.tabIndex = index === part.step ? 0 : -1;
  });
  const { data } = part;
  const chosen = data.words[part.step];
  const said = element("div", "said", describe(data, part.step));
  said.setAttribute("role", "status");
  const rows = chosen.alternatives.map(([token, p]) => alternative(part, chosen, token, p));
  part.detail.replaceChildren(said, ...rows, element("div", "hint", data.labels.hint));
}

// One of the likeliest words at the chosen place; pressed, it is forced there.
function alternative(part, chosen, token, p) {
  const row = element("button", "alternative");
  row.type = "button";
  row.classList.toggle("chosen", token === chosen.token);
  row.disabled = token === chosen.token || token === part.data.end;
  const bar = element("span", "probability");
  bar.style.width = `${p * 45}%`;
  row.append(element("b", "", token), bar, element("span", "percent", percent(p)));
  row.setAttribute("aria-label", `${part.data.labels.force}: ${token}, ${percent(p)}`);
  row.addEventListener("click", () => part.trigger("force", { step: part.step, token }));
  return row;
}

function onKey(part, event) {
  const moves = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  if (event.key in moves) select(part, part.step + moves[event.key]);
  else if (event.key === "Home") select(part, 0);
  else if (event.key === "End") select(part, part.boxes.length - 1);
  else return;
  part.boxes[part.step].focus();
  event.preventDefault();
}

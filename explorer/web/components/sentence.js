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
  obeyKeys(part, {
    forward: () => select(part, part.step + 1),
    back: () => select(part, part.step - 1),
  });
  return { root, text, source, output, before, detail, step: 0, boxes: [], groups: [] };
}

function draw(part, data) {
  part.text.textContent = data.text;
  const read = wordsOf(data.source.map(({ token }) => token)).map((places) => {
    return sourceBox(places.map((place) => data.source[place]), data.labels);
  });
  part.source.replaceChildren(heading(data.labels.source), ...read);
  part.boxes = data.words.map((word, index) => wordBox(part, word, index));
  part.groups = wordsOf(data.words.map(({ token }) => token)).map((places) => group(part, places));
  part.output.setAttribute("aria-label", data.labels.output);
  part.output.replaceChildren(heading(data.labels.output), ...part.groups.map(({ box }) => box));
  const old = wordsOf(data.before).map((places) => {
    const box = element("span", "word", joined(places.map((place) => data.before[place])));
    box.classList.toggle("parted", places.includes(data.parting));
    return box;
  });
  part.before.hidden = !old.length;
  part.before.replaceChildren(heading(data.labels.before), ...old);
  select(part, data.step);
}

function heading(text) {
  return element("span", "heading", text);
}

// A sign on each side of a piece on which its word goes on; `explorer.text.vocabulary` has it, too.
const JOINER = "￭";

function goesOn(token) {
  return token.length > 1 && token.endsWith(JOINER);
}

function continues(token) {
  return token.length > 1 && token.startsWith(JOINER);
}

// A token as the reader should see it: a dot where a piece's word goes on.
function shown(token) {
  return token.length > 1 ? token.replace(/^￭|￭$/g, "·") : token;
}

// The places of the tokens of each word.
function wordsOf(tokens) {
  const words = [];
  tokens.forEach((token, place) => {
    const inside = place && goesOn(tokens[place - 1]) && continues(token);
    if (inside) words.at(-1).push(place);
    else words.push([place]);
  });
  return words;
}

function joined(pieces) {
  return pieces.length > 1 ? pieces.join("").replaceAll(JOINER, "") : shown(pieces[0] ?? "");
}

// A word of the translation. One of several pieces is one box, which opens when it is chosen.
function group(part, places) {
  const inside = places.map((place) => part.boxes[place]);
  const [{ gloss }] = places.map((place) => part.data.words[place]);
  if (places.length === 1) return { box: inside[0], places };
  const words = places.map((place) => part.data.words[place]);
  const box = element("div", "pieces");
  const word = joined(words.map(({ token }) => token));
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", word);
  const closed = element("div", "word");
  const p = words.reduce((product, each) => product * each.p, 1);
  closed.setAttribute("role", "option");
  closed.setAttribute("aria-selected", "false");
  closed.setAttribute("aria-label", `“${word}” · ${percent(p)} · ${part.data.labels.open}`);
  closed.title = part.data.labels.open;
  inside[0].querySelector(".gloss")?.remove(); // it is of the whole word
  closed.append(element("b", "", word), ...glossed(gloss), shareBar(p));
  closed.append(element("span", "percent", percent(p)));
  closed.append(element("small", "", words.map(({ token }) => shown(token)).join(" ")));
  closed.addEventListener("click", () => select(part, places[0]));
  box.append(closed, ...inside);
  return { box, places, closed, inside };
}

// A word that is read. Of one in pieces a click shows the pieces, another the word.
function sourceBox(pieces, labels) {
  if (pieces.length > 1) return openingBox(pieces.map(({ token }) => token), labels);
  const [{ token, mark }] = pieces;
  const box = element("span", "word", shown(token));
  if (mark) {
    box.classList.add(mark);
    box.title = labels[mark];
    box.append(element("small", "", labels[mark]));
  }
  return box;
}

function openingBox(tokens, labels) {
  const toggle = () => {
    const open = box.getAttribute("aria-expanded") === "false";
    box.setAttribute("aria-expanded", String(open));
    box.textContent = open ? tokens.map(shown).join(" ") : joined(tokens);
  };
  const box = button(joined(tokens), toggle, "word opening");
  box.title = labels.open;
  box.setAttribute("aria-expanded", "false");
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
  box.append(element("b", "", shown(word.token)), ...glossed(word.gloss), shareBar(word.p));
  box.append(element("span", "percent", percent(word.p)));
  const marks = [word.forced ? "forced" : "", word.mark].filter(Boolean);
  if (marks.length) {
    box.append(element("small", "", marks.map((mark) => data.labels[mark]).join(" · ")));
  }
  return box;
}

// What a word means, in grey; nothing where that is not known or not wanted.
function glossed(gloss) {
  return gloss ? [element("small", "gloss", gloss)] : [];
}

function describe({ words, labels }, index) {
  const word = words[index];
  const said = [`“${shown(word.token)}”`, percent(word.p), `log p ${decimal(word.log_p, 2)}`];
  if (word.gloss) said.splice(1, 0, word.gloss);
  said.push(`${labels.rank} ${word.rank}`);
  said.push(filled(labels.entropy, { entropy: word.entropy.toFixed(2) }));
  if (word.forced) said.push(labels.forced);
  if (word.mark) said.push(labels[word.mark]);
  return said.join(" · ");
}

function select(part, step) {
  part.step = clamp(step, 0, part.boxes.length - 1);
  part.boxes.forEach((box, index) => {
    box.setAttribute("aria-selected", String(index === part.step));
    box.tabIndex = index === part.step ? 0 : -1;
  });
  for (const { places, closed, inside } of part.groups) {
    if (!closed) continue;
    const open = places.includes(part.step);
    closed.hidden = open;
    for (const box of inside) box.hidden = !open;
  }
  const { data } = part;
  const chosen = data.words[part.step];
  const said = element("div", "said", describe(data, part.step));
  said.setAttribute("role", "status");
  const rows = chosen.alternatives.map(([token, p]) => alternative(part, chosen, token, p));
  part.detail.replaceChildren(said, ...rows, element("div", "hint", data.labels.hint));
}

// One of the likeliest words at the chosen place; pressed, it is forced there.
function alternative(part, chosen, token, p) {
  const force = () => part.trigger("force", { step: part.step, token });
  const row = button("", force, "alternative");
  row.classList.toggle("chosen", token === chosen.token);
  row.disabled = token === chosen.token || token === part.data.end;
  const share = element("span", "probability");
  share.style.width = `${p * 45}%`;
  row.append(element("b", "", shown(token)), share, element("span", "percent", percent(p)));
  row.setAttribute("aria-label", `${part.data.labels.force}: ${shown(token)}, ${percent(p)}`);
  return row;
}

function onKey(part, event) {
  if (event.key in ARROWS) select(part, part.step + ARROWS[event.key]);
  else if (event.key === "Home") select(part, 0);
  else if (event.key === "End") select(part, part.boxes.length - 1);
  else return;
  part.boxes[part.step].focus();
  event.preventDefault();
}

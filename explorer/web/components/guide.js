// The bar of a tour: where the reader is, what is told and asked there, and the ways on. Text enters
// by textContent.

export default function (component) {
  return mounted(component, { build, draw, update: place, unmount: unplaced });
}

function build(part) {
  const root = element("section", "guide");
  const said = element("p", "unseen");
  said.setAttribute("role", "status");
  const body = element("div", "body");
  root.append(body, said);
  Object.assign(part, { said, body, marked: null });
  const main = document.querySelector('[data-testid="stMain"]');
  observe(part, new ResizeObserver(() => place(part)), main);
  observe(part, new ResizeObserver(() => place(part)), root);
  part.looking = setInterval(() => mark(part), 150);
  const { signal } = part.ending;
  for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"])
    document.addEventListener(moved, () => (part.followed = -Infinity), { signal, passive: true });
  hear(part, "leads", () => part.data && draw(part, part.data)); // a class, from now on or no more
  return { root, hands: false };
}

function draw(part, data) {
  const { labels, question } = data;
  const here = `${data.title} ${data.number}`;
  if (part.here !== here)
    Object.assign(part, { here, hands: false, folded: false, turned: Boolean(question?.said) });
  part.root.setAttribute("aria-label", `${data.title}, ${labels.stop}`);
  const focused = part.root.getRootNode().activeElement?.dataset.act;
  const content = element("div", "content");
  content.append(element("p", "text", data.text));
  if (question) content.append(asking(part, question, labels));
  content.append(besides(part, data));
  part.body.replaceChildren(head(part, data), content, ways(part, data));
  const looks = { asks: question, folded: part.folded, turned: question && part.turned };
  for (const [look, is] of Object.entries(looks)) part.body.classList.toggle(look, Boolean(is));
  if (focused) part.body.querySelector(`[data-act="${focused}"]`)?.focus({ preventScroll: true });
  announce(part, data);
  if (question?.said) tell("reveal", toClass(question));
  const reveal = question?.said && part.body.querySelector(".answers");
  content.scrollTop = reveal ? reveal.offsetTop - content.offsetTop : 0; // a phone shows a part of it
  part.followed = null; // the bar may have grown over what is marked
}

// After a moment, since what is said in a region that has just come is not read out.
function announce(part, { labels, text, mark, question }) {
  const look = mark ? `${labels.look}. ` : "";
  const revealed = question?.said ? ` ${question.answer} ${question.why}` : "";
  const spoken = revealed || `${labels.stop}. ${text} ${look}${question?.text ?? ""}`;
  if (spoken === part.spoken) return;
  part.spoken = spoken;
  setTimeout(() => (part.said.textContent = spoken), 100);
}

function head(part, { title, number, count, labels }) {
  const made = element("div", "head");
  const dots = element("span", "dots");
  dots.setAttribute("aria-hidden", "true");
  for (let n = 1; n <= count; n += 1) dots.append(element("i", n <= number ? "past" : ""));
  made.append(element("b", "", title), dots, stop(part, number, count, labels));
  const leave = pressed(part, "leave", null, "", "quiet leave");
  leave.append(element("span", "long", labels.leave));
  made.append(leave);
  return made;
}

// Folds what is told, so that all of the page can be seen.
function stop(part, number, count, labels) {
  const made = changing(part, "fold", "fold", "", () => ({ folded: !part.folded }));
  const short = element("span", "short", `${number}/${count}`);
  short.setAttribute("aria-hidden", "true");
  made.append(element("span", "long", labels.stop), short);
  made.setAttribute("aria-expanded", String(!part.folded));
  return made;
}

// On a phone there is room for what is told or what is asked.
function turn(part, { labels, question }) {
  const asks = () => ({ turned: part.folded ? part.turned : !part.turned, folded: false });
  const made = changing(part, "turn", "turn", part.turned ? labels.told : labels.asked, asks);
  made.classList.toggle("first", !part.turned && !question.said);
  return made;
}

// A button that is known by its name, so that it keeps the focus when the bar is drawn again.
function acting(act, look, text, does) {
  const made = button(text, does, look);
  made.dataset.act = act;
  return made;
}

function changing(part, act, look, text, changed) {
  return acting(act, look, text, () => draw(Object.assign(part, changed()), part.data));
}

// What is there besides the ways on.
function besides(part, data) {
  const { number, labels, question } = data;
  const made = element("div", "besides");
  if (data.mark) made.append(acting("look", "look", labels.look, () => show(part)));
  made.append(pressed(part, "go", number, labels.again, "quiet", "again"));
  if (question?.said)
    made.append(pressed(part, "ask again", null, labels["ask again"], "quiet"));
  return made;
}

function ways(part, data) {
  const { number, count, labels, question } = data;
  const made = element("div", "ways");
  const back = pressed(part, "go", number - 1, labels.back, "", "back");
  back.disabled = number === 1;
  const last = number === count;
  const next = last
    ? pressed(part, "next tour", null, labels.after, "first", "next")
    : pressed(part, "go", number + 1, labels.next, "first", "next");
  made.append(back, ...(question ? [turn(part, data)] : []), next);
  return made;
}

function pressed(part, kind, value, text, look = "", act = kind) {
  return acting(act, look, text, () => part.trigger("act", { kind, value }));
}

// How many characters stand in a text field. Streamlit tells Python of a text when the field is
// left; here the browser is listened to, so that whoever shortens a text sees how far it is.

export default function (component) {
  return mounted(component, { build, draw: () => {}, update });
}

function build(part) {
  const { signal } = part.ending;
  const listen = ({ target }) => {
    if (target.closest?.(`.${part.data.field}`)) show(part, [...target.value].length);
  };
  document.addEventListener("input", listen, { signal });
  return { root: element("div", "count") };
}

function update(part) {
  // Python knows the text but while the reader is writing; a field that is new may be empty yet.
  const field = document.querySelector(`.${part.data.field} :is(textarea, input):focus`);
  show(part, field ? [...field.value].length : part.data.length);
}

function show({ root, data }, length) {
  const written = (number) => number.toLocaleString("en");
  root.textContent = filled(data.said, { length: written(length), most: written(data.most) });
  root.classList.toggle("over", length > data.most);
}

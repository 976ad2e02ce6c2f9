// How many characters stand in a text field. Streamlit tells Python of a text when the field is
// left; here the browser is listened to, so that whoever shortens a text sees how far it is.

export default function (component) {
  const { data, parentElement } = component;
  const part = drawnAt(parentElement, build);
  part.data = data;
  const field = document.querySelector(`.${data.field} :is(textarea, input)`);
  show(part, field ? [...field.value].length : data.length);
  document.addEventListener("input", part.listen);
  return () => {
    document.removeEventListener("input", part.listen);
    parts.delete(parentElement);
  };
}

function build(parentElement) {
  const root = element("div", "count");
  parentElement.append(root);
  const part = { root, data: null };
  part.listen = ({ target }) => {
    if (target.closest?.(`.${part.data.field}`)) show(part, [...target.value].length);
  };
  return part;
}

function show({ root, data }, length) {
  const written = (number) => number.toLocaleString("en");
  root.textContent = filled(data.said, { length: written(length), most: written(data.most) });
  root.classList.toggle("over", length > data.most);
}

// The chosen step as a field of the page, hidden: charts take it from there (a binding of Vega), so
// that their mark moves without another chart. It is there before any chart asks for it.
(() => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", id: "gatescope-step", value: 0 });
  addEventListener("DOMContentLoaded", () => document.body.append(field));
  document.addEventListener("gatescope-step", ({ detail }) => {
    field.value = detail.step;
    field.dispatchEvent(new Event("input"));
  });
})();

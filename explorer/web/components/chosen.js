// What Python says of the choice: the step, the unit, its layer, and what colours the strip. It draws
// nothing: the strip, of which nothing else changes, takes it from here.

export default function ({ data }) {
  declare("chosen", JSON.parse(textOf(data)));
}

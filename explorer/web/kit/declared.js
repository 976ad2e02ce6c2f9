// What Python says to the components of a page, by names: each takes what concerns it from here. It
// draws nothing, so what it speaks to is not sent again.

export default function ({ data }) {
  for (const [name, content] of Object.entries(JSON.parse(textOf(data)))) declare(name, content);
}

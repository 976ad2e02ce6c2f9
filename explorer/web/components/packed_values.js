// Values as Python packs them: see explorer/saving/packing.py.

// From −1 to 1: whole numbers of 16 bits, the lower byte first.
function shadesOf(values) {
  const bytes = Uint8Array.from(atob(values), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 2 }, (_, at) => view.getInt16(2 * at, true) / 32767);
}

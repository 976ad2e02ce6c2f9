// The buttons of what plays: the strip, two texts, the trees.

// Drawn on a square of 16, since not every machine has the signs in a font.
const ICONS = {
  start: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M12 3v10L5 8z",
  play: "M4 2v12l10-6z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M4 3v10l7-5z",
  end: "M11 3h2v10h-2zM3 3v10l7-5z",
  out: "M3 7h10v2H3z",
  in: "M3 7h4V3h2v4h4v2H9v4H7V9H3z",
  fit: "M2 2h5v2H4v3H2zM9 2h5v5h-2V4H9zM2 9h2v3h3v2H2zM12 9h2v5H9v-2h3z",
};

// A button for each of what can be done, by its name among the icons and the words.
function addButtons(part, toolbar, acts) {
  for (const [name, act] of Object.entries(acts)) {
    const made = button("", act);
    setIcon(made, ICONS[name]);
    part.buttons = { ...part.buttons, [name]: made };
    toolbar.append(made);
  }
}

// Says what the buttons do; what plays has a timer, and can be paused.
function sayButtons({ buttons, data: { labels }, timer }) {
  for (const [name, made] of Object.entries(buttons)) label(made, labels[name]);
  setIcon(buttons.play, timer ? ICONS.pause : ICONS.play);
  label(buttons.play, timer ? labels.pause : labels.play);
}

function setIcon(target, path) {
  const svg = drawing("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  svg.append(drawing("path", { d: path }));
  target.replaceChildren(svg);
}

"""The trees as one HTML page that plays without a server and asks for nothing outside it."""

import json
from collections.abc import Sequence

from explorer.saving.page import standalone_page
from explorer.web.components import tree
from explorer.web.components.tree import Panel, payload
from explorer.web.kit.component import script, style

_COLOURS = """
:root {
  color-scheme: light dark;
  --st-text-color: #31333F;
  --st-background-color: #FFFFFF;
  --st-primary-color: #1F5FA8;
  --st-border-color: #C9CBD1;
  --st-font: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --st-text-color: #FAFAFA;
    --st-background-color: #0E1117;
    --st-primary-color: #6FB1F2;
    --st-border-color: #4A4D57;
  }
}
body {
  max-width: 100rem;
  margin: 1rem auto;
  padding: 0 1rem;
  font-family: var(--st-font);
  color: var(--st-text-color);
  background: var(--st-background-color);
}
h1 {
  font-size: 1.4rem;
}
"""

_START = """
trees({
  data: new TextEncoder().encode(document.getElementById("data").textContent),
  parentElement: document.getElementById("figure"),
  setTriggerValue() {},
  setStateValue() {},
});
"""


def standalone(panels: Sequence[Panel], *, title: str, lang: str) -> str:
    """The page.

    Args:
        panels: One to four trees.
        title: Its heading, text.
        lang: The reader's language.
    """
    data = payload(panels)
    return standalone_page(
        title=title,
        lang=lang,
        script=script(tree.__file__, *tree.SCRIPTS) + _START,
        data=json.dumps(data, allow_nan=False),
        style=_COLOURS + style(tree.__file__, "toolbar", "tree"),
    )

"""The trees as one HTML page that plays without a server and asks for nothing outside it.

Tokens stand in it as data only, and its policy lets no other script run.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from html import escape

from explorer.locale import Translate
from explorer.web.components.files import script, style
from explorer.web.components.tree import SCRIPTS, Panel, payload

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
  data: JSON.parse(document.getElementById("data").textContent),
  parentElement: document.getElementById("trees"),
  setTriggerValue() {},
  setStateValue() {},
});
"""


def standalone(panels: Sequence[Panel], *, title: str, lang: str, translate: Translate) -> str:
    """The page.

    Args:
        panels: One to four trees.
        title: Its heading, text.
        lang: The reader's language.
        translate: Into the reader's language.
    """
    data = payload(panels, selected=None, step=None, translate=translate)
    css, js = _COLOURS + style("toolbar", "tree"), script(*SCRIPTS) + _START
    policy = (
        f"default-src 'none'; script-src {_hash(js)}; style-src {_hash(css)}; "
        "img-src blob: data:; base-uri 'none'; form-action 'none'"
    )
    return f"""<!DOCTYPE html>
<html lang="{escape(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{css}</style>
</head>
<body>
<h1>{escape(title)}</h1>
<div id="trees"></div>
<script type="application/json" id="data">{_inert(json.dumps(data, allow_nan=False))}</script>
<script type="module">{js}</script>
</body>
</html>
"""


def _inert(text: str) -> str:
    """JSON in which nothing can end the element that it stands in."""
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

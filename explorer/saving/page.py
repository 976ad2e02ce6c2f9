"""A page to keep: it works without a server and without internet, and text in it stays text.

What came from a reader, a link or a model stands in the page as inert data. Its policy lets the
scripts run that were written here, known by their hashes, and no other; and it may ask for nothing.
"""

import base64
import hashlib
from collections.abc import Sequence
from html import escape

COLOURS = """
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
"""What Streamlit gives components, and a page without it has to; light or dark as the reader's."""


def standalone_page(
    *,
    title: str,
    lang: str,
    script: str,
    data: str,
    libraries: Sequence[str] = (),
    style: str = "",
    heading: bool = True,
) -> str:
    """The page as HTML. It has one empty element, ``figure``, which the script fills.

    Args:
        title: Its name, text.
        lang: The language that it is in.
        script: A module that reads ``data``.
        data: JSON; ``JSON.parse(document.getElementById("data").textContent)`` gives it back.
        libraries: Scripts that run before, in this order.
        style: A style sheet; without one, scripts may set styles of their own.
        heading: Whether the title stands above the figure.
    """
    styles = _hash(style) if style else "'unsafe-inline'"
    ours = " ".join(map(_hash, (*libraries, script)))
    policy = (
        f"default-src 'none'; script-src {ours}; style-src {styles}; "
        "img-src blob: data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    return f"""<!DOCTYPE html>
<html lang="{escape(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
{f"<h1>{escape(title)}</h1>" if heading else ""}
<div id="figure"></div>
<script type="application/json" id="data">{_inert(data)}</script>
{"".join(f"<script>{library}</script>" for library in libraries)}
<script type="module">{script}</script>
</body>
</html>
"""


def _inert(json_text: str) -> str:
    """The same JSON, in which nothing can end the element that it stands in."""
    for sign in "<>&":
        json_text = json_text.replace(sign, f"\\u{ord(sign):04x}")
    return json_text


def _hash(source: str) -> str:
    """A script or style as a content security policy names it."""
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

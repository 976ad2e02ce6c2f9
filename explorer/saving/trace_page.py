"""A trace as one HTML page that is read without a server and asks for nothing outside it."""

import json
from collections.abc import Sequence
from pathlib import Path

from explorer.locale import Translate
from explorer.saving.page import COLOURS, standalone_page
from explorer.saving.scripts import COMPONENTS, KIT, as_expression, script, style
from explorer.saving.trace_payload import Drawn, trace_payload

_TWO_COLUMNS = """
.series { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); }
"""
# Without a model's guesses the strip has neither bars of surprise nor a list beside it.
_STYLES = {
    "strip": style(COMPONENTS, "toolbar", "strip") + ".bar, .guess, .guesses { display: none; }",
    "picture": style(COMPONENTS, "picture"),
    "series": style(COMPONENTS, "series") + _TWO_COLUMNS,
}
_SCRIPTS = {
    "strip": script(COMPONENTS, "toolbar", "strip", "strip_selecting", kit=(*KIT, "plotly")),
    "picture": script(COMPONENTS, "packed_values", "picture"),
    "series": script(COMPONENTS, "packed_values", "series"),
}
_KIT = script(COMPONENTS, "packed_values", kit=("dom", "events"))
_LAYOUT = """
body { max-width: 80rem; margin: 0.5rem auto; }
.controls { display: flex; flex-wrap: wrap; gap: 0.4rem 1.2rem; }
.choice { display: flex; align-items: center; gap: 0.5rem; }
select {
  height: 2rem; font: inherit; color: inherit; background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: 0.4rem;
}
.place { margin: 0.5rem 0; font-size: 0.9rem; }
.pictures {
  display: grid; gap: 0.8rem 1.5rem; margin: 1rem 0;
  grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
}
"""


def trace_page(panels: Sequence[Drawn], *, title: str, lang: str, _: Translate) -> str:
    """The page.

    Args:
        panels: What it shows, one at a time; one or more.
        title: Its heading, text.
        lang: The reader's language.
        _: What translates into it.
    """
    named = (f"const {name} = {as_expression(source)};" for name, source in _SCRIPTS.items())
    own = Path(__file__).with_name("trace_page.js").read_text(encoding="utf-8")
    return standalone_page(
        title=title,
        lang=lang,
        script="\n".join((*named, _KIT, f"const STYLES = {json.dumps(_STYLES)};", own)),
        data=json.dumps(trace_payload(panels, _), allow_nan=False),
        style=COLOURS + _LAYOUT,
    )

"""The trees as one HTML page that plays without a server and asks for nothing outside it."""

import json
from collections.abc import Sequence

from explorer.locale import Translate
from explorer.saving.page import COLOURS, standalone_page
from explorer.saving.scripts import COMPONENTS, script, style
from explorer.saving.tree_payload import SCRIPTS, Panel, payload

_START = """
trees({
  data: new TextEncoder().encode(document.getElementById("data").textContent),
  parentElement: document.getElementById("figure"),
  setTriggerValue() {},
  setStateValue() {},
});
"""


def tree_page(panels: Sequence[Panel], *, title: str, lang: str, _: Translate) -> str:
    """The page.

    Args:
        panels: One to four trees.
        title: Its heading, text.
        lang: The reader's language.
        _: What translates into it.
    """
    return standalone_page(
        title=title,
        lang=lang,
        script=script(COMPONENTS, *SCRIPTS) + _START,
        data=json.dumps(payload(panels, _), allow_nan=False),
        style=COLOURS + style(COMPONENTS, "toolbar", "tree"),
    )

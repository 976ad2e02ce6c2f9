"""Every view as axe-core judges it: WCAG 2.2 up to level AA, on light and on dark."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from explorer.locale import LANGUAGES
from tests.browser.server import settled, visit
from tests.pages.views import places

# Of what axe computes, half is private fields that it keeps in a WeakMap each, and the same few
# colours read again for every element behind a text: an object keeps the ones, a table the others.
_AXE = f"""((WeakMap) => {{
  {files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")}
}})(class {{
  #key = Symbol();
  has(object) {{ return Object.hasOwn(object, this.#key); }}
  get(object) {{ return object[this.#key]; }}
  set(object, value) {{ object[this.#key] = value; return this; }}
}});
(() => {{
  const {{ prototype }} = axe.commons.color.Color;
  const parse = prototype.parseString;
  const known = new Map();
  prototype.parseString = function (text) {{
    if (!known.has(text)) {{
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }}
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  }};
}})();"""
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
_ALL = {
    "runOnly": _LEVELS,
    "rules": {"heading-order": {"enabled": True}, "target-size": {"enabled": True}},
}
#: A theme changes colours, and nothing else of a page.
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# What is still changing its colour is judged as it will be: waiting for it would never end where a
# closed popover hides it, since what is hidden is not animated.
_JUDGE = """async (options) => {
  await new Promise(requestAnimationFrame);
  document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime < Infinity)
    .forEach((animation) => animation.finish());
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
  return violations.flatMap(({ id, nodes }) => nodes.map(
    ({ target, html, failureSummary }) => [id, target.flat(9).join(" "), html, failureSummary]));
}"""
#: Each view once, as its page opens it, and with a text of its own: other models and claims fill
#: the same elements.
_PLACES = list(
    {
        (page, of.get("show"), "text" in of): (page, of) for page, of in reversed([*places()])
    }.values()
)


_TOUR = {"model": "gru-recall", "text": "!Cdahbfegcadhb?", "tour": "gru.2"}
#: The bar of a tour where it asks and where it has told; a presented page. A class has its own, in
#: test_class.py.
_PLACES += [
    ("gru", _TOUR),
    ("gru", {**_TOUR, "said": "2.1-3-4-5", "present": "1"}),
]


def _found(page: Page, options: dict[str, object]) -> list[list[str]]:
    """What breaks a rule: the rule, where, the element, and what is wrong with it."""
    found: list[list[str]] = page.evaluate(_JUDGE, options)
    return found


def _lasting(page: Page, options: dict[str, object]) -> list[list[str]]:
    """What breaks a rule while the page is at rest.

    Streamlit runs a page again when its theme changes, and pales what stands there meanwhile.
    """
    for _ in range(4):
        settled(page)
        if not (found := _found(page, options)):
            break
        page.wait_for_timeout(700)
    return found


@pytest.mark.parametrize("number", range(len(_PLACES)), ids=lambda n: "-".join(_name(n)))
def test_a_view_breaks_no_rule_in_either_theme(app, request, number):
    name, parameters = _PLACES[number]
    # A page that trains is seldom at rest, and goes on for a while after it was left.
    page: Page = request.getfixturevalue("page" if parameters.get("show") == "training" else "tab")
    lang = [*LANGUAGES][number % len(LANGUAGES)]
    query = "&".join(f"{key}={value}" for key, value in {**parameters, "lang": lang}.items())
    visit(page, f"{app}/{'' if name == 'start' else name}?{query}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_AXE)
    # The tab is still in the theme that the view before it ended with.
    themes = ("light", "dark")[:: (1, -1)[number % 2]]
    for theme, options in zip(themes, (_ALL, _COLOURS), strict=True):
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        assert _lasting(page, options) == []


def _name(number: int) -> list[str]:
    page, parameters = _PLACES[number]
    return [page, *parameters.values()]


def test_what_breaks_a_rule_is_found(page):
    page.set_content("""<html lang="en"><title>Culprits</title><h1>One</h1><h3>Three</h3>
      <p style="color: #808080">Pale</p><input>
      <button style="all: unset; width: 9px">a</button><button style="all: unset">b</button>""")
    page.evaluate(_AXE)
    rules = {rule for rule, *_rest in _found(page, _ALL)}
    assert rules == {"color-contrast", "heading-order", "label", "target-size"}
    assert {rule for rule, *_rest in _found(page, _COLOURS)} == {"color-contrast"}

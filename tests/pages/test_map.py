"""The map on the start page: every claim with its verdict and the way to what was measured."""

import shutil

import pytest

from explorer.experiments import catalogue
from explorer.locale import LANGUAGES, translator
from explorer.web.shared.chapter import BY_PAGE, SECTIONS
from explorer.web.shared.claims.addresses import place
from explorer.web.shared.claims.verdict import ICONS

from .conftest import opened, sentences


@pytest.fixture
def own_results(tmp_path, monkeypatch):
    """A copy of the shipped results that a test may damage."""
    copy = tmp_path / "experiments"
    shutil.copytree(catalogue.SHIPPED, copy)
    monkeypatch.setattr(catalogue, "SHIPPED", copy)
    return copy


def claim_links(app):
    """The links of claims, in their order: those whose label begins with a verdict's sign."""
    links = [link.proto for link in app.get("page_link")]
    return [link for link in links if any(icon in link.label for icon in ICONS.values())]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_has_its_verdict_and_a_way_to_it(lang):
    app = opened("start", lang=lang)
    assert not app.warning
    _ = translator(lang)
    links = claim_links(app)
    results = {name: catalogue.shipped(name) for name in catalogue.names()}
    ordered = [
        result
        for section in SECTIONS
        for result in results.values()
        if result.section == section.number and section.page
    ]
    assert len(links) == len(ordered)
    for link, result in zip(links, ordered, strict=True):
        page, parameters = place(result)
        assert link.page == page
        assert ICONS[result.judgement.verdict] in link.label
        assert _(result.judgement.verdict) in link.help
        assert _(result.claim) in link.help
        wanted = {"lang": lang, **parameters}
        assert dict(pair.split("=") for pair in link.query_string.split("&")) == wanted


@pytest.mark.parametrize("name", catalogue.names())
def test_the_way_to_a_claim_leads_to_it(name):
    result = catalogue.shipped(name)
    where = place(result)
    if where is None:
        assert result.section not in {section.number for section in BY_PAGE.values()}
        return
    page, parameters = where
    app = opened(page, lang="en", **parameters)
    assert not app.error
    for parameter, value in parameters.items():
        assert app.session_state[f"{page}.{parameter}"] == value
    assert str(result.judgement) in sentences(app)


@pytest.mark.parametrize("damage", ["missing", "cut", "empty"])
def test_a_result_that_cannot_be_read_is_named_and_leaves_the_others(own_results, damage):
    before = len(claim_links(opened("start", lang="en")))
    file = own_results / "gradients.json"
    content = file.read_text()
    file.unlink() if damage == "missing" else file.write_text(content[:100] * (damage == "cut"))
    app = opened("start", lang="en")
    (warning,) = app.warning
    assert "gradients.json" in warning.value
    assert "python -m explorer experiment gradients --out" in warning.value
    assert len(claim_links(app)) == before - 1
    assert len([link for link in app.get("page_link") if link.proto.label == "Open"]) == len(
        BY_PAGE
    )

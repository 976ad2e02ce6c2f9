"""The claims of a section on its page: verdict, figure and command of the one in the address."""

import shutil
from urllib.parse import parse_qs

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from explorer.experiments import catalogue
from explorer.experiments.convergence import UPDATES
from explorer.locale import LANGUAGES, translator
from explorer.models import catalogue as models
from explorer.text.numbers import percent
from explorer.training.recall import if_asked
from explorer.web.shared.claims import remembering
from explorer.web.shared.claims.figures import SHOWN
from explorer.web.shared.claims.shown import filled

from .conftest import opened, sentences

PAGES = {"9.1": "gru", "9.2": "lstm", "9.4": "bidirectional"}
CLAIMS = [name for name in SHOWN if catalogue.experiment(name).section in PAGES]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_stands_with_its_verdict_its_figure_and_its_command(name, lang):
    result, _ = catalogue.shipped(name), translator(lang)
    app = opened(PAGES[result.section], lang=lang, show="claims", claim=name)
    said = "\n".join(sentences(app))
    assert not app.error
    assert _(result.claim) in said
    assert _(result.judgement.verdict) in said
    assert _(result.judgement.sentence).format(**result.judgement.values) in said
    assert filled(_(SHOWN[name].method), result.judgement.values) in said
    assert result.command in said
    assert app.get("vega_lite_chart")


@pytest.mark.parametrize(("section", "page"), PAGES.items())
def test_a_page_offers_the_claims_of_its_section_and_the_first_is_open(section, page):
    app = opened(page, lang="en", show="claims")
    own = [name for name in CLAIMS if catalogue.experiment(name).section == section]
    options = app.button_group(key=f"{page}.claim").options
    for name in own:
        assert any(SHOWN[name].title in option for option in options)
    first = next(name for name in SHOWN if SHOWN[name].title in options[0])
    assert catalogue.shipped(first).command in "\n".join(sentences(app))


def test_the_chosen_claim_is_in_the_address():
    app = opened("gru", lang="en", show="claims")
    app.button_group(key="gru.claim").set_value("one-gate").run()
    assert app.query_params["claim"] == "one-gate"


def test_a_damaged_result_is_named_with_its_cure_and_the_others_stay(tmp_path, monkeypatch):
    copy = tmp_path / "experiments"
    shutil.copytree(catalogue.SHIPPED, copy)
    (copy / "plain-rnn.json").write_text("{")
    monkeypatch.setattr(catalogue, "SHIPPED", copy)
    app = opened("gru", lang="en", show="claims", claim="one-gate")
    assert "python -m explorer experiment plain-rnn --out" in app.error[0].value
    assert catalogue.shipped("one-gate").command in "\n".join(sentences(app))
    assert not opened("lstm", lang="en", show="claims").error  # it is no claim of that section


def test_a_setting_of_the_map_leads_to_its_runs():
    app = opened("deep", lang="en", show="claims", claim="convergence", rate="16.0", clip="0.0")
    (link,) = app.get("page_link")
    asked = parse_qs(link.proto.query_string)
    assert asked["rate1"] == asked["rate2"] == ["16"]
    assert asked["clip1"] == asked["clip2"] == ["0"]
    assert asked["updates"] == [str(UPDATES)]
    lab = opened("deep", **{name: values[0] for name, values in asked.items()})
    assert not lab.warning


@pytest.mark.parametrize(
    ("page", "other"), {"gru": "heatmaps", "translation": "gates", "search": "prefix"}.items()
)
def test_claims_stand_in_the_place_of_what_they_are_not_of(page, other):
    app = opened(page, lang="en", show="claims")
    assert not app.error
    assert app.get("vega_lite_chart")
    assert not drawn(app)
    app.button_group(key=f"{page}.show").set_value(other).run()
    assert not app.error
    assert drawn(app)


def drawn(app):
    """The components of a page but for those that count what is typed."""
    return [part for part in app.get("bidi_component") if not part.key.endswith(".count")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["gru", "lstm"])
def test_four_networks_read_a_text_beside_the_claim_on_long_dependencies(page, lang):
    """What is drawn is what the models answer, and what is said is on their cards."""
    text = "!Babcdefghabcdefgh(!Cab)h"
    app = opened(page, lang=lang, show="claims", claim="long-dependencies", asked=text)
    assert not app.error
    figure = app.get("vega_lite_chart")[-1]
    drawn = convert_arrow_bytes_to_pandas_df(figure.proto.datasets[0].data.data)
    for name, (title, *_look) in remembering._LOOKS.items():
        expected = if_asked(models.load(name).model, text)
        line = drawn[drawn["series"] == translator(lang)(title)]
        assert line["mean"].tolist() == pytest.approx(expected, abs=1e-6)
    said = "\n".join(sentences(app))
    for name in (*remembering.COMMON.values(), remembering.LATCHED):
        for situation in ("recall", "skip"):
            share = models.card(name).figures["accuracy"][situation]["100"]
            assert percent(share) in said


def test_a_recall_models_card_tells_both_stories_and_opens_the_plain_ones():
    app = opened("lstm", lang="en", model="lstm-recall-common", show="model")
    assert remembering.LATCHED in "\n".join(sentences(app))
    app.button(key="lstm.plain").click().run()
    assert app.query_params["show"] == "claims"
    assert catalogue.shipped("long-dependencies").command in "\n".join(sentences(app))
    assert not app.error

"""What if a gate were another: the page says what the edited model says, and loses nothing."""

import pytest

import explorer
from explorer.recurrence.reading import read
from explorer.text.vocabulary import Vocabulary
from explorer.web.pages.gates.changes import MOST

from .conftest import opened
from .test_units import given

TEXT = "The lamp was lit, and then the lamp was out."


def loss(model_name, *interventions, text=TEXT):
    model, card = explorer.load(model_name)
    return read(model, Vocabulary(card.vocabulary), text, interventions=interventions).bits


def what_if(page, **parameters):
    return opened(page, **({"lang": "en", "text": TEXT, "show": "what-if"} | parameters))


def bits(app):
    return [metric.value for metric in app.metric][:2]


@pytest.mark.parametrize(("page", "model"), [("gru", "gru-timemachine"), ("lstm", "lstm-recall")])
def test_the_view_opens_with_the_cell_as_it_is(page, model):
    app = what_if(page, model=model)
    assert not app.warning
    assert bits(app) == [f"{loss(model):.2f}"] * 2
    assert "change" not in app.query_params
    app.button(key=f"{page}.change.suggestion0").click().run()
    old, new = bits(app)
    assert old == f"{loss(model):.2f}"
    assert new != old


def test_a_slider_changes_the_loss_and_the_address():
    app = what_if("lstm", change="forget~0")
    app.slider(key="lstm.change.amount").set_value(0.4).run()
    assert app.query_params["change"] == "forget~0.4"
    forget = explorer.Intervention("forget", value=0.4)
    assert bits(app) == [
        f"{loss('lstm-timemachine'):.2f}",
        f"{loss('lstm-timemachine', forget):.2f}",
    ]


def test_an_address_opens_the_same_what_if():
    codes = "forget~0.25~u3~s4-9,hidden~x0.5"
    app = what_if("lstm", change=codes)
    expected = loss(
        "lstm-timemachine",
        explorer.Intervention("forget", value=0.25, units=3, steps=range(4, 10)),
        explorer.Intervention("hidden", scale=0.5),
    )
    assert bits(app)[1] == f"{expected:.2f}"
    assert app.query_params["change"] == codes
    assert len(app.radio[0].options) == 2
    app.radio[0].set_value(1).run()
    app.slider(key="lstm.change.amount").set_value(1.0).run()
    assert app.query_params["change"] == "forget~0.25~u3~s4-9,hidden~x1"


def test_changes_are_added_placed_and_removed():
    app = what_if("gru", unit="7", step="5", change="")
    old, new = bits(app)
    assert old == new
    app.button(key="gru.change.add").click().run()
    assert app.query_params["change"] == "update~1~u7"
    app.button_group(key="gru.change.steps").set_value("some").run()
    assert app.query_params["change"] == "update~1~u7~s5"
    app.slider(key="gru.change.span").set_value((5, 12)).run()
    app.button_group(key="gru.change.quantity").set_value("candidate").run()
    app.slider(key="gru.change.amount").set_value(-0.5).run()
    assert app.query_params["change"] == "candidate~-0.5~u7~s5-12"
    app.button_group(key="gru.change.scaled").set_value(True).run()
    app.button_group(key="gru.change.units").set_value("all").run()
    assert app.query_params["change"] == "candidate~x-0.5~s5-12"
    app.button(key="gru.change.remove").click().run()
    assert "change" not in app.query_params
    assert bits(app) == [old, old]


def test_a_state_may_be_set_beyond_the_ends_of_its_slider():
    app = what_if("lstm", change="memory~7.5~u3")
    assert app.slider(key="lstm.change.amount").value == 7.5
    app.button_group(key="lstm.change.steps").set_value("some").run()
    assert app.query_params["change"] == f"memory~7.5~u3~s{app.session_state['lstm.step']}"


def test_a_suggestion_replaces_what_was_changed():
    app = what_if("gru", change="reset~0.5")
    app.button(key="gru.change.suggestion1").click().run()
    assert app.query_params["change"] == "reset~1,update~0"
    plain = [explorer.Intervention("reset", value=1.0), explorer.Intervention("update", value=0.0)]
    assert bits(app)[1] == f"{loss('gru-timemachine', *plain):.2f}"


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("forget~0~u256", "256"),
        ("forget~0~s44", "44"),
        ("reset~0", "` LSTM `"),
    ],
)
@pytest.mark.parametrize(("lang", "left_out"), [("en", "ignored"), ("zh", "未采用")])
def test_what_cannot_be_changed_is_said_and_the_rest_is_done(code, word, lang, left_out):
    app = what_if("lstm", lang=lang, change=f"input~0.5,{code}")
    assert left_out in app.warning[0].value
    assert word in app.warning[0].value
    assert not app.error
    assert app.query_params["change"] == f"input~0.5,{code}"
    half = explorer.Intervention("input", value=0.5)
    assert bits(app)[1] == f"{loss('lstm-timemachine', half):.2f}"


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "A gate must be between 0 and 1"), ("zh", "门的取值在 0 到 1 之间")],
)
def test_what_can_be_in_no_model_is_said_and_the_rest_is_done(lang, sentence):
    app = what_if("lstm", lang=lang, change="input~0.5,forget~1.5")
    assert sentence in app.warning[0].value
    assert "` 1.5 `" in app.warning[0].value
    assert app.query_params["change"] == "input~0.5"
    half = explorer.Intervention("input", value=0.5)
    assert bits(app)[1] == f"{loss('lstm-timemachine', half):.2f}"


def test_a_shorter_text_keeps_the_changes_for_when_it_is_longer_again():
    app = what_if("lstm", change="forget~0~s30-40")
    changed = bits(app)
    app.text_area[0].set_value("The lamp.").run()
    assert "no step 40" in app.warning[0].value
    assert app.query_params["change"] == "forget~0~s30-40"
    app.text_area[0].set_value(TEXT).run()
    assert not app.warning
    assert bits(app) == changed


@pytest.mark.parametrize("code", ["forget~x1.5", "memory~x1e+30"])
def test_a_multiple_out_of_range_on_the_way_gets_a_sentence(code):
    app = what_if("lstm", change=code)
    assert "step" in app.error[0].value
    assert app.query_params["change"] == code
    app.button(key="lstm.change.remove").click().run()
    assert not app.error


@pytest.mark.parametrize("text", ["a", "ab"])
def test_the_shortest_texts_have_their_what_if(text):
    app = what_if("gru", text=text)
    assert not app.error
    assert not app.warning


def test_the_equation_stays_that_of_the_model_as_it_is():
    changed = what_if("gru", show="equation", change="update~0", step="5")
    plain = opened("gru", lang="en", text=TEXT, show="equation", step="5")
    assert given(changed, "gru.cell.content") == given(plain, "gru.cell.content")
    assert any("without the changes" in caption.value for caption in changed.caption)
    assert not any("without the changes" in caption.value for caption in plain.caption)


def test_another_view_keeps_the_changes_in_the_address():
    app = what_if("lstm", change="forget~0.25")
    app.slider(key="lstm.change.amount").set_value(0.5).run()
    changed = bits(app)
    app.button_group(key="lstm.show").set_value("lines").run()
    assert app.query_params["change"] == "forget~0.5"
    app.button_group(key="lstm.show").set_value("what-if").run()
    assert bits(app) == changed


@pytest.mark.parametrize("change", ["forget", "forget~one", "forget~0~s9-4"])
def test_what_is_no_change_gets_a_sentence_and_the_page(change):
    app = what_if("lstm", change=change)
    assert change in app.warning[0].value
    assert "a code is like" in app.warning[0].value
    assert not app.error
    assert bits(app)[0] == bits(app)[1]


def test_a_full_list_says_so_and_stays():
    codes = ",".join(f"forget~0.5~u{unit}" for unit in range(MOST))
    app = what_if("lstm", change=codes)
    assert app.button(key="lstm.change.add").disabled
    assert len(app.radio[0].options) == MOST


@pytest.mark.parametrize(
    ("change", "sign", "arrow"), [("update~x0.95", "-", "DOWN"), ("update~x0.5", "+", "UP")]
)
def test_the_arrow_beside_the_loss_points_where_the_loss_went(change, sign, arrow):
    metric = what_if("gru", change=change).metric[1]
    assert metric.delta.startswith(sign)
    assert metric.proto.MetricDirection.Name(metric.proto.direction) == arrow

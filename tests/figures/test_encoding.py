"""Figures of encoded sentences: every value in its place, one scale, and text as text."""

import numpy as np
import pytest

from explorer.figures.bleu import bleu_by_length
from explorer.figures.categories import CATEGORIES, ORDERED, OWN
from explorer.figures.plane import Own, Sentences, Way, sentence_map, way_map
from explorer.figures.state import state_picture

AXES = ("one", "two")
TEXTS = ["I wait.", "<b>You</b> & 'I'", "They swim."]
COORDINATES = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
GROUPED = Sentences(TEXTS, COORDINATES, ["I", "you", "I"], {"I": "ich", "you": "du"})
BARE = Sentences(TEXTS, COORDINATES)


@pytest.mark.parametrize("shape", [(2, 416), (1, 7), (3, 30), (2, 1), (1, 352)])
def test_every_unit_has_one_square_and_its_name(shape):
    values = np.arange(np.prod(shape), dtype=float).reshape(shape) + 1
    figure = state_picture(values, "hidden", top=1, name="state")
    drawn, said = np.asarray(figure.data[0].z), np.asarray(figure.data[0].text)
    squares = dict(zip(said[~np.isnan(drawn)], drawn[~np.isnan(drawn)], strict=True))
    assert squares == {
        f"layer {layer}, unit {unit}": values[layer, unit]
        for layer in range(shape[0])
        for unit in range(shape[1])
    }
    assert (said[np.isnan(drawn)] == "").all()


def test_two_states_share_a_scale_about_zero():
    for values in (np.full((1, 4), 0.1), np.full((1, 4), -3.0)):
        figure = state_picture(values, "memory", top=2.5, name="state")
        assert (figure.data[0].zmin, figure.data[0].zmax) == (-2.5, 2.5)


def test_a_layer_is_named_beside_its_middle():
    figure = state_picture(np.ones((2, 12)), "hidden", top=1, name="state")
    rows = [{t.split(",")[0] for t in row} for row in figure.data[0].text]
    for middle, layer in zip(figure.layout.yaxis.tickvals, ("layer 0", "layer 1"), strict=True):
        assert middle == np.mean([n for n, row in enumerate(rows) if layer in row])


def test_every_sentence_is_a_dot_of_its_group():
    figure = sentence_map(GROUPED, axes=AXES)
    dots = {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in figure.data}
    assert dots == {"ich": [(0, 1), (4, 5)], "du": [(2, 3)]}
    looks = {(trace.marker.color, trace.marker.symbol) for trace in figure.data}
    assert looks == set(CATEGORIES[:2])


def test_ordered_groups_have_ordered_colours():
    ordered = Sentences(TEXTS, COORDINATES, ["I", "you", "I"], GROUPED.names, ordered=True)
    figure = sentence_map(ordered, axes=AXES)
    assert [trace.marker.color for trace in figure.data] == [look[0] for look in ORDERED[:2]]


@pytest.mark.parametrize("looks", [CATEGORIES, ORDERED, OWN])
def test_no_colour_and_no_shape_comes_twice(looks):
    assert all(len(set(kind)) == len(looks) for kind in zip(*looks, strict=True))


def test_a_readers_sentence_is_a_labelled_star_and_never_markup():
    own = Own(1, "<script>alert(1)</script> " + "word " * 40, np.array([7.0, 8.0]))
    figure = sentence_map(GROUPED, own=[own], axes=AXES)
    star = figure.data[-1]
    assert (star.x[0], star.y[0], star.text[0]) == (7, 8, "<b>2</b>")
    assert star.hovertext[0].startswith("&lt;script&gt;")
    assert len(star.hovertext[0]) < 90
    assert figure.data[1].text[0] == "&lt;b&gt;You&lt;/b&gt; &amp; 'I'"


def test_the_chosen_point_of_a_line_is_the_largest():
    line = np.linspace([0, 0], [1, 1], 5)
    figure = sentence_map(BARE, line=line, point=3, axes=AXES)
    drawn = figure.data[1]
    assert int(np.argmax(drawn.marker.size)) == 3
    assert list(drawn.text) == ["0%", "25%", "50%", "75%", "100%"]


def test_a_way_numbers_its_words_and_says_how_far_each_moved():
    way = Way(0, ("<s>", "I", "<eos>"), COORDINATES, np.array([1.234, 0.5, 2.0]))
    drawn = way_map(BARE, [way], axes=AXES).data[-1]
    assert drawn.text == ("1 &lt;s&gt;", "2 I", "3 &lt;eos&gt;")
    assert list(drawn.customdata) == [1.23, 0.5, 2.0]
    assert drawn.marker.symbol[-1] == OWN[0][1]


@pytest.mark.parametrize(("count", "shown"), [(30, "1"), (100, None)])
def test_a_long_way_has_numbers_alone_and_a_very_long_one_nothing(count, shown):
    diagonal = np.linspace((0, 0), (4, 5), count)
    way = Way(1, ["dog"] * count, diagonal, np.ones(count))
    drawn = way_map(BARE, [way], axes=AXES).data[-1]
    assert (drawn.text[0] if "text" in drawn.mode else None) == shown


def test_labels_of_a_way_do_not_lie_over_each_other():
    at = np.array([[0, 1], [3, 3], [3.02, 3.02], [3.5, 5], [0.01, 1], [3.01, 3]])
    way = Way(0, ["a", "b", "c", "d", "e", "<eos>"], at, np.ones(6))
    drawn = way_map(BARE, [way], axes=AXES).data[-1]
    assert drawn.text == ("1 a", "", "", "4 d", "", "6 &lt;eos&gt;")
    assert drawn.hovertext[1] == "2 b"


def test_a_way_that_stays_where_it_is_has_one_label():
    still = np.ones((4, 2))
    alone = Sentences(TEXTS[:1], still[:1])
    drawn = way_map(alone, [Way(0, list("abcd"), still, np.zeros(4))], axes=AXES).data[-1]
    assert drawn.text == ("", "", "", "4 d")


def test_bleu_is_drawn_for_every_search_and_range_with_its_count():
    scores = {"greedy": {"short": 30.5, "long": 10.0}, "beam": {"short": 33.0, "long": 12.0}}
    names = {"greedy": "g", "beam": "b", "short": "2–4", "long": "5–9"}
    spec = bleu_by_length(scores, {"short": 1200}, names=names).to_dict()
    (rows,) = spec["datasets"].values()
    assert {(row["search"], row["range"]): row["BLEU"] for row in rows} == {
        ("g", "2–4\nn = 1,200"): 30.5,
        ("g", "5–9"): 10.0,
        ("b", "2–4\nn = 1,200"): 33.0,
        ("b", "5–9"): 12.0,
    }
    assert spec["encoding"]["x"]["sort"] == ["2–4\nn = 1,200", "5–9"]

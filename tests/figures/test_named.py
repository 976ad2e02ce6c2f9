import json

import numpy as np

from explorer.figures.named import named_lines


def chart(places, **series):
    return named_lines(series, places=places, x="word", y="p").to_dict()


def test_every_series_has_its_values_its_colour_and_its_pattern():
    drawn = chart(["a", "b"], one=np.array([0.1, 0.2]), two=[0.3, 0.4])
    (rows,) = drawn["datasets"].values()
    assert [(r["series"], r["place"], r["value"]) for r in rows] == [
        ("one", 0, 0.1),
        ("one", 1, 0.2),
        ("two", 0, 0.3),
        ("two", 1, 0.4),
    ]
    encoding = drawn["encoding"]
    for channel in ("color", "strokeDash"):
        assert encoding[channel]["scale"]["domain"] == ["one", "two"]
        looks = encoding[channel]["scale"]["range"]
        assert len({json.dumps(look) for look in looks}) == 2


def test_a_name_of_a_place_is_data_whatever_is_in_it():
    places = ['"]+alert(1)+["', "a\\", "😀"]
    axis = chart(places, one=[1, 2, 3])["encoding"]["x"]["axis"]
    listed = axis["labelExpr"].removesuffix("[datum.value]")
    assert json.loads(listed) == places


def test_many_places_are_counted_and_not_named():
    axis = chart(["w"] * 60, one=[0.0] * 60)["encoding"]["x"]["axis"]
    assert "labelExpr" not in axis

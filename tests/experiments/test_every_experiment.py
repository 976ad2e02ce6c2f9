"""What holds for every experiment: its result is shipped, and judged by its own numbers."""

import re
import string

import pytest

from explorer.errors import ExplorerError
from explorer.experiments import catalogue
from explorer.experiments.experiment import VERDICTS, Experiment, Judgement, Result, Spread
from explorer.web.shared.chapter import SECTIONS
from explorer.web.shared.claims.figures import SHOWN

#: What stands in braces in formulas, and is no place.
FORMULAS = ("Y", "hh", "xh", "KL")


@pytest.mark.parametrize("name", catalogue.names())
def test_the_shipped_result_is_of_this_experiment(name):
    experiment, result = catalogue.experiment(name), catalogue.shipped(name)
    assert (result.name, result.section, result.claim) == (
        name,
        experiment.section,
        experiment.claim,
    )
    assert experiment.name == name
    assert experiment.section == catalogue.section(name)
    assert experiment.section in {section.number for section in SECTIONS}


@pytest.mark.parametrize("name", catalogue.names())
def test_the_verdict_follows_from_the_shipped_numbers(name):
    result = catalogue.shipped(name)
    assert catalogue.experiment(name).judge(result.numbers) == result.judgement
    assert result.judgement.verdict in VERDICTS


@pytest.mark.parametrize("name", catalogue.names())
def test_what_is_said_fills_its_places(name):
    said = catalogue.shipped(name).judgement
    places = {place for _, place, _, _ in string.Formatter().parse(said.sentence) if place}
    beside = {*re.findall(r"\{(\w+)\}", SHOWN[name].method + SHOWN[name].rule)}
    assert places <= set(said.values) <= places | beside
    assert beside <= {*said.values, *FORMULAS}
    assert str(said)


@pytest.mark.parametrize("name", catalogue.names())
def test_the_columns_of_a_table_have_one_length(name):
    for table in catalogue.shipped(name).numbers.values():
        assert len({len(column) for column in table.values()}) == 1


def trial(number: float) -> Experiment:
    return Experiment(
        name="trial",
        section="9.1",
        claim="Numbers are small.",
        measure=lambda watch: {"numbers": {"n": [number, float("inf")]}},
        judge=lambda numbers: Judgement(
            "holds" if numbers["numbers"]["n"][0] < 1 else "does not hold here",
            "The number is {number}.",
            {"number": str(numbers["numbers"]["n"][0])},
        ),
    )


@pytest.mark.parametrize(("number", "verdict"), [(0.5, "holds"), (2.0, "does not hold here")])
def test_a_run_is_judged_by_what_it_measured(tmp_path, number, verdict):
    result = catalogue.run(trial(number))
    assert result.judgement.verdict == verdict
    assert str(result.judgement) == f"The number is {number}."
    (tmp_path / "result.json").write_text(result.to_json(), encoding="utf-8")
    kept = Result.read(tmp_path / "result.json")
    assert kept.judgement == result.judgement
    assert kept.numbers == {"numbers": {"n": [number, None]}}


def test_an_unknown_experiment_and_a_damaged_result_say_what_to_do(tmp_path):
    with pytest.raises(ExplorerError, match="no experiment 'nonsense'"):
        catalogue.experiment("nonsense")
    broken = tmp_path / "gates.json"
    for content in ("", "{}", "[]", '{"judgement": 3}'):
        broken.write_text(content)
        with pytest.raises(ExplorerError, match="python -m explorer experiment gates --out"):
            Result.read(broken)


def test_a_spread_is_that_of_the_textbook():
    assert Spread.of([1.0, 2.0, 3.0]) == Spread(2.0, 1.0, 3)
    assert Spread.of([4.0]) == Spread(4.0, 0.0, 1)

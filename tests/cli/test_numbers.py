"""Every number of every command is bounded before anything computes with it."""

import time
from contextlib import suppress

import click
import pytest

from explorer.cli import main
from explorer.cli.numbers import Decimal, Whole
from explorer.cli.record import Calls
from explorer.decoding.budget import Budget
from explorer.errors import ExplorerError

OPTIONS = [
    pytest.param(param, id=f"{name} {param.opts[0]}")
    for name, command in main.commands.items()
    for param in command.params
]
NUMBERS = [option for option in OPTIONS if isinstance(option.values[0].type, Whole | Decimal)]
HOSTILE = (
    *("1e99999999", "9" * 10_000, "-" + "9" * 10_000, "0." + "1" * 100_000, "1/3", "nan", "inf"),
    *("-inf", "1e999", "٣", "1_000", "", "\0", "-1e9"),
)


@pytest.mark.parametrize("option", OPTIONS)
def test_no_option_is_a_number_without_bounds(option):
    assert isinstance(
        option.type,
        Whole
        | Decimal
        | Calls
        | click.Path
        | click.Choice
        | click.types.StringParamType
        | click.types.BoolParamType,
    )


@pytest.mark.parametrize("option", NUMBERS)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_hostile_number_is_one_sentence_at_once(option, text):
    start = time.thread_time()
    with pytest.raises(ExplorerError) as refused:
        option.type.convert(text, option, None)
    assert time.thread_time() - start < 0.05
    assert str(refused.value).startswith(option.opts[0])
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("option", NUMBERS)
def test_bounds_belong_to_it_and_the_help_says_them(option):
    kind = option.type
    for bound in (kind.lowest, kind.highest):
        assert kind.convert(str(bound), option, None) == bound
        assert str(bound) in kind.name
    if isinstance(option.default, int | float):
        assert kind.convert(option.default, option, None) == option.default


@pytest.mark.parametrize("text", [f"{number}{unit}" for number in HOSTILE for unit in ("", "s")])
def test_a_hostile_budget_is_refused_at_once(text):
    start = time.thread_time()
    with pytest.raises(ExplorerError, match="Write a budget"):
        Budget.parse(text)
    assert time.thread_time() - start < 0.05


@pytest.mark.parametrize("text", [*HOSTILE, *(f"1:{number}" for number in HOSTILE)])
def test_hostile_calls_are_refused_at_once(text):
    start = time.thread_time()
    with suppress(ExplorerError):
        assert len(Calls().convert(text, None, None)) < 10**9
    assert time.thread_time() - start < 0.05

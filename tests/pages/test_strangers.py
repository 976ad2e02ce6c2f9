"""Model folders and addresses of strangers: what a page opens, and what it shows all the same."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
import streamlit as st

from explorer.models import catalogue
from explorer.web.kit.address import Address

from .conftest import PAGES, opened

#: Every path that was opened or listed while a test asked for it. A hook cannot be taken away.
_OPENED: list[str] = []
_watching = False


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in ("open", "os.listdir", "os.scandir"):
        _OPENED.append(os.fspath(arguments[0]) if isinstance(arguments[0], str | Path) else "")


sys.addaudithook(_notice)


@pytest.fixture
def watched():
    """The paths that are opened from here on."""
    global _watching
    _OPENED.clear()
    _watching = True
    yield _OPENED
    _watching = False


@pytest.fixture
def bait(tmp_path, monkeypatch):
    """A sound model outside the folder of the shipped ones, in the folder that the server is in."""
    shutil.copytree(catalogue.PRETRAINED / "gru-recall", tmp_path / "bait")
    monkeypatch.chdir(tmp_path)
    st.cache_resource.clear()
    return tmp_path / "bait"


def below(paths: list[str], folder: Path) -> list[str]:
    return [path for path in paths if Path(path).resolve().is_relative_to(folder)]


def test_the_watch_notices_a_model_that_is_opened(bait, watched):
    catalogue.load("./bait")
    assert {Path(path).name for path in below(watched, bait)} == {"card.json", "model.safetensors"}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_an_address_becomes_a_path(page, bait, watched, monkeypatch):
    """Every parameter of the page names the folder, in one way after the other."""
    taken = {"model"}
    take = Address.take

    def noticed(self, parameter):
        taken.add(parameter.name)
        return take(self, parameter)

    monkeypatch.setattr(Address, "take", noticed)
    opened(page)
    near = os.path.relpath(bait, catalogue.PRETRAINED)
    for path in (str(bait), "./bait", near):
        app = opened(page, **dict.fromkeys(taken, path))
        assert len(app.main.children) > 1
    assert any(Path(path).name == "card.json" for path in watched) or page not in ("gru", "lstm")
    assert below(watched, bait) == []


@pytest.mark.parametrize("page", ["gru", "translation", "search", "encoder_decoder"])
@pytest.mark.parametrize("name", ["/etc", "../pretrained/gru-recall", "./gru-recall", "~", "."])
def test_a_path_for_a_model_is_answered_in_a_sentence(page, name):
    parameter = "of" if page == "search" else "model"
    app = opened(page, lang="en", **{parameter: name})
    assert not app.error
    assert [w.value for w in app.warning if name in w.value]


def hostile(folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["architecture"]["layers"] = 1_000_000
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")


def a_pipe(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    os.mkfifo(folder / "model.safetensors")


def an_endless_card(folder: Path) -> None:
    (folder / "card.json").unlink()
    (folder / "card.json").symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [hostile, a_pipe, an_endless_card])
def test_a_hostile_folder_among_the_shipped_ones_is_said_and_the_others_go_on(own_models, make):
    make(own_models / "gru-recall")
    app = opened("gru", lang="en", model="gru-recall")
    assert len(app.error) == 1
    for page, parameters in (
        ("gru", {"model": "gru-timemachine"}),
        ("lstm", {}),
        ("search", {}),
        ("translation", {}),
    ):
        assert not opened(page, lang="en", **parameters).error


def test_a_card_without_the_figures_of_a_view_is_said(own_models):
    for name in ("gru-recall", "en-fr-gru", "bilstm-infill"):
        path = own_models / name / "card.json"
        card = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**card, "figures": {}}), encoding="utf-8")
    for page, parameters in (
        ("gru", {"model": "gru-recall", "show": "model"}),
        ("translation", {"model": "en-fr-gru", "show": "model"}),
        ("encoder_decoder", {"model": "en-fr-gru", "show": "length"}),
        ("bidirectional", {"show": "models"}),
    ):
        app = opened(page, lang="en", **parameters)
        assert ["has no value" in error.value for error in app.error] == [True], page

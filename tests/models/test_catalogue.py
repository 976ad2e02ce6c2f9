import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import explorer
from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.models.card import Card, CheckpointError
from explorer.models.language_model import LanguageModel

Saved = tuple[Path, LanguageModel, Card]


@pytest.fixture
def shelf(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one language model, whose folder is `some-model`."""
    folder = saved[0].parent
    monkeypatch.setattr(catalogue, "PRETRAINED", folder)
    return folder


def test_models_are_found_by_their_files(shelf: Path) -> None:
    shutil.copytree(shelf / "some-model", shelf / "another")
    (shelf / "no-model").mkdir()
    shutil.copytree(shelf / "some-model", shelf / "without-card")
    (shelf / "without-card" / "card.json").unlink()
    assert catalogue.names() == ("another", "some-model", "without-card")
    assert catalogue.names("language model") == ("another", "some-model")
    assert catalogue.names("recall") == ()


def test_load_gives_model_and_card(shelf: Path) -> None:
    model, card = explorer.load("some-model")
    assert isinstance(model, LanguageModel)
    assert card == catalogue.card("some-model")


@pytest.mark.parametrize("name", ["none", "", "..", "../pretrained/some-model", "some-model/"])
def test_an_unknown_name_is_answered_with_the_known_ones(shelf: Path, name: str) -> None:
    with pytest.raises(ExplorerError, match=r"some-model\.$"):
        catalogue.load(name)


def test_a_damaged_card_hides_no_other_model(shelf: Path) -> None:
    shutil.copytree(shelf / "some-model", shelf / "another")
    (shelf / "another" / "card.json").write_text("{")
    assert catalogue.names("language model") == ("some-model",)
    with pytest.raises(CheckpointError, match=r"another/card\.json"):
        catalogue.card("another")


def test_cards_are_read_without_torch() -> None:
    script = (
        "import sys; from explorer.models import catalogue as c;"
        "[c.card(name) for name in c.names()]; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

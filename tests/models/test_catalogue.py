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


PATHS = ["../pretrained/some-model", "some-model/", "./some-model"]


@pytest.mark.parametrize("name", ["none", "", "..", "some-model ", "\0"])
def test_an_unknown_name_is_answered_with_the_known_ones_and_how_to_name_a_folder(
    shelf: Path, name: str
) -> None:
    with pytest.raises(ExplorerError, match=r"choose from some-model\. .* path: \./"):
        catalogue.load(name)


@pytest.mark.parametrize("name", [*PATHS, "none", "", ".."])
def test_what_an_address_says_is_never_a_path(shelf: Path, name: str) -> None:
    for asked in (
        lambda: catalogue.card(name),
        lambda: catalogue.folder(name),
        lambda: catalogue.offered_as(LanguageModel, name),
    ):
        with pytest.raises(ExplorerError, match=r"choose from some-model\.$"):
            asked()
    assert catalogue.offered_as(LanguageModel, "some-model").card == catalogue.card("some-model")


def test_a_path_is_a_folder_and_a_shipped_name_wins(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of the reader's has the name of a shipped model, and another that is its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("some-model", "mine"):
        shutil.copytree(shelf / "some-model", tmp_path / name)
        card = tmp_path / name / "card.json"
        card.write_text(card.read_text(encoding="utf-8").replace("by hand", "by me"), "utf-8")
    chosen = {
        name: catalogue.load(name).card.chosen
        for name in ("some-model", "./some-model", "mine/", "./mine", str(tmp_path / "mine"))
    }
    assert chosen.pop("some-model") == "by hand"
    assert set(chosen.values()) == {"by me"}
    assert explorer.load(Path("mine")).card.chosen == "by me"
    with pytest.raises(ExplorerError, match=r"\./mine$"):
        catalogue.load("mine")
    with pytest.raises(CheckpointError, match=r"no file none/card\.json"):
        catalogue.load("./none")


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

from pathlib import Path

import pytest
import torch

from explorer.models import checkpoint
from explorer.models.architecture import Architecture
from explorer.models.card import Card, Data, Point
from explorer.models.language_model import LanguageModel
from explorer.models.network import skeleton

TOKENS = ("<unk>", "a", "\n", "“", "<s>")


def a_card(sizes: Architecture) -> Card:
    return Card(
        name="some-model",
        task="language model",
        architecture=sizes,
        vocabulary=TOKENS,
        parameters=sum(w.numel() for w in skeleton(sizes).parameters()),
        data=Data("数据", "somewhere", "public domain", "nobody"),
        command="python -m explorer train some-model",
        seed=3,
        epochs=2,
        steps=20,
        chosen="by hand",
        torch="2",
        sha256="",
        score="bits",
        figures={"accuracy": {"recall": {"5": 0.5}}, "bits": 2.25},
        curve=(Point(10, 1.5, 2.5), Point(20, 1.25, 2.25)),
    )


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, LanguageModel, Card]:
    """A small model written to a folder, as it was before and with its card as written."""
    sizes = Architecture("lstm", len(TOKENS), 4, layers=2)
    torch.manual_seed(0)
    model = LanguageModel(sizes)
    folder = tmp_path / "pretrained" / "some-model"
    return folder, model, checkpoint.save(folder, model, a_card(sizes))

import pytest
import torch

from explorer.cloze.filler import Filler
from explorer.models.architecture import InfillArchitecture
from explorer.models.infill import Infill
from explorer.text.vocabulary import BOS, EOS, PAD, UNKNOWN, Vocabulary

WORDS = ("I", "am", "so", "hungry", "the", "cat", "sleeps", ".", "?")


@pytest.fixture(scope="session")
def fillers() -> dict[str, Filler]:
    """A small filler that reads each way, its weights drawn."""
    vocabulary = Vocabulary((UNKNOWN, PAD, BOS, EOS, *WORDS))
    found = {}
    for reads in ("both", "forward", "backward"):
        torch.manual_seed(1)
        sizes = InfillArchitecture(
            cell="lstm",
            vocabulary_size=len(vocabulary),
            hidden_size=5,
            embedding_size=4,
            reads=reads,
        )
        model = Infill(sizes).eval().requires_grad_(False)
        torch.nn.init.normal_(model.embedding.weight)
        found[reads] = Filler(model, vocabulary)
    return found

"""The recipes behind the shipped models, and what they are compared with. Only values, no work."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.models.architecture import Cell, Reads
from explorer.training.described import (
    BOOK_CHOSEN,
    CHINESE_CHOSEN,
    CHOSEN,
    DEEP_CHOSEN,
    ENGLISH,
    ENGLISH_CHINESE,
    ENGLISH_FRENCH,
    ENGLISH_FRENCH_APART,
    FRESH_CHOSEN,
    INFILL_CHOSEN,
    LU_XUN,
    LU_XUN_CHOSEN,
    RECALL,
    RECALL_CHOSEN,
    RECALL_COMMON_CHOSEN,
    TIME_MACHINE,
    TRANSLATION_CHOSEN,
)
from explorer.training.plan import Plan
from explorer.training.recipe import (
    BlanksRecipe,
    PairsRecipe,
    PassagesRecipe,
    RecallRecipe,
    Recipe,
    StreamsRecipe,
    WindowsRecipe,
)


def _book(cell: Cell, rate: float) -> Recipe:
    """The book's 32 units and 32 steps: 50 epochs of ten batches of 1024 windows, by SGD."""
    plan = Plan(epochs=50, rate=rate, optimiser="sgd")
    return Recipe(cell, 32, WindowsRecipe(), plan, TIME_MACHINE, BOOK_CHOSEN)


def _time_machine(
    cell: Cell,
    *,
    epochs: int,
    rate: float,
    hidden_size: int = 256,
    layers: int = 1,
    dropout: float = 0.5,
    chosen: str = CHOSEN,
) -> Recipe:
    """Dropout and decay for a text this short; a GRU needs half as long as the others."""
    plan = Plan(epochs=epochs, rate=rate, decay=0.05)
    return Recipe(
        cell,
        hidden_size,
        StreamsRecipe(),
        plan,
        TIME_MACHINE,
        chosen,
        layers=layers,
        dropout=dropout,
        start="text",
    )


def _lu_xun(cell: Cell, *, hidden_size: int) -> Recipe:
    """Much dropout and many epochs for a text this short; sized to 4 MB in float16."""
    plan = Plan(epochs=30, rate=4e-3, decay=0.05, average=8)
    reading = PassagesRecipe(embedding_size=192, weight_dropout=0.5)
    return Recipe(cell, hidden_size, reading, plan, LU_XUN, LU_XUN_CHOSEN, dropout=0.5)


def _recall(cell: Cell) -> Recipe:
    plan = Plan(epochs=24, rate=5e-3)
    return Recipe(cell, 24, RecallRecipe(), plan, RECALL, RECALL_CHOSEN, start="memory")


def _recall_common(cell: Cell) -> Recipe:
    """What anyone would try first: PyTorch's own start, and every lag from the first update."""
    reading = RecallRecipe(sequences=64, epoch_steps=150, growth=0)
    plan = Plan(epochs=10, rate=5e-3)
    return Recipe(cell, 24, reading, plan, RECALL, RECALL_COMMON_CHOSEN)


def _in_words(cell: Cell, *, hidden_size: int, epochs: int) -> Recipe:
    """English to French over whole words: what the Chinese models' encoder starts from."""
    plan = Plan(epochs=epochs, rate=2e-3, decay=0.01, average=3)
    return Recipe(
        cell,
        hidden_size,
        PairsRecipe(embedding_size=192, together="sentence"),
        plan,
        ENGLISH_FRENCH,
        TRANSLATION_CHOSEN,
        layers=2,
        dropout=0.2,
    )


def _in_pieces(
    cell: Cell,
    *,
    embedding_size: int,
    hidden_size: int,
    epochs: int,
    dropout: float = 0.3,
) -> Recipe:
    """Two layers on either side, rare words in pieces; what is dropped is not learned by heart."""
    plan = Plan(epochs=epochs, rate=2e-3, decay=0.01, average=4)
    reading = PairsRecipe(embedding_size=embedding_size, forgotten=0.1, whole=8)
    return Recipe(
        cell,
        hidden_size,
        reading,
        plan,
        ENGLISH_FRENCH_APART,
        TRANSLATION_CHOSEN,
        layers=2,
        dropout=dropout,
    )


def _pupil(cell: Cell, *, hidden_size: int, epochs: int, dropout: float) -> Recipe:
    """Sized to 16 MB in float16; meant to learn from what larger models wrote, too."""
    return _in_pieces(
        cell, embedding_size=192, hidden_size=hidden_size, epochs=epochs, dropout=dropout
    )


def _english_chinese(
    encoder_of: str | None, *, tokens: int = 1000, epochs: int = 30, chosen: str = CHINESE_CHOSEN
) -> Recipe:
    """Into characters; few pairs, so much is dropped and forgotten, and gone through often."""
    plan = Plan(epochs=epochs, rate=2e-3, decay=0.01, average=6)
    reading = PairsRecipe(
        embedding_size=192,
        tokens=tokens,
        minimum=2,
        held_out=1000,
        forgotten=0.1,
        language="zh",
        encoder_of=encoder_of,
    )
    return Recipe("gru", 416, reading, plan, ENGLISH_CHINESE, chosen, dropout=0.3)


def _infill(reads: Reads, *, hidden_size: int) -> Recipe:
    """Sized so that all three have as many parameters, and soon learn what they can."""
    plan = Plan(epochs=2, rate=5e-3, decay=0.01)
    return Recipe(
        "lstm", hidden_size, BlanksRecipe(reads), plan, ENGLISH, INFILL_CHOSEN, dropout=0.1
    )


RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "rnn-timemachine": _time_machine("rnn", epochs=32, rate=6e-3),
        "gru-timemachine": _time_machine("gru", epochs=16, rate=6e-3),
        "gru-timemachine-book": _time_machine("gru-book", epochs=16, rate=6e-3),
        "lstm-timemachine": _time_machine("lstm", epochs=32, rate=1e-2),
        "deep-lstm-timemachine": _time_machine(
            "lstm",
            epochs=32,
            rate=1e-2,
            hidden_size=128,
            layers=3,
            dropout=0.25,
            chosen=DEEP_CHOSEN,
        ),
        "rnn-book": _book("rnn", 1.0),
        "gru-book": _book("gru", 4.0),
        "lstm-book": _book("lstm", 4.0),
        "gru-luxun": _lu_xun("gru", hidden_size=528),
        "lstm-luxun": _lu_xun("lstm", hidden_size=448),
        "rnn-recall": _recall("rnn"),
        "gru-recall": _recall("gru"),
        "lstm-recall": _recall("lstm"),
        "rnn-recall-common": _recall_common("rnn"),
        "gru-recall-common": _recall_common("gru"),
        "lstm-recall-common": _recall_common("lstm"),
        "en-fr-words": _in_words("gru", hidden_size=416, epochs=12),
        "teacher-gru": _in_pieces("gru", embedding_size=256, hidden_size=640, epochs=12),
        "teacher-lstm": _in_pieces("lstm", embedding_size=256, hidden_size=512, epochs=12),
        "en-fr-gru": _pupil("gru", hidden_size=448, epochs=16, dropout=0.2),
        "en-fr-lstm": _pupil("lstm", hidden_size=376, epochs=15, dropout=0.3),
        "teacher-zh": _english_chinese("en-fr-words"),
        "teacher-zh-fresh": _english_chinese(None, chosen=FRESH_CHOSEN),
        "en-zh-gru": _english_chinese("en-fr-words", tokens=2000, epochs=20),
        "bilstm-infill": _infill("both", hidden_size=160),
        "forward-infill": _infill("forward", hidden_size=246),
        "backward-infill": _infill("backward", hidden_size=246),
    }
)

"""What docs/own-search.md shows runs, and finds what the models themselves say."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.decoding.small_marian import write_marian

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")

PAGE = Path(__file__).parents[2] / "docs" / "own-search.md"


rng = np.random.default_rng(1)
EMBEDDING, HEAD = (rng.normal(size=shape).astype(np.float32) for shape in ((5, 4), (4, 5)))


def write_onnx(path: Path) -> None:
    """A causal model: what was read so far, summed up, times a matrix."""
    from onnx import TensorProto, helper, numpy_helper, save

    nodes = [
        helper.make_node("Gather", ["embedding", "tokens"], ["read"]),
        helper.make_node("CumSum", ["read", "axis"], ["sums"]),
        helper.make_node("MatMul", ["sums", "head"], ["logits"]),
    ]
    weights = {"embedding": EMBEDDING, "head": HEAD, "axis": np.array(1)}
    graph = helper.make_graph(
        nodes,
        "model",
        [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["N", "T"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", "T", 5])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    opset = [helper.make_opsetid("", 17)]
    save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The models that the page names."""
    from ctranslate2.converters import TransformersConverter

    place = tmp_path_factory.mktemp("models")
    write_marian(place / "marian")
    TransformersConverter(str(place / "marian")).convert(str(place / "marian-ct2"))
    write_onnx(place / "model.onnx")
    return place


@pytest.fixture(scope="module")
def names(folder) -> dict:
    """What the page's blocks leave behind, run one after another."""
    found: dict = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for block in re.findall(
            r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
        ):
            if "g2p_en" not in block:  # test_g2p.py runs this one, where the package is installed
                exec(block, found)
    return found


def test_the_function_and_its_rules_are_searched(names):
    assert names["tree"].proved_optimal
    assert names["constrained"].n_best[0].tokens[:1] == (0,)
    assert len(names["constrained"].n_best[0].tokens) >= 3


@torch.inference_mode()
def own(names, tokens, *, without_pad):
    """log p of a sequence by one plain pass of the model."""
    model = names["model"]
    read = torch.tensor([[model.config.decoder_start_token_id, *tokens]])
    ids = torch.tensor([names["source"]])
    logits = model(input_ids=ids, decoder_input_ids=read).logits[0]
    log_probs = logits[:, : -1 if without_pad else None].log_softmax(-1)
    return sum(log_probs[place, token].item() for place, token in enumerate(tokens))


@pytest.mark.parametrize(("tree", "without"), [("of_hugging_face", False), ("of_translator", True)])
def test_a_translation_model_is_searched_by_its_own_probabilities(names, tree, without):
    found = names[tree].n_best
    assert len(found) > 1 or not found[0].finished
    for one in found:
        tokens = (*one.tokens, *([0] if one.finished else []))
        assert one.log_prob == pytest.approx(own(names, tokens, without_pad=without), abs=1e-3)


def test_what_ctranslate2_scores_itself_is_the_same(names):
    tokens = [names["tokens"][3], names["tokens"][5]]
    (scored,) = names["translator"].score_batch([names["pieces"]], [tokens])
    rows = names["of_ctranslate2"]([(), (3,), (3, 5)])
    ours = [rows[0, 3].item(), rows[1, 5].item(), rows[2, 0].item()]
    assert ours == pytest.approx(scored.log_probs, abs=1e-3)


def test_the_onnx_model_is_searched_by_its_own_probabilities(names):
    assert names["of_session"].proved_optimal
    for one in names["of_session"].n_best:
        logits = EMBEDDING[[0, *one.tokens]].cumsum(0) @ HEAD
        log_probs = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        total = sum(log_probs[n, t] for n, t in enumerate((*one.tokens, 1)))
        assert one.log_prob == pytest.approx(total, abs=1e-4)

"""What is shipped of units belongs to the models and the texts that are shipped, and says true."""

import shutil
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
import xarray as xr

from explorer.errors import ExplorerError
from explorer.models import catalogue
from explorer.unit_analysis import shipped
from explorer.unit_analysis.character_labels import column
from explorer.unit_analysis.corpus import Corpus
from explorer.unit_analysis.named_units import DIMS, SIGNIFICANT
from explorer.unit_analysis.reader import Held
from explorer.unit_analysis.series import Place
from explorer.unit_analysis.whose import reader_of

MOST_OF_ALL = 10_000_000
SUMMARIES = [
    (path.parent.name, part)
    for part, file in shipped.FILES.items()
    for path in sorted(catalogue.PRETRAINED.glob(f"*/{file}"))
]
IN_ENGLISH = [name for name, _part in SUMMARIES if name.endswith("timemachine")]
COUNTER = Place(layer=0, direction="forward", quantity="hidden", unit=141)


def correlation(values, label):
    """Rank correlation, ties by their mean rank."""
    return np.corrcoef(mean_ranks(values), mean_ranks(label))[0, 1]


def mean_ranks(values):
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = counts.cumsum()
    return (ends - (counts - 1) / 2)[places]


def test_every_kind_of_model_has_summaries():
    kinds = ("recall", "infill", "translation")
    wanted = {(name, "decoder") for kind in kinds for name in catalogue.names(kind)}
    wanted |= {(name, "encoder") for name in catalogue.names("translation")}
    wanted |= {(name, "decoder") for name in ("gru-luxun", "lstm-luxun")}
    assert {*wanted, ("bilstm-infill", "backward")} <= {*SUMMARIES}
    assert len(IN_ENGLISH) == 4


@pytest.mark.parametrize(("name", "part"), SUMMARIES)
def test_a_summary_is_of_the_shipped_weights_corpus_and_texts(name, part):
    found, card = shipped.summary(name, part), catalogue.card(name)
    provenance = shipped.provenance(card, part)
    assert {key: found.attrs[key] for key in provenance} == provenance
    assert found.sizes["layer"] == card.architecture.layers
    assert found.sizes["unit"] == card.architecture.hidden_size
    assert found["scores"].dims == (*DIMS, "label")
    with pytest.raises(ValueError, match="read-only"):
        found["scores"].values[:] = 0


def test_all_summaries_together_are_small():
    sizes = [path.stat().st_size for path in catalogue.PRETRAINED.glob("*/units*.nc")]
    assert 0 < sum(sizes) <= MOST_OF_ALL


@pytest.mark.parametrize(("name", "part"), SUMMARIES)
def test_a_named_unit_has_all_that_a_name_asks_for(name, part):
    texts = len(shipped.context_texts(name, part))
    found = shipped.summary(name, part)
    for one in shipped.named(name, part):
        assert one.p < SIGNIFICANT
        assert one.baseline < one.low <= one.score <= one.high
        assert one.effect_low <= one.effect <= one.effect_high
        assert one.effect_token
        assert 1 <= one.effect_rank <= one.effect_among
        assert one.effect_among >= 21
        if not texts:
            continue
        unit = found.sel(direction=one.direction, quantity=one.quantity)
        unit = unit.isel(layer=one.layer, unit=one.unit)
        assert 0 <= unit["highest_text"].min() <= unit["highest_text"].max() < texts


def test_there_are_twenty_named_units_of_english_alone():
    english = {
        (name, *(getattr(one, dim) for dim in DIMS))
        for name in IN_ENGLISH
        for one in shipped.named(name)
    }
    assert len(english) >= 20


@pytest.mark.parametrize("name", ["gru-luxun", "lstm-luxun"])
def test_a_unit_of_chinese_knows_what_is_quoted_and_has_its_places_in_the_chinese_story(name):
    quoting = [one for one in shipped.named(name) if one.label == "inside quotation marks"]
    assert quoting[0].score > 0.9
    (text,) = shipped.context_texts(name)
    assert text.startswith("我家门前有一条河")


def test_the_unit_that_counts_the_line_does_so_in_the_story_too():
    """Contexts, score and effect of one unit, computed again from what is shipped."""
    found = shipped.summary("gru-timemachine").sel(quantity="hidden", unit=COUNTER.unit)
    unit = found.isel(layer=0, direction=0)
    (named,) = [
        one
        for one in shipped.named("gru-timemachine")
        if (one.quantity, one.unit, one.label) == ("hidden", COUNTER.unit, "column")
    ]
    reader = reader_of("gru-timemachine").reader
    texts = shipped.context_texts("gru-timemachine")
    pieces = [passage.pieces[0] for passage in Corpus(texts).everything()]
    reads = reader.read([piece.content for piece in pieces])
    values = [read.trace["hidden"].values[0, 0, 0, :, COUNTER.unit] for read in reads]
    for end, best in (("highest", max), ("lowest", min)):
        start, step = int(unit[f"{end}_start"][0]), int(unit[f"{end}_step"][0])
        (read,) = [v for v, piece in zip(values, pieces, strict=True) if piece.start == start]
        assert read[step] == pytest.approx(float(unit[end][0]), abs=1e-4)
        assert read[step] == pytest.approx(best(best(v) for v in values), abs=1e-4)
    columns = [column(read.tokens) for read in reads]
    assert correlation(np.concatenate(values), np.concatenate(columns)) > named.low - 0.1
    held = [Held(COUNTER, float(unit["mean"]))]
    costs = reader.costs([piece.content for piece in pieces[:12]], held)
    rise = np.concatenate([cost.bits[1] - cost.bits[0] for cost in costs])
    newline = np.concatenate([np.array(cost.tokens) == "\n" for cost in costs])
    assert rise[newline].mean() > named.effect / 2
    assert rise[~newline].mean() < named.effect / 10


def test_a_model_without_a_summary_has_none_and_a_damaged_one_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "PRETRAINED", tmp_path)
    (tmp_path / "mine").mkdir()
    assert shipped.summary("mine") is None
    assert shipped.named("mine") == ()
    file = tmp_path / "mine" / shipped.FILES["decoder"]
    other = BytesIO()
    xr.Dataset({"a": ("b", np.zeros(3))}).to_netcdf(other, engine="h5netcdf")
    for content in (b"", b"no netCDF", other.getvalue()):
        file.write_bytes(content)
        with pytest.raises(ExplorerError, match="git checkout"):
            shipped.named("mine")


def test_a_summary_of_other_weights_or_texts_is_refused(tmp_path, monkeypatch):
    copied = tmp_path / "gru-recall"
    shutil.copytree(catalogue.PRETRAINED / "gru-recall", copied)
    monkeypatch.setattr(catalogue, "PRETRAINED", tmp_path)
    assert shipped.named("gru-recall")
    card = catalogue.card("gru-recall")
    replace(card, sha256="1" * 64).write(copied / "card.json")
    with pytest.raises(ExplorerError, match="restore both with: git checkout"):
        shipped.named("gru-recall")
    card.write(copied / "card.json")
    assert shipped.named("gru-recall")
    monkeypatch.setattr(shipped, "_contexts", lambda *_model: "2" * 64)
    with pytest.raises(ExplorerError, match="not of the weights and texts of gru-recall"):
        shipped.summary("gru-recall")

import json

import pytest
from click.testing import CliRunner

from explorer.cli import main
from explorer.corpus.lengths import cut_share
from explorer.corpus.shipped import FILE, Shipped
from explorer.corpus.summary import UNITS
from explorer.errors import ExplorerError
from explorer.models.catalogue import PRETRAINED
from explorer.text.sentences import sentences


@pytest.fixture
def written(tmp_path):
    """The figures of the project's own sentences, as the command writes them."""
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("\n".join(f"{s.english}\t{s.french}" for s in sentences()), encoding="utf-8")
    out = tmp_path / FILE
    shown = CliRunner().invoke(
        main, ["corpus", "--pairs", str(pairs), "--out", str(out), "--pieces", "300"]
    )
    assert shown.exit_code == 0, shown.output
    return out


def test_the_command_writes_what_can_be_read(written) -> None:
    shipped = Shipped.read(written)
    assert shipped.summary.pairs == len(sentences())
    assert (shipped.origin.name, shipped.origin.source) == ("pairs.tsv", "")  # not our corpus
    assert "--pairs pairs.tsv" in shipped.origin.command
    again = written.with_name("again.json")
    shipped.write(again)
    assert Shipped.read(again) == shipped


def test_none_of_the_text_is_in_the_file(written) -> None:
    fields = json.loads(written.read_text(encoding="utf-8"))["summary"]

    def leaves(value):
        if isinstance(value, dict):
            return [leaf for inner in value.values() for leaf in leaves(inner)]
        return (
            [leaf for inner in value for leaf in leaves(inner)]
            if isinstance(value, list)
            else [value]
        )

    assert all(type(leaf) is int for leaf in leaves(fields))


def test_the_shipped_figures_agree_with_themselves() -> None:
    shipped = Shipped.read(PRETRAINED / FILE)
    summary = shipped.summary
    every = summary.lengths.every()
    assert len(every) == summary.pairs
    for place, side in enumerate((summary.source, summary.target)):
        assert side.spectrum.tokens == every[:, place].sum() == side.growth["word"].read[-1]
        assert sum(side.spectrum.words) == side.growth["word"].seen[-1]
        assert set(side.growth) == set(UNITS)
        assert 0 <= cut_share(every[:, place], 10) <= 1
    assert shipped.origin.command.startswith("python -m explorer corpus --pairs")
    assert (PRETRAINED / FILE).stat().st_size < 50_000


@pytest.mark.parametrize(
    "damage",
    [
        lambda fields: fields.pop("origin"),
        lambda fields: fields["origin"].update(licence=3),
        lambda fields: fields["origin"].update(other="x"),
        lambda fields: fields["summary"].update(pairs=3),
        lambda fields: fields["summary"]["lengths"]["pairs"].pop(),
        lambda fields: fields["summary"]["source"]["growth"].pop("word"),
        lambda fields: fields["summary"]["source"]["growth"]["word"]["read"].reverse(),
        lambda fields: fields["summary"]["target"]["spectrum"].update(words="many"),
        lambda fields: fields["summary"]["target"]["spectrum"]["words"].__setitem__(0, 1.5),
        lambda fields: fields["summary"]["target"]["spectrum"]["words"].__setitem__(0, -1),
    ],
)
def test_a_damaged_file_is_named_with_its_cure(written, damage) -> None:
    fields = json.loads(written.read_text(encoding="utf-8"))
    damage(fields)
    written.write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(ExplorerError, match=f"git checkout -- pretrained/{FILE}"):
        Shipped.read(written)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_such_file_is_refused(tmp_path, content) -> None:
    path = tmp_path / FILE
    with pytest.raises(ExplorerError, match="missing or damaged"):
        Shipped.read(path)
    path.write_bytes(content)
    with pytest.raises(ExplorerError, match="missing or damaged"):
        Shipped.read(path)

"""Every message is translated, and every catalogue is in step with the code."""

import re
import string

import pytest

from explorer.locale import CATALOGUES, LANGUAGES, N_, paragraph, preferred, translator
from explorer.locale.update import messages, read


def places(message: str) -> set[str]:
    """The names of a message's places for values."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_holds_exactly_the_messages_of_the_code(language):
    in_code = {message.id for message in messages() if message.id}
    in_catalogue = {message.id for message in read(language) if message.id}
    assert in_catalogue == in_code, "run: make messages"


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_message_is_translated(language):
    unfinished = [m.id for m in read(language) if m.id and (not m.string or m.fuzzy)]
    assert not unfinished


@pytest.mark.parametrize("language", CATALOGUES)
def test_translations_keep_the_places_for_values(language):
    changed = [m.id for m in read(language) if m.id and places(m.id) != places(m.string)]
    assert not changed


def test_chinese_is_written_in_chinese():
    worded = [m for m in read("zh") if re.search(r"[A-Za-z]", re.sub(r"\{.*?\}", "", m.id))]
    latin_only = [m.id for m in worded if not re.search(r"[\u4e00-\u9fff]", m.string)]
    assert not latin_only


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("reset gate", "重置门"),
        ("update gate", "更新门"),
        ("candidate hidden state", "候选隐状态"),
        ("hidden state", "隐状态"),
        ("input gate", "输入门"),
        ("forget gate", "遗忘门"),
        ("output gate", "输出门"),
        ("memory cell", "记忆元"),
        ("token", "词元"),
        ("step", "时间步"),
        ("Beam search", "束搜索"),
    ],
)
def test_the_terms_are_those_of_the_chinese_edition(english, chinese):
    assert translator("zh")(english) == chinese


def test_english_is_the_source():
    assert translator("en")("anything") == "anything" == N_("anything")


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-TW", "zh"),
        ("zh", "zh"),
        ("en-GB", "en"),
        ("fr-FR", "en"),
        (None, "en"),
    ],
)
def test_the_first_language_follows_the_browser(browser, language):
    assert preferred(browser) == language
    assert language in LANGUAGES


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        translator("xx")


def test_a_bold_sentence_in_chinese_ends_before_its_full_width_mark():
    """Behind the mark a blank would have to stand, since bold would not end without it."""
    bold = re.compile(r"\*\*(.+?)\*\*\s*\w")
    texts = [text for m in read("zh") if m.id for text in bold.findall(str(m.string))]
    assert texts
    assert not [text for text in texts if text[-1] in "。！？；："]


def test_sentences_of_a_paragraph_are_apart_but_once():
    assert paragraph("It ends.", "It goes on.") == "It ends. It goes on."
    assert paragraph("它结束。", "它继续。", "End.") == "它结束。它继续。End."
    assert paragraph("said 。 so", "more") == "said 。 so more"
    assert paragraph("它结束？", "命令：", "它继续。") == "它结束？命令：它继续。"

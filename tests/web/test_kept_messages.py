"""Nothing is referred to that a browser has dropped when it is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from explorer.web.serving.kept_messages import Line, MessageCache

AGE = 2
PARTS = ("", "step", "needed")
LARGE = ("page", "strip", "chart")


def begun(*fragments: str) -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.config.max_cached_message_age = AGE
    message.metadata.run.fragment_ids.extend(fragments)
    return message


def ended(*fragments: str) -> ForwardMsg:
    message = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    message.metadata.run.fragment_ids.extend(fragments)
    return message


def asking(named) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = "lang=en"
    message.rerun_script.cached_message_hashes.extend(named)
    return message.SerializeToString()


class Browser:
    """Asks at once, and reads what it was sent when it comes to it."""

    def __init__(self) -> None:
        self.line, self.cache = Line(), MessageCache()
        self.cache.age = AGE
        self.unread: list[ForwardMsg] = []

    def ask(self) -> list[str]:
        """What the server is told that the browser keeps."""
        asked = BackMsg.FromString(self.line.asked(asking(self.cache.hashes)))
        return list(asked.rerun_script.cached_message_hashes)

    def send(self, message: ForwardMsg) -> None:
        self.line.answered(message.SerializeToString())
        self.unread.append(message)

    def read(self, count: int) -> None:
        for message in self.unread[:count]:
            assert self.cache.take(message), "a reference to nothing"
            if message.WhichOneof("type") == "script_finished":
                self.cache.end_run(message.metadata.run.fragment_ids)
        del self.unread[:count]


def run(browser: Browser, part: str, large: set[str], kept: list[str]) -> None:
    """What a server sends for a run that draws these messages."""
    fragments = [part] if part else []
    browser.send(begun(*fragments))
    for name in sorted(large):
        message = ForwardMsg(ref_hash=name) if name in kept else ForwardMsg(hash=name)
        message.metadata.cacheable = True
        if name not in kept:
            message.delta.fragment_id = part
        browser.send(message)
    browser.send(ended(*fragments))


runs = st.tuples(st.sampled_from(PARTS), st.sets(st.sampled_from(LARGE)), st.integers(0, 12))


@given(st.lists(runs, max_size=12))
def test_every_reference_is_to_a_message_that_is_kept_however_late_it_is_read(story):
    browser, waiting = Browser(), []
    for part, large, read in story:
        waiting.append((part, large, browser.ask()))
        if read % 2:  # else the next is asked before the server comes to it
            while waiting:
                run(browser, *waiting.pop(0))
        browser.read(read)
    for one in waiting:
        run(browser, *one)
    browser.read(len(browser.unread))


def test_a_browser_at_rest_is_sent_references_to_all_that_it_keeps():
    browser = Browser()
    run(browser, "", {"page"}, browser.ask())
    browser.read(9)
    for _step in range(3 * AGE):
        run(browser, "step", {"strip"}, browser.ask())
        browser.read(9)
    assert browser.ask() == ["page", "strip"]


@pytest.mark.parametrize(
    "data", [b"\xff\xff\xff", b"", BackMsg(stop_script=True).SerializeToString()]
)
def test_what_names_nothing_goes_through_as_it_is(data):
    assert Line().asked(data) == data


def asking_for(page: str, part: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.page_script_hash, message.rerun_script.fragment_id = page, part
    return message.SerializeToString()


def test_no_part_of_a_page_that_was_left_is_run():
    line, shown = Line(), ForwardMsg()
    shown.navigation.page_script_hash = "gru"
    line.asked(asking_for(""))  # by its name
    line.answered(begun().SerializeToString())
    line.answered(shown.SerializeToString())
    assert line.asked(asking_for("gru", "step"))
    assert line.asked(asking_for("lstm"))
    assert line.asked(asking_for("gru", "step")) is None
    assert line.asked(asking_for("lstm", "step"))
    shown.navigation.page_script_hash = "deep"  # where Python itself leads
    line.answered(shown.SerializeToString())
    assert line.asked(asking_for("deep", "step"))

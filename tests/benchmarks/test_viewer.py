"""What a viewer without a browser tells the server is what a browser would."""

import json

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.viewer import MessageCache, Tab

AGE = 2


def large(name: str, fragment: str = "") -> ForwardMsg:
    message = ForwardMsg(hash=name)
    message.metadata.cacheable = True
    message.delta.fragment_id = fragment
    return message


@pytest.fixture
def cache() -> MessageCache:
    kept = MessageCache()
    kept.age = AGE
    return kept


def test_only_large_messages_are_kept(cache):
    cache.take(ForwardMsg(hash="small"))
    cache.take(large("large"))
    assert cache.hashes == ("large",)


def test_a_message_is_kept_for_its_age_and_each_reference_keeps_it_longer(cache):
    cache.take(large("forgotten"))
    cache.take(large("used"))
    for _run in range(AGE + 1):
        assert set(cache.hashes) == {"forgotten", "used"}
        cache.end_run([])
        assert cache.take(ForwardMsg(ref_hash="used"))
    assert cache.hashes == ("used",)
    assert not cache.take(ForwardMsg(ref_hash="forgotten"))


def test_a_message_sent_again_is_as_good_as_new(cache):
    cache.take(large("picture"))
    for _run in range(3 * AGE):
        cache.end_run([])
        cache.take(large("picture"))
    assert cache.hashes == ("picture",)


def test_the_run_of_a_fragment_ends_only_what_it_sent(cache):
    for name, fragment in (("page", ""), ("mine", "mine"), ("other", "other")):
        cache.take(large(name, fragment))
    for _run in range(AGE + 1):
        cache.end_run(["mine"])
    assert set(cache.hashes) == {"page", "other"}
    cache.end_run([])
    assert cache.hashes == ()


def answered(tab: Tab, *messages: ForwardMsg) -> list[bool]:
    return [tab.take(message.SerializeToString()) for message in messages]


def session() -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.page_script_hash = "page"
    message.new_session.config.max_cached_message_age = AGE
    return message


def strip(fragment: str) -> ForwardMsg:
    strip = ForwardMsg()
    strip.delta.fragment_id = fragment
    component = strip.delta.new_element.bidi_component
    component.id, component.component_name = "$$ID-1-gru.strip", "gatescope_strip"
    component.bytes = json.dumps({"tokens": ["a"] * 10}).encode()
    return strip


def finished(*fragments: str, how: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> ForwardMsg:
    message = ForwardMsg(script_finished=how)
    message.metadata.run.fragment_ids.extend(fragments)
    return message


def sent(data: bytes):
    return BackMsg.FromString(data).rerun_script


@pytest.mark.parametrize("fragment", ["", "steps"])
def test_a_step_goes_to_the_fragment_of_its_control(fragment):
    tab = Tab("gru")
    assert sent(tab.rerun()).page_name == "gru"
    assert answered(tab, session(), strip(fragment), finished())[-1]
    assert tab.strip.last == 9
    picked = sent(tab.pick(4))
    assert picked.fragment_id == fragment
    assert picked.page_script_hash == "page"
    (moved,) = picked.widget_states.widgets
    assert moved.id == "$$STREAMLIT_INTERNAL_KEY_$$ID-1-gru.strip__events"
    (pick,) = json.loads(moved.json_trigger_value)
    assert pick["value"] == {"step": 4, "unit": None, "layer": None}


def test_hashes_and_address_are_sent_along():
    tab, moved = Tab("gru"), ForwardMsg()
    moved.page_info_changed.query_string = "lang=en&step=4"
    answered(tab, session(), large("strip"), moved, finished())
    message = sent(tab.rerun())
    assert list(message.cached_message_hashes) == ["strip"]
    assert message.query_string == "lang=en&step=4"


def test_an_answer_is_the_end_of_the_run_that_was_asked_for():
    tab = Tab("gru")
    answered(tab, session(), strip("steps"), finished())
    tab.pick(5)
    cut = finished("steps", how=ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    ended = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
    assert answered(tab, cut, finished("clock", how=ended)) == [False, False]
    assert answered(tab, finished("steps", how=ended)) == [True]
    assert answered(tab, finished()) == [True]  # the whole page, the fragment in it


def test_what_goes_wrong_in_a_run_is_named():
    tab, raised = Tab("gru"), ForwardMsg()
    raised.delta.new_element.exception.type = "ValueError"
    raised.delta.new_element.exception.message = "no such step"
    answered(tab, session(), raised, ForwardMsg(ref_hash="never sent"))
    assert tab.troubles[0] == "ValueError: no such step"
    assert len(tab.troubles) == 2

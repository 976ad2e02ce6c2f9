"""Work in a thread: it is stopped by whoever asks, and by nobody looking."""

import time

import pytest

from explorer.web.job import Job, Stop

PATIENCE_S = 20.0


def count(numbers: list[int], stop: Stop) -> None:
    while not stop():
        numbers.append(len(numbers))
        time.sleep(0.001)


def until_it_counts(job: Job[list[int]]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not job.look() and time.monotonic() < deadline:
        time.sleep(0.005)


def test_work_that_is_stopped_keeps_what_it_did() -> None:
    job = Job[list[int]]([], count)
    job.start()
    until_it_counts(job)
    assert job.running
    job.stop()
    job.wait(PATIENCE_S)
    assert not job.running
    assert job.stopped
    done = job.look()
    assert done == list(range(len(done)))
    assert done


def test_work_that_nobody_looks_at_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]  # the test's own: a busy machine would make the true one run ahead
    monkeypatch.setattr("explorer.web.job.monotonic", lambda: clock[0])
    job = Job[list[int]]([], count, patience=2.0)
    job.start()
    for _ in range(10):  # as long as somebody looks it goes on, whatever its patience
        clock[0] += 1.5
        job.look().clear()
        until_it_counts(job)
    assert job.running
    clock[0] += 2.5
    job.wait(PATIENCE_S)
    assert not job.running
    assert job.stopped


def test_an_error_of_the_work_is_kept() -> None:
    def fail(_: None, stop: Stop) -> None:
        raise ValueError("no")

    job = Job[None](None, fail)
    job.start()
    job.wait(PATIENCE_S)
    assert isinstance(job.error, ValueError)
    assert not job.stopped

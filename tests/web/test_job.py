"""Work in a thread: it is stopped by whoever asks, and by nobody looking."""

import time

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


def test_work_that_nobody_looks_at_stops() -> None:
    job = Job[list[int]]([], count, patience=0.2)
    job.start()
    for _ in range(10):  # as long as somebody looks it goes on, whatever its patience
        time.sleep(0.05)
        job.look()
    assert job.running
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

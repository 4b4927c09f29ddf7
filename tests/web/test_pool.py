"""The workers: a job that hangs, dies or grows costs its worker and nothing else."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from vn_resolution.web.jobs import Failure
from vn_resolution.web.pool import Pool
from vn_resolution.web.settings import Settings

_pid = partial(eval, "__import__('os').getpid()")
"""The worker's process id. A worker can only call what can be imported in its process: no function of this module."""


@contextmanager
def pool_of(work: Callable[[Any], Any], **settings: Any) -> Iterator[Pool]:
    pool = Pool(Settings(**{"workers": 1, "timeout": 30.0, **settings}), work)
    pool.start()
    try:
        yield pool
    finally:
        pool.stop()


def _idle(pool: Pool, workers: int) -> None:
    ends = time.monotonic() + 30
    while pool.state["idle"] < workers:
        assert time.monotonic() < ends, "the worker was not replaced"
        time.sleep(0.05)


def _ask(pool: Pool, job: Any) -> Any:
    return pool.run(job)


def test_a_job_that_hangs_is_ended_with_its_worker() -> None:
    with pool_of(time.sleep, timeout=1.0) as pool:
        started = time.monotonic()
        answer = _ask(pool, 3600)
        assert isinstance(answer, Failure) and (answer.status, answer.code) == (504, "timeout")
        assert time.monotonic() - started < 60
        _idle(pool, 1)
        assert _ask(pool, 0) is None


def test_a_job_that_kills_its_worker_does_not_kill_the_service() -> None:
    with pool_of(os._exit) as pool:
        for _ in range(2):
            answer = _ask(pool, 9)
            assert isinstance(answer, Failure) and (answer.status, answer.code) == (500, "crash")
            _idle(pool, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_a_job_cannot_take_all_the_memory() -> None:
    with pool_of(bytearray, memory=512 * 1024 * 1024) as pool:
        answer = _ask(pool, 2 * 1024 * 1024 * 1024)
        assert isinstance(answer, Failure) and answer.code == "crash"
        _idle(pool, 1)
        assert _ask(pool, 1) == b"\0"


def test_workers_are_renewed() -> None:
    with pool_of(_pid, tasks_per_worker=2) as pool:
        pids = []
        for _ in range(5):
            _idle(pool, 1)
            pids.append(_ask(pool, None))
        assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]


def test_too_many_requests_are_sent_away_at_once() -> None:
    with pool_of(time.sleep, max_waiting=1, timeout=5.0) as pool:
        threads = [threading.Thread(target=_ask, args=(pool, 2)) for _ in range(2)]
        for thread in threads:
            thread.start()
            time.sleep(0.3)
        answer = _ask(pool, 0)
        assert isinstance(answer, Failure) and (answer.status, answer.code) == (503, "busy")
        assert all(thread.is_alive() for thread in threads), "it waited for one of the others"
        for thread in threads:
            thread.join()
        assert _ask(pool, 0) is None


def test_stopping_ends_every_process() -> None:
    with pool_of(_pid, workers=2) as pool:
        pid = _ask(pool, None)
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

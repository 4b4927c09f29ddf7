"""The worker pool: a task that fails, hangs or kills its process costs that task alone."""

from __future__ import annotations

import os
import signal
import time

from vn_resolution.corpus.workers import Limits, Lost, run_each


def work(task: str) -> str:
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "leave":
        os._exit(7)
    if task == "hang":
        time.sleep(60)
    return task.upper()


def run(tasks: list[str], jobs: int, timeout: float | None = None) -> dict[int, str | Lost]:
    return dict(run_each(work, tasks, jobs, Limits(timeout)))


def test_every_task_is_done_once() -> None:
    tasks = [f"task {k}" for k in range(50)]
    assert run(tasks, 3) == {k: task.upper() for k, task in enumerate(tasks)}
    assert run([], 3) == {}
    assert run(["one"], 8) == {0: "ONE"}


def test_a_dying_worker_costs_its_own_task_alone() -> None:
    tasks = ["a", "die", "b", "leave", "die", "c"]
    for jobs in (1, 2):
        done = run(tasks, jobs)
        assert [done[k] for k in (0, 2, 5)] == ["A", "B", "C"]
        lost = [done[k] for k in (1, 3, 4)]
        assert all(isinstance(answer, Lost) and answer.pid for answer in lost)
        assert [answer.reason for answer in lost if isinstance(answer, Lost)] == [
            "the worker process ended by signal 9",
            "the worker process ended with exit code 7",
            "the worker process ended by signal 9",
        ]


def test_a_hanging_task_is_given_up_in_time() -> None:
    started = time.monotonic()
    done = run(["hang", "a", "b"], 1, timeout=0.5)
    assert time.monotonic() - started < 20
    assert (done[1], done[2]) == ("A", "B")
    assert isinstance(done[0], Lost)
    assert done[0].reason == "no result after 0.5 seconds"

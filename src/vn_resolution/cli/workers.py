"""Runs one function over many tasks in worker processes; any of them may fail, hang or die without harm to the rest."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Lost(NamedTuple):
    """A task whose worker gave no answer: `reason` for a person, `pid` of the worker that is gone."""

    reason: str
    pid: int


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: int = -1
    started: float = 0.0


def run_each(
    work: Callable[[T], R], tasks: Sequence[T], jobs: int, timeout: float | None = None
) -> Iterator[tuple[int, R | Lost]]:
    """(index of the task, what `work` returned for it), in the order in which they are done.

    `work` must be a function at the top of a module that lets no exception out. A worker that dies or that takes
    longer than `timeout` seconds is replaced, and its task is Lost.
    """
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    waiting = iter(range(len(tasks)))
    workers: list[_Worker] = []

    def start() -> _Worker:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(work, theirs), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def give(worker: _Worker) -> bool:
        worker.task = next(waiting, -1)
        if worker.task < 0:
            return False
        worker.started = time.monotonic()
        with suppress(OSError):  # it died already: receiving from it will tell
            worker.pipe.send(tasks[worker.task])
        return True

    try:
        for _ in range(min(jobs, len(tasks))):
            worker = start()
            workers.append(worker)
            give(worker)
        while workers:
            ready = set(wait([worker.pipe for worker in workers], timeout=_patience(workers, timeout)))
            for worker in list(workers):
                if worker.pipe in ready:
                    answer = _receive(worker)
                elif timeout is not None and time.monotonic() - worker.started > timeout:
                    answer = Lost(f"no result after {timeout:g} seconds", _end(worker))
                else:
                    continue
                index = worker.task
                if isinstance(answer, Lost):
                    workers.remove(worker)
                    worker = start()
                    workers.append(worker)
                if not give(worker):
                    workers.remove(worker)
                    _end(worker)
                yield index, answer
    finally:
        for worker in workers:
            _end(worker)


def _serve(work: Callable[[Any], Any], pipe: Connection) -> None:
    """The life of a worker: until its parent hangs up or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    parent = multiprocessing.parent_process()
    assert parent is not None
    while pipe in wait([pipe, parent.sentinel]):
        try:
            pipe.send(work(pipe.recv()))
        except (EOFError, OSError):
            return


def _receive(worker: _Worker) -> Any:
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        code = worker.process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with exit code {code}"
        return Lost(f"the worker process ended {how}", _end(worker))


def _end(worker: _Worker) -> int:
    pid = worker.process.pid or 0
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    return pid


def _patience(workers: Sequence[_Worker], timeout: float | None) -> float | None:
    if timeout is None:
        return None
    oldest = min(worker.started for worker in workers)
    return max(0.05, oldest + timeout - time.monotonic())

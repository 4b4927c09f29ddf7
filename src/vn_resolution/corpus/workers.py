"""Runs one function over many tasks in worker processes; any of them may fail, hang or die without harm to the rest."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, Literal, NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Lost(NamedTuple):
    """A task whose worker gave no answer: what happened to it, `reason` for a person, `pid` of the worker that is
    gone."""

    kind: Literal["timeout", "crash"]
    reason: str
    pid: int


class Limits(NamedTuple):
    """What one task may take: `timeout` seconds, and `memory` bytes of address space for its worker (where the system
    can limit that); a task whose worker died is given to another one until it has had `attempts`."""

    timeout: float | None = None
    memory: int | None = None
    attempts: int = 1


NO_LIMITS: Final = Limits()


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    index: int = -1
    task: Any = None
    attempt: int = 0
    started: float = 0.0


def run_each(
    work: Callable[[T], R], tasks: Iterable[T], jobs: int, limits: Limits = NO_LIMITS
) -> Iterator[tuple[int, R | Lost]]:
    """(index of the task, what `work` returned for it), in the order in which they are done.

    `work` must be a function at the top of a module that lets no exception out. Tasks are taken as workers become
    free. A worker that dies or that takes too long is replaced, and its task is Lost.
    """
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    waiting = enumerate(tasks)
    workers: list[_Worker] = []

    def start() -> _Worker:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(work, theirs, limits.memory, os.getpid()), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        workers.append(worker)
        return worker

    def give(worker: _Worker) -> None:
        """The task that it holds once more, or else the next one; without any it is ended."""
        if worker.index < 0:
            worker.index, worker.task = next(waiting, (-1, None))
            worker.attempt = 0
        if worker.index < 0:
            workers.remove(worker)
            _end(worker)
            return
        worker.attempt += 1
        worker.started = time.monotonic()
        with suppress(OSError):  # it died already: receiving from it will tell
            worker.pipe.send(worker.task)

    try:
        for _ in range(jobs):
            worker = start()
            give(worker)
            if worker.index < 0:
                break
        while workers:
            ready = set(wait([worker.pipe for worker in workers], timeout=_patience(workers, limits.timeout)))
            for worker in list(workers):
                if worker.pipe in ready:
                    answer = _receive(worker)
                elif limits.timeout is not None and time.monotonic() - worker.started > limits.timeout:
                    answer = Lost("timeout", f"no result after {limits.timeout:g} seconds", _end(worker))
                else:
                    continue
                index = worker.index
                again = isinstance(answer, Lost) and answer.kind == "crash" and worker.attempt < limits.attempts
                if isinstance(answer, Lost):
                    workers.remove(worker)
                    fresh = start()
                    if again:
                        fresh.index, fresh.task, fresh.attempt = worker.index, worker.task, worker.attempt
                    worker = fresh
                else:
                    worker.index = -1
                give(worker)
                if not again:
                    yield index, answer
    finally:
        for worker in workers:
            _end(worker)


def _serve(work: Callable[[Any], Any], pipe: Connection, memory: int | None, parent_pid: int) -> None:
    """The life of a worker: until its parent hangs up or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    if sys.platform != "win32":
        os.setsid()  # what a task starts is ended with its worker
        _limit_memory(memory)
    _die_with_parent(parent_pid)
    parent = multiprocessing.parent_process()
    assert parent is not None
    while pipe in wait([pipe, parent.sentinel]):
        try:
            pipe.send(work(pipe.recv()))
        except (EOFError, OSError):
            return


def _limit_memory(memory: int | None) -> None:
    import resource

    if memory is not None:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _die_with_parent(parent_pid: int) -> None:
    """A worker that hangs would outlive a parent that is killed; Linux can end it at once."""
    if sys.platform == "linux":
        import ctypes

        set_death_signal = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(set_death_signal, int(signal.SIGKILL))
        if os.getppid() != parent_pid:
            os._exit(1)


def _receive(worker: _Worker) -> Any:
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        code = worker.process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with exit code {code}"
        return Lost("crash", f"the worker process ended {how}", _end(worker))


def _end(worker: _Worker) -> int:
    pid = worker.process.pid or 0
    worker.pipe.close()
    if sys.platform != "win32" and pid:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)  # with all that it started; no such group where it did not come that far
    worker.process.kill()
    worker.process.join()
    return pid


def _patience(workers: list[_Worker], timeout: float | None) -> float | None:
    if timeout is None:
        return None
    oldest = min(worker.started for worker in workers)
    return max(0.05, oldest + timeout - time.monotonic())

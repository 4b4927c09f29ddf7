"""Keeps worker processes that answer one job at a time; one that hangs, dies or grows is ended and replaced."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final

from vn_resolution.web.forms import File
from vn_resolution.web.jobs import Failure, Job, warm_up, work
from vn_resolution.web.settings import Settings

_START_SECONDS: Final = 60.0


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    done: int = 0


class Pool:
    """`settings.workers` processes that each call `work`; started by `start`, ended by `stop`. `run` may be called from
    many threads at once."""

    def __init__(self, settings: Settings, work: Callable[[Any], Any] = work) -> None:
        self._settings = settings
        self._work = work
        self._context: Any = multiprocessing.get_context("spawn")  # the server has threads: nothing may be forked
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._workers: list[_Worker] = []
        self._waiting = 0
        self._stopped = False

    def start(self) -> None:
        """Start the workers; each loads the grammar before it takes its first job."""
        for _ in range(self._settings.workers):
            self._free.put(self._new_worker())

    def stop(self) -> None:
        """End every worker at once."""
        self._stopped = True
        with self._lock:
            workers, self._workers = self._workers, []
        for worker in workers:
            _end(worker)

    @property
    def state(self) -> dict[str, int]:
        """How many workers there are, how many are idle, and how many requests wait."""
        return {"workers": self._settings.workers, "idle": self._free.qsize(), "waiting": self._waiting}

    def run(self, job: Job) -> File | Failure:
        """The job's outcome within `timeout` seconds, whatever the job does to its worker."""
        ends = time.monotonic() + self._settings.timeout
        with self._lock:
            if self._waiting >= self._settings.max_waiting + self._free.qsize():
                return Failure(503, "busy", "too many requests are waiting; try again in a moment")
            self._waiting += 1
        try:
            worker = self._free.get(timeout=max(0.0, ends - time.monotonic()))
        except queue.Empty:
            return Failure(503, "busy", "no worker became free in time; try again in a moment")
        finally:
            with self._lock:
                self._waiting -= 1
        usable = False
        try:
            if worker is None or not worker.process.is_alive():
                worker = self._replace(worker)
            if worker is None:
                return Failure(503, "stopping", "the service is being stopped")
            outcome, usable = self._ask(worker, job, ends)
            return outcome
        finally:
            self._give_back(worker, usable)

    def _ask(self, worker: _Worker, job: Job, ends: float) -> tuple[File | Failure, bool]:
        try:
            worker.pipe.send(job)
            if not worker.pipe.poll(max(0.0, ends - time.monotonic())):
                seconds = f"{self._settings.timeout:g}"
                return Failure(504, "timeout", f"reading this document took longer than {seconds} seconds"), False
            outcome: File | Failure = worker.pipe.recv()
        except (EOFError, OSError):
            return Failure(500, "crash", "the worker process died of this document"), False
        worker.done += 1
        return outcome, worker.done < self._settings.tasks_per_worker

    def _give_back(self, worker: _Worker | None, usable: bool) -> None:
        """A worker that cannot be used again is replaced in a thread: the answer does not wait for that."""
        if self._stopped or (worker is not None and usable):
            self._free.put(worker)
        else:
            threading.Thread(target=self._refill, args=(worker,), daemon=True).start()

    def _refill(self, old: _Worker | None) -> None:
        try:
            self._free.put(self._replace(old))
        except (OSError, RuntimeError):
            self._free.put(None)  # whoever takes it tries again

    def _replace(self, old: _Worker | None) -> _Worker | None:
        if old is not None:
            with self._lock:
                if old in self._workers:
                    self._workers.remove(old)
            _end(old)
        return None if self._stopped else self._new_worker()

    def _new_worker(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        settings = self._settings
        process = self._context.Process(
            target=_serve, args=(theirs, self._work, settings.memory, settings.grammar), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        with self._lock:
            self._workers.append(worker)
        if self._stopped or not ours.poll(_START_SECONDS):
            _end(worker)
            raise RuntimeError("a worker process did not start")
        with suppress(EOFError, OSError):
            ours.recv()
        return worker


def _serve(pipe: Connection, work: Callable[[Any], Any], memory: int, grammar: tuple[Any, ...]) -> None:
    """The life of a worker: until its parent hangs up or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    if sys.platform != "win32":
        os.setsid()  # what a job starts is ended with its worker
        _limit_memory(memory)
    parent = multiprocessing.parent_process()
    assert parent is not None
    warm_up(grammar)
    pipe.send("ready")
    while pipe in wait([pipe, parent.sentinel]):
        try:
            pipe.send(work(pipe.recv()))
        except (EOFError, OSError):
            return


def _limit_memory(memory: int) -> None:
    import resource

    if memory:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    if sys.platform != "win32" and worker.process.pid and worker.process.is_alive():
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(worker.process.pid) == worker.process.pid:
                os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.kill()
    worker.process.join()


__all__ = ["Pool"]

"""Runs the kernel over jobs in worker processes of this machine; what ends a worker becomes the job's outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from vn_resolution.corpus.kernel import Job, Outcome, Settings, quarantined, read_document
from vn_resolution.corpus.tables import GATHERED, for_sqlite
from vn_resolution.corpus.workers import Limits, Lost, run_each

ATTEMPTS: Final = 2
"""How often a job is tried whose worker died: the first death may have had another cause."""
DEFAULT_LIMITS: Final = Limits(timeout=300, memory=4 * 1024**3, attempts=ATTEMPTS)


def read_all(
    jobs: Iterable[Job], settings: Settings, workers: int, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Outcome]:
    """The outcome of every job, in the order in which they are done, with the rows as SQLite takes them.

    Jobs are taken as workers become free, so that only those at work are in memory.
    """
    return guarded(partial(_read, settings=settings), jobs, settings, workers, limits)


def guarded(
    work: Callable[[Job], Outcome], jobs: Iterable[Job], settings: Settings, workers: int, limits: Limits
) -> Iterator[Outcome]:
    """What `work` makes of every job in a worker process; a job that ended its worker is quarantined. With one worker
    the outcomes are in the order of the jobs."""
    at_work: dict[int, Job] = {}

    def taken() -> Iterator[Job]:
        for index, job in enumerate(jobs):
            at_work[index] = job
            yield job

    for index, answer in run_each(work, taken(), workers, limits):
        job = at_work.pop(index)
        yield quarantined(job, settings, answer.kind, answer.reason) if isinstance(answer, Lost) else answer


def _read(job: Job, settings: Settings) -> Outcome:
    """The whole of a worker's work on one job."""
    return with_sqlite_rows(read_document(job, settings))


def with_sqlite_rows(outcome: Outcome) -> Outcome:
    """The outcome with its rows as SQLite takes them: what a build expects of an engine."""
    return replace(outcome, rows={name: for_sqlite(GATHERED[name], rows) for name, rows in outcome.rows.items()})


__all__ = ["ATTEMPTS", "DEFAULT_LIMITS", "guarded", "read_all", "with_sqlite_rows"]

"""Builds a corpus from files, folders, archives and tables of texts: reads what changed, keeps what did not."""

from __future__ import annotations

import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from vn_resolution.corpus.containers import DEFAULT_FIELDS, Fault, Fields
from vn_resolution.corpus.draft import Draft
from vn_resolution.corpus.duplicates import find_duplicates
from vn_resolution.corpus.engines.local import DEFAULT_LIMITS, read_all
from vn_resolution.corpus.finish import Step
from vn_resolution.corpus.inputs import Opener, find_items
from vn_resolution.corpus.kernel import DEFAULT_SETTINGS, Job, Outcome, Settings, fingerprint, make_ready, quarantined
from vn_resolution.corpus.passages import SEARCHED, index_passages
from vn_resolution.corpus.workers import Limits
from vn_resolution.errors import CorpusError

STEPS: Final[tuple[Step, ...]] = (
    partial(index_passages, what="articles"),
    find_duplicates,
    *(partial(index_passages, what=what) for what in SEARCHED if what != "articles"),
)
"""What is made of the flat tables when all documents are in: what takes longest first."""
_ALWAYS_AGAIN: Final = frozenset({"missing_tool"})
_MOST_FAULTS: Final = 1_000

Engine = Callable[[Iterable[Job], Settings, int, Limits], Iterable[Outcome]]
"""Runs the kernel over jobs: (jobs, settings, workers, limits) → the outcomes, in any order, with rows for SQLite."""


@dataclass(frozen=True)
class Options:
    """How to build: `jobs` worker processes, how documents are read (`settings`) and what one may take (`limits`); the
    `fields` of tables of texts; whether to `keep` documents that the sources hold no more, and to `retry` those that
    are quarantined."""

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    settings: Settings = DEFAULT_SETTINGS
    limits: Limits = DEFAULT_LIMITS
    fields: Fields = DEFAULT_FIELDS
    keep: bool = False
    retry: bool = False


@dataclass
class Report:
    """What a build did so far: the sources hold so many `documents`; so many were `read` in this build, `kept` from
    earlier ones, and `removed`, since the sources hold them no more; so many of those read or kept are `quarantined`.
    `faults` are the first that this build quarantined, (id, message); `left_out` counts files that no reader knows, by
    ending; `changed` tells whether the corpus was written anew."""

    documents: int = 0
    read: int = 0
    kept: int = 0
    removed: int = 0
    quarantined: int = 0
    changed: bool = False
    seconds: float = 0.0
    left_out: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str]] = field(default_factory=list)


def build(
    sources: Iterable[str | Path],
    corpus: str | Path,
    options: Options | None = None,
    *,
    progress: Callable[[Report], None] | None = None,
    engine: Engine = read_all,
) -> Report:
    """Make the folder `corpus` hold what the sources hold: files, folders with all their documents, zip archives,
    texts in JSON lines or Parquet.

    What was read before from the same bytes, under the same name, by the same parser is kept, the rest is read. A build
    that was ended, however, goes on where it stood when it is called again. `progress` is called after each document.

    Raises CorpusError where a source is missing or the corpus cannot be written, GrammarError for a faulty grammar. A
    document that cannot be read raises nothing: it is quarantined, with its reason, in the table `manifest`.

    >>> import tempfile
    >>> from vn_resolution.corpus.store import Corpus
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = build(["samples/budget.txt", "samples/fees-2025.md"], folder, Options(jobs=1))
    ...     sorted(Corpus(folder))
    ['budget.txt', 'fees-2025.md']
    >>> report.read, report.quarantined
    (2, 0)
    """
    started = time.monotonic()
    options = options or Options()
    folder, paths = Path(corpus), [Path(source) for source in sources]
    for path in paths:
        if not (path.is_file() or path.is_dir()):  # a pipe, too, is none: it could not be read twice
            raise CorpusError(f"{path}: there is no such file or folder; the corpus was left as it is")
    make_ready(options.settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Draft(folder)
        try:
            report = _Build(draft, options, progress or _nobody).run(paths, engine)
            report.changed = draft.publish(STEPS, options.jobs)
        finally:
            draft.close()
    except (sqlite3.Error, OSError) as error:
        raise CorpusError(
            f"{folder}: the corpus cannot be written: {error}; what was done is kept, so mend that and build again"
        ) from error
    report.seconds = time.monotonic() - started
    return report


class _Build:
    """One build: what is planned goes through the engine into the draft."""

    def __init__(self, draft: Draft, options: Options, progress: Callable[[Report], None]) -> None:
        self._draft = draft
        self._options = options
        self._settings = options.settings
        self._fingerprint = fingerprint(options.settings)
        self._progress = progress
        self._report = Report()

    def run(self, sources: list[Path], engine: Engine) -> Report:
        """Settle every document of the sources."""
        report, options = self._report, self._options
        items = find_items(sources, self._draft.folder, options.fields, report.left_out)
        report.documents = self._draft.plan(items)
        if not report.documents:
            raise CorpusError(f"there is no document in {', '.join(map(str, sources))}; the corpus was left as it is")
        for outcome in engine(self._jobs(), self._settings, options.jobs, options.limits):
            self._take(outcome)
        if not options.keep:
            report.removed = self._draft.forget_unplanned()
        return report

    def _jobs(self) -> Iterator[Job]:
        """What has to be read; settles the rest."""
        opener = Opener(self._options.fields, self._settings.max_bytes)
        try:
            for item in self._draft.planned():
                try:
                    job = opener.open(item)
                except Fault as fault:
                    lost = Job(item.document, b"", item.name, item.media_type)
                    self._take(quarantined(lost, self._settings, fault.reason, str(fault)))
                    continue
                if not self._known(job):
                    yield job
        finally:
            opener.close()

    def _known(self, job: Job) -> bool:
        known = self._draft.reason(job, self._fingerprint)
        if known is None:
            twin = self._draft.twin(job, self._fingerprint)
            if twin is None:
                return False
            self._draft.copy(twin, job.document)
        elif known[0] is not None:
            if self._options.retry or known[0] in _ALWAYS_AGAIN:
                return False
            self._report.quarantined += 1
        self._report.kept += 1
        self._progress(self._report)
        return True

    def _take(self, outcome: Outcome) -> None:
        self._draft.put(outcome)
        self._report.read += 1
        if outcome.message is not None:
            self._report.quarantined += 1
            if len(self._report.faults) < _MOST_FAULTS:
                self._report.faults.append((outcome.document, outcome.message))
        self._progress(self._report)


def _nobody(_: Report) -> None:
    """Whom the progress is told where nobody asks."""


__all__ = ["STEPS", "Engine", "Options", "Report", "build"]

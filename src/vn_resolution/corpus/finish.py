"""Makes what a corpus holds beyond its flat tables (copies, indices): every step in a process of its own, into a file
of its own, from which the tables are then put into the corpus in the order of the steps."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from vn_resolution.corpus.workers import Limits, Lost, run_each
from vn_resolution.errors import CorpusError, VnResolutionError

PARTS_FOLDER: Final = "corpus.sqlite.parts"
Step = Callable[[sqlite3.Connection], None]
"""What is made of the flat tables once they are complete. The connection is to an empty database in which the step
makes its tables; it sees those of the corpus, and cannot write them."""

_LIMITS: Final = Limits(attempts=2)
_VIRTUAL: Final = "CREATE VIRTUAL TABLE"


def finish(corpus: Path, steps: Sequence[Step], jobs: int) -> None:
    """Add to a corpus with complete flat tables what the steps make of them, with so many of them at work at a time.
    The same tables and steps give the same bytes, whatever the number.

    Raises sqlite3.Error or OSError where something cannot be written, CorpusError where a step's process ends twice.
    """
    folder = corpus.with_name(PARTS_FOLDER)
    remove_parts(corpus)
    folder.mkdir()
    parts = [folder / f"{number}.sqlite" for number in range(len(steps))]
    work = partial(_make, corpus)
    for _, answer in run_each(work, zip(parts, steps, strict=True), jobs, _LIMITS):
        if isinstance(answer, Lost):
            raise CorpusError(f"{corpus.parent}: the corpus could not be finished: {answer.reason}")
        if answer is not None:
            raise answer
    with closing(_open(corpus)) as db:
        for part in parts:
            _take_in(db, part)
            part.unlink()
    folder.rmdir()


def remove_parts(corpus: Path) -> None:
    """Remove what a build that was ended left of its steps."""
    shutil.rmtree(corpus.with_name(PARTS_FOLDER), ignore_errors=True)


def _make(corpus: Path, task: tuple[Path, Step]) -> Exception | None:
    """One step, in a worker; returns why it failed."""
    part, step = task
    part.unlink(missing_ok=True)  # an earlier attempt may have left it
    try:
        with closing(_open(part)) as db:
            db.execute("ATTACH ? AS corpus", (corpus.absolute().as_uri() + "?mode=ro&immutable=1",))
            db.execute("BEGIN")
            step(db)
            db.execute("COMMIT")
    except (sqlite3.Error, OSError, VnResolutionError) as error:
        return error
    return None


def _open(path: Path) -> sqlite3.Connection:
    """A connection that writes without regard to a loss of power: what it writes is synced, or else made again."""
    db = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    if sys.version_info >= (3, 12):
        db.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, False)  # some systems forbid to fill the tables of an index
    return db


def _take_in(db: sqlite3.Connection, part: Path) -> None:
    """Put the tables of a part into the corpus: one that is there already grows. An index of SQLite is made empty, and
    then the tables that it consists of are filled."""
    db.execute("ATTACH ? AS part", (part.absolute().as_uri() + "?mode=ro&immutable=1",))
    db.execute("BEGIN")
    there = _tables(db, "main")
    made = _tables(db, "part")
    virtual = [name for name, sql in made.items() if sql.startswith(_VIRTUAL)]
    for name in virtual:
        db.execute(made[name])
    db.execute("COMMIT")
    db.execute("BEGIN")
    for name, sql in made.items():
        if name in virtual:
            continue
        if any(name.startswith(f"{index}_") for index in virtual):
            db.execute(f'DELETE FROM main."{name}"')
        elif name not in there:
            db.execute(sql)
        db.execute(f'INSERT INTO main."{name}" SELECT * FROM part."{name}"')
    db.execute("COMMIT")
    db.execute("DETACH part")


def _tables(db: sqlite3.Connection, schema: str) -> dict[str, str]:
    return dict(db.execute(f"SELECT name, sql FROM {schema}.sqlite_schema WHERE type = 'table'"))


__all__ = ["PARTS_FOLDER", "Step", "finish", "remove_parts"]

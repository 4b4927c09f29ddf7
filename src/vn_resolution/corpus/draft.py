"""The database in which a build gathers its results, whole at every moment, and the making of the corpus from it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from vn_resolution.corpus.finish import Step, finish, remove_parts
from vn_resolution.corpus.inputs import Item
from vn_resolution.corpus.kernel import Job, Outcome
from vn_resolution.corpus.tables import GATHERED, MANIFEST, SHAPE_SHA256, ddl, insertion
from vn_resolution.errors import CorpusError

CORPUS_FILE: Final = "corpus.sqlite"
DRAFT_FILE: Final = "building.sqlite"
NEW_FILE: Final = "corpus.sqlite.new"

_OUTPUTS: Final = (
    "CREATE TABLE {}.outputs (document TEXT NOT NULL PRIMARY KEY, json BLOB NOT NULL, sketch BLOB NOT NULL) "
    "WITHOUT ROWID"
)
_ABOUT: Final = "CREATE TABLE {}.about (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_PLAN: Final = (
    "CREATE TABLE plan (number INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, path BLOB NOT NULL, "
    "place TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT, reason TEXT, message TEXT, "
    "real BLOB NOT NULL, UNIQUE (real, place))"
)
_BY_SOURCE: Final = "CREATE INDEX manifest_by_source ON manifest (source_sha256)"
_OF_DOCUMENTS: Final = (*GATHERED, "outputs")
_SAME: Final = (
    "source_sha256 = ? AND name = ? AND media_type IS ? AND grammar_sha256 = ? AND parser_version = ? "
    "AND parser_sha256 = ?"
)
_AT_ONCE: Final = 500


class Draft:
    """The results of a build under way in the folder of a corpus: those of the corpus that is there, changed step by
    step. Each step is one transaction: whatever ends the process, the next build goes on from the last step.

    Raises CorpusError where another build is at work on the same corpus, sqlite3.Error where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / DRAFT_FILE
        self._db = self._open()

    # -- what is to be read -----------------------------------------------------------------------------------

    def plan(self, items: Iterable[Item]) -> int:
        """Take down what is to be read, each file once; returns how many documents that is. An id that was given
        already gets a number: `a.txt (2)`."""
        numbers: Counter[str] = Counter()
        with self._step() as db:
            db.execute("DELETE FROM plan")
            for item in items:
                real = os.path.realpath(item.path)
                if db.execute("SELECT 1 FROM plan WHERE real = ? AND place = ?", (real, item.place)).fetchone():
                    continue
                document = item.document
                while db.execute("SELECT 1 FROM plan WHERE document = ?", (document,)).fetchone():
                    numbers[item.document] += 1
                    document = f"{item.document} ({numbers[item.document] + 1})"
                values = (document, *item[1:], real)
                db.execute("INSERT INTO plan VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            return int(db.execute("SELECT count(*) FROM plan").fetchone()[0])

    def planned(self) -> Iterator[Item]:
        """What is to be read, in its order."""
        last = 0
        query = f"SELECT * FROM plan WHERE number > ? ORDER BY number LIMIT {_AT_ONCE}"
        while rows := self._db.execute(query, (last,)).fetchall():
            last = rows[-1][0]
            yield from (Item(*row[1:-1]) for row in rows)

    # -- what is known ----------------------------------------------------------------------------------------

    def reason(self, job: Job, fingerprint: tuple[str, ...]) -> tuple[str | None] | None:
        """(why it is quarantined or None,) where this very job was done already under its id; else None."""
        query = f"SELECT reason FROM manifest WHERE document = ? AND {_SAME}"
        row = self._db.execute(query, (job.document, *_same(job, fingerprint))).fetchone()
        return None if row is None else (row[0],)

    def twin(self, job: Job, fingerprint: tuple[str, ...]) -> str | None:
        """The id of a document that was read from the same bytes under the same name, or None."""
        query = f"SELECT min(document) FROM manifest WHERE {_SAME} AND reason IS NULL"
        found: str | None = self._db.execute(query, _same(job, fingerprint)).fetchone()[0]
        return found

    # -- what changes -----------------------------------------------------------------------------------------

    def put(self, outcome: Outcome) -> None:
        """Take an outcome in, in place of an earlier one of the same document; its rows are those of `for_sqlite`."""
        if outcome.json is None and self._manifest(outcome.document) == outcome.manifest:
            return  # it failed as it did before
        with self._step() as db:
            self._forget(outcome.document)
            db.execute(insertion(MANIFEST), outcome.manifest)
            for name, rows in outcome.rows.items():
                db.executemany(insertion(GATHERED[name]), rows)
            if outcome.json is not None:
                db.execute("INSERT INTO outputs VALUES (?, ?, ?)", (outcome.document, outcome.json, outcome.sketch))

    def copy(self, twin: str, document: str) -> None:
        """Take in, as the outcome of `document`, what was read from its twin."""
        with self._step() as db:
            self._forget(document)
            for name in _OF_DOCUMENTS:
                columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
                others = ", ".join(f'"{column}"' for column in columns if column != "document")
                db.execute(f"INSERT INTO {name} SELECT ?, {others} FROM {name} WHERE document = ?", (document, twin))

    def forget_unplanned(self) -> int:
        """Drop what is known of documents that the sources do not hold any more; returns how many there were."""
        query = "SELECT document FROM manifest WHERE document NOT IN (SELECT document FROM plan)"
        gone = [document for (document,) in self._db.execute(query)]
        if gone:
            with self._step():
                for document in gone:
                    self._forget(document)
        return len(gone)

    # -- the corpus -------------------------------------------------------------------------------------------

    def publish(self, steps: Sequence[Step], jobs: int) -> bool:
        """Write the corpus anew, with what so many processes make by the steps, and put it in the place of the old one
        in one move, unless nothing changed; then the draft is gone. The same results give the same bytes, however they
        were come by. Returns whether it was written."""
        target, new = self.folder / CORPUS_FILE, self.folder / NEW_FILE
        written = bool(self._db.execute("PRAGMA user_version").fetchone()[0]) or not target.is_file()
        if written:
            _remove(new)
            try:
                self._copy_to(new)
                finish(new, steps, jobs)
                _sync(new)
                new.replace(target)
                _sync(self.folder)
            except BaseException:
                _remove(new)
                remove_parts(new)
                raise
        self.close()
        _remove(self._path)
        return written

    def close(self) -> None:
        """Let go of the draft; what was put into it stays for the next build."""
        self._db.close()

    # -- within -----------------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        """What is left of an earlier build, or else the content of the corpus, or else nothing: whichever can be read.
        None of them is an original, so what a failing disk broke is read from the sources again."""
        for from_old in (True, True, False):
            db = sqlite3.connect(self._path.absolute().as_uri(), uri=True, isolation_level=None, timeout=3)
            try:
                self._prepare(db, from_old)
                return db
            except sqlite3.OperationalError as error:
                db.close()
                if "locked" in str(error):
                    raise CorpusError(f"{self.folder}: another build is at work on this corpus") from None
                raise
            except sqlite3.DatabaseError:
                db.close()
                _remove(self._path)
        raise CorpusError(f"{self._path}: cannot be written")

    def _prepare(self, db: sqlite3.Connection, from_old: bool) -> None:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        old = from_old and _attach_old(db, self.folder / CORPUS_FILE)
        db.execute("BEGIN EXCLUSIVE")
        if not _has_this_shape(db, "main"):
            _begin(db, old)
        elif db.execute("PRAGMA main.quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("what is left of an earlier build is damaged")
        db.execute("COMMIT")
        if old:
            db.execute("DETACH old")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise

    def _manifest(self, document: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._db.execute(
            "SELECT * FROM manifest WHERE document = ?", (document,)
        ).fetchone()
        return found

    def _forget(self, document: str) -> None:
        self._db.execute("PRAGMA user_version = 1")
        if self._manifest(document) is not None:
            for name in _OF_DOCUMENTS:
                self._db.execute(f"DELETE FROM {name} WHERE document = ?", (document,))

    def _copy_to(self, new: Path) -> None:
        self._db.execute("ATTACH ? AS new", (new.absolute().as_uri(),))
        try:
            self._db.execute("PRAGMA new.journal_mode = OFF")
            self._db.execute("PRAGMA new.synchronous = OFF")
            with self._step() as db:
                _create(db, "new")
                for name in _OF_DOCUMENTS:
                    key = ", ".join(GATHERED[name].key) if name in GATHERED else "document"
                    db.execute(f"INSERT INTO new.{name} SELECT * FROM main.{name} ORDER BY {key}")
        finally:
            with suppress(sqlite3.Error):
                self._db.execute("DETACH new")


def _same(job: Job, fingerprint: tuple[str, ...]) -> tuple[Any, ...]:
    return (job.sha256, job.name, job.media_type, *fingerprint)


def _attach_old(db: sqlite3.Connection, old: Path) -> bool:
    """Whether there is a corpus of this shape, which is then attached as `old`."""
    if not old.is_file():
        return False
    try:
        db.execute("ATTACH ? AS old", (old.absolute().as_uri() + "?mode=ro&immutable=1",))
        if _has_this_shape(db, "old"):
            return True
    except sqlite3.DatabaseError:  # not one that can be read: all is read anew
        pass
    with suppress(sqlite3.Error):
        db.execute("DETACH old")
    return False


def _begin(db: sqlite3.Connection, from_old: bool) -> None:
    """Makes the database an empty draft, or one with all that the corpus `old` holds."""
    for (name,) in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
        db.execute(f'DROP TABLE main."{name}"')
    _create(db, "main")
    db.execute(_PLAN)
    if from_old:
        for name in _OF_DOCUMENTS:
            db.execute(f"INSERT INTO main.{name} SELECT * FROM old.{name}")
    made_alike = from_old and _about(db, "old").get("corpus_sha256") == _corpus_sha256()
    db.execute(f"PRAGMA main.user_version = {int(not made_alike)}")
    db.execute(_BY_SOURCE)


def _create(db: sqlite3.Connection, schema: str) -> None:
    for table in GATHERED.values():
        db.execute(ddl(table, schema))
    db.execute(_OUTPUTS.format(schema))
    db.execute(_ABOUT.format(schema))
    about = {"shape_sha256": SHAPE_SHA256, "corpus_sha256": _corpus_sha256()}
    db.executemany(f"INSERT INTO {schema}.about VALUES (?, ?)", sorted(about.items()))


def _has_this_shape(db: sqlite3.Connection, schema: str) -> bool:
    return _about(db, schema).get("shape_sha256") == SHAPE_SHA256


def _about(db: sqlite3.Connection, schema: str) -> dict[str, str]:
    if not db.execute(f"SELECT 1 FROM {schema}.sqlite_schema WHERE name = 'about'").fetchone():
        return {}
    return dict(db.execute(f"SELECT key, value FROM {schema}.about"))


@lru_cache(maxsize=1)
def _corpus_sha256() -> str:
    """Of this room's code: a corpus that another version finished is finished anew, without reading its sources."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = ["CORPUS_FILE", "DRAFT_FILE", "Draft"]

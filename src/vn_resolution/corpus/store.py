"""A built corpus to read from: a mapping of ids to resolutions, over one SQLite file that is never written to."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from vn_resolution.corpus.draft import CORPUS_FILE, DRAFT_FILE
from vn_resolution.corpus.sql import ask, limit
from vn_resolution.corpus.tables import SHAPE_SHA256
from vn_resolution.corpus.view import View, add_functions
from vn_resolution.errors import CorpusError

if TYPE_CHECKING:
    from vn_resolution.corpus.answers import Answer
    from vn_resolution.corpus.verify import Problem


class Corpus(View):
    """The corpus in a folder that `vn-resolution corpus build` wrote: ids in their order, `corpus[id]` the resolution.

    A corpus is what it was when it was opened: a build that ends later is seen by those who open it later. Raises
    CorpusError where there is none, or one that another version wrote.

    >>> import tempfile
    >>> from vn_resolution.corpus.build import Options, build
    >>> folder = tempfile.TemporaryDirectory()
    >>> report = build(["samples"], folder.name, Options(jobs=1))
    >>> corpus = Corpus(folder.name)
    >>> len(corpus), corpus["samples/budget.txt"].meta.number
    (9, '31/NQ-HĐND')
    >>> [row["text"] for row in corpus.rows("quantities", "samples/budget.txt")][:2]
    ['6.634.000 triệu đồng', '6.420.000 triệu đồng']
    >>> corpus.close(); folder.cleanup()
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        path = self.folder / CORPUS_FILE
        if not path.is_file():
            begun = (self.folder / DRAFT_FILE).is_file()
            raise CorpusError(
                f"{self.folder}: its build has not come to its end; build again to complete it"
                if begun
                else f"{self.folder}: there is no corpus; vn-resolution corpus build SOURCE… {self.folder} makes one"
            )
        super().__init__(_open(path))
        self._for_sql = _open(path)
        limit(self._for_sql)
        try:
            row = self._db.execute("SELECT value FROM about WHERE key = 'shape_sha256'").fetchone()
        except sqlite3.DatabaseError as error:
            self.close()
            raise CorpusError(f"{path}: this is no corpus, or a damaged one ({error}); build it again") from None
        if row is None or row[0] != SHAPE_SHA256:
            self.close()
            raise CorpusError(f"{path}: another version of vn-resolution wrote this corpus; build it again")

    def sql(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Answer:
        """The answer of the database to one SELECT on the flat tables (docs/tables.md). `fold(text)` and `plain(text)`
        are there to compare texts without case, and without diacritics. Nothing can be written.

        Raises CorpusError for what SQLite does not understand or may not do.

        >>> corpus.sql("SELECT province, year FROM documents WHERE plain(title) LIKE ?", ["%du toan%"])
        province  year
        An Giang  2020
        """
        return ask(self._for_sql, query, values)

    def verify(self, quick: bool = False) -> list[Problem]:
        """What is wrong with the corpus: nothing, where it is whole and is what its manifest says."""
        from vn_resolution.corpus.verify import find_problems

        return find_problems(self._db, quick)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
        self._for_sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Corpus {self.folder}: {len(self)} documents>"


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True, check_same_thread=False)
    add_functions(db)
    return db


__all__ = ["Corpus"]

"""A built corpus to read from: a mapping of ids to resolutions, over one SQLite file that is never written to."""

from __future__ import annotations

import sqlite3
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from vn_resolution.corpus.draft import CORPUS_FILE, DRAFT_FILE, CorpusError
from vn_resolution.corpus.tables import SHAPE_SHA256, TABLES, Table, from_sqlite

if TYPE_CHECKING:
    from vn_resolution.model import Resolution


class Corpus(Mapping[str, "Resolution"]):
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
        self._db = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True, check_same_thread=False)
        try:
            row = self._db.execute("SELECT value FROM about WHERE key = 'shape_sha256'").fetchone()
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise CorpusError(f"{path}: this is no corpus, or a damaged one ({error}); build it again") from None
        if row is None or row[0] != SHAPE_SHA256:
            self._db.close()
            raise CorpusError(f"{path}: another version of vn-resolution wrote this corpus; build it again")

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM documents").fetchone()[0])

    def __iter__(self) -> Iterator[str]:
        for (document,) in self._db.execute("SELECT document FROM documents ORDER BY document"):
            yield document

    def __contains__(self, document: object) -> bool:
        query = "SELECT 1 FROM documents WHERE document = ?"
        return isinstance(document, str) and self._db.execute(query, (_id(document),)).fetchone() is not None

    def __getitem__(self, document: str) -> Resolution:
        data = self.json(document)
        from vn_resolution.model import Resolution

        return Resolution.from_json(data)

    def json(self, document: str) -> bytes:
        """The JSON of a resolution as it was stored (UTF-8). Raises KeyError for an id that the corpus lacks."""
        row = self._db.execute("SELECT json FROM outputs WHERE document = ?", (_id(document),)).fetchone()
        if row is None:
            raise KeyError(document)
        return zlib.decompress(row[0])

    def rows(self, table: str, document: str | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a flat table (docs/corpus.md lists them), of one document or of all, in their order: lists as
        tuples, flags as bool. Raises KeyError for a table that there is not."""
        shape: Table = TABLES[table]
        names = [column.name for column in shape.columns]
        where, values = ("", ()) if document is None else ("WHERE document = ?", (_id(document),))
        found = self._db.execute(f"SELECT * FROM {table} {where} ORDER BY {', '.join(shape.key)}", values)
        for row in from_sqlite(shape, found):
            yield dict(zip(names, row, strict=True))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Corpus {self.folder}: {len(self)} documents>"


def _id(document: str) -> str:
    return unicodedata.normalize("NFC", document)


__all__ = ["Corpus", "CorpusError"]

"""Some documents of a corpus, or all: a mapping of ids to resolutions that can be narrowed, searched and compared."""

from __future__ import annotations

import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vn_resolution.corpus.passages import SEARCHED
from vn_resolution.corpus.plain import folded, plain, same_text
from vn_resolution.corpus.tables import DOCUMENTS, TABLES, Table, Values, from_sqlite, provinces_of
from vn_resolution.grammar import load_grammar

if TYPE_CHECKING:
    from vn_resolution.corpus.answers import Answer
    from vn_resolution.corpus.export import Form
    from vn_resolution.corpus.graph import Graph
    from vn_resolution.corpus.report.page import Language
    from vn_resolution.corpus.search import Hit
    from vn_resolution.corpus.series import Indicators
    from vn_resolution.model import Resolution

_COLUMNS: Final = {column.name: column for column in DOCUMENTS.columns}
_DATES: Final = frozenset({"issued", "adopted", "effective_from", "effective_to"})
_NO_COPY: Final = "document NOT IN (SELECT document FROM duplicates WHERE kind <> 'identity')"

Condition = tuple[str, tuple[Any, ...]]
"""An SQL condition on the columns of `documents`, and its values."""


class View(Mapping[str, "Resolution"]):
    """The documents that meet conditions. `corpus.where(…)` makes one, and a corpus is the view of all."""

    def __init__(self, db: sqlite3.Connection, conditions: tuple[Condition, ...] = ()) -> None:
        self._db = db
        self._conditions = conditions
        self._chosen: dict[str, bytes] = {}

    # -- as a mapping -----------------------------------------------------------------------------------------

    def __len__(self) -> int:
        sql, values = self._where()
        return int(self._db.execute(f"SELECT count(*) FROM documents {sql}", values).fetchone()[0])

    def __iter__(self) -> Iterator[str]:
        sql, values = self._where()
        for (document,) in self._db.execute(f"SELECT document FROM documents {sql} ORDER BY document", values):
            yield document

    def __contains__(self, document: object) -> bool:
        if not isinstance(document, str):
            return False
        sql, values = self._where(("document = ?", (_id(document),)))
        return self._db.execute(f"SELECT 1 FROM documents {sql}", values).fetchone() is not None

    def __getitem__(self, document: str) -> Resolution:
        data = self.json(document)
        from vn_resolution.model import Resolution

        return Resolution.from_json(data)

    def json(self, document: str) -> bytes:
        """The JSON of a resolution as it was stored (UTF-8). Raises KeyError for an id that is not here."""
        row = document in self and self._db.execute("SELECT json FROM outputs WHERE document = ?", (_id(document),))
        if not row:
            raise KeyError(document)
        return zlib.decompress(row.fetchone()[0])

    def rows(self, table: str, document: str | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a flat table (docs/tables.md lists them), of one document or of all, in their order: lists as
        tuples, flags as bool. Raises KeyError for a table that there is not."""
        names = [column.name for column in TABLES[table].columns]
        for row in self.values_of(TABLES[table], document):
            yield dict(zip(names, row, strict=True))

    def values_of(self, table: Table, document: str | None = None) -> Iterator[Values]:
        """The same as tuples, in the order of the table's columns."""
        sql, values = self._of("document")
        conditions = [sql] if sql else []
        if document is not None:
            conditions, values = [*conditions, "document = ?"], (*values, _id(document))
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        found = self._db.execute(f"SELECT * FROM {table.name} {where} ORDER BY {', '.join(table.key)}", values)
        yield from from_sqlite(table, found)

    # -- narrower ---------------------------------------------------------------------------------------------

    def where(self, **conditions: Any) -> View:
        """The documents for which every column of `documents` (docs/tables.md) is as said:

        - a text stands for the same words, whatever their case; without diacritics it stands for any: "ha nam";
          a province may be spelt in any way: "TP.HCM", "tỉnh Hà Nam";
        - the beginning of a date stands for all dates that begin so: issued="2021-12";
        - of a list (subject, signers, recipients) one must be as said;
        - a list, set or range stands for any of its values: year=range(2020, 2025); None for what is unknown.

        Raises TypeError for a column that there is not, ValueError for words where a column holds numbers.

        >>> plans = corpus.where(year=range(2020, 2024), subject="kinh_te_xa_hoi")
        >>> sorted(plans)
        ['samples/annual-socio-economic-plan.txt', 'samples/five-year-plan.md']
        >>> list(plans.where(province="quang binh"))
        ['samples/five-year-plan.md']
        """
        unknown = sorted(set(conditions) - set(_COLUMNS))
        if unknown:
            raise TypeError(f"documents have no column {', '.join(unknown)}; they have {', '.join(_COLUMNS)}")
        added = tuple(_condition(self._db, column, wanted) for column, wanted in conditions.items())
        return View(self._db, (*self._conditions, *added))

    def originals(self) -> View:
        """These documents without those that are copies of another one of the corpus (docs/corpus.md, Copies)."""
        return View(self._db, (*self._conditions, (_NO_COPY, ())))

    # -- questions --------------------------------------------------------------------------------------------

    def search(self, words: str, what: str = "articles", limit: int = 20, segmented: bool = False) -> list[Hit]:
        """The passages that hold these words, the best first; `what` is articles, tasks, indicators or titles.

        Words stand for themselves one behind the other; where too few passages hold them so, for passages that hold
        all of them. "Words in quotes" must stand so, -word must not be there, and word* may go on. Case and the place
        of tones do not matter; a question without diacritics stands for words with any, and one with diacritics does,
        too, when nothing is found otherwise.

        `segmented` looks for words instead of syllables ("công" not in "công an") in articles, with diacritics, where
        `vn-resolution corpus words` has made the index for it. Raises ValueError where there is no word to look for,
        CorpusError where that index is missing.

        >>> hit = corpus.search("nong thon moi")[0]
        >>> hit.document, hit.eid
        ('samples/annual-socio-economic-plan.txt', 'art_1__para_2__point_b__indent_nn_4')
        >>> hit.marked()
        'Có thêm 04 xã đạt chuẩn [nông thôn mới] và 07 xã đạt chuẩn [nông thôn mới] nâng cao.'
        >>> [hit.number for hit in corpus.search("học nghề", "titles")]
        ['27/2025/NQ-HĐND']
        """
        from vn_resolution.corpus.search import choose, search

        if self._conditions and what in SEARCHED and what not in self._chosen:
            self._chosen[what] = choose(self._db, what, *self._of("document"))
        return search(self._db, words, what, limit, self._chosen.get(what), segmented)

    def indicators(self, concept: str | Iterable[str] | None = None, **conditions: str | None) -> Indicators:
        """The indicators of a concept, or of several, as readings and as a table of province × year; the conditions
        are `name` (words of it), `status` (target or actual), `change` (level, increase or decrease) and `unit`."""
        from vn_resolution.corpus.series import find_indicators

        condition, values = self._of("document")
        return find_indicators(self._db, concept, condition, values, **conditions)

    def graph(self) -> Graph:
        """Which documents these documents cite, in the corpus and outside of it."""
        from vn_resolution.corpus.graph import make_graph

        condition, values = self._of("document")
        return make_graph(self._db, condition, values)

    def stats(self) -> dict[str, Answer]:
        """Figures of these documents: tables by name."""
        from vn_resolution.corpus.stats import find_stats

        condition, values = self._of("document")
        return find_stats(self._db, condition, values)

    def report(self, name: str = "Corpus", language: Language = "vi") -> str:
        """One HTML page with pictures of these documents: coverage by province and year, indicators by year, how much
        was understood, kinds, and what is cited most; in Vietnamese ("vi") or English ("en")."""
        from vn_resolution.corpus.report.page import make_report

        return make_report(self, name, language)

    def export(self, target: str | Path, form: Form, *, overwrite: bool = False, **options: Any) -> None:
        """Write these documents to a file or a new folder, whole or not at all; the forms are told in
        `vn_resolution.corpus.export.Form`. `dataset` takes name, license, url and description, `conllu` takes jobs.

        Raises CorpusError where the target is there and may not be overwritten, MissingTool where an extra is not
        installed, ValueError for an unknown form.
        """
        from vn_resolution.corpus.export import export

        export(self, Path(target), form, overwrite, **options)

    # -- within -----------------------------------------------------------------------------------------------

    def _where(self, *more: Condition) -> tuple[str, tuple[Any, ...]]:
        """WHERE … on `documents`, and its values."""
        conditions = (*self._conditions, *more)
        if not conditions:
            return "", ()
        return f"WHERE {' AND '.join(sql for sql, _ in conditions)}", tuple(v for _, vs in conditions for v in vs)

    def _of(self, column: str) -> tuple[str, tuple[Any, ...]]:
        """The condition that a column holds the id of one of these documents; "" for all."""
        sql, values = self._where()
        return (f"{column} IN (SELECT document FROM documents {sql})" if sql else ""), values

    def __repr__(self) -> str:
        return f"<{len(self)} documents of a corpus>"


def add_functions(db: sqlite3.Connection) -> None:
    """Give a connection the functions `fold(text)`, `plain(text)` and `same_text(wanted, text)`."""
    db.create_function("fold", 1, lambda text: folded(text) if isinstance(text, str) else text, deterministic=True)
    db.create_function("plain", 1, lambda text: plain(text) if isinstance(text, str) else text, deterministic=True)
    db.create_function("same_text", 2, same_text, deterministic=True)


def _condition(db: sqlite3.Connection, column: str, wanted: Any) -> Condition:
    if wanted is None:
        return f'"{column}" IS NULL', ()
    if isinstance(wanted, range) and wanted.step == 1:
        return f'"{column}" BETWEEN ? AND ?', (wanted.start, wanted.stop - 1)
    if isinstance(wanted, Iterable) and not isinstance(wanted, str):
        many = list(wanted)
        if column == "document":
            return "document IN (SELECT value FROM json_each(?))", (_list(_id(str(one)) for one in many),)
        parts = [_condition(db, column, one) for one in many]
        return f"({' OR '.join(sql for sql, _ in parts) or '0'})", tuple(v for _, vs in parts for v in vs)
    if _COLUMNS[column].type == "integer":
        try:
            return f'"{column}" = ?', (int(wanted),)
        except ValueError:
            raise ValueError(f"{column} is a whole number, and {wanted!r} is none") from None
    text = _province(str(wanted)) if column in ("province", "province_now") else str(wanted)
    if column == "document":
        return "document = ?", (_id(text),)
    if column in _DATES:
        return f'("{column}" = ? OR "{column}" LIKE ? || \'-%\')', (text, text)
    of_list = _COLUMNS[column].type == "texts"
    values = (
        f'SELECT DISTINCT value FROM documents, json_each("{column}")'
        if of_list
        else (f'SELECT DISTINCT "{column}" FROM documents')
    )
    same = (_list(value for (value,) in db.execute(values) if same_text(text, value)),)
    among = "IN (SELECT value FROM json_each(?))"
    if of_list:
        return f'EXISTS (SELECT 1 FROM json_each("{column}") AS one WHERE one.value {among})', same
    return f'"{column}" {among}', same


def _province(said: str) -> str:
    """A province as the corpus spells it: "TP.HCM", "tỉnh Đắc Lắc", "Hoà Bình"."""
    unit = provinces_of(load_grammar()).lookup(said)
    return unit.name if unit else said


def _list(texts: Iterable[str]) -> str:
    """Any number of texts as one value of SQL."""
    return dumps(list(texts), ensure_ascii=False)


def _id(document: str) -> str:
    return unicodedata.normalize("NFC", document)


__all__ = ["View", "add_functions"]

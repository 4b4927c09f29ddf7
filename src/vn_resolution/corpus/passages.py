"""Makes the index that `search` asks: a full text index (SQLite FTS5) each of articles, tasks, indicators and titles,
with diacritics and without."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from vn_resolution.corpus.plain import BareWords, words_of
from vn_resolution.corpus.tables import TABLES, from_sqlite
from vn_resolution.render.tables import listed

SEARCHED: Final = ("articles", "tasks", "indicators", "titles")
"""What can be searched. An article stands for what it holds; a long one is searched by its clauses, and what stands in
no article by its outermost units."""
_LONGEST: Final = 4_000
"""Characters of a passage, unless one unit alone has more."""
_CONTAINERS: Final = frozenset({"part", "chapter", "section", "subsection", "roman", "letter", "appendix"})
_PASSAGES: Final = (
    "CREATE TABLE passages (what TEXT NOT NULL, number INTEGER NOT NULL, document TEXT NOT NULL, first INTEGER, "
    "last INTEGER, PRIMARY KEY (what, number)) WITHOUT ROWID"
)
_RANGES: Final = (
    "CREATE TABLE passages_of (what TEXT NOT NULL, document TEXT NOT NULL, begin INTEGER NOT NULL, "
    "finish INTEGER NOT NULL, PRIMARY KEY (what, document)) WITHOUT ROWID"
)
_INDEX: Final = (
    "CREATE VIRTUAL TABLE search_{} USING fts5(exact, plain, content='', tokenize=\"unicode61 remove_diacritics 0\")"
)
_NEWEST_FIRST: Final = "SELECT document FROM documents ORDER BY year IS NULL, year DESC, document"


class Passage(NamedTuple):
    """What is found as one: `first` and `last` are the places (seq) of its rows in the table that it is made of."""

    first: int | None
    last: int | None
    text: str


def index_passages(db: sqlite3.Connection, what: str) -> None:
    """A step of a build: fills one index. Passages are numbered from the newest document to the oldest, so that the
    first that match a question are of the newest."""
    for statement in (_PASSAGES, _RANGES, _INDEX.format(what)):
        db.execute(statement)
    without_diacritics = BareWords()
    done = 0
    for (document,) in db.execute(_NEWEST_FIRST).fetchall():
        passages = list(enumerate(_READERS[what](db, document), done + 1))
        indexed = []
        for number, passage in passages:
            words = words_of(passage.text)
            indexed.append((number, " ".join(words), " ".join([without_diacritics[word] for word in words])))
        db.executemany(f"INSERT INTO search_{what}(rowid, exact, plain) VALUES (?, ?, ?)", indexed)
        places = ((what, number, document, passage.first, passage.last) for number, passage in passages)
        db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", places)
        if passages:
            db.execute("INSERT INTO passages_of VALUES (?, ?, ?, ?)", (what, document, done + 1, done + len(passages)))
            done += len(passages)
    db.execute(f"INSERT INTO search_{what}(search_{what}) VALUES ('optimize')")


def _articles(db: sqlite3.Connection, document: str) -> Iterator[Passage]:
    """The units of a document, from the outermost: whole where they are no longer than a passage should be, else their
    own words, and then what stands in them."""
    query = "SELECT seq, depth, kind, heading, text, cells FROM nodes WHERE document = ? ORDER BY seq"
    rows = db.execute(query, (document,)).fetchall()
    texts = [
        "\n".join(filter(None, (heading, text, cells if cells != "[]" else None))) for *_, heading, text, cells in rows
    ]
    ends = _ends([depth for _, depth, *_ in rows])
    lengths = [0, *accumulate(map(len, texts))]
    at = 0
    while at < len(rows):
        seq, _, kind, *_ = rows[at]
        end = ends[at]
        if kind in _CONTAINERS or lengths[end] - lengths[at] > _LONGEST:
            end = at + 1
        if any(texts[at:end]):
            yield Passage(seq, rows[end - 1][0], "\n".join(texts[at:end]))
        at = end


def _ends(depths: list[int]) -> list[int]:
    """For each unit the index of the first one behind it that does not stand in it."""
    ends = [len(depths)] * len(depths)
    open_: list[int] = []
    for k, depth in enumerate(depths):
        while open_ and depths[open_[-1]] >= depth:
            ends[open_.pop()] = k
        open_.append(k)
    return ends


def _tasks(db: sqlite3.Connection, document: str) -> Iterator[Passage]:
    for seq, text in db.execute("SELECT seq, text FROM tasks WHERE document = ? ORDER BY seq", (document,)):
        yield Passage(seq, seq, text)


def _indicators(db: sqlite3.Connection, document: str) -> Iterator[Passage]:
    table = TABLES["indicators"]
    rows = db.execute("SELECT * FROM indicators WHERE document = ? ORDER BY seq", (document,))
    names = [column.name for column in table.columns]
    for values in from_sqlite(table, rows):
        row = dict(zip(names, values, strict=True))
        yield Passage(
            row["seq"], row["seq"], indicator_text(row["name"], row["value"], row["period"], row["qualifiers"])
        )


def _titles(db: sqlite3.Connection, document: str) -> Iterator[Passage]:
    row = db.execute("SELECT doc_type, number, issuer, title FROM documents WHERE document = ?", (document,)).fetchone()
    yield Passage(None, None, title_text(*row))


def indicator_text(name: str, value: str | None, period: str | None, qualifiers: Iterable[str]) -> str:
    """An indicator as one text to search in and to show."""
    said = name if not value else f"{name}: {value}"
    more = [one for one in qualifiers if one not in name]
    return " ".join(filter(None, (said, f"({period})" if period else None, listed(more) if more else None)))


def title_text(doc_type: str | None, number: str | None, issuer: str | None, title: str | None) -> str:
    """What a document is called, as one text to search in and to show."""
    return " ".join(filter(None, (doc_type, number, title, f"({issuer})" if issuer else None)))


_READERS: Final = {"articles": _articles, "tasks": _tasks, "indicators": _indicators, "titles": _titles}

__all__ = ["SEARCHED", "Passage", "index_passages", "indicator_text", "title_text"]

"""Finds the copies of one resolution in a corpus: the same file, the same words, the same but for misprints.

Candidates are the documents that share rare marks (figures, names), so that the work grows with the number of copies,
not of pairs. Likeness alone decides nothing: resolutions of one council on one matter are more alike than a text and
its bad scan. What is known of their identities must not contradict itself, and their words must differ as those of a
text and its copy do.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import Final, Literal

from vn_resolution.corpus.identity import Identity, contradict, identity_of, same
from vn_resolution.corpus.misprints import Known, are_copies
from vn_resolution.corpus.sketch import Sketch, likeness, words_of
from vn_resolution.corpus.tables import DUPLICATES, ddl, insertion
from vn_resolution.model import Source

Kind = Literal["exact", "text", "near", "identity"]

LIKE: Final = 0.4
"""The share of marks from which documents are compared word by word; for two of one identity three quarters of it."""
IN_ORDER: Final = 0.3
"""The share of runs of three words that copies have at least, unless their identity is known: with every sixth word
misread it is 0.4. Single words say less: most syllables are another one but for a letter."""
_INDEXED: Final = 32
_COMMON: Final = 40
"""A mark that more documents have tells nothing of them."""
_SHARED: Final = 2
_KINDS: Final = 20
"""So many texts of one identity are compared with the others; more have no meaning as one."""
_NO_WORDS: Final = 20
"""Bytes of a sketch without any words."""


def find_duplicates(db: sqlite3.Connection) -> None:
    """Write the table `duplicates` of a corpus whose other tables are complete."""
    for statement in (ddl(DUPLICATES), *_COPIES):
        db.execute(statement)
    db.create_function("identity_key", 4, _identity_key, deterministic=True)
    groups = _Groups(db)
    for column in ("file", "words"):
        for first, document in db.execute(_EQUAL.format(column)):
            groups.join(first, document)
    for one, other in _alike_by_marks(db, groups):
        groups.join_if_fit(one, other)
    for documents in _by_identity(db):
        groups.join_alike(documents)
    rows = {row[0]: row for documents in _by_identity(db) for row in groups.of_one_identity(documents)}
    rows |= {row[0]: row for row in groups.copies()}
    db.executemany(insertion(DUPLICATES), sorted(rows.values()))
    db.execute("DROP TABLE temp.copies")


_COPIES: Final = (
    f"""CREATE TEMP TABLE copies AS
    SELECT m.document, m.source_sha256 AS file, o.sketch,
           CASE WHEN length(o.sketch) > {_NO_WORDS} THEN substr(o.sketch, 1, 16) END AS words,
           (SELECT count(*) FROM diagnostics d WHERE d.document = m.document AND d.severity <> 'info') AS doubts
    FROM manifest m JOIN outputs o USING (document) ORDER BY m.document""",
    "CREATE UNIQUE INDEX temp.copies_by_document ON copies (document)",
    "CREATE INDEX temp.copies_by_file ON copies (file, document)",
    "CREATE INDEX temp.copies_by_words ON copies (words, document)",
)
_EQUAL: Final = """
    SELECT first, document
    FROM copies JOIN (SELECT {0}, min(document) AS first FROM copies GROUP BY {0} HAVING count(*) > 1) USING ({0})
    WHERE document <> first ORDER BY document"""
_RARE: Final = (
    "CREATE INDEX temp.marks_by_hash ON marks (hash, number)",
    f"""CREATE TEMP TABLE rare AS SELECT hash, number FROM marks
    WHERE hash IN (SELECT hash FROM marks GROUP BY hash HAVING count(*) BETWEEN 2 AND {_COMMON})""",
    "CREATE INDEX temp.rare_by_hash ON rare (hash, number)",
)
_PAIRS: Final = f"""
    SELECT one.number, other.number FROM rare one JOIN rare other ON one.hash = other.hash AND one.number < other.number
    GROUP BY one.number, other.number HAVING count(*) >= {_SHARED}"""
_IDENTITIES: Final = """
    SELECT identity_key(issuer, province_code, number, year) AS key, document FROM documents
    WHERE key IN (SELECT identity_key(issuer, province_code, number, year) AS key FROM documents
                  WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1)
    ORDER BY key, document"""


def _alike_by_marks(db: sqlite3.Connection, groups: _Groups) -> list[tuple[str, str]]:
    """Pairs of documents that are alike enough for what is known of them, the most alike first."""
    db.execute("CREATE TEMP TABLE marks (hash INTEGER, number INTEGER)")
    db.executemany(
        "INSERT INTO marks VALUES (?, ?)",
        (
            (mark, number)
            for number, document, sketch in db.execute("SELECT rowid, document, sketch FROM copies")
            if groups.first(document) == document  # the others have the same words
            for mark in Sketch.from_bytes(sketch).marks[:_INDEXED]
        ),
    )
    for statement in _RARE:
        db.execute(statement)
    found = []
    named = "SELECT document FROM copies WHERE rowid = ?"
    for numbers in db.execute(_PAIRS):
        one, other = (str(db.execute(named, (number,)).fetchone()[0]) for number in numbers)
        alike = _likeness_of_copies(groups, one, other)
        if alike is not None:
            found.append((-alike, one, other))
    db.execute("DROP TABLE temp.marks")
    db.execute("DROP TABLE temp.rare")
    return [(one, other) for _, one, other in sorted(found)]


def _likeness_of_copies(groups: _Groups, one: str, other: str) -> float | None:
    """How alike the marks of two documents are, where they are copies by what is known of them; else None."""
    mine, its = groups.identity(one), groups.identity(other)
    if contradict(mine, its):
        return None
    alike = likeness(groups.sketch(one).marks, groups.sketch(other).marks)
    if alike < (LIKE * 0.75 if same(mine, its) else LIKE):
        return None
    return alike if groups.copies_by_words(one, other) else None


def _by_identity(db: sqlite3.Connection) -> Iterator[list[str]]:
    """The documents of each identity that several have."""
    for _, rows in groupby(db.execute(_IDENTITIES), key=itemgetter(0)):
        yield [document for _, document in rows]


def _identity_key(issuer: str | None, code: str | None, number: str | None, year: int | None) -> str | None:
    found = identity_of(issuer, code, number, year)
    return f"{found.code or found.council} {found[2:5]}" if found.known else None


class _Groups:
    """Documents in groups of copies; a document that stands in none is a group of its own."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._group: dict[str, list[str]] = {}
        self.identity = lru_cache(maxsize=50_000)(self._identity)
        self.sketch = lru_cache(maxsize=500)(self._sketch)
        self.words = lru_cache(maxsize=200)(self._words)

    def first(self, document: str) -> str:
        """The first document that came into its group."""
        return self._group.get(document, [document])[0]

    def join(self, one: str, other: str) -> None:
        """Make one group of two."""
        mine, its = self._of(one), self._of(other)
        if mine is not its:
            mine += its
            for document in its:
                self._group[document] = mine

    def join_if_fit(self, one: str, other: str) -> None:
        """Make one group of two, unless documents in them contradict each other."""
        mine, its = self._of(one), self._of(other)
        if mine is its or any(contradict(a, b) for a in self._identities(mine) for b in self._identities(its)):
            return
        best = self.original(mine), self.original(its)
        if best == (one, other) or self.copies_by_words(*best):
            self.join(one, other)

    def _identities(self, documents: list[str]) -> set[Identity]:
        return {self.identity(document) for document in documents}

    def join_alike(self, documents: list[str]) -> None:
        """Join those of one identity that are copies."""
        kinds: list[str] = []
        for document in documents:
            like = next((kind for kind in kinds if _likeness_of_copies(self, kind, document) is not None), None)
            if like is not None:
                self.join_if_fit(like, document)
            elif len(kinds) < _KINDS:
                kinds.append(document)

    def copies_by_words(self, one: str, other: str) -> bool:
        """Whether the words of two documents differ as those of copies do, by what is known of them."""
        mine, its = self.identity(one), self.identity(other)
        same_number = mine.number is not None and mine.number == its.number
        known: Known = "identity" if same(mine, its) else "number" if same_number else "nothing"
        if known != "identity" and self._likeness(one, other) < IN_ORDER:
            return False
        return are_copies(self.words(one), self.words(other), known)

    def copies(self) -> Iterator[tuple[str, str, Kind, float]]:
        """The rows of `duplicates` for every copy in a group."""
        for documents in {id(group): group for group in self._group.values()}.values():
            original = self.original(documents)
            file, words = self._facts(original)[:2]
            for document in documents:
                if document != original:
                    its_file, its_words, _ = self._facts(document)
                    kind: Kind = "exact" if file == its_file else "text" if words == its_words else "near"
                    yield document, original, kind, self._likeness(original, document)

    def of_one_identity(self, documents: list[str]) -> Iterator[tuple[str, str, Kind, float]]:
        """The rows for originals of one identity whose words are not alike."""
        originals = sorted({self.original(self._of(document)) for document in documents})
        best = self.original(originals)
        for document in originals:
            if document != best:
                yield document, best, "identity", self._likeness(best, document)

    def original(self, documents: list[str]) -> str:
        """The one that was read with the fewest doubts."""
        return min(documents, key=lambda document: (self._facts(document)[2], document))

    def _of(self, document: str) -> list[str]:
        return self._group.setdefault(document, [document])

    def _likeness(self, one: str, other: str) -> float:
        return round(likeness(self.sketch(one).runs, self.sketch(other).runs), 3)

    def _facts(self, document: str) -> tuple[str, bytes | None, int]:
        query = "SELECT file, words, doubts FROM copies WHERE document = ?"
        found: tuple[str, bytes | None, int] = self._db.execute(query, (document,)).fetchone()
        return found

    def _identity(self, document: str) -> Identity:
        query = "SELECT issuer, province_code, number, year, issued, adopted FROM documents WHERE document = ?"
        return identity_of(*self._db.execute(query, (document,)).fetchone())

    def _sketch(self, document: str) -> Sketch:
        return Sketch.from_bytes(
            self._db.execute("SELECT sketch FROM copies WHERE document = ?", (document,)).fetchone()[0]
        )

    def _words(self, document: str) -> list[str]:
        (data,) = self._db.execute("SELECT json FROM outputs WHERE document = ?", (document,)).fetchone()
        source = Source.model_validate(json.loads(zlib.decompress(data))["source"])
        return [intern(word.lower()) for word in words_of(source)]


__all__ = ["find_duplicates"]

"""Checks that a corpus is whole: the file itself, the hashes of its manifest, and that its rows say what its documents
say."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic import ValidationError

from vn_resolution.corpus.passages import SEARCHED
from vn_resolution.corpus.tables import BY_GRAMMAR, DOCUMENTS, PARTS, TABLES, Values, for_sqlite, rows_by_table
from vn_resolution.grammar import load_grammar
from vn_resolution.model import Resolution

_FIRST_FAULTS: Final = 10


class Problem(NamedTuple):
    """What is wrong, and with which document where it is one's."""

    document: str | None
    message: str


def find_problems(db: sqlite3.Connection, quick: bool = False) -> list[Problem]:
    """The problems in the order of the documents; none in a corpus that is as it was written.

    `quick` leaves out what takes long: reading each resolution and comparing it with the rows of the flat tables. A
    corpus with a problem is mended by a new build into a new folder.
    """
    damage = [row[0] for row in db.execute(f"PRAGMA integrity_check({_FIRST_FAULTS})")]
    if damage != ["ok"]:
        return [Problem(None, f"the database is damaged: {one}") for one in damage]
    found = list(_strangers(db))
    manifest = "SELECT document, status, output_sha256, text_sha256, grammar_sha256 = ? FROM manifest ORDER BY document"
    for document, status, *facts in db.execute(manifest, (load_grammar().sha256,)):
        row = db.execute("SELECT json FROM outputs WHERE document = ?", (document,)).fetchone()
        if status == "read" and row is None:
            found.append(Problem(document, "its JSON is missing"))
        elif status == "read":
            found += _of_document(db, document, row[0], *facts, quick=quick)
    return found + list(_of_search(db))


def _strangers(db: sqlite3.Connection) -> Iterator[Problem]:
    """Rows of documents that are not in the manifest or were quarantined."""
    for name in ("documents", "outputs", "duplicates", *(table.name for table in PARTS)):
        query = (
            f"SELECT DISTINCT document FROM {name} WHERE document NOT IN "
            "(SELECT document FROM manifest WHERE status = 'read') ORDER BY document"
        )
        for (document,) in db.execute(query):
            yield Problem(document, f"{name} has rows of it, but the manifest does not say that it was read")


def _of_document(
    db: sqlite3.Connection,
    document: str,
    packed: bytes,
    output_sha256: str,
    text_sha256: str,
    by_our_grammar: bool,
    *,
    quick: bool,
) -> Iterator[Problem]:
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        yield Problem(document, f"its JSON is damaged: {error}")
        return
    if hashlib.sha256(data).hexdigest() != output_sha256:
        yield Problem(document, "its JSON is not the one that the manifest has the hash of")
        return
    if quick:
        return
    try:
        doc = Resolution.from_json(data)
    except ValidationError as error:
        yield Problem(document, f"its JSON is no resolution: {error.error_count()} errors")
        return
    if hashlib.sha256(doc.source.text.encode("utf-8", "surrogatepass")).hexdigest() != text_sha256:
        yield Problem(document, "its text is not the one that the manifest has the hash of")
    for name, rows in rows_by_table(doc, document).items():
        table = TABLES[name]
        stored = db.execute(
            f"SELECT * FROM {name} WHERE document = ? ORDER BY {', '.join(table.key)}", (document,)
        ).fetchall()
        expected = for_sqlite(table, rows)
        if table is DOCUMENTS and not by_our_grammar:  # a user's, that is not here, may know other provinces
            stored, expected = _without_provinces(stored), _without_provinces(expected)
        if stored != expected:
            yield Problem(document, f"{name}: its {len(stored)} rows are not the {len(rows)} that its JSON gives")


def _without_provinces(rows: list[Values]) -> list[Values]:
    kept = [k for k, column in enumerate(DOCUMENTS.columns) if column.name not in BY_GRAMMAR]
    return [tuple(row[k] for k in kept) for row in rows]


def _of_search(db: sqlite3.Connection) -> Iterator[Problem]:
    for what in SEARCHED:
        try:
            places = db.execute("SELECT count(*) FROM passages WHERE what = ?", (what,)).fetchone()[0]
            indexed = db.execute(f"SELECT count(*) FROM search_{what}").fetchone()[0]
        except sqlite3.OperationalError:
            yield Problem(None, f"the index of {what} is missing")
            continue
        if places != indexed:
            yield Problem(None, f"the index of {what} has {indexed} passages and should have {places}")


__all__ = ["Problem", "find_problems"]

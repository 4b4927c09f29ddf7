"""Counts what a corpus holds and how much of it was understood: figures by province, year, kind and code."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from vn_resolution.corpus.answers import Answer
from vn_resolution.corpus.tables import PARTS

_BY: Final = {
    "provinces": "coalesce(province, locality)",
    "years": "year",
    "kinds": "doc_type",
    "levels": "level",
    "formats": "media_type",
}
_UNDERSTOOD: Final = (
    ("documents with a number", "documents", "number IS NOT NULL"),
    ("documents with a date", "documents", "coalesce(issued, adopted) IS NOT NULL"),
    ("documents with an issuer", "documents", "issuer IS NOT NULL"),
    ("documents with a subject", "documents", "subject != '[]'"),
    ("citations that lead to a document or place", "citations", "iri IS NOT NULL OR target IS NOT NULL"),
    ("indicators with a concept", "indicators", "concept IS NOT NULL"),
    ("tasks with an agent", "tasks", "agents != '[]'"),
    (
        "documents without a warning",
        "documents",
        "NOT EXISTS (SELECT 1 FROM diagnostics d WHERE d.document = documents.document AND severity != 'info')",
    ),
)


def find_stats(db: sqlite3.Connection, condition: str = "", values: Sequence[Any] = ()) -> dict[str, Answer]:
    """Tables by name: `tables` (rows of each flat table), `provinces`, `years`, `kinds`, `levels`, `formats`,
    `subjects` (documents of each), `understood` (how many of how many), `diagnostics` (by code) and `quarantined`
    (by reason, of the whole corpus). `condition` is one of SQL on `document`."""
    where = f"WHERE {condition}" if condition else ""
    found = {"tables": Answer(("table", "rows"), [_rows(db, name, where, values) for name in _tables()])}
    for name, column in _BY.items():
        found[name] = _ask(
            db,
            f"SELECT min({column}) AS {name[:-1]}, count(*) AS documents FROM documents {where} "
            f"GROUP BY fold({column}) ORDER BY {'1 IS NULL, 1' if name == 'years' else '2 DESC, 1'}",
            values,
        )
    found["subjects"] = _ask(
        db,
        "SELECT value AS subject, count(*) AS documents FROM documents, json_each(subject) "
        f"{where} GROUP BY 1 ORDER BY 2 DESC, 1",
        values,
    )
    shares = [(what, *_share(db, table, of, condition, values)) for what, table, of in _UNDERSTOOD]
    found["understood"] = Answer(("what", "count", "of", "percent"), shares)
    found["diagnostics"] = _ask(
        db,
        "SELECT code, severity, count(*) AS count, count(DISTINCT document) AS documents, min(message) AS example "
        f"FROM diagnostics {where} GROUP BY 1, 2 ORDER BY 3 DESC, 1",
        values,
    )
    found["quarantined"] = _ask(
        db, "SELECT reason, count(*) AS documents FROM manifest WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return found


def _tables() -> tuple[str, ...]:
    return ("documents", *(table.name for table in PARTS))


def _rows(db: sqlite3.Connection, table: str, where: str, values: Sequence[Any]) -> tuple[str, int]:
    return table, int(db.execute(f"SELECT count(*) FROM {table} {where}", values).fetchone()[0])


def _share(
    db: sqlite3.Connection, table: str, of: str, condition: str, values: Sequence[Any]
) -> tuple[int, int, float | None]:
    where = f"WHERE {condition}" if condition else ""
    part, whole = db.execute(f"SELECT coalesce(sum({of}), 0), count(*) FROM {table} {where}", values).fetchone()
    return part, whole, round(100 * part / whole, 1) if whole else None


def _ask(db: sqlite3.Connection, query: str, values: Sequence[Any] = ()) -> Answer:
    cursor = db.execute(query, values)
    return Answer([column[0] for column in cursor.description], cursor.fetchall())


__all__ = ["find_stats"]

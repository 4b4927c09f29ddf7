"""Answers one SELECT on a database that stays as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final

from vn_resolution.corpus.answers import Answer
from vn_resolution.errors import CorpusError

_ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)


def limit(db: sqlite3.Connection) -> None:
    """Let a connection, for good, read tables and do nothing else."""
    db.set_authorizer(_may)


def ask(db: sqlite3.Connection, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Answer:
    """The answer of a connection with that limit; its columns bear the names that the query gives them. Raises
    CorpusError, with what SQLite says, for a query that is wrong, is none, or does anything else than to read the
    tables."""
    try:
        cursor = db.execute(query, values)
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning) as error:
        if "prohibited" in str(error) or "not authorized" in str(error):
            raise CorpusError("a query may read the tables of the corpus and do nothing else") from None
        raise CorpusError(f"the query cannot be answered: {error} (docs/tables.md lists tables and columns)") from None
    if not names:
        raise CorpusError("there is no query; SELECT … FROM documents is one")
    return Answer(names, rows)


def _may(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


__all__ = ["ask", "limit"]

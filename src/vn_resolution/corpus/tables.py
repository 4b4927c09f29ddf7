"""Declares the flat tables of a corpus, once: the rows of a resolution, SQLite's tables, Arrow's schemas and
docs/tables.md all follow from it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vn_resolution.corpus.periods import year_of
from vn_resolution.grammar import Grammar, load_grammar
from vn_resolution.grammar.provinces import Provinces
from vn_resolution.model import Resolution
from vn_resolution.render.tables import SHAPES, SPOT, Column, ColumnType, Lines, placed_rows

if TYPE_CHECKING:
    import pyarrow as pa

Values = tuple[Any, ...]
"""One row in the order of its table's columns: text, int, float, bool, tuples of texts, None."""


class Table(NamedTuple):
    """`key` names the columns that tell one row from every other, and by which the rows are ordered."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


_DOCUMENT: Final = Column("document", "text", "the document's id in the corpus", optional=False)
_SEQ: Final = Column("seq", "integer", "its place among the rows of the document, from 0", optional=False)

MANIFEST: Final = Table(
    "manifest",
    "One row for each document of the sources, read or quarantined: what went in, what came out, what made it.",
    ("document",),
    (
        _DOCUMENT,
        Column("status", "text", "read, or quarantined where no resolution could be had of it", optional=False),
        Column("reason", "text", "why it is quarantined: one of the reasons below"),
        Column("message", "text", "the same for a person"),
        Column("name", "text", "the name that it was read under", optional=False),
        Column("media_type", "text", "the type that the source says; unknown where content decides"),
        Column("size", "integer", "bytes of the source", optional=False),
        Column("source_sha256", "text", "of these bytes", optional=False),
        Column("text_sha256", "text", "of the text that was read from them, as UTF-8"),
        Column("output_sha256", "text", "of its JSON"),
        Column("grammar_sha256", "text", "of the grammar files", optional=False),
        Column("parser_version", "text", "the version of this library", optional=False),
        Column("parser_sha256", "text", "of the library's own code and the limits that it read with", optional=False),
    ),
)
DOCUMENTS: Final = Table(
    "documents",
    "One row for each document that was read: its identity.",
    ("document",),
    (
        _DOCUMENT,
        Column("media_type", "text", "the type that it was read as", optional=False),
        Column("pages", "integer", "pages, where the format knows them"),
        Column("characters", "integer", "code points of the text", optional=False),
        Column("doc_type", "text", "Nghị quyết"),
        Column("number", "text", "its number as printed"),
        Column("issuer", "text", "the issuing council"),
        Column("level", "text", "province, district or commune"),
        Column("locality", "text", "the council's place"),
        Column("province", "text", "the province of a provincial council, in one spelling whatever is printed"),
        Column("province_id", "text", "its id in grammars/provinces.toml: hoa-binh"),
        Column("province_code", "text", "its ISO 3166-2:VN code"),
        Column("province_now", "text", "the province that holds its territory since 1 July 2025: Phú Thọ"),
        Column("title", "text", "the title (trích yếu)"),
        Column("place", "text", "the place of issue"),
        Column("issued", "text", "ISO date of issue"),
        Column("adopted", "text", "ISO date of adoption"),
        Column("effective_from", "text", "ISO date from which it is in force"),
        Column("effective_to", "text", "ISO date to which it is in force"),
        Column("year", "integer", "the year of issue, else of adoption, else of its number"),
        Column("legislature", "integer", "the council's term (khóa)"),
        Column("session", "text", "the session"),
        Column("signers", "texts", "who signed", optional=False),
        Column("recipients", "texts", "to whom it is sent", optional=False),
        Column("subject", "texts", "what it is about, as slugs", optional=False),
        Column("iri", "text", "IRI of the work (Akoma Ntoso naming convention)"),
    ),
)
_ABOUT: Final = {
    "nodes": "The units of body and appendices in reading order.",
    "bases": "The legal bases (căn cứ).",
    "citations": "The citations.",
    "quantities": "The numbers with a unit.",
    "dates": "The dates and periods.",
    "indicators": "The indicators with their values.",
    "tasks": "The tasks.",
    "amendments": "The amending instructions.",
    "diagnostics": "What the parser doubted.",
}
_YEARS: Final = Column("years", "text", "what its period means: 2022, 2021–2025 or 2018-01–2018-06")
PARTS: Final = tuple(
    Table(
        name,
        about,
        ("document", "seq"),
        (_DOCUMENT, _SEQ, *SPOT, *SHAPES[name], *([_YEARS] if name == "indicators" else [])),
    )
    for name, about in _ABOUT.items()
)
"""The tables that hold what the documents say, many rows a document."""

GATHERED: Final = {table.name: table for table in (MANIFEST, DOCUMENTS, *PARTS)}
"""The tables whose rows a build gathers, document by document."""

DUPLICATES: Final = Table(
    "duplicates",
    "One row for each document that is a copy of another one: the same resolution in another file.",
    ("document",),
    (
        _DOCUMENT,
        Column("original", "text", "the copy that was read with the fewest doubts", optional=False),
        Column(
            "kind",
            "text",
            "exact: the same bytes; text: the same words in their order; near: the same but for misprints; "
            "identity: the same council, number and year, though the words differ",
            optional=False,
        ),
        Column("likeness", "number", "the estimated share of words in common, 0 to 1", optional=False),
    ),
)
TABLES: Final = {**GATHERED, DUPLICATES.name: DUPLICATES}
"""Every flat table of a corpus, by name."""

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SQLITE: Final[dict[ColumnType, str]] = {
    "text": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "flag": "INTEGER", "texts": "TEXT", "cells": "TEXT",
}  # fmt: skip
_PERIOD: Final = [column.name for column in SHAPES["indicators"]].index("period")
_LARGEST: Final = 2**53
_COUNCIL: Final = "Hội đồng nhân dân "


def rows_by_table(doc: Resolution, document: str, grammar: Grammar | None = None) -> dict[str, list[Values]]:
    """The rows of a resolution for `documents` and every table of PARTS, under this id. The grammar, the one that comes
    with this library where none is given, has the table of provinces."""
    line_of = Lines(doc.source.text)
    found: dict[str, list[Values]] = {"documents": [_identity(doc, document, provinces_of(grammar or load_grammar()))]}
    for table in PARTS:
        numbers = [k for k, column in enumerate(SHAPES[table.name]) if column.type == "number"]
        rows = found[table.name] = []
        for seq, (eid, span, values) in enumerate(placed_rows(doc, table.name)):
            if numbers:
                values = tuple(_plain(value) if k in numbers else value for k, value in enumerate(values))
            spot = (eid, line_of(span[0]), *span) if span else (eid, None, None, None)
            more = (year_of(values[_PERIOD]),) if table.name == "indicators" else ()
            rows.append((document, seq, *spot, *values, *more))
    return found


def _identity(doc: Resolution, document: str, provinces: Provinces) -> Values:
    meta, issuer = doc.meta, doc.meta.issuer
    printed = issuer.locality if issuer and issuer.level == "province" else None
    called = (issuer.name or "").removeprefix(_COUNCIL) if issuer and printed else None
    unit = (provinces.lookup(called, meta.issued or meta.adopted) or provinces.lookup(called)) if called else None
    heir = provinces.heir(unit) if unit else None
    return (
        document,
        doc.source.media_type,
        len(doc.source.pages) or None,
        len(doc.source.text),
        meta.doc_type,
        meta.number,
        issuer.name if issuer else None,
        issuer.level if issuer else None,
        issuer.locality if issuer else None,
        unit.name if unit else printed,
        unit.id if unit else None,
        issuer.province_code if issuer else None,
        heir.name if heir else None,
        meta.title,
        meta.place,
        meta.issued,
        meta.adopted,
        meta.effective_from,
        meta.effective_to,
        _year(meta.issued or meta.adopted, meta.number),
        meta.legislature,
        meta.session,
        tuple(signer.name for signer in meta.signers),
        tuple(recipient.text for recipient in meta.recipients),
        meta.subject,
        meta.iri,
    )


@lru_cache(maxsize=4)
def provinces_of(grammar: Grammar) -> Provinces:
    """The table of provinces of a grammar, compiled once."""
    return Provinces(grammar)


def _year(date: str | None, number: str | None) -> int | None:
    if date:
        return int(date[:4])
    found = _YEAR.search(number or "")
    return int(found[0]) if found else None


def _plain(value: Decimal | None) -> int | float | None:
    """As in JSON: an integer where integral. What a double does not hold exactly is a float, so that
    every engine gives the same."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) <= _LARGEST else float(value)


# -- SQLite ---------------------------------------------------------------------------------------------------


def ddl(table: Table, schema: str = "main") -> str:
    """CREATE TABLE for SQLite. Lists are JSON texts there, flags 0 and 1; rows lie in the order of the key."""
    columns = [
        f'"{column.name}" {_SQLITE[column.type]}{"" if column.optional else " NOT NULL"}' for column in table.columns
    ]
    key = ", ".join(table.key)
    return f"CREATE TABLE {schema}.{table.name} ({', '.join(columns)}, PRIMARY KEY ({key})) WITHOUT ROWID"


def insertion(table: Table) -> str:
    """INSERT with a place for each column."""
    return f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"


def for_sqlite(table: Table, rows: Iterable[Values]) -> list[Values]:
    """The rows with lists as JSON texts."""
    lists = [k for k, column in enumerate(table.columns) if column.type in ("texts", "cells")]
    if not lists:
        return list(rows)
    changed = []
    for row in rows:
        values = list(row)
        for k in lists:
            values[k] = json.dumps(values[k], ensure_ascii=False, separators=(",", ":")) if values[k] else "[]"
        changed.append(tuple(values))
    return changed


def from_sqlite(table: Table, rows: Iterable[Sequence[Any]]) -> Iterable[Values]:
    """The inverse: lists as tuples, flags as bool."""
    kinds = [column.type for column in table.columns]
    for row in rows:
        yield tuple(_READ.get(kind, _same)(value) for kind, value in zip(kinds, row, strict=True))


def _same(value: Any) -> Any:
    return value


_READ: Final[dict[ColumnType, Any]] = {
    "flag": lambda value: None if value is None else bool(value),
    "texts": lambda value: tuple(json.loads(value)),
    "cells": lambda value: tuple(map(tuple, json.loads(value))),
}

SHAPE_SHA256: Final = hashlib.sha256("\n".join(map(ddl, TABLES.values())).encode()).hexdigest()
"""Of the declaration: a corpus with another one was written by another version and is built again."""


# -- Arrow ----------------------------------------------------------------------------------------------------


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table (needs pyarrow): text as string, integer as int64, number as double, flag as bool,
    lists as lists of string. Descriptions stand in the fields' metadata."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "cells": pa.list_(pa.list_(pa.string())),
    }
    return pa.schema(
        [pa.field(c.name, types[c.type], c.optional, {"description": c.about}) for c in table.columns],
        {"description": table.about},
    )


BY_GRAMMAR: Final = ("province", "province_id", "province_now")
"""The columns of `documents` that do not follow from the JSON alone, but from the grammar's table of provinces too."""

__all__ = [
    "BY_GRAMMAR", "DOCUMENTS", "DUPLICATES", "GATHERED", "MANIFEST", "PARTS", "SHAPE_SHA256", "TABLES", "Table",
    "Values", "arrow_schema", "ddl", "for_sqlite", "from_sqlite", "insertion", "provinces_of", "rows_by_table",
]  # fmt: skip

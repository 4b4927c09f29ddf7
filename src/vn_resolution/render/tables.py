"""Turns a resolution into flat rows with their places: indicators, tasks, citations … for tables of every kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, NamedTuple

from vn_resolution.model import Node, Quantity, Resolution

Row = dict[str, Any]
"""Lists as tuples, numbers as Decimal, unknown as None."""

ColumnType = Literal["text", "integer", "number", "flag", "texts", "cells"]
"""What a column holds: `texts` is a list of texts, `cells` a list of rows, each a list of texts."""


class Column(NamedTuple):
    """One column: what it holds and what it means. A column that is not optional is never None."""

    name: str
    type: ColumnType
    about: str
    optional: bool = True


PLACE: Final = ("file", "document", "eid", "line", "start", "end")
"""The columns that every row of `rows_of` begins with; `document` is the number of the document."""

SPOT: Final = (
    Column("eid", "text", "eId of the unit that it stands in"),
    Column("line", "integer", "line of the source text, from 1"),
    Column("start", "integer", "first code point in the source text"),
    Column("end", "integer", "the code point behind its last one"),
)
"""The typed columns of a place within its document."""

_ID: Final = Column("id", "text", "its id within the document", optional=False)
_TEXT: Final = Column("text", "text", "as printed, white space folded", optional=False)
_VALUE: Final = (
    Column("low", "number", "the value, or the lower end of a range, in base units (đồng, people, percent)"),
    Column("high", "number", "the upper end of a range; as `low` where it is none"),
    Column("comparator", "text", "eq, range, ge, gt, le, lt or approx"),
    Column("unit", "text", "the base unit"),
)

SHAPES: Final[dict[str, tuple[Column, ...]]] = {
    "indicators": (
        _ID,
        Column("name", "text", "what is measured, as printed", optional=False),
        Column("concept", "text", "the same measure in every document, where it is a known one"),
        Column("change", "text", "level, increase or decrease", optional=False),
        Column("status", "text", "target or actual", optional=False),
        *_VALUE,
        Column("value", "text", "the value as printed"),
        Column("period", "text", "the time that it is for"),
        Column("qualifiers", "texts", "what narrows it", optional=False),
        Column("parent", "text", "id of the indicator that it is a part of"),
    ),
    "tasks": (
        _ID,
        _TEXT,
        Column("agents", "texts", "who is to do it", optional=False),
        Column("coagents", "texts", "who is to help", optional=False),
        Column("deadline", "text", "the time limit as printed"),
        Column("deadline_date", "text", "its ISO date"),
        Column("citations", "texts", "ids of the citations in it", optional=False),
        Column("quantities", "texts", "ids of the quantities in it", optional=False),
    ),
    "citations": (
        _ID,
        _TEXT,
        Column("type", "text", "type of the cited document"),
        Column("number", "text", "its number"),
        Column("date", "text", "its ISO date"),
        Column("issuer", "text", "who issued it"),
        Column("title", "text", "its title"),
        Column("provision", "text", "the provision that is meant"),
        Column("internal", "flag", "whether it leads to a place of the same document", optional=False),
        Column("iri", "text", "IRI of the cited work"),
        Column("target", "text", "eId that an internal citation leads to"),
    ),
    "quantities": (_ID, _TEXT, *_VALUE),
    "dates": (
        _ID,
        _TEXT,
        Column("date", "text", "ISO date with the printed precision"),
        Column("end_date", "text", "the last day of a period"),
        Column("kind", "text", "date or period", optional=False),
    ),
    "amendments": (
        _ID,
        Column("action", "text", "amend, replace, insert, repeal, rename, suspend or extend", optional=False),
        Column("citation", "text", "id of the citation of the document that is changed"),
        Column("provision", "text", "the provision that is changed"),
        Column("quoted", "text", "eId of the new wording, or the wording itself"),
    ),
    "bases": (
        Column("kind", "text", "can_cu, xet, thuc_hien, theo, sau_khi, tren_co_so or khac", optional=False),
        _TEXT,
        Column("citations", "texts", "ids of the citations in it", optional=False),
    ),
    "nodes": (
        Column("parent", "text", "eId of the unit around it"),
        Column("depth", "integer", "1 for the outermost", optional=False),
        Column("kind", "text", "article, clause, point, table …", optional=False),
        Column("num", "text", "the label without punctuation"),
        Column("heading", "text", "the heading"),
        Column("text", "text", "the unit's own words, without label, heading and inner units", optional=False),
        Column("quoted", "flag", "whether it stands inside the new wording of an amendment", optional=False),
        Column("cells", "cells", "of a table: its rows", optional=False),
    ),
    "diagnostics": (
        Column("code", "text", "the code (docs/codes.md)", optional=False),
        Column("severity", "text", "error, warning or info", optional=False),
        Column("message", "text", "what was doubted", optional=False),
    ),
}
"""The columns of each kind of row, after those of its place."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    what: tuple(column.name for column in columns) for what, columns in SHAPES.items()
}
"""Their names alone."""

Placed = tuple[str | None, tuple[int, int] | None, tuple[Any, ...]]
"""(eId, span, values in the order of COLUMNS) of one row."""


def rows_of(doc: Resolution, what: str, file: str) -> list[Row]:
    """The rows of one document: place, and then the values of `what`, lists as tuples, unknown as None."""
    line_of = Lines(doc.source.text)
    rows = []
    for eid, span, values in placed_rows(doc, what):
        start, end = span or (None, None)
        line = None if start is None else line_of(start)
        place = {"file": file, "document": doc.meta.number, "eid": eid, "line": line, "start": start, "end": end}
        rows.append(place | dict(zip(COLUMNS[what], values, strict=True)))
    return rows


def placed_rows(doc: Resolution, what: str) -> Iterator[Placed]:
    """(eId, span, values in the order of COLUMNS) of each row; the span is None where the row has no place."""
    return _READERS[what](doc)


def listed(values: tuple[Any, ...] | list[Any]) -> str:
    """A list in one cell of a table for people: its texts with "; " between them, the cells of a row with " | "."""
    return "; ".join(" | ".join(value) if isinstance(value, tuple) else str(value) for value in values)


class Lines:
    """Tells the line, from 1, of an offset in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def __call__(self, offset: int) -> int:
        return bisect_right(self._starts, offset)


def _indicators(doc: Resolution) -> Iterator[Placed]:
    quantities = {q.id: q for q in doc.quantities}
    for x in doc.indicators:
        quantity = quantities.get(x.quantity)
        value = (*_value(quantity), quantity.text) if quantity else (None,) * 5
        yield (
            x.node,
            x.span,
            (x.id, x.name, x.concept, x.change, x.status, *value, x.period, x.qualifiers, x.parent),
        )


def _tasks(doc: Resolution) -> Iterator[Placed]:
    for x in doc.tasks:
        until = (x.deadline.text, x.deadline.date) if x.deadline else (None, None)
        yield x.node, x.span, (x.id, x.text, x.agents, x.coagents, *until, x.citations, x.quantities)


def _citations(doc: Resolution) -> Iterator[Placed]:
    for x in doc.citations:
        named = (x.type, x.number, x.date, x.issuer, x.title, x.provision)
        yield x.node, x.span, (x.id, x.text, *named, x.internal, x.iri, x.target)


def _quantities(doc: Resolution) -> Iterator[Placed]:
    for x in doc.quantities:
        yield x.node, x.span, (x.id, x.text, *_value(x))


def _value(quantity: Quantity) -> tuple[Any, ...]:
    return quantity.low, quantity.high, quantity.comparator, quantity.unit


def _dates(doc: Resolution) -> Iterator[Placed]:
    for x in doc.dates:
        yield x.node, x.span, (x.id, x.text, x.date, x.end, x.kind)


def _amendments(doc: Resolution) -> Iterator[Placed]:
    for x in doc.amendments:
        yield x.node, x.span, (x.id, x.action, x.target.citation, x.target.provision, x.quoted)


def _bases(doc: Resolution) -> Iterator[Placed]:
    for x in doc.preamble.bases:
        yield x.id, x.span, (x.kind, x.text, x.citations)


def _nodes(doc: Resolution) -> Iterator[Placed]:
    stack: list[tuple[Node, str | None, int]] = [(n, None, 1) for n in reversed((*doc.body, *doc.attachments))]
    while stack:
        x, parent, depth = stack.pop()
        cells = tuple(tuple(cell.text for cell in row) for row in x.rows)
        yield x.id, x.span, (parent, depth, x.kind, x.num, x.heading, x.text, x.quoted, cells)
        stack.extend((child, x.id, depth + 1) for child in reversed(x.children))


def _diagnostics(doc: Resolution) -> Iterator[Placed]:
    node_at = _node_finder(doc)
    for x in doc.diagnostics:
        yield node_at(x.span[0]) if x.span else None, x.span, (x.code, x.severity, x.message)


def _node_finder(doc: Resolution) -> Callable[[int], str | None]:
    """As `doc.at(offset)`, the eId alone, without a walk through the tree for each offset."""
    nodes: list[tuple[Node, int]] = []  # in reading order, each with the place of its parent in this list
    stack: list[tuple[Node, int]] = [(node, -1) for node in reversed((*doc.body, *doc.attachments))]
    while stack:
        node, parent = stack.pop()
        stack.extend((child, len(nodes)) for child in reversed(node.children))
        nodes.append((node, parent))
    starts = [node.span[0] for node, _ in nodes]

    def find(offset: int) -> str | None:
        at = bisect_right(starts, offset) - 1
        while at >= 0 and nodes[at][0].span[1] <= offset:
            at = nodes[at][1]
        return nodes[at][0].id if at >= 0 else None

    return find


_READERS: Final[dict[str, Callable[[Resolution], Iterator[Placed]]]] = {
    "indicators": _indicators,
    "tasks": _tasks,
    "citations": _citations,
    "quantities": _quantities,
    "dates": _dates,
    "amendments": _amendments,
    "bases": _bases,
    "nodes": _nodes,
    "diagnostics": _diagnostics,
}


__all__ = [
    "COLUMNS", "PLACE", "SHAPES", "SPOT", "Column", "ColumnType", "Lines", "Placed", "Row", "listed", "placed_rows",
    "rows_of",
]  # fmt: skip

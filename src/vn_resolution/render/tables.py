"""Turns a resolution into flat rows with their places: indicators, tasks, citations … for tables of every kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, Final

from vn_resolution.model import Node, Resolution

Row = dict[str, Any]
"""Lists as lists, numbers as Decimal, unknown as None."""

PLACE: Final = ("file", "document", "eid", "line", "start", "end")
"""The columns that every row begins with."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "indicators": (
        "id", "name", "concept", "change", "status", "low", "high", "comparator", "unit", "value", "period",
        "qualifiers", "parent",
    ),
    "tasks": ("id", "text", "agents", "coagents", "deadline", "deadline_date", "citations", "quantities"),
    "citations": ("id", "text", "type", "number", "date", "issuer", "title", "provision", "internal", "iri", "target"),
    "quantities": ("id", "text", "low", "high", "comparator", "unit"),
    "dates": ("id", "text", "date", "end_date", "kind"),
    "bases": ("kind", "text", "citations"),
    "nodes": ("parent", "depth", "kind", "num", "heading", "text", "quoted"),
}  # fmt: skip
"""The columns of each kind of row, after those of `PLACE`."""


def rows_of(doc: Resolution, what: str, file: str) -> list[Row]:
    """The rows of one document: place, and then the values of `what`, lists as lists, unknown as None."""
    starts = [0, *(k + 1 for k, char in enumerate(doc.source.text) if char == "\n")]
    rows = []
    for eid, (start, end), values in _READERS[what](doc):
        line = bisect_right(starts, start)
        place = {"file": file, "document": doc.meta.number, "eid": eid, "line": line, "start": start, "end": end}
        rows.append(place | values)
    return rows


_Found = Iterator[tuple[str | None, tuple[int, int], Row]]


def _indicators(doc: Resolution) -> _Found:
    quantities = {q.id: q for q in doc.quantities}
    for item in doc.indicators:
        quantity = quantities.get(item.quantity)
        values = item.model_dump(exclude={"node", "span", "quantity"})
        if quantity is not None:
            values |= quantity.model_dump(include={"low", "high", "comparator", "unit"}) | {"value": quantity.text}
        yield item.node, item.span, values


def _tasks(doc: Resolution) -> _Found:
    for item in doc.tasks:
        values = item.model_dump(exclude={"node", "span", "deadline"})
        if item.deadline is not None:
            values |= {"deadline": item.deadline.text, "deadline_date": item.deadline.date}
        yield item.node, item.span, values


def _citations(doc: Resolution) -> _Found:
    for item in doc.citations:
        yield item.node, item.span, item.model_dump(exclude={"node", "span"})


def _quantities(doc: Resolution) -> _Found:
    for item in doc.quantities:
        yield item.node, item.span, item.model_dump(exclude={"node", "span"})


def _dates(doc: Resolution) -> _Found:
    for item in doc.dates:
        values = item.model_dump(exclude={"node", "span", "end"})
        yield item.node, item.span, values | {"end_date": item.end}


def _bases(doc: Resolution) -> _Found:
    for item in doc.preamble.bases:
        yield item.id, item.span, item.model_dump(exclude={"id", "span"})


def _nodes(doc: Resolution) -> _Found:
    stack: list[tuple[Node, str | None, int]] = [(n, None, 1) for n in reversed((*doc.body, *doc.attachments))]
    while stack:
        node, parent, depth = stack.pop()
        values = {name: getattr(node, name) for name in ("kind", "num", "heading", "text", "quoted")}
        yield node.id, node.span, values | {"parent": parent, "depth": depth}
        stack.extend((child, node.id, depth + 1) for child in reversed(node.children))


_READERS: dict[str, Callable[[Resolution], _Found]] = {
    "indicators": _indicators,
    "tasks": _tasks,
    "citations": _citations,
    "quantities": _quantities,
    "dates": _dates,
    "bases": _bases,
    "nodes": _nodes,
}


__all__ = ["COLUMNS", "PLACE", "Row", "rows_of"]

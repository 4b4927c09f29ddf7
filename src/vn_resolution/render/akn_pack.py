"""Packs models into rows of plain values for the record, and unpacks them: what is the default, or follows from
something else, is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from vn_resolution.diagnostics import CODES
from vn_resolution.model import (
    Amendment,
    Artifact,
    Citation,
    DateMention,
    Diagnostic,
    Indicator,
    Mention,
    Node,
    Quantity,
    Task,
)  # fmt: skip
from vn_resolution.render.akn_inline import number

Row = list[Any]
Model = TypeVar("Model", bound=BaseModel)

COLUMNS: Final[dict[type[BaseModel], tuple[str, ...]]] = {
    Citation: ("type", "number", "date", "issuer", "title", "provision", "internal", "node", "iri", "target", "text"),
    Quantity: ("low", "high", "comparator", "unit", "node", "text"),
    DateMention: ("date", "end", "kind", "node", "text"),
    Mention: ("kind", "node", "text", "name"),
    Indicator: (
        "name", "concept", "quantity", "change", "status", "period", "qualifiers", "parent", "node",
    ),
    Task: ("agents", "coagents", "deadline", "citations", "quantities", "node", "text"),
    Amendment: ("action", "target", "quoted", "node"),
}  # fmt: skip
"""What stands in a row behind id and place."""

_DEFAULTS: Final = {
    kind: [(name, kind.model_fields[name].default) for name in names] for kind, names in COLUMNS.items()
}
_STEMS: Final[dict[type[BaseModel], str]] = {
    Citation: "cit", Quantity: "qty", DateMention: "date", Mention: "name", Indicator: "ind", Task: "task",
    Amendment: "am",
}  # fmt: skip
"""An id that is this stem with its number is left out."""

_NUMBERS: Final = ("low", "high")
_NODES: Final = ("node", "target")
_PARTS: Final = ("number", "issuer", "title", "provision")
_WORTH_FINDING: Final = 6
"""A part of a citation's text that is as long as this is written as its place there."""


class Packer:
    """Packs values of one document; `ids` are those of its bases and nodes, for which their places in the row stand."""

    def __init__(self, source: str, ids: Sequence[str]) -> None:
        self._source = source
        self._places: dict[str, int] = {}
        self._numbers: dict[type[BaseModel], dict[str, int]] = {}
        for place, id_ in enumerate(ids):
            self._places.setdefault(id_, place)

    def number_of(self, kind: type[BaseModel], id_: str) -> int | str:
        """The number of the value of this kind with this id, among those that were packed; else the id itself."""
        return self._numbers.get(kind, {}).get(id_, id_)

    def values(self, items: Sequence[BaseModel]) -> list[Row]:
        """A row for each value: its id, how far it begins behind the one before, its length, and its columns."""
        rows: list[Row] = []
        before = 0
        for count, item in enumerate(items, 1):
            kind = type(item)
            start, end = item.span  # type: ignore[attr-defined]
            id_ = item.id  # type: ignore[attr-defined]
            self._numbers.setdefault(kind, {}).setdefault(id_, count - 1)
            row: Row = [None if id_ == f"{_STEMS[kind]}_{count}" else id_, start - before, end - start]
            row += [self._column(item, name, default, start, end) for name, default in _DEFAULTS[kind]]
            while row[-1] is None:
                row.pop()
            rows.append(row)
            before = start
        return rows

    def _column(self, item: BaseModel, name: str, default: Any, start: int, end: int) -> Any:
        value = getattr(item, name)
        if value is None or value == default:
            return None
        if name in _NUMBERS:
            return _plain(value)
        if name == "text":
            return packed_text(value, self._source[start:end])
        if name == "name" and isinstance(item, Mention) and value == item.text:
            return None
        if name in _PARTS and len(value) >= _WORTH_FINDING:
            at = item.text.find(value)  # type: ignore[attr-defined]
            return [at, len(value)] if at >= 0 else value
        if name in _NODES and isinstance(value, str):
            return self._places.get(value, value)
        return value.model_dump() if isinstance(value, BaseModel) else value


class Unpacker:
    """Unpacks values; the mirror of `Packer`."""

    def __init__(self, source: str, ids: Sequence[str]) -> None:
        self._source = source
        self._ids = ids

    def values(self, kind: type[Model], rows: Iterable[Row]) -> tuple[Model, ...]:
        """The values of these rows."""
        found: list[Model] = []
        start = 0
        for count, (id_, ahead, length, *columns) in enumerate(rows, 1):
            start += ahead
            end = start + length
            fields: dict[str, Any] = {"id": f"{_STEMS[kind]}_{count}" if id_ is None else id_, "span": (start, end)}
            given = dict(zip(COLUMNS[kind], columns, strict=False))
            if "text" in COLUMNS[kind]:
                fields["text"] = text = printed_text(self._source[start:end], given.pop("text", None))
            for name, value in given.items():
                if name in _NODES and isinstance(value, int):
                    fields[name] = self._ids[value]
                elif name in _PARTS and isinstance(value, list):
                    fields[name] = text[value[0] : value[0] + value[1]]
                elif value is not None:
                    fields[name] = value
            if kind is Mention:
                fields.setdefault("name", text)
            found.append(kind(**fields))
        return tuple(found)


def packed_text(text: str, printed: str) -> str | int | None:
    """A text as it is written down: not at all where it is what the source prints, as 0 where it is that with its white
    space folded."""
    if text == printed:
        return None
    return 0 if text == " ".join(printed.split()) else text


def printed_text(printed: str, packed: str | int | None) -> str:
    """The mirror of `packed_text`."""
    if packed is None:
        return printed
    return " ".join(printed.split()) if packed == 0 else str(packed)


def pack_diagnostics(items: Iterable[Diagnostic]) -> list[Row]:
    """Rows of code, start, end (null: no place), message and severity, where the table of codes does not tell them."""
    rows: list[Row] = []
    for item in items:
        known = CODES.get(item.code)
        message = None if known and known.message == item.message else item.message
        severity = None if known and known.severity == item.severity else item.severity
        rows.append([item.code, *(item.span or (None, None)), message, severity])
        while rows[-1][-1] is None and len(rows[-1]) > 1:
            rows[-1].pop()
    return rows


def unpack_diagnostics(rows: Iterable[Row]) -> tuple[Diagnostic, ...]:
    """The mirror of `pack_diagnostics`."""
    found = []
    for row in rows:
        code, start, end, message, severity = [*row, None, None, None, None][:5]
        known = CODES.get(code)
        found.append(
            Diagnostic(
                code=code,
                severity=severity or (known.severity if known else "info"),
                message=message if message is not None else (known.message if known else ""),
                span=None if start is None else (start, end),
            )
        )
    return tuple(found)


def pack_artifacts(items: Sequence[Artifact]) -> Any:
    """For each kind the distances and lengths of its artifacts; a list of all where they are not in order."""
    if any((a.span, a.kind) > (b.span, b.kind) for a, b in pairwise(items)):
        return [[item.kind, *item.span] for item in items]
    kinds: dict[str, list[int]] = {}
    ends: dict[str, int] = {}
    for item in items:
        start, end = item.span
        kinds.setdefault(item.kind, []).extend((start - ends.get(item.kind, 0), end - start))
        ends[item.kind] = end
    return kinds


def unpack_artifacts(packed: Any) -> tuple[Artifact, ...]:
    """The mirror of `pack_artifacts`."""
    if isinstance(packed, list):
        return tuple([Artifact(kind=kind, span=(start, end)) for kind, start, end in packed])
    found: list[tuple[int, int, str]] = []
    for kind, numbers in packed.items():
        at = 0
        for ahead, length in zip(numbers[::2], numbers[1::2], strict=True):
            start = at + ahead
            at = start + length
            found.append((start, at, kind))
    return tuple([Artifact(kind=kind, span=(start, end)) for start, end, kind in sorted(found)])


def pack_nodes(nodes: Iterable[Node]) -> list[Row]:
    """Whole nodes, for a tree that the elements do not show as it is: rows of depth and fields, in reading order."""
    rows: list[Row] = []
    stack = [(node, 0) for node in reversed(tuple(nodes))]
    while stack:
        node, depth = stack.pop()
        fields: dict[str, Any] = {}
        for name, info in Node.model_fields.items():
            value = getattr(node, name)
            if name != "children" and (info.is_required() or value != info.default):
                fields[name] = value
        if node.notes:
            fields["notes"] = [note.model_dump() for note in node.notes]
        if node.rows:
            fields["rows"] = [[cell.model_dump() for cell in row] for row in node.rows]
        rows.append([depth, fields])
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return rows


def unpack_nodes(rows: Sequence[Row]) -> tuple[Node, ...]:
    """The mirror of `pack_nodes`."""
    waiting: dict[int, list[Node]] = {}
    for depth, fields in reversed(rows):
        children = tuple(reversed(waiting.pop(depth + 1, [])))
        waiting.setdefault(depth, []).append(Node(**fields, children=children))
    return tuple(reversed(waiting.pop(0, [])))


def fields_of(item: BaseModel) -> Mapping[str, Any]:
    """The fields of a flat model that are not the default, as plain values."""
    return item.model_dump(exclude_defaults=True)


def _plain(value: Decimal) -> int | str:
    """The same for equal numbers, however they are written (9.0 and 9), and to the last digit."""
    text = number(value)
    return int(text) if text.isdigit() and (len(text) == 1 or text[0] != "0") else text


__all__ = [
    "COLUMNS", "Packer", "Row", "Unpacker", "fields_of", "pack_artifacts", "pack_diagnostics", "pack_nodes",
    "packed_text", "printed_text", "unpack_artifacts", "unpack_diagnostics", "unpack_nodes",
]  # fmt: skip

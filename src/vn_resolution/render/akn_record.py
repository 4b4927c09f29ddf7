"""Writes the record: what the elements of a document do not say themselves and the reader needs to have the resolution
again, above all the places in the source text, and the source text between the words that the document holds anyway.

The record is JSON. What the reader makes of the elements alone is known here (`akn_kinds`, `akn_said`); only what
differs from it is written. `akn_restore` is the mirror: both walk the document in the same order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise
from typing import Any, Final
from zlib import crc32

from pydantic import BaseModel

from vn_resolution.model import Basis, Block, Citation, Indicator, Meta, Node, Quantity, Resolution, Task
from vn_resolution.render import xml
from vn_resolution.render.akn_frame import PreamblePart
from vn_resolution.render.akn_kinds import kind_of, number_of, words
from vn_resolution.render.akn_pack import (
    Packer,
    Row,
    fields_of,
    pack_artifacts,
    pack_diagnostics,
    pack_nodes,
    packed_text,
)
from vn_resolution.render.akn_places import PlaceWriter, differences
from vn_resolution.render.akn_read_frame import CLOSING, HEADER
from vn_resolution.render.akn_units import Layout, Quote, Unit
from vn_resolution.structure.merged import is_merged

VERSION: Final = 1
"""Of the record's form; a reader that knows another one reads the document as it would any other."""

ESCAPE: Final = "\ue000"
"""Before the four hexadecimal digits of a code point that XML forbids, and of itself."""

_ALWAYS: Final = ("length", "crc")
_ROWS: Final = 1_000

_FORBIDDEN: Final = re.compile("[^\t\n\r\\x20-\ud7ff\ue001-\ufffd\U00010000-\U0010ffff]")


def record(
    doc: Resolution, layout: Layout, preamble: Sequence[PreamblePart], said: Mapping[str, Any], *, clean: bool
) -> Iterator[str]:
    """The record, in pieces, of a resolution that was written with this layout and these parts of the preamble. `said`
    is what the elements of the meta block say (`akn_said.said_of`); `clean`: every code point could be written as it
    is."""
    recorder = _Recorder(doc, clean)
    recorder.header()
    recorder.preamble(preamble)
    recorder.units("body", doc.body, layout.body, layout)
    recorder.closing()
    recorder.units("attachments", doc.attachments, layout.attachments, layout)
    recorder.unsaid(layout)
    yield from _escaped(_members(chain(recorder.places(), recorder.values(), recorder.meta(said))))


def _members(items: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """A JSON object of these members, with what is empty left out; what is an iterator becomes an array."""
    before = "{"
    for name, value in items:
        if isinstance(value, Iterator):
            rows = list(islice(value, _ROWS))
            if rows:
                yield f'{before}"{name}":['
                yield _json(rows)[1:-1]
                while rows := list(islice(value, _ROWS)):
                    yield f",{_json(rows)[1:-1]}"
                yield "]"
                before = ","
        elif value or name in _ALWAYS:
            yield f'{before}"{name}":{_json(value)}'
            before = ","
    yield "}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _escaped(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        yield _FORBIDDEN.sub(lambda match: f"{ESCAPE}{ord(match[0]):04x}", piece)


class _Recorder:
    """Goes through a resolution in the order in which its reader will. A part of which the elements do not show the
    structure goes into the record whole (`whole`); of a thing that differs from what its elements show, the fields that
    differ (`odd`, by the number of the basis or unit)."""

    def __init__(self, doc: Resolution, clean: bool) -> None:
        self._doc = doc
        self._clean = clean
        self._places = PlaceWriter(doc.source.text)
        self._whole: dict[str, Any] = {}
        self._odd: dict[int, dict[str, Any]] = {}
        self._count = 0
        ids = [*(basis.id for basis in doc.preamble.bases), *(node.id for node in doc.walk())]
        self._packer = Packer(doc.source.text, ids)

    def places(self) -> Iterator[tuple[str, Any]]:
        """What the way through the document found: the places, and all that the elements do not show."""
        source, places = self._doc.source, self._places
        yield "length", len(source.text)
        yield "crc", crc32(source.text.encode("utf-8", "surrogatepass"))
        yield "gap", places.gap()
        yield "breaks", differences(places.breaks)
        yield "unlike", places.unlike
        yield "places", places.codes
        yield "odd", self._odd
        yield "whole", self._whole
        yield "pages", [[page.number, *page.span, page.width, page.height] for page in source.pages]
        yield "locators", [[*locator.model_dump().values()] for locator in source.locators]
        yield "artifacts", pack_artifacts(source.artifacts)

    # -- around the body --------------------------------------------------------------------------------

    def header(self) -> None:
        """The blocks of the header."""
        self._blocks("header", self._doc.header, all(block.kind in HEADER for block in self._doc.header))

    def closing(self) -> None:
        """The blocks of the closing."""
        self._blocks("closing", self._doc.closing, all(map(_is_plain_closing, self._doc.closing)))

    def _blocks(self, name: str, blocks: Sequence[Block], plain: bool) -> None:
        if self._clean and plain and _in_order(blocks):
            for block in blocks:
                self._places.leaf(block.text, block.span)
        else:
            self._whole[name] = [[block.kind, block.text, *block.span] for block in blocks]

    def preamble(self, parts: Sequence[PreamblePart]) -> None:
        """The bases, the enacting words and what is neither."""
        preamble = self._doc.preamble
        plain = self._clean and _in_order(preamble.bases) and _in_order(preamble.others)
        if not plain or any(other.kind != "other" for other in preamble.others):
            self._whole["preamble"] = preamble.model_dump()
            return
        cited: dict[str | None, list[str]] = {}
        for citation in self._doc.citations:
            cited.setdefault(citation.node, []).append(citation.id)
        for part, eid in parts:
            if isinstance(part, Basis):
                self._basis(part, eid, cited.pop(part.id, []))
            self._places.leaf(part.text, part.span)

    def _basis(self, basis: Basis, eid: str, cited: Sequence[str]) -> None:
        seen = {
            "id": eid,
            "kind": "can_cu" if basis.kind == "can_cu" else words().basis_kind(basis.text),
            "citations": tuple(cited),
        }
        self._note({name: getattr(basis, name) for name in seen if getattr(basis, name) != seen[name]})

    # -- units ---------------------------------------------------------------------------------------------

    def units(self, name: str, nodes: Sequence[Node], laid: Sequence[Unit | Quote], layout: Layout) -> None:
        """The nodes of body or attachments and how they were laid out."""
        walked = (node for top in nodes for node in top.walk())
        flat = list(_units(laid))
        plain = self._clean and not layout.lifted and all(_is_plain(unit) for unit, _ in flat)
        if not plain or not all(unit.node is node for (unit, _), node in zip(flat, walked, strict=True)):
            self._whole[name] = pack_nodes(nodes)
            return
        for unit, quoted in flat:
            self._unit(unit, quoted)

    def _unit(self, unit: Unit, quoted: bool) -> None:
        node = unit.node
        odd = _differing(unit, quoted)
        places, start = self._places, node.span[0]
        places.offset(start)
        if node.marker:
            places.words(node.marker, start, start + len(node.marker))
        if node.heading is not None and node.heading_span is not None:
            places.leaf(node.heading, node.heading_span)
        elif node.heading is not None or node.heading_span is not None:
            odd["heading_span"] = node.heading_span
        for note in node.notes:
            places.leaf(note.text, note.span)
        if node.text and node.text_span is not None:
            places.leaf(node.text, node.text_span)
        elif node.text or node.text_span is not None:
            odd["text_span"] = node.text_span
        for row in node.rows:
            for cell in row:
                places.leaf(cell.text, cell.span)
        places.offset(node.own[1])
        if node.own[0] != start:
            odd["begin"] = node.own[0]
        if node.span[1] != max(node.own[1], node.children[-1].span[1] if node.children else 0):
            odd["end"] = node.span[1]
        self._note(odd)

    def _note(self, odd: dict[str, Any]) -> None:
        if odd:
            self._odd[self._count] = odd
        self._count += 1

    # -- values -------------------------------------------------------------------------------------------

    def values(self) -> Iterator[tuple[str, Any]]:
        """What was found in the texts. Indicators and tasks stand in the meta block themselves, where all of them could
        be written there."""
        doc, packer = self._doc, self._packer
        yield "citations", packer.values(doc.citations)
        yield "quantities", packer.values(doc.quantities)
        yield "dates", packer.values(doc.dates)
        yield "mentions", packer.values(doc.mentions)
        yield "amendments", packer.values(doc.amendments)
        yield "diagnostics", pack_diagnostics(doc.diagnostics)
        if "indicators" not in self._whole:
            yield "measured", (packer.number_of(Quantity, item.quantity) for item in doc.indicators)
        if "tasks" not in self._whole:
            yield "charged", (self._task(item) for item in doc.tasks)

    def unsaid(self, layout: Layout) -> None:
        """The indicators and tasks that could not be written in the meta block."""
        plain = self._clean and not self._whole.keys() & {"preamble", "body", "attachments"}
        for name in ("indicators", "tasks"):
            items = getattr(self._doc, name)
            if not (plain and all(_is_said(item, layout) for item in items)):
                self._whole[name] = list(self._packer.values(items))

    def _task(self, task: Task) -> Row:
        """What the element of a task does not say: its citations and quantities, and its text where it is not that of
        its place in the source."""
        number_of = self._packer.number_of
        row: Row = [[number_of(Citation, id_) for id_ in task.citations]]
        row.append([number_of(Quantity, id_) for id_ in task.quantities])
        text = packed_text(task.text, self._doc.source.text[slice(*task.span)])
        return row if text is None else [*row, text]

    def meta(self, said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The metadata that the elements do not say, or say otherwise."""
        doc = self._doc
        yield (
            "meta",
            {
                name: _dumped(value)
                for name, info in Meta.model_fields.items()
                if (value := getattr(doc.meta, name)) != said.get(name, info.default) or not self._clean
            },
        )
        if not self._clean:
            yield "source", [doc.source.name, doc.source.media_type, doc.source.sha256]
            yield "provenance", fields_of(doc.provenance) if doc.provenance else None


def _in_order(parts: Sequence[Block | Basis]) -> bool:
    return all(a.span <= b.span for a, b in pairwise(parts))


def _is_plain_closing(block: Block) -> bool:
    """Whether the element of a closing block shows its kind and its words."""
    if block.kind in ("signature_capacity", "signature_note"):
        return bool(block.text) and words().is_signature_note(block.text) == (block.kind == "signature_note")
    return block.kind in CLOSING


def _units(laid: Iterable[Unit | Quote]) -> Iterator[tuple[Unit, bool]]:
    """The units in reading order, each with whether it stands in a quotation."""
    stack: list[tuple[Unit | Quote, bool]] = [(part, False) for part in reversed(list(laid))]
    while stack:
        part, quoted = stack.pop()
        inside = quoted or isinstance(part, Quote)
        if isinstance(part, Unit):
            yield part, quoted
        stack.extend((inner, inside) for inner in reversed(part.parts))


def _is_plain(unit: Unit) -> bool:
    """Whether the elements of a unit show all its leaves and what it holds."""
    node = unit.node
    if node.kind == "table" and unit.tag == "table":
        return not (node.children or node.marker or node.num or node.heading or node.text or node.notes)
    noted = unit.tag == "attachment" and all(note.kind == "note" and note.text for note in node.notes)
    return not node.rows and (noted or not node.notes)


def _differing(unit: Unit, quoted: bool) -> dict[str, Any]:
    """The fields of a unit's node that are not what its elements show."""
    node = unit.node
    label, heading = node.marker or node.num or None, node.heading or None
    kind = "appendix" if unit.tag == "attachment" else kind_of(unit.tag, unit.name, label or "")
    if kind == "appendix" and not (label and heading) and (label or heading):
        caption = words().is_caption(label or heading or "")
        label, heading = (label or heading, None) if caption else (None, label or heading)
    odd: dict[str, Any] = {}
    if node.id != unit.eid:
        odd["id"] = node.id
    if node.kind != kind:
        odd["kind"] = node.kind
    if node.marker != label:
        odd["marker"] = node.marker
    if node.num != number_of(node.kind, node.marker or ""):
        odd["num"] = node.num
    if node.heading != heading:
        odd["heading"] = node.heading
    if node.quoted != quoted:
        odd["quoted"] = node.quoted
    if node.generated:
        odd["generated"] = True
    sizes = [
        (r, c, cell.columns, cell.rows)
        for r, row in enumerate(node.rows)
        for c, cell in enumerate(row)
        if is_merged(cell)
    ]
    if {(r, c) for r, c, _, _ in sizes} != set(unit.covered.values()):
        odd["sizes"] = sizes
    if unit.tag == "table" and not all(node.rows or ((),)):
        odd["widths"] = [len(row) for row in node.rows]
    return odd


def _is_said(item: Indicator | Task, layout: Layout) -> bool:
    """Whether the element of an indicator or a task says what it is."""
    if item.node is not None and item.node not in layout.of_id:
        return False
    short: list[str | None] = [item.id]
    if isinstance(item, Indicator):
        short += [item.name, item.concept, item.period, item.parent]
    elif item.deadline:
        short.append(item.deadline.date)
    return all(value is None or len(value) <= xml.LONGEST_ATTRIBUTE for value in short)


def _dumped(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_dumped(item) for item in value]
    return value.model_dump() if isinstance(value, BaseModel) else value


__all__ = ["ESCAPE", "VERSION", "record"]

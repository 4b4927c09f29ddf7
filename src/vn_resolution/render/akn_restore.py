"""Has a resolution again from the elements of a document and the record that was written with them (`akn_record`): the
two are walked in the same order, and what the record says of a thing holds where the elements show it otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from zlib import crc32

from vn_resolution.model import (
    Amendment,
    Basis,
    BasisKind,
    Block,
    Cell,
    Citation,
    DateMention,
    Enacting,
    Indicator,
    Locator,
    Mention,
    Meta,
    Node,
    Page,
    Preamble,
    Provenance,
    Quantity,
    Resolution,
    Source,
    Task,
)  # fmt: skip
from vn_resolution.render.akn_drafts import Drafts
from vn_resolution.render.akn_kinds import number_of, words
from vn_resolution.render.akn_pack import (
    COLUMNS,
    Unpacker,
    printed_text,
    unpack_artifacts,
    unpack_diagnostics,
    unpack_nodes,
)
from vn_resolution.render.akn_places import PlaceReader
from vn_resolution.render.akn_read_frame import FramePart
from vn_resolution.render.akn_read_units import Draft
from vn_resolution.render.akn_record import ESCAPE
from vn_resolution.render.akn_values import SaidValues

_NODE: Final = COLUMNS[Citation].index("node")
_ESCAPED: Final = re.compile(f"{ESCAPE}([0-9a-f]{{4}})")


class RecordMismatchError(Exception):
    """The record does not fit the elements: one of the two was changed."""


def restore(text: str, drafts: Drafts, said: Mapping[str, Any], values: SaidValues) -> Resolution:
    """The resolution, from the text of the record and what the elements show and say. Raises RecordMismatchError."""
    try:
        return _Restorer(json.loads(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)), drafts).run(said, values)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise RecordMismatchError(str(error)) from None


class _Restorer:
    """One way through the drafts, beside the record."""

    def __init__(self, record: dict[str, Any], drafts: Drafts) -> None:
        self._record = record
        self._drafts = drafts
        self._whole: dict[str, Any] = record.get("whole", {})
        self._odd: dict[str, dict[str, Any]] = record.get("odd", {})
        self._count = 0
        self._places = PlaceReader(
            record.get("places", ()), record.get("gap", ""), record.get("unlike", ()), record.get("breaks", ())
        )

    def run(self, said: Mapping[str, Any], values: SaidValues) -> Resolution:
        """The resolution."""
        record, drafts = self._record, self._drafts
        header = self._blocks("header", drafts.header)
        preamble = self._preamble()
        body = self._units("body", drafts.body)
        closing = self._blocks("closing", drafts.closing)
        attachments = self._units("attachments", drafts.attachments)
        text = self._places.source()
        if len(text) != record["length"] or crc32(text.encode("utf-8", "surrogatepass")) != record["crc"]:
            raise ValueError("another source text")
        name, media_type, sha256 = record.get("source") or drafts.source
        doc = Resolution(
            source=Source(
                name=name,
                media_type=media_type,
                sha256=sha256,
                text=text,
                pages=tuple(
                    [
                        Page(number=number, span=(start, end), width=width, height=height)
                        for number, start, end, width, height in record.get("pages", ())
                    ]
                ),
                locators=tuple(
                    [Locator(**dict(zip(Locator.model_fields, row, strict=True))) for row in record.get("locators", ())]
                ),
                artifacts=unpack_artifacts(record.get("artifacts", {})),
            ),
            provenance=Provenance(**record["provenance"]) if record.get("provenance") else drafts.provenance,
            meta=Meta(**({} if "source" in record else said) | record.get("meta", {})),
            header=header,
            preamble=preamble,
            body=body,
            closing=closing,
            attachments=attachments,
            diagnostics=unpack_diagnostics(record.get("diagnostics", ())),
        )
        return self._with_values(doc, values)

    # -- around the body --------------------------------------------------------------------------------

    def _blocks(self, name: str, parts: Sequence[FramePart]) -> tuple[Block, ...]:
        if name in self._whole:
            return tuple([Block(kind=k, text=text, span=(start, end)) for k, text, start, end in self._whole[name]])
        return tuple(
            [Block(kind=part.kind, text=part.leaf.text, span=self._places.leaf(part.leaf.text)) for part in parts]
        )

    def _preamble(self) -> Preamble:
        if "preamble" in self._whole:
            return Preamble(**self._whole["preamble"])
        cited: dict[Any, list[str]] = {}
        for count, (id_, _, _, *columns) in enumerate(self._record.get("citations", ()), 1):
            node = columns[_NODE] if len(columns) > _NODE else None
            cited.setdefault(node, []).append(f"cit_{count}" if id_ is None else id_)
        bases: list[Basis] = []
        others: list[Block] = []
        enacting: Enacting | None = None
        for part in self._drafts.preamble:
            text = part.leaf.text
            if part.kind == "basis":
                odd = self._next_odd()
                kind: BasisKind = "can_cu" if part.tag == "citation" else words().basis_kind(text)
                fields = {"id": part.eid, "kind": kind, "citations": cited.get(len(bases), ()), **odd}
                bases.append(Basis(text=text, span=self._places.leaf(text), **fields))
            elif part.kind == "enacting":
                enacting = Enacting(text=text, span=self._places.leaf(text))
            else:
                others.append(Block(kind=part.kind, text=text, span=self._places.leaf(text)))
        return Preamble(bases=tuple(bases), enacting=enacting, others=tuple(others))

    # -- units ---------------------------------------------------------------------------------------------

    def _units(self, name: str, drafts: Sequence[Draft]) -> tuple[Node, ...]:
        if name in self._whole:
            return unpack_nodes(self._whole[name])
        return tuple([self._unit(draft) for draft in drafts])

    def _unit(self, draft: Draft) -> Node:
        odd, places = self._next_odd(), self._places
        marker = odd.get("marker", draft.label.text if draft.label and draft.label.text else None)
        heading = odd.get("heading", draft.heading.text if draft.heading and draft.heading.text else None)
        kind = odd.get("kind", draft.kind)
        text = draft.text.text if draft.text else ""
        start = places.offset()
        if marker:
            places.words(marker, start, start + len(marker))
        fields: dict[str, Any] = {
            "id": odd.get("id", draft.eid), "kind": kind, "marker": marker, "heading": heading, "text": text,
            "num": odd["num"] if "num" in odd else number_of(kind, marker or ""),
            "quoted": odd.get("quoted", draft.quoted), "generated": odd.get("generated", False),
        }  # fmt: skip
        if "heading_span" in odd or heading is not None:
            fields["heading_span"] = odd["heading_span"] if "heading_span" in odd else places.leaf(heading or "")
        fields["notes"] = tuple([Block(kind="note", text=n.text, span=places.leaf(n.text)) for n in draft.notes])
        if "text_span" in odd or text:
            fields["text_span"] = odd["text_span"] if "text_span" in odd else places.leaf(text)
        if draft.kind == "table":
            fields["rows"] = self._rows(draft, odd)
        end = places.offset()
        fields["own"] = (odd.get("begin", start), end)
        children = tuple([self._unit(child) for child in draft.children])
        fields["span"] = (start, odd.get("end", max(end, children[-1].span[1] if children else 0)))
        return Node(**fields, children=children)

    def _rows(self, draft: Draft, odd: Mapping[str, Any]) -> tuple[tuple[Cell, ...], ...]:
        rows = draft.rows
        if "widths" in odd:
            rows = [row[:width] for row, width in zip(rows, odd["widths"], strict=False)]
        sizes = draft.sizes
        if "sizes" in odd:
            sizes = {(r, c): (columns, high) for r, c, columns, high in odd["sizes"]}
        leaf = self._places.leaf
        made = [[Cell(text=cell.text, span=leaf(cell.text)) for cell in row] for row in rows]
        for (r, c), (columns, high) in sizes.items():
            made[r][c] = made[r][c].model_copy(update={"columns": columns, "rows": high})
        return tuple(map(tuple, made))

    def _next_odd(self) -> dict[str, Any]:
        odd = self._odd.get(str(self._count), {})
        self._count += 1
        return odd

    # -- values -------------------------------------------------------------------------------------------

    def _with_values(self, doc: Resolution, values: SaidValues) -> Resolution:
        record = self._record
        source = doc.source.text
        unpack = Unpacker(source, [*(b.id for b in doc.preamble.bases), *(node.id for node in doc.walk())]).values
        citations = unpack(Citation, record.get("citations", ()))
        quantities = unpack(Quantity, record.get("quantities", ()))
        if "indicators" in self._whole:
            indicators = unpack(Indicator, self._whole["indicators"])
        else:
            measured = [_id_of(quantities, number) for number in record.get("measured", ())]
            said = zip(values.indicators(self._ids(doc)), measured, strict=True)
            indicators = tuple([Indicator(**{**item, "quantity": quantity}) for item, quantity in said])
        if "tasks" in self._whole:
            tasks = unpack(Task, self._whole["tasks"])
        else:
            rows = zip(values.tasks(self._ids(doc)), record.get("charged", ()), strict=True)
            tasks = tuple([_charged(item, row, citations, quantities, source) for item, row in rows])
        return doc.model_copy(
            update={
                "citations": citations,
                "quantities": quantities,
                "dates": unpack(DateMention, record.get("dates", ())),
                "mentions": unpack(Mention, record.get("mentions", ())),
                "amendments": unpack(Amendment, record.get("amendments", ())),
                "indicators": indicators,
                "tasks": tasks,
            }
        )

    def _ids(self, doc: Resolution) -> dict[str, str]:
        """The id in the model of each eId that an indicator or a task can point at."""
        drafts = self._drafts
        bases = [part.eid for part in drafts.preamble if part.kind == "basis"]
        ids = {eid: basis.id for eid, basis in zip(bases, doc.preamble.bases, strict=True)}
        units = (inner.eid for draft in (*drafts.body, *drafts.attachments) for inner in draft.walk())
        return ids | {eid: node.id for eid, node in zip(units, doc.walk(), strict=True)}


def _charged(
    item: dict[str, Any], row: Sequence[Any], citations: Sequence[Citation], quantities: Sequence[Quantity], source: str
) -> Task:
    """A task with what its element does not say."""
    item["citations"] = [_id_of(citations, number) for number in row[0]]
    item["quantities"] = [_id_of(quantities, number) for number in row[1]]
    return Task(**item, text=printed_text(source[slice(*item["span"])], row[2] if len(row) > 2 else None))


def _id_of(items: Sequence[Citation] | Sequence[Quantity], number: int | str) -> str:
    return items[number].id if isinstance(number, int) else number


__all__ = ["RecordMismatchError", "restore"]

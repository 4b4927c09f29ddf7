"""Makes a resolution of a document without a record: the drafts are printed in normal form, that text is the source,
and every place is one in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from vn_resolution.model import (
    Artifact,
    Basis,
    Block,
    Cell,
    Enacting,
    Meta,
    Node,
    Preamble,
    Recipient,
    Resolution,
    Signer,
    Source,
    Span,
)  # fmt: skip
from vn_resolution.reading import Reader
from vn_resolution.render.akn_drafts import Drafts
from vn_resolution.render.akn_kinds import number_of, words
from vn_resolution.render.akn_notices import Notices
from vn_resolution.render.akn_parse import tag_of
from vn_resolution.render.akn_read_frame import FramePart
from vn_resolution.render.akn_read_units import Draft
from vn_resolution.render.akn_shown import PlacedLeaf, Shown, ShownValues
from vn_resolution.render.akn_values import SaidValues
from vn_resolution.render.text import Printer, UnitPlaces
from vn_resolution.structure.eids import EIds, closing_from
from vn_resolution.structure.merged import fitted

MEDIA_TYPE: Final = "application/akn+xml"
_BULLETS: Final = "-+*•–— "


def build(data: bytes, drafts: Drafts, said: Mapping[str, Any], values: SaidValues, notices: Notices) -> Resolution:
    """The resolution. `said` is what the document says of its identity."""
    return _Builder(drafts, notices).run(data, said, values)


class _Builder:
    """Prints the drafts, then walks them again beside the places that they took."""

    def __init__(self, drafts: Drafts, notices: Notices) -> None:
        self._drafts = drafts
        self._notices = notices
        self._eids = EIds()
        self._shown = Shown()

    def run(self, data: bytes, said: Mapping[str, Any], values: SaidValues) -> Resolution:
        """The resolution."""
        drafts = self._drafts
        plain = Resolution(
            source=Source(sha256="", text=""),
            header=_blocks(drafts.header),
            preamble=self._plain_preamble(),
            body=tuple(map(_plain, drafts.body)),
            closing=_blocks(drafts.closing),
            attachments=tuple(map(_plain, drafts.attachments)),
        )
        printer = Printer()
        printer.document(plain)
        blocks, units = iter(printer.blocks), iter(printer.units)
        header = self._with_places([_without_place(part) for part in drafts.header], blocks)
        preamble = self._preamble(blocks)
        body = self._nodes(drafts.body, None, None, units)
        closing = self._with_places(drafts.closing, blocks)
        attachments = self._nodes(drafts.attachments, None, None, units)
        artifacts = tuple([Artifact(kind=kind, span=span) for span, kind in sorted(printer.marks)])
        text = printer.text()
        found = ShownValues(self._shown, values.entries(), self._notices, Reader(text, artifacts))
        cited: dict[str | None, list[str]] = {}
        for citation in found.citations:
            cited.setdefault(citation.node, []).append(citation.id)
        bases = [b.model_copy(update={"citations": tuple(cited.get(b.id, ()))}) for b in preamble.bases]
        return Resolution(
            source=Source(
                media_type=MEDIA_TYPE, sha256=hashlib.sha256(data).hexdigest(), text=text, artifacts=artifacts
            ),
            provenance=drafts.provenance,
            meta=_meta(said, header, closing),
            header=header,
            preamble=preamble.model_copy(update={"bases": tuple(bases)}),
            body=body,
            closing=closing,
            attachments=attachments,
            citations=tuple(found.citations),
            quantities=tuple(found.quantities),
            dates=tuple(found.dates),
            mentions=tuple(found.mentions),
            indicators=tuple(found.indicators(values)),
            tasks=tuple(found.tasks(values)),
            amendments=tuple(found.amendments(values)),
            diagnostics=self._notices.diagnostics(),
        )

    # -- blocks and units -------------------------------------------------------------------------------

    def _plain_preamble(self) -> Preamble:
        """The preamble with its order for places."""
        parts = self._drafts.preamble
        bases = [
            Basis(id="", kind="khac", text=part.leaf.text, span=(at, at))
            for at, part in enumerate(parts)
            if _is_basis(part)
        ]
        others = [
            Block(kind="other", text=part.leaf.text, span=(at, at))
            for at, part in enumerate(parts)
            if not _is_basis(part) and part.kind != "enacting"
        ]
        enacting = [Enacting(text=p.leaf.text, span=(at, at)) for at, p in enumerate(parts) if p.kind == "enacting"]
        return Preamble(bases=tuple(bases), others=tuple(others), enacting=enacting[0] if enacting else None)

    def _with_places(self, parts: Sequence[FramePart], places: Iterator[Span]) -> tuple[Block, ...]:
        made = []
        for part, place in zip(parts, places, strict=False):
            self._shown.leaves.append(PlacedLeaf(part.leaf, place, None))
            made.append(Block(kind=part.kind, text=part.leaf.text, span=place))
        return tuple(made)

    def _preamble(self, places: Iterator[Span]) -> Preamble:
        bases: list[Basis] = []
        others: list[Block] = []
        enacting: Enacting | None = None
        apart = False
        for part, place in zip(self._drafts.preamble, places, strict=False):
            text, owner = part.leaf.text, None
            if _is_basis(part):
                kind = "can_cu" if part.tag == "citation" else words().basis_kind(text)
                owner = self._eids.basis(kind, apart)
                self._shown.ids.setdefault(part.eid, owner)
                bases.append(Basis(id=owner, kind=kind, text=text, span=place))
            elif part.kind == "enacting":
                self._eids.enacting()
                enacting = Enacting(text=text, span=place)
            else:
                others.append(Block(kind=part.kind, text=text, span=place))
            apart = not _is_basis(part)
            self._shown.leaves.append(PlacedLeaf(part.leaf, place, owner))
        return Preamble(bases=tuple(bases), others=tuple(others), enacting=enacting)

    def _nodes(
        self,
        drafts: Sequence[Draft],
        parent: str | None,
        kind: str | None,
        places: Iterator[UnitPlaces],
        quoted: bool = False,
    ) -> tuple[Node, ...]:
        made: list[Node] = []
        quote: str | None = None
        closing = closing_from(kind, [_is_plain(draft) and draft.quoted == quoted for draft in drafts])
        for count, draft in enumerate(drafts):
            if parent is not None and count >= closing:
                made.append(self._node(draft, self._eids.closing(parent), places))
                continue
            if not draft.quoted or quoted:
                quote = None
            elif quote is None:
                quote = self._eids.assign(parent, "quote", None)
            num = number_of(draft.kind, draft.label.text if draft.label else "")
            made.append(self._node(draft, self._eids.assign(quote or parent, draft.kind, num), places))
        return tuple(made)

    def _node(self, draft: Draft, eid: str, places: Iterator[UnitPlaces]) -> Node:
        marker = draft.label.text if draft.label and draft.label.text else None
        num = number_of(draft.kind, marker or "")
        if draft.eid:
            self._shown.ids.setdefault(draft.eid, eid)
        at = next(places)
        texts = [(draft.label, at.label), (draft.heading, at.heading), *zip(draft.notes, at.notes, strict=True)]
        texts += [(draft.text, at.text)]
        texts += zip([cell for row in draft.rows for cell in row], at.cells, strict=True)
        shown = [(leaf, place) for leaf, place in texts if leaf is not None and leaf.text]
        self._shown.leaves += [PlacedLeaf(leaf, place, eid) for leaf, place in shown]
        start = min((place[0] for _, place in shown), default=at.text[0])
        end = max(at.end, start)
        if draft.text and draft.text.text:
            self._shown.texts[eid] = (draft.text.text, at.text)
        children = self._nodes(draft.children, eid, draft.kind, places, draft.quoted)
        cells = iter(at.cells)
        return Node(
            id=eid, kind=draft.kind, num=num, marker=marker,
            heading=draft.heading.text if draft.heading and draft.heading.text else None,
            text=draft.text.text if draft.text else "",
            span=(start, max(end, children[-1].span[1]) if children else end), own=(start, end),
            heading_span=at.heading if draft.heading and draft.heading.text else None,
            text_span=at.text if draft.text and draft.text.text else None,
            notes=tuple([Block(kind="note", text=n.text, span=s) for n, s in zip(draft.notes, at.notes, strict=True)]),
            quoted=draft.quoted, children=children,
            rows=fitted(
                tuple([
                    tuple([_cell(draft, r, c, cell.text, next(cells)) for c, cell in enumerate(row)])
                    for r, row in enumerate(draft.rows)
                ])
            ),
        )  # fmt: skip


def _cell(draft: Draft, row: int, column: int, text: str, place: Span) -> Cell:
    columns, rows = draft.sizes.get((row, column), (1, 1))
    return Cell(text=text, span=place, columns=columns, rows=rows)


def _without_place(part: FramePart) -> FramePart:
    """The block of place and date without the mark of the place: the metadata say it."""
    if part.kind != "place_date":
        return part
    marks = [mark for mark in part.leaf.marks if tag_of(mark[2]) != "location"]
    return part._replace(leaf=replace(part.leaf, marks=marks))


def _is_plain(draft: Draft) -> bool:
    """Whether a unit is words and nothing else."""
    bare = not (draft.children or draft.notes or draft.rows or draft.label or draft.heading)
    return draft.kind == "paragraph" and bare and draft.text is not None


def _is_basis(part: FramePart) -> bool:
    return part.kind == "basis"


def _blocks(parts: Sequence[FramePart]) -> tuple[Block, ...]:
    return tuple([Block(kind=part.kind, text=part.leaf.text, span=(at, at)) for at, part in enumerate(parts)])


def _plain(draft: Draft) -> Node:
    """A node for the printer, its caption before its title before its notes."""
    return Node(
        id="", kind=draft.kind, marker=draft.label.text if draft.label else None, quoted=draft.quoted,
        heading=(draft.heading.text or None) if draft.heading else None, text=draft.text.text if draft.text else "",
        notes=tuple([Block(kind="note", text=note.text, span=(2, 2)) for note in draft.notes]),
        span=(0, 3), own=(0, 3), heading_span=(1, 1), children=tuple(map(_plain, draft.children)),
        rows=tuple([tuple([Cell(text=cell.text, span=(0, 0)) for cell in row]) for row in draft.rows]),
    )  # fmt: skip


def _meta(said: Mapping[str, Any], header: Sequence[Block], closing: Sequence[Block]) -> Meta:
    """What the document says of itself, and what its blocks show where it does not."""
    title = next(({"title": block.text} for block in header if block.kind == "title"), {})
    return Meta(**{**title, **said, "signers": _signers(closing), "recipients": _recipients(closing)})


def _signers(closing: Sequence[Block]) -> tuple[Signer, ...]:
    found = []
    role: str | None = None
    for block in closing:
        if block.kind == "signature_role":
            role = words().role(block.text)
        elif block.kind == "signature_name":
            found.append(Signer(name=block.text, role=role, span=block.span))
            role = None
    return tuple(found)


def _recipients(closing: Sequence[Block]) -> tuple[Recipient, ...]:
    items = [(block.text.lstrip(_BULLETS).rstrip(" ;.,"), block.span) for block in closing if block.kind == "recipient"]
    return tuple([Recipient(text=text, span=span) for text, span in items if text])


__all__ = ["MEDIA_TYPE", "build"]

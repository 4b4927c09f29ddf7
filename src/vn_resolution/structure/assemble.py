"""Runs the rooms of the structure stage one after the other and freezes what they built into a `Resolution`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from vn_resolution.diagnostics import diagnostic
from vn_resolution.grammar import Grammar
from vn_resolution.model import (
    Artifact,
    Basis,
    Block,
    Cell,
    Diagnostic,
    Enacting,
    Meta,
    Node,
    NodeKind,
    Preamble,
    Provenance,
    Recipient,
    Resolution,
    Signer,
    Source,
    Span,
    trusted,
)  # fmt: skip
from vn_resolution.sources.detect import READABLE
from vn_resolution.sources.extract_result import Merged
from vn_resolution.structure.attachments import AttachmentReader
from vn_resolution.structure.blocks import BlockBuilder, mark_soft, sets_apart, wrap_width
from vn_resolution.structure.closing import ClosingFacts, ClosingReader
from vn_resolution.structure.composed import Composed
from vn_resolution.structure.doubts import missing_parts, outside_units
from vn_resolution.structure.draft import Piece, Unit
from vn_resolution.structure.eids import EIds, closing_from
from vn_resolution.structure.header import HeaderReader
from vn_resolution.structure.headings import HeadingFinder
from vn_resolution.structure.identity import IdentityReader
from vn_resolution.structure.labels import LabelReader
from vn_resolution.structure.lines import read_lines
from vn_resolution.structure.merged import fitted
from vn_resolution.structure.preamble import PreambleFacts, PreambleReader
from vn_resolution.structure.seams import glue
from vn_resolution.structure.tree import TreeBuilder
from vn_resolution.structure.zones import ZoneFinder
from vn_resolution.version import __version__

_make_node, _make_block, _make_cell = trusted(Node), trusted(Block), trusted(Cell)


class Structurer:
    """The structure stage for one grammar: compile once, use for many texts."""

    def __init__(self, grammar: Grammar) -> None:
        self._provenance = Provenance(parser_version=__version__, grammar_sha256=grammar.sha256)
        self._labels = LabelReader(grammar)
        self._zones = ZoneFinder(grammar, self._labels)
        self._blocks = BlockBuilder(grammar, self._labels)
        self._header = HeaderReader(grammar)
        self._preamble = PreambleReader(grammar, self._zones, self._blocks)
        self._closing = ClosingReader(grammar, self._zones)
        self._attachments = AttachmentReader(grammar, self._zones, self._labels)
        self._tree = TreeBuilder(grammar, self._labels)
        self._headings = HeadingFinder(grammar)
        self._identity = IdentityReader(grammar)

    def read(
        self,
        source: Source,
        diagnostics: list[Diagnostic],
        generated: Mapping[int, str] | None = None,
        tables: Sequence[Span] = (),
        merged: Iterable[Merged] = (),
    ) -> Resolution:
        """The structure of a source text. Never raises on what the text says. `generated`: labels that the document
        shows and its text lacks, by the offset of the paragraph that they number; `tables` and `merged` as in
        `sources.extract_result.Extract`."""
        composed = Composed(source.text)
        lines = read_lines(
            composed.text,
            self._zones.rules,
            {composed.place(offset): label for offset, label in (generated or {}).items()},
            [(composed.place(start), composed.place(end)) for start, end in tables],
            markdown=source.media_type in READABLE,
        )
        lines.merged = {(composed.place(row), column): (columns, rows) for row, column, columns, rows in merged}
        lines.lines = glue(lines.lines, self._labels, self._zones.rules)
        all_lines = lines.lines
        zones = self._zones.split(lines)
        width = wrap_width(all_lines)
        if width and sets_apart(all_lines[zones.preamble : zones.closing]):
            mark_soft(all_lines[zones.body :])
        own: list[Diagnostic] = []
        header = self._header.read(lines, all_lines[: zones.preamble], own)
        preamble = self._preamble.read(lines, all_lines[zones.preamble : zones.body], width, own)
        closing = self._closing.read(lines, all_lines, zones.closing)
        nothing: frozenset[int] = frozenset()
        body = self._tree.build(
            lines, self._blocks.join(all_lines[zones.body : zones.closing], nothing, width, own), own
        )
        self._headings.apply(lines, body)
        attachments: list[Unit] = []
        for appendix in self._attachments.split(lines, all_lines[closing.end :]):
            blocks = self._blocks.join(appendix.lines, nothing, width, own)
            appendix.unit.children = self._tree.build(lines, blocks, own)
            self._headings.apply(lines, appendix.unit.children)
            attachments.append(appendix.unit)
        meta = self._identity.meta(header, preamble, closing, body, attachments, own)
        freeze = _Freezer(composed)
        ids = EIds()
        frozen_preamble = freeze.preamble(preamble, ids)
        nodes = freeze.nodes(body, None, None, ids)
        frozen_attachments = freeze.nodes(attachments, None, None, ids)
        own += [diagnostic("N008", span) for span in lines.doubtful_tables]
        read = Resolution(
            source=source.model_copy(update={"artifacts": tuple(freeze.artifact(a) for a in lines.artifacts)}),
            provenance=self._provenance,
            meta=freeze.meta(meta, closing),
            header=freeze.blocks(header.pieces),
            preamble=frozen_preamble,
            body=nodes,
            closing=freeze.blocks(closing.pieces),
            attachments=frozen_attachments,
        )
        found = (
            *diagnostics,
            *map(freeze.diagnostic, own),
            *missing_parts(read, header, closing),
            *outside_units(read),
        )
        return read.model_copy(update={"diagnostics": found})


class _Freezer:
    """Turns drafts into the frozen model, spans put back on the source text."""

    def __init__(self, composed: Composed) -> None:
        self._at = composed.span

    def artifact(self, artifact: Artifact) -> Artifact:
        span = self._at(*artifact.span)
        return artifact if span == artifact.span else Artifact(kind=artifact.kind, span=span)

    def diagnostic(self, doubt: Diagnostic) -> Diagnostic:
        return doubt if doubt.span is None else doubt.model_copy(update={"span": self._at(*doubt.span)})

    def blocks(self, pieces: list[Piece]) -> tuple[Block, ...]:
        return tuple([_make_block(kind=p.kind or "other", text=p.text, span=self._at(p.start, p.end)) for p in pieces])

    def preamble(self, facts: PreambleFacts, ids: EIds) -> Preamble:
        bases = []
        breaks = sorted(p.start for p in facts.others)
        last = -1
        for kind, piece in facts.bases:
            apart = last >= 0 and any(last < b < piece.start for b in breaks)
            eid = ids.basis(kind, apart)
            bases.append(Basis(id=eid, kind=kind, text=piece.text, span=self._at(piece.start, piece.end)))  # type: ignore[arg-type]
            last = piece.start
        enacting = None
        if facts.enacting is not None:
            ids.enacting()
            enacting = Enacting(text=facts.enacting.text, span=self._at(facts.enacting.start, facts.enacting.end))
        return Preamble(bases=tuple(bases), enacting=enacting, others=self.blocks(facts.others))

    def nodes(
        self, units: list[Unit], parent: str | None, kind: str | None, ids: EIds, quoted: bool = False
    ) -> tuple[Node, ...]:
        """The children of the unit of this kind whose eId is `parent`; None for a body or the attachments."""
        made: list[Node] = []
        quote: str | None = None
        closing = closing_from(kind, [unit.kind == "paragraph" and unit.quoted == quoted for unit in units])
        for count, unit in enumerate(units):
            if parent is not None and count >= closing:
                made.append(self._node(unit, ids.closing(parent), ids))
                continue
            under = parent
            if unit.quoted and not quoted:
                if quote is None:
                    quote = ids.assign(parent, "quote", None)
                under = quote
            else:
                quote = None
            made.append(self._node(unit, ids.assign(under, unit.kind, unit.num), ids))
        return tuple(made)

    def _node(self, unit: Unit, eid: str, ids: EIds) -> Node:
        at = self._at
        children = self.nodes(unit.children, eid, unit.kind, ids, unit.quoted) if unit.children else ()
        heading_at = unit.heading_span if unit.heading is not None else None
        return _make_node(
            id=eid,
            kind=cast(NodeKind, unit.kind),
            num=unit.num,
            marker=unit.marker,
            heading=unit.heading,
            text=unit.text,
            span=at(unit.start, max(unit.end, unit.own_end)),
            own=at(unit.start, unit.own_end),
            heading_span=at(*heading_at) if heading_at else None,
            text_span=at(*unit.text_span) if unit.text_span else None,
            notes=self.blocks(unit.notes),
            quoted=unit.quoted,
            generated=unit.label is not None and bool(unit.blocks) and unit.blocks[0].lines[0].given >= unit.label.end,
            children=children,
            rows=fitted(tuple([tuple([self._cell(piece) for piece in row]) for row in unit.rows])),
        )

    def _cell(self, piece: Piece) -> Cell:
        place = self._at(piece.start, piece.end)
        if piece.columns == piece.rows == 1:
            return _make_cell(text=piece.text, span=place)
        return _make_cell(text=piece.text, span=place, columns=piece.columns, rows=piece.rows)

    def meta(self, meta: Meta, closing: ClosingFacts) -> Meta:
        signers = tuple(
            Signer(name=s.name, role=s.role, capacity=s.capacity, span=self._at(s.start, s.end))
            for s in closing.signers
        )
        recipients = tuple(Recipient(text=r.text, span=self._at(r.start, r.end)) for r in closing.recipients)
        return meta.model_copy(update={"signers": signers, "recipients": recipients})

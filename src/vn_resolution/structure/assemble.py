"""Runs the rooms of the structure stage one after the other and freezes what they built into a `Resolution`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    Preamble,
    Provenance,
    Recipient,
    Resolution,
    Signer,
    Source,
    Span,
)  # fmt: skip
from vn_resolution.sources.detect import READABLE
from vn_resolution.structure.attachments import AttachmentReader
from vn_resolution.structure.blocks import BlockBuilder, mark_soft, sets_apart, wrap_width
from vn_resolution.structure.closing import ClosingFacts, ClosingReader
from vn_resolution.structure.composed import Composed
from vn_resolution.structure.doubts import missing_parts, outside_units
from vn_resolution.structure.draft import Piece, Unit
from vn_resolution.structure.eids import EIds
from vn_resolution.structure.header import HeaderReader
from vn_resolution.structure.headings import HeadingFinder
from vn_resolution.structure.identity import IdentityReader
from vn_resolution.structure.labels import LabelReader
from vn_resolution.structure.lines import read_lines
from vn_resolution.structure.preamble import PreambleFacts, PreambleReader
from vn_resolution.structure.seams import glue
from vn_resolution.structure.tree import TreeBuilder
from vn_resolution.structure.zones import ZoneFinder
from vn_resolution.version import __version__


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
    ) -> Resolution:
        """The structure of a source text. Never raises on what the text says. `generated`: labels that the document
        shows and its text lacks, by the offset of the paragraph that they number."""
        composed = Composed(source.text)
        lines = read_lines(
            composed.text,
            self._zones.rules,
            {composed.place(offset): label for offset, label in (generated or {}).items()},
            [(composed.place(start), composed.place(end)) for start, end in tables],
            markdown=source.media_type in READABLE,
        )
        lines.lines = glue(lines.lines, self._labels)
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
        nodes = freeze.nodes(body, None, ids)
        frozen_attachments = freeze.nodes(attachments, None, ids)
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
        return tuple([Block(kind=p.kind or "other", text=p.text, span=self._at(p.start, p.end)) for p in pieces])

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

    def nodes(self, units: list[Unit], parent: str | None, ids: EIds, quoted: bool = False) -> tuple[Node, ...]:
        made: list[Node] = []
        quote: str | None = None
        for unit in units:
            under = parent
            if unit.quoted and not quoted:
                if quote is None:
                    quote = ids.assign(parent, "quote", None)
                under = quote
            else:
                quote = None
            made.append(self._node(unit, under, ids))
        return tuple(made)

    def _node(self, unit: Unit, parent: str | None, ids: EIds) -> Node:
        at = self._at
        eid = ids.assign(parent, unit.kind, unit.num)
        children = self.nodes(unit.children, eid, ids, unit.quoted) if unit.children else ()
        fields: dict[str, object] = {
            "id": eid, "kind": unit.kind, "num": unit.num, "text": unit.text,
            "span": at(unit.start, max(unit.end, unit.own_end)), "own": at(unit.start, unit.own_end),
        }  # fmt: skip
        if unit.marker is not None:
            fields["marker"] = unit.marker
        if unit.heading is not None:
            fields["heading"] = unit.heading
            fields["heading_span"] = at(*unit.heading_span) if unit.heading_span else None
        if unit.text_span is not None:
            fields["text_span"] = at(*unit.text_span)
        if unit.quoted:
            fields["quoted"] = True
        if unit.label is not None and unit.blocks and unit.blocks[0].lines[0].given >= unit.label.end:
            fields["generated"] = True
        if children:
            fields["children"] = children
        if unit.notes:
            fields["notes"] = self.blocks(unit.notes)
        if unit.rows:
            fields["rows"] = tuple(tuple(Cell(text=c.text, span=at(c.start, c.end)) for c in row) for row in unit.rows)
        return Node(**fields)  # type: ignore[arg-type]

    def meta(self, meta: Meta, closing: ClosingFacts) -> Meta:
        signers = tuple(
            Signer(name=s.name, role=s.role, capacity=s.capacity, span=self._at(s.start, s.end))
            for s in closing.signers
        )
        recipients = tuple(Recipient(text=r.text, span=self._at(r.start, r.end)) for r in closing.recipients)
        return meta.model_copy(update={"signers": signers, "recipients": recipients})

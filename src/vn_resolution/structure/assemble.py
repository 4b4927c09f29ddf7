"""Runs the rooms of the structure stage one after the other and freezes what they built into a `Resolution`."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

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
from vn_resolution.sources.extract_result import Merged
from vn_resolution.structure.attachments import AttachmentReader
from vn_resolution.structure.blocks import BlockBuilder, mark_soft, sets_apart, wrap_width
from vn_resolution.structure.closing import ClosingFacts, ClosingReader
from vn_resolution.structure.draft import Piece, Unit
from vn_resolution.structure.eids import EIds, closing_from
from vn_resolution.structure.header import HeaderFacts, HeaderReader
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

Locate = Callable[[int, int], tuple[int, int]]

_LONGEST_QUOTE = 60


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
        text, locate = _composed(source.text)
        composed = locate is not _identity  # offsets would not meet
        lines = read_lines(text, self._zones.rules, None if composed else generated, () if composed else tables)
        if not composed:
            lines.merged = {(row, column): (columns, rows) for row, column, columns, rows in merged}
        lines.lines = glue(lines.lines, self._labels)
        all_lines = lines.lines
        zones = self._zones.split(lines)
        width = wrap_width(all_lines)
        if width and sets_apart(all_lines[zones.body : zones.closing]):
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
        stray = (piece for piece in (*header.pieces, *preamble.others, *closing.pieces) if piece.kind in ("", "other"))
        own += [diagnostic("N009", (p.start, p.end), text=_short(p.text)) for p in stray]
        freeze = _Freezer(locate)
        ids = EIds()
        frozen_preamble = freeze.preamble(preamble, ids)
        nodes = freeze.nodes(body, None, None, ids)
        frozen_attachments = freeze.nodes(attachments, None, None, ids)
        spans = [
            d.model_copy(update={"span": locate(*d.span)}) if d.span and locate is not _identity else d for d in own
        ]
        spans += self._doubts(header, preamble, closing, nodes, meta)
        return Resolution(
            source=source.model_copy(update={"artifacts": tuple(freeze.artifact(a) for a in lines.artifacts)}),
            provenance=self._provenance,
            meta=freeze.meta(meta, closing),
            header=freeze.blocks(header.pieces),
            preamble=frozen_preamble,
            body=nodes,
            closing=freeze.blocks(closing.pieces),
            attachments=frozen_attachments,
            diagnostics=(*diagnostics, *spans),
        )

    def _doubts(
        self, header: HeaderFacts, preamble: PreambleFacts, closing: ClosingFacts, body: tuple[Node, ...], meta: Meta
    ) -> list[Diagnostic]:
        found: list[Diagnostic] = []
        council = meta.issuer is not None
        if header.doc_type not in (None, "Nghị quyết"):
            found.append(diagnostic("D001", reason=f"its document type is {header.doc_type}"))
        elif not council:
            found.append(diagnostic("D001", reason="no People's Council is named as its issuer"))
        if preamble.enacting is None:
            found.append(diagnostic("D002"))
        if not any(node.kind == "article" for top in body for node in top.walk()):
            found.append(diagnostic("D003"))
        if council and not closing.adoption and not closing.signers:
            found.append(diagnostic("D004", what="the adoption clause and the signature"))
        for name, value in (("number", header.number), ("date", header.issued), ("title", header.title)):
            if value is None:
                found.append(diagnostic("D005", field=name))
        return found


def _identity(start: int, end: int) -> tuple[int, int]:
    return (start, end)


def _composed(text: str) -> tuple[str, Locate]:
    """The text in NFC and the way back to offsets of the text itself."""
    if unicodedata.is_normalized("NFC", text):
        return text, _identity
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = 0
    begin = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (unicodedata.combining(text[at]) or "\u1160" <= text[at] <= "\u11ff"):
            continue
        cluster = unicodedata.normalize("NFC", text[begin:at])
        pieces.append(cluster)
        starts.append(length)
        sources.append(begin)
        length += len(cluster)
        begin = at
    starts.append(length)
    sources.append(len(text))

    def locate(start: int, end: int) -> tuple[int, int]:
        left = sources[bisect_right(starts, start) - 1]
        if end <= start:
            return (left, left)
        return (left, sources[bisect_right(starts, end - 1)])

    return "".join(pieces), locate


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"


class _Freezer:
    """Turns drafts into the frozen model, spans put back on the source text."""

    def __init__(self, locate: Locate) -> None:
        self._at = locate

    def artifact(self, artifact: Artifact) -> Artifact:
        return artifact if self._at is _identity else artifact.model_copy(update={"span": self._at(*artifact.span)})

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
            fields["rows"] = fitted(tuple([tuple([self._cell(piece) for piece in row]) for row in unit.rows]))
        return Node(**fields)  # type: ignore[arg-type]

    def _cell(self, piece: Piece) -> Cell:
        place = self._at(piece.start, piece.end)
        if piece.columns == piece.rows == 1:
            return Cell(text=piece.text, span=place)
        return Cell(text=piece.text, span=place, columns=piece.columns, rows=piece.rows)

    def meta(self, meta: Meta, closing: ClosingFacts) -> Meta:
        signers = tuple(
            Signer(name=s.name, role=s.role, capacity=s.capacity, span=self._at(s.start, s.end))
            for s in closing.signers
        )
        recipients = tuple(Recipient(text=r.text, span=self._at(r.start, r.end)) for r in closing.recipients)
        return meta.model_copy(update={"signers": signers, "recipients": recipients})

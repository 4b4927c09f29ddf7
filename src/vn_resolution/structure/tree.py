"""Builds the tree of units from blocks, by the succession of their labels and not by their looks."""

from __future__ import annotations

from vn_resolution.diagnostics import diagnostic
from vn_resolution.grammar import Grammar
from vn_resolution.model import Diagnostic
from vn_resolution.structure.blocks import Block
from vn_resolution.structure.draft import Unit
from vn_resolution.structure.labels import LabelReader
from vn_resolution.structure.line import Lines
from vn_resolution.structure.quotations import CLOSING_QUOTES, Quotations
from vn_resolution.structure.succession import RANK, Place, Succession
from vn_resolution.structure.tables import table_rows

_MAX_DEPTH = 24


class TreeBuilder:
    """Builds trees with the labels of one grammar."""

    def __init__(self, grammar: Grammar, labels: LabelReader) -> None:
        self._labels = labels
        self._slips = grammar.slips
        self.amending = grammar.words("zones", "amending_words")
        self.instructions = grammar.words("zones", "amending_instructions")

    def build(self, source: Lines, blocks: list[Block], diagnostics: list[Diagnostic]) -> list[Unit]:
        """The top units of a stretch of blocks: of the body, or of one appendix."""
        return _Scope(self, source, diagnostics).build(blocks)


class _Scope:
    """One run over one stretch of blocks: a stack of open units whose labels count on."""

    def __init__(
        self, builder: TreeBuilder, source: Lines, diagnostics: list[Diagnostic], *, quoted: bool = False
    ) -> None:
        self.builder = builder
        self.labels = builder._labels
        self.source = source
        self.diagnostics = diagnostics
        self.quoted = quoted
        self.root = Unit("root")
        self.succession = Succession(builder._labels, self.root, quoted=quoted)
        self.stack = self.succession.stack
        self.quotes: Quotations | None = None

    def build(self, blocks: list[Block]) -> list[Unit]:
        k = 0
        while k < len(blocks):
            block = blocks[k]
            if block.table >= 0:
                self._table(block)
            elif block.quotes and not self.quoted and self._quotes_here(blocks, k):
                stop = self._quote_end(blocks, k)
                self._quote(blocks[k:stop])
                k = stop
                continue
            else:
                self._block(block)
            k += 1
        return self.root.children

    # -- one block -----------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        place = self.succession.place(block)
        if place is None:
            self._refused(block)
            self._paragraph(block)
            return
        unit = self._open(block, place, 0)
        self._nested(block, unit)

    def _refused(self, block: Block) -> None:
        """The doubt about a label that follows on from nothing."""
        if block.labels and block.labels[0].kind != "bullet":
            marker = block.lines[0].text[: block.labels[0].end].strip()
            self.diagnostics.append(diagnostic("N004", (block.start, block.start + len(marker)), label=marker))

    def _nested(self, block: Block, unit: Unit) -> None:
        """A second label on the same line ("Điều 2. 1. Giao …"), where it opens a list."""
        line = block.lines[0]
        label = unit.label
        while label is not None and label.end < len(line.text):
            inner = [
                found
                for found in self.labels.read(line.text, line.low, label.end)
                if found.first and not found.weak and found.style != label.style
                and found.kind in ("clause", "point") and found.counting in ("arabic", "latin")
                and unit.kind != "bullet" and RANK[found.kind] >= RANK[unit.kind]
            ]  # fmt: skip
            if not inner:
                return
            label = inner[0]
            child = self._open(block, Place(0, len(self.stack), 0, label), unit.label.end if unit.label else 0)
            unit.own_end = max(unit.start, child.start)
            unit.blocks = []
            unit = child

    def _paragraph(self, block: Block) -> None:
        unit = Unit(
            "paragraph", start=block.start, end=block.end, own_end=block.end, quoted=self.quoted, blocks=[block]
        )
        self.stack[-1].children.append(unit)
        self._extend(block.end)

    def _table(self, block: Block) -> None:
        unit = Unit("table", start=block.start, end=block.end, own_end=block.end, quoted=self.quoted)
        unit.rows = table_rows(block, self.source)
        self.stack[-1].children.append(unit)
        self._extend(block.end)

    def _open(self, block: Block, place: Place, at: int) -> Unit:
        label = place.label
        line = block.lines[0]
        del self.stack[place.depth :]
        parent = self.stack[-1]
        start = block.start if at == 0 else self.source.at(line, at)
        unit = Unit(
            label.kind, label.num, label, start, block.end, own_end=block.end, quoted=self.quoted, blocks=[block]
        )
        unit.marker = line.text[at : label.end].strip()
        if label.kind in ("article", "chapter"):
            self.succession.last[label.kind] = label
        self._notice(place, unit, block, parent.last_of_style.get(label.style))
        parent.children.append(unit)
        parent.last_of_style[label.style] = unit
        parent.values.add(label.value)
        self._extend(block.end)
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append(unit)
        return unit

    def _extend(self, end: int) -> None:
        for unit in self.stack:
            unit.end = end

    def _notice(self, place: Place, unit: Unit, block: Block, before: Unit | None) -> None:
        """The doubts about a unit that was opened after `before`, its sibling of the same style."""
        label = place.label
        line = block.lines[0]
        span = (unit.start, self.source.at(line, min(label.end, len(line.text)) - 1) + 1)
        word = line.low[block.quotes :].split(" ", 1)[0]
        if word in self.builder._slips:
            self.diagnostics.append(diagnostic("N007", span, slip=word, word=self.builder._slips[word]))
        if place.missing < 0:
            self.diagnostics.append(diagnostic("N002", span, label=unit.marker))
        elif place.missing > 0 and before is not None:
            self.diagnostics.append(_out_of_step(place, unit, before, span))
        elif place.missing > 0 and not (self.quoted and place.depth == 1):
            self.diagnostics.append(diagnostic("N003", span, label=unit.marker))

    # -- quoted new wording -------------------------------------------------------------------------------

    def _quotes_here(self, blocks: list[Block], k: int) -> bool:
        """Whether the quotation that opens here is new wording: something leads into it."""
        if k == 0:
            return bool(blocks[0].labels)
        before = blocks[k - 1]
        if before.table >= 0:
            return False
        return (
            before.text[-1] == ":"
            or bool(blocks[k].labels)
            or any(word in before.low for word in self.builder.amending)
        )

    def _quote_end(self, blocks: list[Block], k: int) -> int:
        """The index after the last block of the quotation that opens at block k."""
        if self.quotes is None:
            self.quotes = Quotations(blocks)
        closed = self.quotes.closed_at[k]
        if closed < 0:
            closed = self.quotes.next_closing[k]
        stop = closed + 1 if closed >= 0 else len(blocks)
        for j in range(k + 1, stop):
            if blocks[j].labels and self._resumes(blocks[j], blocks, j):
                stop = j
                break
        else:
            if closed >= 0:
                return stop
        self.diagnostics.append(diagnostic("N005", (blocks[k].start, blocks[k].start + 1)))
        return stop

    def _resumes(self, block: Block, blocks: list[Block], j: int) -> bool:
        """Whether the amending document's own numbering goes on at this block although a quotation is still open:
        the next article, or the next clause with an amending instruction, that no quotation mark introduces."""
        if block.quotes:
            return False
        for label in block.labels:
            for unit in self.stack[1:]:
                before = unit.label
                if (
                    before is None
                    or before.kind != label.kind
                    or (before.style != label.style and label.kind != "article")
                ):
                    continue
                if self.labels.step(before, label.num, label.value, label.counting) == 0:
                    if label.kind in ("clause", "point") and block.low.startswith(self.builder.instructions, label.end):
                        return True
                    if label.kind == "article" and (
                        block.low.startswith(self.builder.instructions, label.end)
                        or blocks[j - 1].text.rstrip(" .;,")[-1:] in CLOSING_QUOTES
                    ):
                        return True
        return False

    def _quote(self, blocks: list[Block]) -> None:
        parent = self.stack[-1]
        inner = _Scope(self.builder, self.source, self.diagnostics, quoted=True)
        units = inner.build(blocks)
        parent.children.extend(units)
        self._extend(blocks[-1].end)


def _out_of_step(place: Place, unit: Unit, before: Unit, span: tuple[int, int]) -> Diagnostic:
    """The doubt about a unit whose label is not the one that follows on from its sibling's: it is that again, comes
    before it, or leaves some out."""
    value, last = place.label.value, before.label.value if before.label else ()
    if value == last:
        return diagnostic("N002", span, label=unit.marker)
    beside = len(value) == len(last) and value[:-1] == last[:-1]
    if beside and value < last:
        return diagnostic("N010", span, label=unit.marker, previous=before.marker)
    missing = max(place.missing, value[-1] - last[-1] - 1 if beside else 0)
    return diagnostic("N001", span, label=unit.marker, previous=before.marker, missing=missing)

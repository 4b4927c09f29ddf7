"""Prints a resolution in its normal form, as text that `parse` reads back: each block and each unit a paragraph of its
own, tables as rows between bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import Basis, Block, Enacting, Node, Preamble, Resolution, Span
from vn_resolution.structure.headings import HeadingFinder
from vn_resolution.structure.line import is_upper
from vn_resolution.structure.marks import MarkReader

_DIVISIONS: Final = frozenset({"part", "chapter", "section", "subsection"})
_LABEL_ENDS: Final = ".):/-–"
_NOWHERE: Final = (0, 0)
_PARAGRAPH: Final = "\n\n"
_ESCAPED: Final = re.compile(r"\||^[#>]")
_ESCAPED_WITH_MARKS: Final = re.compile(r"[|\\*_`<&]|^[#>]")
_STAR_AT_WORD: Final = re.compile(r"\*\S")
_LONGEST_SEAM: Final = 60
"""How far into a header line the structure stage looks for a second column that was run into it."""

PreamblePart = Basis | Enacting | Block


def to_text(doc: Resolution) -> str:
    """The resolution as plain text that ends in a line break; "" for one that holds no word.

    Nothing is set by indentation or by wrapped lines. A bar that belongs to the words is escaped ("\\|"), and so is a
    sign that would be read as a mark of Markdown; a title that only its type face tells from a sentence stands between
    "**", and a title has a colon where the colon makes it one.
    """
    printer = Printer()
    printer.document(doc)
    return printer.text()


def preamble_parts(preamble: Preamble) -> list[PreamblePart]:
    """Bases, enacting words and what is neither, in the order of the source."""
    parts: list[PreamblePart] = [*preamble.bases, *preamble.others]
    if preamble.enacting:
        parts.append(preamble.enacting)
    return sorted(parts, key=lambda part: part.span)


class UnitPlaces(NamedTuple):
    """Where the leaves of a unit stand in the printed text; (0, 0) for what it has not. `cells` row by row; `end` is
    where its own words end, with the stop behind its title."""

    label: Span
    heading: Span
    notes: tuple[Span, ...]
    text: Span
    cells: tuple[Span, ...]
    end: int


class Printer:
    """Prints the parts of a resolution one after the other, and tells where they stand: `blocks` are the places of the
    header's blocks, the parts of the preamble and the closing's blocks, `units` those of the units, as they were
    printed one after the other. `marks` are the places of what is layout and no words, each with the kind of artifact
    that it is."""

    def __init__(self, grammar: Grammar | None = None) -> None:
        self._forms = _forms(grammar or load_grammar())
        self._out: list[str] = []
        self._at = 0
        self._pending = ""
        self.blocks: list[Span] = []
        self.units: list[UnitPlaces] = []
        self.marks: list[tuple[Span, str]] = []

    def text(self) -> str:
        """What was printed up to now."""
        return "".join(self._out) + ("\n" if self._out else "")

    def document(self, doc: Resolution) -> None:
        """Prints a resolution, its blocks in the order of their spans."""
        for block in sorted(doc.header, key=lambda block: block.span):
            self._header(block)
        for part in preamble_parts(doc.preamble):
            self.blocks.append(self._paragraph(part.text))
        self._nodes(doc.body, doc.source.text)
        self._closing(sorted(doc.closing, key=lambda block: block.span))
        self._nodes(doc.attachments, doc.source.text)

    # -- around the body --------------------------------------------------------------------------------

    def _header(self, block: Block) -> None:
        """A header block; what a narrow column had put behind the national title stands on a line of its own."""
        cut = self._forms.seam(block.text) if block.kind != "title" else 0
        start, end = self._paragraph(block.text[:cut].rstrip() if cut else block.text)
        if cut:
            end = self._paragraph(block.text[cut:])[1]
        self.blocks.append((start, end))

    def _closing(self, blocks: Sequence[Block]) -> None:
        """The recipients stand close together; a bullet that stands alone opens the line of the next one."""
        before: Block | None = None
        for block in blocks:
            if before is not None and block.kind == "recipient" and before.kind.startswith("recipient"):
                self._break("\n" if any(map(str.isalnum, before.text)) else " ")
                self.blocks.append(self._leaf(block.text))
            else:
                self.blocks.append(self._paragraph(block.text))
            before = block

    # -- units --------------------------------------------------------------------------------------------

    def _nodes(self, nodes: Iterable[Node], source: str) -> None:
        stack = [*reversed(tuple(nodes))]
        while stack:
            node = stack.pop()
            self._break(_PARAGRAPH)
            self.units.append(self._caption(node, source) if node.kind == "appendix" else self._unit(node, source))
            stack.extend(reversed(node.children))

    def _unit(self, node: Node, source: str) -> UnitPlaces:
        words = node.marker or node.num or ""
        bold, stop = self._forms.title(node, _had_colon(node, source)) if node.heading else ("", "")
        self._mark(bold)
        label = self._leaf(words)
        alone = node.kind in _DIVISIONS or (node.kind == "article" and words[-1:] not in _LABEL_ENDS)
        self._break((_PARAGRAPH if alone else " ") if words else "")
        heading = self._leaf(node.heading or "")
        end = heading[1]
        if node.heading:
            self._put(stop)
            end = self._at
            self._mark(bold)
            self._break(_PARAGRAPH)
        notes = tuple([self._paragraph(note.text) for note in node.notes])
        self._break(_PARAGRAPH if notes else "")
        return self._places(node, label, heading, notes, end)

    def _caption(self, node: Node, source: str) -> UnitPlaces:
        """The caption, title and notes of an appendix in the order of the source. A note in capitals stands behind the
        caption, where it is told from the title; a type alone on its line ("QUY ĐỊNH") is both label and note."""
        words = node.marker or node.num or ""
        title_at = node.heading_span[0] if node.heading_span else node.own[1]
        label_at = max(source.find(words, node.span[0], title_at), node.span[0])
        parts = [(note.span[0], 2, k, note.text) for k, note in enumerate(node.notes)]
        if words and all(note.text != words for note in node.notes):
            parts.append((label_at, 0, 0, words))
        if node.heading:
            parts.append((title_at, 1, 0, node.heading))
        found: dict[tuple[int, int], Span] = {}
        behind_label = False
        for _, what, k, part in sorted(parts):
            self._break(" " if behind_label and part.startswith("(") and is_upper(part) else _PARAGRAPH)
            bold = "**" if what == 1 and not is_upper(part) else ""
            self._mark(bold)
            found[what, k] = self._leaf(part)
            self._mark(bold)
            behind_label = what == 0
        self._break(_PARAGRAPH)
        notes = tuple([found[2, k] for k in range(len(node.notes))])
        twin = next((place for note, place in zip(node.notes, notes, strict=True) if note.text == words), _NOWHERE)
        return self._places(node, found.get((0, 0), twin), found.get((1, 0), _NOWHERE), notes, 0)

    def _places(self, node: Node, label: Span, heading: Span, notes: tuple[Span, ...], end: int) -> UnitPlaces:
        """The places of a unit whose text and cells are printed now."""
        text = self._leaf(node.text)
        cells = self._rows(node)
        shown = [place for place in (label, heading, text, *notes, *cells) if place[0] < place[1]]
        return UnitPlaces(label, heading, notes, text, cells, max([end, *(place[1] for place in shown)]))

    def _rows(self, node: Node) -> tuple[Span, ...]:
        cells: list[Span] = []
        self._break(_PARAGRAPH)
        for row in node.rows:
            for cell in row:
                self._mark("|", "table_bar")
                self._put(" ")
                cells.append(self._leaf(cell.text))
                self._put(" " if cell.text else "")
            if row:
                self._mark("|", "table_bar")
                self._break("\n")
        return tuple(cells)

    # -- pieces -------------------------------------------------------------------------------------------

    def _paragraph(self, words: str) -> Span:
        self._break(_PARAGRAPH)
        return self._leaf(words)

    def _break(self, gap: str) -> None:
        """White space before what is printed next; of two breaks the one of more lines holds."""
        if gap and self._out and (not self._pending or gap.count("\n") > self._pending.count("\n")):
            self._pending = gap

    def _leaf(self, words: str) -> Span:
        """Words of the document. Where their first sign is escaped they begin behind the escape."""
        start = -1
        at = 0
        for match in _escapes(words):
            if match.start() > at:
                first = self._put(words[at : match.start()])
                start = first if start < 0 else start
            self._mark("\\")
            at = match.start()
        first = self._put(words[at:])
        return (first if start < 0 else start, self._at)

    def _mark(self, mark: str, kind: str = "markdown") -> None:
        if mark:
            start = self._put(mark)
            self.marks.append(((start, self._at), kind))

    def _put(self, words: str) -> int:
        """Prints what is pending and the words; the offset at which they begin."""
        if not words:
            return self._at
        if self._pending:
            self._out.append(self._pending)
            self._at += len(self._pending)
            self._pending = ""
        start = self._at
        self._out.append(words)
        self._at += len(words)
        return start


def _escapes(words: str) -> Iterator[re.Match[str]]:
    """The signs among the words that must be escaped; a star that a space follows may be a bullet."""
    marked = _STAR_AT_WORD.match(words) or (words != "*" and MarkReader(words).between(0, len(words)))
    return (_ESCAPED_WITH_MARKS if marked else _ESCAPED).finditer(words)


def _had_colon(node: Node, source: str) -> bool:
    """Whether a colon stood behind the title; of a bullet that nobody has read, whether one would."""
    end = node.heading_span[1] if node.heading_span else 0
    return source[end : end + 2].lstrip().startswith(":") if source else node.kind == "bullet"


class _Forms:
    """What makes a reader see a title as a title, and two columns as two, with the rules of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._titles = HeadingFinder(grammar)
        self._columns = [grammar.zones[key].regex for key in ("national_title", "motto")]

    def title(self, node: Node, colon: bool) -> tuple[str, str]:
        """(marks of bold, stop) with which the heading is read as one: with a colon if that will do and there was
        one, for what it leads into stands below it; else the plainest that will do."""
        heading = node.heading or ""
        if node.kind not in _DIVISIONS:
            below = bool(node.children or node.text)
            for bold, stop in ((("", ":"),) if colon else ()) + (("", ""), ("", ":"), ("**", "")):
                words = heading + stop
                if self._titles.is_title(node.kind, words, fold(words), below, strong=bool(bold)):
                    return bold, stop
        return "", ""

    def seam(self, line: str) -> int:
        """Where in a header line national title or motto begin behind other words; 0 where they do not."""
        low = fold(line)
        for column in self._columns:
            found = column.search(low)
            if found and 0 < found.start() < _LONGEST_SEAM:
                return found.start()
        return 0


@lru_cache(maxsize=4)
def _forms(grammar: Grammar) -> _Forms:
    return _Forms(grammar)


__all__ = ["Printer", "UnitPlaces", "preamble_parts", "to_text"]

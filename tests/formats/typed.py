"""What a typist would set of a resolution that was read from a text: paragraphs, two columns at the head and the foot,
tables, page breaks. The renderers into HTML and DOCX print it; the judge of promise 8 reads their prints again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vn_resolution.model import Node, Resolution
from vn_resolution.reading import Reader

_NEW_LINE = re.compile(r"[^\n]*\n\s*[^\s:]")
_EMPTY_LINE = re.compile(r"\n[\s*#>]*\n[\s*#>|]*$")


@dataclass(frozen=True)
class Par:
    """A paragraph; `label` is its number or bullet, `shown` holds b and i, `gap` = an empty line stands before it in
    the text."""

    text: str
    label: str | None = None
    shown: str = ""
    centred: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Columns:
    """Two columns side by side, in a table without borders."""

    left: tuple[Par, ...]
    right: tuple[Par, ...]


@dataclass(frozen=True)
class Table:
    """A ruled table."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PageBreak:
    """The next paragraph begins a page."""


Block = Par | Columns | Table | PageBreak


def blocks(doc: Resolution) -> list[Block]:
    """The resolution, piece by piece."""
    return list(_Typist(doc).type())


@dataclass
class _Typist:
    doc: Resolution
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.doc.source.text, self.doc.source.artifacts)

    def type(self) -> Iterator[Block]:
        yield from self._header()
        yield from self._preamble()
        for node in self.doc.body:
            yield from self._node(node)
        yield from self._closing()
        for node in self.doc.attachments:
            yield PageBreak()
            yield from (Par(text, shown="b", centred=True) for text in self._lines(node))
            for child in node.children:
                yield from self._node(child)

    def _header(self) -> Iterator[Block]:
        header = self.doc.header
        head = next((k for k, b in enumerate(header) if b.kind in ("doc_type", "title")), len(header))
        right = ("national_title", "motto", "place_date")
        sides = [
            tuple(Par(b.text, shown="b", centred=True) for b in header[:head] if (b.kind in right) == side)
            for side in (False, True)
        ]
        if all(sides):
            yield Columns(*sides)
        else:
            yield from (*sides[0], *sides[1])
        for block in header[head:]:
            yield Par(block.text, shown="b", centred=True, gap=self._gap(block.span[0]))

    def _preamble(self) -> Iterator[Block]:
        preamble = self.doc.preamble
        pieces = [(b.span, b.text, "i") for b in (*preamble.bases, *preamble.others)]
        if preamble.enacting:
            pieces.append((preamble.enacting.span, preamble.enacting.text, "b"))
        for span, text, shown in sorted(pieces):
            yield Par(text, shown=shown, centred=shown == "b" and text.isupper(), gap=self._gap(span[0]))

    def _node(self, node: Node) -> Iterator[Block]:
        if node.kind == "table":
            yield Table(tuple(tuple(cell.text for cell in row) for row in node.rows))
            return
        for k, (start, text) in enumerate(self._own(node)):
            label = node.marker if k == 0 and node.marker and text.startswith(node.marker) else None
            rest = text[len(label) :].strip() if label else text
            if label and not rest:
                label, rest = None, text
            yield Par(rest, label, "b" if k == 0 and node.heading else "", gap=self._gap(start))
        for child in node.children:
            yield from self._node(child)

    def _own(self, node: Node) -> Iterator[tuple[int, str]]:
        """A node's own words, its label with them, and where they begin: heading and text apart where the source breaks
        the line there."""
        text = self.doc.source.text
        start, end = node.own
        if node.heading_span and "\n" in text[start : node.heading_span[0]].strip():
            yield start, self.reader.text((start, node.heading_span[0]))
            start = node.heading_span[0]
        if node.heading_span and node.text_span:
            new = _NEW_LINE.match(text, node.heading_span[1], node.text_span[0] + 1)
            if new:
                yield start, self.reader.text((start, new.end() - 1))
                start = new.end() - 1
        if rest := self.reader.text((start, end)):
            yield start, rest

    def _gap(self, start: int) -> bool:
        return _EMPTY_LINE.search(self.doc.source.text, max(0, start - 80), start) is not None

    def _closing(self) -> Iterator[Block]:
        left, right = [], []
        for block in self.doc.closing:
            if block.kind in ("recipients_label", "recipient"):
                left.append(Par(block.text, shown="bi" if block.kind == "recipients_label" else ""))
            elif block.kind.startswith("signature"):
                right.append(Par(block.text, shown="b", centred=True, gap=block.kind == "signature_name"))
            else:
                yield Par(block.text, gap=self._gap(block.span[0]))
        if left and right:
            yield Columns(tuple(left), tuple(right))
        else:
            yield from (*left, *right)

    def _lines(self, node: Node) -> Iterator[str]:
        start = node.own[0]
        for line in self.doc.source.text[slice(*node.own)].splitlines(keepends=True):
            if text := self.reader.text((start, start + len(line))):
                yield text
            start += len(line)

"""The running texts of a resolution: what the extractors read, each once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vn_resolution.extract.citations import CitationMatch
from vn_resolution.extract.dates import DateMatch
from vn_resolution.extract.quantities import QuantityMatch
from vn_resolution.model import Node, Resolution, Span
from vn_resolution.reading import Reader, Reading


@dataclass(slots=True)
class RunningText:
    """One running text: `at` its span in the source, `node` the unit that it belongs to (None in header, preamble and
    closing), `place` the id that citations name. `basis` indexes the bases of the preamble. `counted`: its quantities
    are read although it is no unit. `amends`: bare provisions below it are those of another document."""

    text: str
    at: Span
    node: Node | None = None
    place: str | None = None
    basis: int | None = None
    heading: bool = False
    under: RunningText | None = None
    counted: bool = False
    amends: bool = False
    folded: str = ""
    dates: list[DateMatch] = field(default_factory=list)
    citations: list[CitationMatch] = field(default_factory=list)
    quantities: list[QuantityMatch] = field(default_factory=list)
    first_citation: int = 0
    first_quantity: int = 0
    _reading: Reading | None = None

    def span(self, reader: Reader, start: int, end: int) -> Span:
        """The source span of `text[start:end]`."""
        if self._reading is None:
            self._reading = reader.read(self.at, self.text)
        return self._reading.span(start, end)


def running_texts(doc: Resolution) -> Iterator[RunningText]:
    """The running texts of a resolution in reading order: title, preamble, body, adoption clause, attachments."""
    titles = [b for b in doc.header if b.kind == "title"]
    if titles and doc.meta.title:
        yield RunningText(doc.meta.title, (titles[0].span[0], titles[-1].span[1]))
    preamble = [RunningText(b.text, b.span, basis=n, place=b.id) for n, b in enumerate(doc.preamble.bases)]
    preamble += [RunningText(other.text, other.span) for other in doc.preamble.others]
    if doc.preamble.enacting:
        preamble.append(RunningText(doc.preamble.enacting.text, doc.preamble.enacting.span))
    yield from sorted(preamble, key=lambda item: item.at)
    yield from _of_nodes(doc.body, None)
    for block in doc.closing:
        if block.kind == "adoption":
            yield RunningText(block.text, block.span, counted=True)
    yield from _of_nodes(doc.attachments, None)


def _of_nodes(nodes: Sequence[Node], under: RunningText | None) -> Iterator[RunningText]:
    """The texts of nodes and what they hold; each knows the text that it stands under."""
    above = under
    for node in nodes:
        # A paragraph that a page break cut off goes on with the sibling before it.
        last = above if node.kind == "paragraph" else under
        if node.heading and node.heading_span:
            last = RunningText(node.heading, node.heading_span, node, node.id, heading=True, under=last)
            yield last
        if node.text and node.text_span:
            last = RunningText(node.text, node.text_span, node, node.id, under=last)
            yield last
        above = last
        if node.children:
            yield from _of_nodes(node.children, last)

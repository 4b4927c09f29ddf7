"""Finds in the texts of a resolution what contradicts itself: days that no calendar has, figures that are not what the
words beside them say, quotations that are never closed."""

from __future__ import annotations

from collections.abc import Iterator

from vn_resolution.diagnostics import diagnostic
from vn_resolution.extract.dates import scan_dates
from vn_resolution.extract.quantities import scan_quantities
from vn_resolution.grammar import fold, load_grammar
from vn_resolution.model import Diagnostic, Node, Resolution, Span
from vn_resolution.reading import Reader

_OPEN, _CLOSED = "“", "”"


def word_doubts(doc: Resolution) -> Iterator[Diagnostic]:
    """The doubts about the words of a resolution."""
    reader = Reader(doc.source.text, doc.source.artifacts)
    grammar = load_grammar()
    for text, place in _texts(doc):
        folded = fold(text)
        dates = scan_dates(text, folded, grammar)
        reading = None
        for date in dates:
            if not date.valid:
                reading = reading or reader.read(place)
                yield diagnostic("V001", reading.span(date.start, date.end), text=text[date.start : date.end])
        for quantity in scan_quantities(text, folded, grammar, [(date.start, date.end) for date in dates]):
            if quantity.doubt == "V004":
                reading = reading or reader.read(place)
                shown = text[quantity.start : quantity.end]
                yield diagnostic("V004", reading.span(quantity.start, quantity.end), text=shown)
    for top in (*doc.body, *doc.attachments):
        yield from _open_quotes(top, reader)


def _texts(doc: Resolution) -> Iterator[tuple[str, Span]]:
    for basis in doc.preamble.bases:
        yield basis.text, basis.span
    for block in (*doc.preamble.others, *doc.closing):
        yield block.text, block.span
    for node in doc.walk():
        if node.heading and node.heading_span:
            yield node.heading, node.heading_span
        if node.text and node.text_span:
            yield node.text, node.text_span


def _open_quotes(top: Node, reader: Reader) -> Iterator[Diagnostic]:
    """Opening marks without a closing one before the end of the unit."""
    waiting: list[Span] = []
    for node in top.walk():
        label = (node.span[0], node.span[0] + len(node.marker or ""))
        for text, place in ((node.marker, label), (node.heading, node.heading_span), (node.text, node.text_span)):
            if not text or place is None or (_OPEN not in text and _CLOSED not in text):
                continue
            reading = reader.read(place)
            for at, sign in enumerate(reading.text):
                if sign == _OPEN:
                    waiting.append(reading.span(at, at + 1))
                elif sign == _CLOSED and waiting:
                    waiting.pop()
    for span in waiting:
        yield diagnostic("N005", span)


__all__ = ["word_doubts"]

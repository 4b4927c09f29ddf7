"""Finds what a resolution lacks or contradicts: missing parts, dates in the wrong order, references that lead nowhere.
What the parser noted is among it; of a document that no parser has read, so is what one would have noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Block, Diagnostic, Node, Resolution, Span
from vn_resolution.render.akn_fresh import MEDIA_TYPE
from vn_resolution.render.lint_numbering import numbering_doubts
from vn_resolution.render.lint_words import word_doubts
from vn_resolution.render.xml import full_date

_YEAR: Final = re.compile(r"/\s*((?:19|20)[0-9]{2})(?![0-9])")
_APPENDIX: Final = "phu_luc"


def doubts_about(doc: Resolution) -> list[Diagnostic]:
    """All doubts about a resolution, each once and with its place, where it is about one."""
    places = _Places(doc)
    found: dict[tuple[str, Span | None, str], Diagnostic] = {}
    for doubt in (*doc.diagnostics, *_all(doc)):
        placed = doubt if doubt.span is not None else doubt.model_copy(update={"span": places.of(doubt)})
        found.setdefault((doubt.code, placed.span, doubt.message), placed)
    return list(found.values())


class _Places:
    """Where a person looks for what a doubt without a place is about: a part that is missing is missed at an empty
    place, where it would stand."""

    def __init__(self, doc: Resolution) -> None:
        self._blocks = {block.kind: block.span for block in reversed((*doc.header, *doc.closing))}
        tops: list[Node | Block] = [*doc.body, *doc.closing]
        self._body = min((part.span[0] for part in tops), default=len(doc.source.text))
        self._end = max((part.span[1] for part in tops), default=len(doc.source.text))
        last = next((node for node in reversed(doc.body) if node.kind == "article"), None)
        self._last = last.own if last else None
        self._title = doc.header[0].span[0] if doc.header else 0

    def of(self, doubt: Diagnostic) -> Span | None:
        """The place; None for a doubt about the file as a whole."""
        code, blocks = doubt.code, self._blocks
        if code in ("D001", "D005"):
            return (self._title, self._title)
        if code in ("D002", "D003"):
            return (self._body, self._body)
        if code in ("D004", "D006", "D007"):
            return (self._end, self._end)
        if code in ("V006", "V009"):
            return blocks.get("place_date" if code == "V006" else "number", (self._title, self._title))
        if code in ("V007", "V008"):
            return self._last
        return None


def _all(doc: Resolution) -> Iterator[Diagnostic]:
    yield from _parts(doc)
    yield from _dates(doc)
    yield from _references(doc)
    if doc.source.media_type == MEDIA_TYPE:  # no parser has read it
        yield from numbering_doubts(doc)
        yield from word_doubts(doc)


def _parts(doc: Resolution) -> Iterator[Diagnostic]:
    """What every resolution has."""
    meta = doc.meta
    cut_off = any(doubt.code == "D004" for doubt in doc.diagnostics)
    if doc.preamble.enacting is None:
        yield diagnostic("D002")
    for field, value in (("number", meta.number), ("date", meta.issued), ("title", meta.title)):
        if value is None:
            yield diagnostic("D005", field=field)
    if meta.adopted is None and not cut_off and all(block.kind != "adoption" for block in doc.closing):
        yield diagnostic("D006")
    if not meta.signers and not cut_off:
        yield diagnostic("D007")


def _dates(doc: Resolution) -> Iterator[Diagnostic]:
    """The dates of a resolution against each other: it is adopted, issued, enters into force, leaves it."""
    meta = doc.meta
    issued, adopted = full_date(meta.issued), full_date(meta.adopted)
    begin, end = full_date(meta.effective_from), full_date(meta.effective_to)
    if issued and adopted and issued < adopted:
        yield diagnostic("V006", issued=issued, adopted=adopted)
    if begin and adopted and begin < adopted:
        yield diagnostic("V007", begin=begin, adopted=adopted)
    if begin and end and end < begin:
        yield diagnostic("V008", begin=begin, end=end)
    year, own = _YEAR.search(meta.number or ""), issued or adopted
    if year and own and year[1] != own[:4]:
        yield diagnostic("V009", number=meta.number, date=own)


def _references(doc: Resolution) -> Iterator[Diagnostic]:
    """References to units that are not there, and to documents that were not there yet."""
    own = full_date(doc.meta.issued) or full_date(doc.meta.adopted)
    for citation in doc.citations:
        named = citation.provision or citation.type == _APPENDIX or doc.source.media_type == MEDIA_TYPE
        if citation.internal and citation.target is None and named:
            yield diagnostic("R001", citation.span, text=citation.text)
        date = full_date(citation.date)
        if date and own and date > own and not citation.internal:
            yield diagnostic("R002", citation.span, text=citation.text, date=date, own=own)


__all__ = ["doubts_about"]

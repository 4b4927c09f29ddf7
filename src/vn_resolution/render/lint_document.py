"""Finds what a resolution lacks or contradicts: missing parts, dates in the wrong order, references that lead nowhere.
What the parser noted is among it; of a document that no parser has read, so is what one would have noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic, Resolution
from vn_resolution.render.akn_fresh import MEDIA_TYPE
from vn_resolution.render.lint_numbering import numbering_doubts
from vn_resolution.render.lint_words import word_doubts
from vn_resolution.render.xml import full_date

_YEAR: Final = re.compile(r"/\s*((?:19|20)[0-9]{2})(?![0-9])")
_APPENDIX: Final = "phu_luc"


def doubts_about(doc: Resolution) -> list[Diagnostic]:
    """All doubts about a resolution, each once."""
    found = list(doc.diagnostics)
    seen = {(doubt.code, doubt.span, doubt.message) for doubt in found}
    for doubt in _all(doc):
        key = (doubt.code, doubt.span, doubt.message)
        if key not in seen:
            seen.add(key)
            found.append(doubt)
    return found


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

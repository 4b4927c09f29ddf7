"""Turns a Word document (DOCX) into its text as Word shows it: automatic labels computed, tracked changes accepted,
hidden text left out, tables row by row, notes at the end."""

from __future__ import annotations

import hashlib

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic, Source
from vn_resolution.sources.docx_body import BodyReader
from vn_resolution.sources.docx_styles import DocxStyles
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.fonts import mended
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits
from vn_resolution.sources.numbering import Numbering
from vn_resolution.sources.package import Package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))
_HARDLY_ANY = 200
"""Characters of text below which a document with pictures is most likely a scan."""


def read_docx(data: bytes, name: str = "the input", limits: Limits = DEFAULT_LIMITS) -> Extract:
    """The text of a DOCX (also DOCM, DOTX; both dialects of ISO/IEC 29500). Headers and footers are no text.

    The labels that Word computes are in `generated`; inside the cells of data tables they are part of the text.
    Raises EncryptedSource, DamagedSource, SourceTooLarge, UnsupportedType.
    """
    package = Package(data, name, limits)
    related = package.related(package.main)
    theme = package.tree(related["theme"]) if "theme" in related else None
    styles = DocxStyles(package.tree(related.get("styles", "word/styles.xml")), theme)
    numbering = Numbering(package.tree(related.get("numbering", "word/numbering.xml")), styles)
    body = BodyReader(styles, numbering)
    package.play(package.main, body)
    for relation, kind in _NOTES:
        part = related.get(relation)
        if body.wants(kind) and part and package.has(part):
            package.play(part, body)
    body.finish()
    page, mends = mended(body.sheet.laid_out())
    source = Source(name=name, media_type=MEDIA_TYPE, sha256=hashlib.sha256(data).hexdigest(), text=page.text)
    return Extract(source, (*_doubts(body, numbering, page.text), *mends), page.labels, page.tables, page.merged)


def _doubts(body: BodyReader, numbering: Numbering, text: str) -> list[Diagnostic]:
    found = [diagnostic("S010", reason=reason) for reason in numbering.faults]
    if not text.strip():
        found.append(diagnostic("S002"))
    if body.changes:
        found.append(diagnostic("S011"))
    if body.pictures and len(text) < _HARDLY_ANY:
        found.append(diagnostic("S012", count=body.pictures))
    found += [diagnostic("S013", what=what) for what in sorted(body.foreign)]
    return found + body.fonts.doubts()

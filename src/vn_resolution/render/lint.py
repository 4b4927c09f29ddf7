"""Finds what is wrong with a resolution or with an Akoma Ntoso document, as numbered findings: what the parser doubted,
what the document lacks or contradicts, and in XML what the schema cannot see."""

from __future__ import annotations

from bisect import bisect_right

from vn_resolution.diagnostics import Finding, diagnostic, finding
from vn_resolution.errors import UnreadableSource
from vn_resolution.model import Resolution, Span
from vn_resolution.render.akn_parse import read_xml
from vn_resolution.render.akn_reader import from_akn
from vn_resolution.render.lint_document import doubts_about
from vn_resolution.render.lint_markup import lines_of, markup_findings


def lint(source: Resolution | bytes) -> tuple[Finding, ...]:
    """The findings about a resolution, or about the bytes of an Akoma Ntoso document and the resolution in it, in the
    order of their places. Whether XML is valid is for `validate_akn` to say.

    What is no Akoma Ntoso at all is one finding (A001); nothing is raised.
    """
    if isinstance(source, Resolution):
        starts = line_starts(source.source.text)
        return _sorted([finding(d, _line(starts, d.span), _eid(source, d.span)) for d in doubts_about(source)])
    try:
        root = read_xml(source)
        doc = from_akn(source)
    except UnreadableSource as error:
        return (finding(diagnostic("A001", None, reason=str(error))),)
    lines = lines_of(root)
    found = list(markup_findings(root))
    for doubt in doubts_about(doc):
        eid = _eid(doc, doubt.span)
        found.append(finding(doubt, lines.get(eid or ""), eid))
    return _sorted(found)


def lint_akn(data: bytes) -> tuple[Finding, ...]:
    """The findings about the markup of an Akoma Ntoso document alone (codes A0…): references, eIds, language, IRIs,
    dates. Raises UnreadableSource for what is none."""
    return _sorted(list(markup_findings(read_xml(data))))


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    far = (1 << 62, 0)
    return tuple(sorted(found, key=lambda f: (f.line if f.line is not None else 0, f.span or far, f.code, f.message)))


def _eid(doc: Resolution, span: Span | None) -> str | None:
    node = doc.at(span[0]) if span else None
    return node.id if node else None


def _line(starts: list[int], span: Span | None) -> int | None:
    return bisect_right(starts, span[0]) if span else None


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of a text begin."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


__all__ = ["Finding", "line_starts", "lint", "lint_akn"]

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
        starts, units = line_starts(source.source.text), _Units(source)
        return _sorted([finding(d, _line(starts, d.span), units.at(d.span)) for d in doubts_about(source)])
    try:
        root = read_xml(source)
        doc = from_akn(source)
    except UnreadableSource as error:
        return (finding(diagnostic("A001", None, reason=str(error))),)
    lines, units = lines_of(root), _Units(doc)
    found = list(markup_findings(root))
    for doubt in doubts_about(doc):
        eid = units.at(doubt.span)
        found.append(finding(doubt, lines.get(eid or ""), eid))
    return _sorted(found)


def lint_akn(data: bytes) -> tuple[Finding, ...]:
    """The findings about the markup of an Akoma Ntoso document alone (codes A0…): references, eIds, language, IRIs,
    dates. Raises UnreadableSource for what is none."""
    return _sorted(list(markup_findings(read_xml(data))))


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    far = (1 << 62, 0)
    return tuple(sorted(found, key=lambda f: (f.line if f.line is not None else 0, f.span or far, f.code, f.message)))


class _Units:
    """The units of a resolution by their places: `Resolution.at` for many offsets."""

    def __init__(self, doc: Resolution) -> None:
        nodes = sorted(doc.walk(), key=lambda node: (node.span[0], -node.span[1]))
        self._starts = [node.span[0] for node in nodes]
        self._nodes: list[tuple[int, str, int]] = []  # end, id, number of the unit around it
        open_: list[int] = []
        for number, node in enumerate(nodes):
            while open_ and self._nodes[open_[-1]][0] <= node.span[0]:
                open_.pop()
            self._nodes.append((node.span[1], node.id, open_[-1] if open_ else -1))
            open_.append(number)

    def at(self, span: Span | None) -> str | None:
        """The id of the innermost unit at the beginning of a place."""
        number = bisect_right(self._starts, span[0]) - 1 if span else -1
        while span and number >= 0:
            end, id_, around = self._nodes[number]
            if span[0] < end:
                return id_
            number = around
        return None


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

"""Puts a marker that stands alone on its line, or was broken in two, together with the line that it opens."""

from __future__ import annotations

from vn_resolution.structure.labels import LabelReader, opening_quote
from vn_resolution.structure.line import Line

_MAX_MARKER = 14
_DIVISIONS = ("part", "chapter", "section", "subsection")


def glue(lines: list[Line], labels: LabelReader) -> list[Line]:
    """The lines, with "2." / "-" / "Điều" / "Phụ" joined to the text below ("1. Quy định …", "lục I"), and
    "Chương" to the "III" below it."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and len(last.text) <= _MAX_MARKER
            and line.table < 0
            and last.table < 0
            and _is_marker(last, line, labels)
        ):
            joined[-1] = last.joined(line)
        else:
            joined.append(line)
    return joined


def _is_marker(last: Line, line: Line, labels: LabelReader) -> bool:
    if line.blank > 2 or last.text.count(" ") > 1:
        return False
    quotes = opening_quote(last.text)
    if last.low == "phụ" and line.low.startswith("lục"):
        return True
    joined = last.text + " " + line.text
    low = last.low + " " + line.low
    size = len(last.text)
    if any(label.end < size for label in labels.read(last.text, last.low, quotes)):
        return False
    if line.blank and (not line.text[0].isupper() or labels.read(line.text, line.low)):
        return False
    return any(
        (size <= label.end <= size + 1 and label.kind not in _DIVISIONS and label.kind != "article")
        or (label.end > size + 1 and label.kind == "article" and not line.blank and not label.weak)
        or (label.end == len(joined) > size + 1 and label.kind in _DIVISIONS and not line.blank)
        for label in labels.read(joined, low, quotes)
    )

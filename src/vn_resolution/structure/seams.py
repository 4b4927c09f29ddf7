"""Puts a marker that stands alone on its line, or was broken in two, together with the line that it opens."""

from __future__ import annotations

from collections.abc import Mapping

from vn_resolution.grammar import Rule
from vn_resolution.structure.labels import LabelReader, opening_quote
from vn_resolution.structure.line import Line

_MAX_MARKER = 14
_DIVISIONS = ("part", "chapter", "section", "subsection")
_FRAME = (
    "national_title", "issuer", "base_can_cu", "base_xet", "base_theo", "base_thuc_hien", "base_sau_khi",
    "base_tren_co_so", "enacting", "enacting_clause", "adoption", "this_resolution", "recipients_label", "role",
)  # fmt: skip


def glue(lines: list[Line], labels: LabelReader, rules: Mapping[str, Rule]) -> list[Line]:
    """The lines, with "2." / "-" / "Điều" / "Phụ" joined to the text below ("1. Quy định …", "lục I"), "Chương" to the
    "III" below it, and the first word of a phrase that frames a resolution to the rest of it ("Căn", "cứ Luật …")."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and len(last.text) <= _MAX_MARKER
            and line.table < 0
            and last.table < 0
            and (_is_marker(last, line, labels) or _is_cut(last, line, rules))
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


def _is_cut(last: Line, line: Line, rules: Mapping[str, Rule]) -> bool:
    """Whether a word alone on its line begins a phrase of the frame that goes on in the line below it."""
    if line.blank or line.page or not last.text.isalpha():
        return False
    text, low = f"{last.text} {line.text}", f"{last.low} {line.low}"
    if last.text.istitle() and rules["place_date"].find(line.text, line.low):
        return rules["place_date"].find(text, low) is not None
    return any(
        rule.find(text, low) and not rule.find(last.text, last.low) and not rule.find(line.text, line.low)
        for rule in (rules[key] for key in _FRAME)
    )

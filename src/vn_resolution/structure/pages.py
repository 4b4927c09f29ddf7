"""Finds page furniture among the lines: page numbers, and the running headers that stand beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from vn_resolution.grammar import Rule
from vn_resolution.structure.line import Line

_LONGEST_NUMBER = 24
_LONGEST_HEADER = 90
_LARGEST_STEP = 3


def page_furniture(lines: Sequence[Line], rules: Mapping[str, Rule]) -> dict[int, str]:
    """The indices of the lines that are page furniture, with their artifact kinds."""
    found = _page_numbers(lines, rules["page_number"])
    if found:
        _running_headers(lines, rules["running_header"], found)
    _loose_headers(lines, rules["running_header"], found)
    return found


def _page_numbers(lines: Sequence[Line], rule: Rule) -> dict[int, str]:
    """Page numbers count on, and stand loose or in the middle of a sentence."""
    found: dict[int, str] = {}
    last = 0
    for k, line in enumerate(lines):
        if len(line.text) > _LONGEST_NUMBER or line.table >= 0:
            continue
        match = rule.regex.fullmatch(line.low)
        if not match:
            continue
        worded = match["worded"] is not None
        number = int(match["number"] or match["worded"] or match["of"])
        loose = line.blank or line.page or k + 1 == len(lines) or lines[k + 1].blank or lines[k + 1].page
        labels = line.text[-1] in ".)" and k + 1 < len(lines) and not lines[k + 1].blank
        if labels and not _breaks_sentence(lines, k):
            continue  # the line below
        in_step = last < number <= last + _LARGEST_STEP if last else number <= _LARGEST_STEP or line.page
        if worded or (in_step and (loose or _breaks_sentence(lines, k))):
            found[k] = "page_number"
            last = number
    return found


def _running_headers(lines: Sequence[Line], rule: Rule, found: dict[int, str]) -> None:
    """Adds the lines beside page numbers that are known furniture, or that several pages repeat to the letter."""
    beside = sorted({k + step for k in found for step in (-1, 1)} - found.keys())
    beside = [k for k in beside if 0 <= k < len(lines) and len(lines[k].text) < _LONGEST_HEADER and lines[k].table < 0]
    counts = Counter(lines[k].text for k in beside)
    for k in beside:
        line = lines[k]
        repeated = counts[line.text] > 1 and line.text[-1] not in ".;,:" and line.low[0] not in "-+*"
        if repeated or rule.find(line.text, line.low):
            found[k] = "running_header"


def _loose_headers(lines: Sequence[Line], rule: Rule, found: dict[int, str]) -> None:
    """Adds the running headers that are known by their words and stand apart, where no page number is left."""
    for k, line in enumerate(lines):
        if (
            (k == 0 or line.blank or line.page)
            and (k + 1 == len(lines) or lines[k + 1].blank or lines[k + 1].page)
            and len(line.text) < _LONGEST_HEADER
            and line.text[-1] not in ".;,:"
            and rule.find(line.text, line.low)
        ):
            found[k] = "running_header"


def _breaks_sentence(lines: Sequence[Line], k: int) -> bool:
    """Whether the line before runs on in the line after: what stands between is a page break."""
    if k == 0 or k + 1 >= len(lines):
        return False
    return lines[k - 1].text[-1:] not in ".;:!?" and lines[k + 1].text[:1].islower()

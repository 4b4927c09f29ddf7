"""Finds where in a sentence the words of one value end and those of the next begin, and what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vn_resolution.extract.indicator_names import names_measure, read_left, strip_lead
from vn_resolution.extract.indicator_rules import Amount
from vn_resolution.extract.indicator_words import Words, prefix

_BLANK = "\x00"
_PARENTHESIS = re.compile(r"[()]")
_JOINT = re.compile(r" ?(?:,|;)? ?(?:và )?")
_NAMES = re.compile(r", (?:và )?| và ")


def brackets(folded: str, start: int, end: int) -> tuple[list[tuple[int, int]], str]:
    """The insides of the outermost brackets in `[start, end)`, and the text with them blanked."""
    groups: list[tuple[int, int]] = []
    depth = 0
    opened = start
    for match in _PARENTHESIS.finditer(folded, start, end):
        if match[0] == "(":
            if depth == 0:
                opened = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                groups.append((opened, match.start()))
    mask = folded
    for a, b in groups:
        mask = mask[:a] + _BLANK * (b - a) + mask[b:]
    return groups, mask


def dealt_out(name: str, mask: str, amount: Amount, amounts: Sequence[Amount]) -> dict[int, str]:
    """Which of the names joined in `name` each value has, by the value's index, where this one and those right behind
    it go to them one by one; {} where there are not as many."""
    names = _NAMES.split(name)
    run = [amount]
    for following in amounts:
        if following.start > amount.start and len(run) < len(names):
            if not _JOINT.fullmatch(mask, run[-1].end, following.start):
                break
            run.append(following)
    return {a.index: n for a, n in zip(run, names, strict=True)} if len(run) == len(names) > 1 else {}


def sizes(folded: str, groups: Sequence[tuple[int, int]], amounts: Sequence[Amount], words: Words) -> set[int]:
    """The amounts that stand alone in a bracket before a verb and tell how big it is what is named there ("đường A - B
    (26,8 km) đạt 45 %")."""
    found: set[int] = set()
    for start, end in groups:
        inside = [a for a in amounts if start <= a.start < end]
        if len(inside) != 1 or inside[0].kind != "measure" or folded[inside[0].end : end].strip():
            continue
        behind = prefix(folded, end + 2, len(folded), words.predicates)
        said = behind >= 0 and words.changes[folded[end + 2 : behind]] is not None
        if said and words.size.fullmatch(folded, start, inside[0].start):
            found.add(inside[0].index)
    return found


def seam(mask: str, amount: Amount, end: int, words: Words) -> tuple[int, int]:
    """Where, between two values, the words of the first end and those of the second begin."""
    start = amount.end
    gap = mask[start:end]
    match = words.joined_end.search(gap)
    if match:
        return start + match.start(), start + match.end("joiner")
    match = words.conjunction.match(gap) or _new_measure(gap, words) or _separator(gap, amount, words)
    if match:
        return start + match.start(), start + (match.end() if match.end() - match.start() < 5 else match.start())
    match = words.conjunction.search(gap)
    if match:
        return start + match.start(), start + match.end()
    match = words.measure_gap.match(gap)
    if match:
        return start + match.end("of"), start + match.end("of")
    left = read_left(gap, 0, len(gap), words)
    cut = start + left.end if left.predicate else end
    return cut, cut


def _new_measure(gap: str, words: Words) -> re.Match[str] | None:
    """The first sign behind which the name of the next measure opens, or its parts ("…, trong đó")."""
    signs = sorted((*words.separator.finditer(gap), *words.conjunction.finditer(gap)), key=re.Match.start)
    for match in signs:
        at, led, _ = strip_lead(gap, match.start(), len(gap), words)
        if names_measure(gap, at, len(gap), words) or any(word in led for word in words.within_words):
            return match
    return None


def _separator(gap: str, amount: Amount, words: Words) -> re.Match[str] | None:
    """The first sign that parts two values; no comma in a list of those counted ("145 xã, phường, | trong đó")."""
    found = list(words.separator.finditer(gap))
    listing = amount.counted and gap.startswith(",")
    for match in found[:-1] if listing else ():
        if match[0] != "," or prefix(gap, match.end() + 1, len(gap), words.list_nouns) < 0:
            return match
    return found[-1 if listing else 0] if found else None

"""Reads the verbs with which a statement says what is brought about: "tiếp tục trồng mới", "cải tạo, nâng cấp"."""

from __future__ import annotations

import re

from vn_resolution.extract.indicator_words import Words, prefix

_JOINED = re.compile(r" ?, | và | hoặc | ")
_MAX_VERBS = 6


def action_end(folded: str, start: int, end: int, words: Words) -> int:
    """Where the verbs end that a phrase opens with, or -1 where it opens with none that brings something about."""
    return _chain(folded, start, end, words)[0]


def sets_target(name: str, words: Words) -> bool:
    """Whether a folded name opens with a verb with which a task says what there shall be."""
    return _chain(name, 0, len(name), words)[1]


def only_verbs(folded: str, start: int, end: int, words: Words) -> bool:
    """Whether a phrase is verbs and nothing else ("cải tạo" of "cải tạo, nâng cấp 20 km đường")."""
    return action_end(folded, start, end, words) >= end > start


def _chain(folded: str, start: int, end: int, words: Words) -> tuple[int, bool]:
    """(where the chain of verbs ends, whether one of them sets a target)."""
    at, last, strong = start, -1, False
    for _ in range(_MAX_VERBS):
        stop = max(prefix(folded, at, end, words.outputs), prefix(folded, at, end, words.helpers))
        if stop < 0 or prefix(folded, at, end, words.no_verbs) >= stop:
            break
        verb = folded[at:stop]
        tail = prefix(folded, stop + 1, end, words.verb_tails) if stop + 1 < end else -1
        if verb in words.outputs:
            last, strong = max(stop, tail), strong or verb not in words.weak_outputs
        joined = _JOINED.match(folded, max(stop, tail), end)
        if joined is None:
            break
        at = joined.end()
    return last, strong

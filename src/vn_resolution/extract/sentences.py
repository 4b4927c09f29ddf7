"""Cuts the running text of a resolution into sentences, knowing its abbreviations, enumerators, decimals and quotes."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.grammar import Grammar, fold, load_grammar

NUMERAL = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}|[a-zđ])"
"""What the label of an item is made of, in folded text, where the structure did not know it: "1.2", "iv", "đ"."""

# One set of characters comes first, so that the search runs from mark to mark; the second branch is a lost space.
_STOP = re.compile(r"[.!?…](?:(?:\.{0,2}|/\.)[”\"’')\]]*\s+(?=[“\"‘'(\[]?(\w))|(?<=\w[\w%]\.)(?=([^\W\d_])[^\W\d_]))")
_NEXT_LABEL = re.compile(r"\d{1,2}[.)]\s+(?=[^\W\d_])")
_CLOSED = re.compile(r"\([^()]{0,600}\)|“[^“”]{0,900}”|\"[^\"\n]{0,300}\"|\[[^\[\]]{0,300}\]")
_LAST_WORD = re.compile(r"[^\s(\[“\"‘]+\Z")
_LABEL = re.compile(rf"(?:^|[.:;!?…])\s*\(?{NUMERAL}\)?\Z")
_LOOK_BACK = 40

LABEL = re.compile(r"[^;.:()]{2,90}:\s+")
"""What a sentence may be put under: "Về giống: …", "Sở Y tế: …"; with the space behind it."""


def split_sentences(text: str, grammar: Grammar | None = None) -> list[tuple[int, int]]:
    """The `[start, end)` of each sentence of a text whose white space is folded, without the space between them.

    A sentence ends in "." "!" "?" or "…" before a capital or a digit. Full stops of abbreviations (TP. Huế), of labels
    ("1. Giao …"), of numbers ("9. 878") and inside brackets or quotation marks end none.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    closed: list[tuple[int, int]] | None = None
    words: _Words | None = None
    for match in _STOP.finditer(text):
        following = match[1] or match[2]
        if not (following.isupper() or following.isdigit()):
            continue
        if match[2] and not _lost_space(text, match.start()):
            continue
        if words is None:
            words = _words(grammar or load_grammar())
            closed = [m.span() for m in _CLOSED.finditer(text)]
        if _inside(match.start(), closed or []):
            continue
        before = text[max(begin, match.start() - _LOOK_BACK) : match.start()]
        numbered = following.isdigit() and _NEXT_LABEL.match(text, match.end()) is not None
        if match[0][0] == "." and match[0][1:2] != "." and _is_no_end(before, following, words, numbered):
            continue
        end = match.start() + len(match[0].rstrip())
        spans.append((begin, end))
        begin = match.end()
    if text[begin:].strip():
        spans.append((begin + len(text[begin:]) - len(text[begin:].lstrip()), len(text.rstrip())))
    return spans


def _lost_space(text: str, at: int) -> bool:
    """Whether the full stop between two words at `at` ends a sentence: "hiệu quả.Tập trung", not "TP.Huế"."""
    ended = text[at - 2 : at].islower() or text[at - 1] == "%" or text[max(0, at - 4) : at].isdecimal()
    return ended and text[at + 2].islower()


def _is_no_end(before: str, following: str, words: _Words, numbered: bool) -> bool:
    """Whether the full stop after `before` belongs to an abbreviation, a label or a number; `numbered` = the figure
    that follows is the label of the next sentence."""
    word = _LAST_WORD.search(before)
    if word is None:
        return bool(before.strip() == "")
    last = fold(word[0])
    if last.rsplit(".", 1)[-1] in words.abbreviations or last in words.abbreviations:
        return True
    if following.isdigit() and last[-1].isdigit() and not numbered:
        return True
    low = fold(before)
    if last[-1].isdigit() and words.reference.search(low):
        return False
    return _LABEL.search(low) is not None


def _inside(at: int, closed: list[tuple[int, int]]) -> bool:
    before = bisect_left(closed, (at,))
    return before > 0 and at < closed[before - 1][1] - 1


@dataclass(frozen=True, slots=True)
class _Words:
    abbreviations: frozenset[str]
    reference: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(grammar: Grammar) -> _Words:
    return _Words(
        frozenset(fold(word) for word in grammar.words("tasks", "abbreviations")),
        grammar.rules("tasks", "reference")["reference"].regex,
    )

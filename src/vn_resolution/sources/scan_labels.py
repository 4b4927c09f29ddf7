"""Puts right the labels of units that a recogniser misread ("H." for "II.", "d)" for "đ)"), by what they follow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from vn_resolution.grammar import load_grammar
from vn_resolution.sources.pdf_columns import Line, PageItems
from vn_resolution.sources.pdf_words import Word

_LABEL = re.compile(r"(?P<open>[(“\"]{0,2})(?P<num>[^\s.,)]{1,4})(?P<close>[.,)])")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_SURE = 96.0
"""The confidence from which on a label is taken as it was read unless it repeats the one before."""


def mend_labels(pages: Iterable[PageItems]) -> None:
    """Corrects the first words of lines in place; `Word.seen` keeps what was read."""
    last: dict[str, int] = {}
    met: dict[str, list[tuple[int, Line]]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, Line) and len(item.words) > 1:
                _mend(item, last)
                for style, place in _places_of(item):
                    met.setdefault(style, []).append((place, item))
    for found in met.values():
        _fill_gaps(found)


def _fill_gaps(found: list[tuple[int, Line]]) -> None:
    """A doubtful label between two that leave room for just one ("4.", "9.", "6.") is that one."""
    for k in range(1, len(found) - 1):
        (before, _), (place, line), (after, _) = found[k - 1 : k + 2]
        match = _LABEL.fullmatch(line.words[0].text)
        if before + 2 != after or place == before + 1 or line.words[0].confidence >= _SURE or match is None:
            continue
        if match["num"].isdigit():
            word = line.words[0]
            word.seen, word.text = word.seen or word.text, f"{match['open']}{before + 2}{match['close']}"
            line.text = " ".join(w.text for w in line.words)
            found[k] = (before + 1, line)


def _places_of(line: Line) -> list[tuple[str, int]]:
    match = _LABEL.fullmatch(line.words[0].text)
    return _places(match["num"], match["close"]) if match is not None else []


def _mend(line: Line, last: dict[str, int]) -> None:
    word = line.words[0]
    match = _LABEL.fullmatch(word.text)
    if match is None:
        return
    num, close = match["num"], match["close"]
    if close == ",":  # "2, Các Sở …"
        if not num.isdigit() or not line.words[1].text[0].isupper():
            return
        close = "."
    known = _places(num, close)
    if match["close"] == close and any(place == last.get(style, -1) + 1 for style, place in known):
        _note(known, last)
        return
    meant = _meant(word, num, close, known, last, line.words[1].text[0].isupper())
    if meant is None and match["close"] == "," and match["open"]:
        meant = num  # new wording begins with a label: “3, Quy trình …
    if meant is not None and (meant != num or match["close"] != close):
        word.seen, word.text = word.text, match["open"] + meant + close
        line.text = " ".join(w.text for w in line.words)
        known = _places(meant, close)
    _note(known, last)


def _meant(
    word: Word, num: str, close: str, known: list[tuple[str, int]], last: dict[str, int], opens: bool
) -> str | None:
    """The label that was printed, where it follows on; or where what was read is no label at all."""
    if any(place == last.get(style, -1) + 1 for style, place in known):
        return num
    candidates = _confusions().get(num, ())
    likely = [(style, place) for style, place in known if style != "upper"]
    repeated = any(place == last.get(style, -1) for style, place in likely)
    if word.confidence < _SURE or repeated or not likely:
        for meant in candidates:
            if any(place == last.get(style, -1) + 1 and place > 0 for style, place in _places(meant, close)):
                return meant
    if likely or not opens or not candidates:
        return None
    return candidates[0] if not known or candidates[0] in _ROMANS else None


def _note(places: list[tuple[str, int]], last: dict[str, int]) -> None:
    for style, place in places:
        last[style] = place
        if style in ("roman", "upper"):  # what stands under it counts afresh
            for lower in ("arabic.", "arabic)", "letter)", "letter."):
                last.pop(lower, None)
        elif style.startswith("arabic"):
            last.pop("letter)", None)
            last.pop("letter.", None)


def _places(num: str, close: str) -> list[tuple[str, int]]:
    """The lists that this label may stand in, and its place in each, from 0."""
    found: list[tuple[str, int]] = []
    if num in _ROMANS and close == ".":
        found.append(("roman", _ROMANS.index(num)))
    if num.isdigit() and num[0] != "0":
        found.append(("arabic" + close, int(num) - 1))
    if len(num) == 1 and "A" <= num <= "Z" and close == ".":
        found.append(("upper", ord(num) - ord("A")))
    if num in _alphabet():
        found.append(("letter" + close, _alphabet().index(num)))
    return found


@cache
def _alphabet() -> tuple[str, ...]:
    return tuple(load_grammar().file("markers")["alphabets"]["vietnamese"])


@cache
def _confusions() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for table in load_grammar().file("scan")["confusion"]:
        for seen in table["seen"]:
            found[seen] = (*found.get(seen, ()), *table["may_be"])
    return found

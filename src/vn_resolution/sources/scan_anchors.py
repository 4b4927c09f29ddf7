"""Puts right the lines that every resolution prints in the same words, where a recogniser lost marks of theirs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from vn_resolution.grammar import load_grammar
from vn_resolution.sources.pdf_columns import Line, PageItems
from vn_resolution.sources.pdf_tables import Table

_DOUBTFUL = 85.0
_SPECK, _SPECK_DOUBT = 4, 65.0
_LONGEST_HEAD = 14
_SHORTEST_FUZZY = 8
"""Letters from which on a line may differ by a letter too."""


def mend_anchors(pages: Iterable[PageItems]) -> None:
    """Corrects the words of such lines in place; `Word.seen` keeps what was read."""
    for page in pages:
        for item in page.items:
            if isinstance(item, Line) and len(item.text) < 90:
                _mend(item)
        _mend_head_of_list([item for item in page.items if isinstance(item, Line) and item.column])


def drop_specks(pages: Iterable[PageItems]) -> None:
    """Takes out lines of a few doubtful characters: dirt, strokes of a signature, marks torn off their letters."""
    for page in pages:
        kept: list[Line | Table] = []
        for item in page.items:
            if (
                isinstance(item, Line)
                and len("".join(w.text for w in item.words)) <= _SPECK
                and _doubt(item) < _SPECK_DOUBT
            ):
                page.page.lost["specks"] += len(item.words)
            else:
                kept.append(item)
        page.items = kept


def _doubt(line: Line) -> float:
    return sum(word.confidence for word in line.words) / len(line.words)


def _mend(line: Line) -> None:
    anchor = _anchor_of(line.text)
    if anchor is None:
        return
    words = anchor.split()
    if words[-1] == "*":
        words.pop()
    elif len(words) != len(line.words):  # letters torn apart: "(Ð ã ký)"
        _replace(line, anchor)
        return
    for word, meant in zip(line.words, words, strict=False):
        if word.text != meant:
            word.seen, word.text = word.text, meant
    line.text = " ".join(word.text for word in line.words)


def _mend_head_of_list(lines: list[Line]) -> None:
    """The head of the recipients, where it is beyond recognition: known by the list below and the signature beside."""
    anchors = load_grammar().file("scan")["anchors"]
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for number, left in columns.items():
        right = columns.get(number + 1)
        if not right or len(left) < 2 or not right[0].text.startswith(tuple(anchors["signatures"])):
            continue
        head = left[0]
        doubtful = _doubt(head) < _DOUBTFUL
        if doubtful and len(head.text) <= _LONGEST_HEAD and left[1].text[0] == "-" and head.text[0] != "-":
            _replace(head, anchors["head_of_list"])


def _replace(line: Line, text: str) -> None:
    """Puts one word in place of all of a line's."""
    whole = line.words[0]
    whole.seen, whole.text, whole.x1 = line.text, text, line.x1
    line.words[:] = [whole]
    line.text = text


def _anchor_of(text: str) -> str | None:
    """The anchor that a line is, word for word, but for marks or one letter."""
    words = _bare(text).split()
    squeezed = "".join(words)
    for anchor, wanted, open_ended in _anchors().get(words[0][:1] if words else "", ()):
        if text.isupper() != anchor.isupper():
            continue
        if squeezed == "".join(wanted) and len(words) > len(wanted):
            return anchor
        if len(words) < len(wanted) or (len(words) > len(wanted) and not open_ended):
            continue
        seen = " ".join(words[: len(wanted)])
        target = " ".join(wanted)
        if seen == target or (len(target) >= _SHORTEST_FUZZY and not open_ended and _one_apart(seen, target)):
            return anchor
    return None


def _one_apart(a: str, b: str) -> bool:
    """Whether two texts of one length differ in one letter."""
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _bare(text: str) -> str:
    """Without marks, in lower case."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def _anchors() -> dict[str, list[tuple[str, list[str], bool]]]:
    """(anchor, its bare words, whether more may follow), by first letter."""
    found: dict[str, list[tuple[str, list[str], bool]]] = {}
    for anchor in load_grammar().file("scan")["anchors"]["lines"]:
        words = _bare(anchor).split()
        open_ended = words[-1] == "*"
        words = words[:-1] if open_ended else words
        found.setdefault(words[0][0], []).append((anchor, words, open_ended))
    return found

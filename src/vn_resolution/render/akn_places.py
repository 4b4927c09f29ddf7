"""Writes and reads places in the source text as numbers from one place to the next, and the source text itself as what
stands between the words that the document holds anyway.

Both sides are told the same words in the same order. Words that stand in the source letter by letter (a line end in it
may stand for a space) need not be written down again; what lies between them is the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final

from vn_resolution.model import Span

Code = int | list[int]
"""A place: how far it begins behind the end of the one before, or that and its length, where the length is not that of
its words."""

_MOST_BREAKS: Final = 50_000_000


class PlaceWriter:
    """Takes the places in a source text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._cursor = 0
        self._told = 0
        self._candidates = 0
        self._gap: list[str] = []
        self.codes: list[Code] = []
        self.unlike: list[int] = []
        self.breaks: list[int] = []

    def offset(self, at: int) -> None:
        """A single offset."""
        self.codes.append(at - self._cursor)
        self._cursor = at

    def leaf(self, words: str, place: Span) -> None:
        """The place of words."""
        start, end = place
        ahead = start - self._cursor
        self.codes.append(ahead if end - start == len(words) else [ahead, end - start])
        self._cursor = end
        self.words(words, start, end)

    def words(self, words: str, start: int, end: int) -> None:
        """Words that stand at a place which is known without being written."""
        if start < self._told or end - start != len(words) or not words:
            return
        self._candidates += 1
        source = self._source
        if not source.startswith(words, start):
            printed = source[start:end]
            if printed.replace("\n", " ") != words:
                self.unlike.append(self._candidates)
                return
            self._line_ends(printed, words, start)
        self._gap.append(source[self._told : start])
        self._told = end

    def _line_ends(self, printed: str, words: str, start: int) -> None:
        """Notes the line ends in a printed stretch where its words have spaces."""
        at = printed.find("\n")
        while at >= 0:
            if words[at] != "\n":
                self.breaks.append(start + at)
            at = printed.find("\n", at + 1)

    def gap(self) -> str:
        """What stands in the source between the words, from end to end."""
        return "".join([*self._gap, self._source[self._told :]])


class PlaceReader:
    """Gives the places back. Raises ValueError, TypeError or LookupError for codes that do not fit the words."""

    def __init__(self, codes: Sequence[Code], gap: str, unlike: Sequence[int], breaks: Sequence[int]) -> None:
        self._codes: Iterator[Code] = iter(codes)
        self._gap = gap
        self._unlike = frozenset(unlike)
        self._breaks = breaks
        self._cursor = 0
        self._told = 0
        self._used = 0
        self._candidates = 0
        self._pieces: list[str] = []

    def offset(self) -> int:
        """The next single offset."""
        self._cursor += _number(next(self._codes, None))
        return self._cursor

    def leaf(self, words: str) -> Span:
        """The place of the next words."""
        code = next(self._codes, None)
        ahead, length = (code, len(words)) if isinstance(code, int) else _two(code)
        start = self._cursor + ahead
        self._cursor = start + length
        self.words(words, start, self._cursor)
        return start, self._cursor

    def words(self, words: str, start: int, end: int) -> None:
        """Words whose place is known."""
        if start < self._told or end - start != len(words) or not words:
            return
        self._candidates += 1
        if self._candidates in self._unlike:
            return
        self._pieces += (self._take(start - self._told), words)
        self._told = end

    def source(self) -> str:
        """The source text; asked for when all words were told."""
        if next(self._codes, None) is not None:
            raise ValueError("places without words")
        text = "".join([*self._pieces, self._gap[self._used :]])
        if not self._breaks:
            return text
        edges = [*accumulate(self._breaks), len(text)]
        if len(edges) > _MOST_BREAKS or any(a >= b for a, b in pairwise(edges)) or text[edges[0]] != " ":
            raise ValueError("line ends that do not fit")
        return text[: edges[0]] + "".join(["\n" + text[a + 1 : b] for a, b in pairwise(edges)])

    def _take(self, length: int) -> str:
        piece = self._gap[self._used : self._used + length]
        if len(piece) != length:
            raise ValueError("the gap is too short")
        self._used += length
        return piece


def differences(offsets: Sequence[int]) -> list[int]:
    """The first offset and the distance from each to the next."""
    return [b - a for a, b in pairwise([0, *offsets])]


def _number(code: Any) -> int:
    if not isinstance(code, int):
        raise ValueError("no offset")
    return code


def _two(code: Any) -> tuple[int, int]:
    if not isinstance(code, list) or len(code) != 2:
        raise ValueError("no place")
    return _number(code[0]), _number(code[1])


__all__ = ["Code", "PlaceReader", "PlaceWriter", "differences"]

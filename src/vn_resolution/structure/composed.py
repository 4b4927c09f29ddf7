"""A text in NFC, in which the structure is read, and the way between its offsets and those of the text itself."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from vn_resolution.model import Span

_CLUSTERS = re.compile(
    "[^\u0300-\U0010ffff]([\u0300-\u036f]+)(?![\u0300-\U0010ffff])|[^\u0300-\U0010ffff]?[\u0300-\U0010ffff]+"
)
"""Stretches in which letters may compose: no character below U+0300 does so with the one before it. Group 1: the marks
of the one letter that the stretch is."""


class Composed:
    """`text` is `source` in NFC. Each character of it comes from one of the source, but for a letter that was composed:
    it comes from all its parts."""

    __slots__ = ("_sources", "_starts", "text")

    def __init__(self, source: str) -> None:
        # Piece i begins at starts[i] in the text, at sources[i] in the source; within a piece the offsets run in step.
        self._starts: list[int] = []
        self._sources: list[int] = []
        self.text = source if unicodedata.is_normalized("NFC", source) else self._compose(source)

    def _compose(self, source: str) -> str:
        starts, sources, words = self._starts, self._sources, []
        length = done = 0
        for stretch in _CLUSTERS.finditer(source):
            start, end = stretch.span()
            letter = stretch[0]
            composed = unicodedata.normalize("NFC", letter)
            if composed == letter:
                continue
            words.append(source[done:start])
            length += start - done
            done = end
            for begin, stop in [(start, end)] if stretch[1] else _clusters(source, start, end):
                cluster = composed if stretch[1] else unicodedata.normalize("NFC", source[begin:stop])
                words.append(cluster)
                starts.append(length)
                sources.append(begin)
                for k in range(1, len(cluster)):  # marks that compose with nothing stay, behind the letter
                    starts.append(length + k)
                    sources.append(max(begin, stop - len(cluster) + k))
                length += len(cluster)
            starts.append(length)
            sources.append(done)
        words.append(source[done:])
        return "".join(words)

    def span(self, start: int, end: int) -> Span:
        """The span in the source of `text[start:end]`; an empty one is empty there."""
        if not self._starts:
            return (start, end)
        left = self._source(start)
        if end <= start:
            return (left, left)
        piece = bisect_right(self._starts, end) - 1
        if piece >= 0 and self._starts[piece] == end:
            return (left, self._sources[piece])
        return (left, self._source(end - 1) + 1)

    def place(self, offset: int) -> int:
        """The offset in `text` of what stands at this offset of the source."""
        piece = bisect_right(self._sources, offset) - 1
        if piece < 0:
            return offset
        limit = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        return min(self._starts[piece] + offset - self._sources[piece], limit)

    def _source(self, index: int) -> int:
        piece = bisect_right(self._starts, index) - 1
        return index if piece < 0 else self._sources[piece] + index - self._starts[piece]


def _clusters(text: str, start: int, end: int) -> list[Span]:
    """The stretches that compose by themselves: a character with the marks (or Hangul vowel and final) behind it."""
    cuts = [
        at
        for at in range(start + 1, end)
        if not (unicodedata.category(text[at]).startswith("M") or "\u1160" <= text[at] <= "\u11ff")
    ]
    return list(zip([start, *cuts], [*cuts, end], strict=True))

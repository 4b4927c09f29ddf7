"""Turns a stretch of the source into text for reading (NFC, white space folded, artifacts gone) and back to offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from vn_resolution.model import Artifact, Span

SILENT_ARTIFACTS = frozenset({"markdown", "markup", "invisible", "tokenization"})
"""Artifact kinds that vanish without a trace ("D**â**n" reads "Dân"); every other kind reads as a space."""

_STRETCH = re.compile(r"\S+(?:\s\S+)*")
_OTHER_SPACE = re.compile(r"[^\S ]")
_MAY_COMPOSE = re.compile("[\u0300-\u1e9f\u1f00-\U0010ffff]+")
"""Where the characters stand that may compose with the one before them: not among the letters of Vietnamese in NFC."""


class Reading:
    """`text`, made of pieces: `starts[i]` is where piece i begins in `text`, `sources[i]` where it begins in the
    source. Within a piece the offsets run in step (a line end reads as a space), unless it is a composed character,
    which comes from several and is taken whole; a space between two pieces belongs to the end of the first.
    """

    __slots__ = ("_ends", "_sources", "_starts", "text")

    def __init__(self, text: str, starts: list[int], sources: list[int], ends: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._sources = sources
        self._ends = ends

    def span(self, start: int, end: int) -> Span:
        """The source span of `text[start:end]`; an empty stretch has an empty span."""
        if start >= end:
            at = self._source(start) if start < len(self.text) else (self._ends[-1] if self._ends else 0)
            return (at, at)
        piece = bisect_right(self._starts, end - 1) - 1
        limit = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        stop = self._ends[piece]
        if end < limit:
            stop = min(self._sources[piece] + end - self._starts[piece], stop)
        return (self._source(start), stop)

    def position(self, offset: int) -> int:
        """The index in `text` of the first character that comes from this source offset or a later one."""
        piece = bisect_right(self._sources, offset) - 1
        if piece < 0:
            return 0
        if offset >= self._ends[piece]:
            return self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        return self._starts[piece] + offset - self._sources[piece]

    def _source(self, index: int) -> int:
        piece = bisect_right(self._starts, index) - 1
        return min(self._sources[piece] + index - self._starts[piece], self._ends[piece])


class Reader:
    """Reads stretches of one source text whose artifacts are known."""

    def __init__(self, text: str, artifacts: Sequence[Artifact] = ()) -> None:
        self._text = text
        self._artifacts = sorted((a.span[0], a.span[1], a.kind in SILENT_ARTIFACTS) for a in artifacts)
        self._starts = [a[0] for a in self._artifacts]
        self._nfc = unicodedata.is_normalized("NFC", text)

    def text(self, span: Span) -> str:
        """The stretch for reading, without offsets (fast)."""
        pieces = "".join([piece for piece, _ in self._pieces(span)])
        if not self._nfc or not pieces.isascii():
            pieces = unicodedata.normalize("NFC", pieces)
        return " ".join(pieces.split())

    def read(self, span: Span, likely: str = "") -> Reading:
        """The stretch for reading, with offsets; `likely` is what it may well read, which makes it fast."""
        if likely and self._text[span[0] : span[1]] == likely:
            return Reading(likely, [0], [span[0]], [span[1]])
        pieces = self._pieces(span)
        if self._nfc and len(pieces) == 1:
            piece, start = pieces[0]
            text = " ".join(piece.split())
            if len(text) == len(piece):
                return Reading(text, [0], [start], [start + len(text)])
        words: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        ends: list[int] = []
        length = 0
        glued = False
        for piece, start in pieces:
            if start < 0:
                glued = False
                continue
            for word, place in _stretches(piece):
                at = start + place
                if starts and not (glued and place == 0):
                    words.append(" ")
                    length += 1
                words.append(word)
                starts.append(length)
                sources.append(at)
                length += len(word)
                ends.append(at + len(word))
            glued = bool(piece) and not piece[-1].isspace()
        text = "".join(words)
        if (self._nfc and len(starts) == 1) or unicodedata.is_normalized("NFC", text):
            return Reading(text, starts, sources, ends)
        return _compose(text, starts, sources)

    def _pieces(self, span: Span) -> list[tuple[str, int]]:
        """(text, its offset) between artifacts; (" ", -1) for an artifact that reads as a space."""
        start, end = span
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        if first >= 0 and self._artifacts[first][1] > start:
            start = min(end, self._artifacts[first][1])
        if last == first + 1:
            return [(self._text[start:end], start)]
        pieces: list[tuple[str, int]] = []
        for k in range(first + 1, last):
            left, right, silent = self._artifacts[k]
            if left > start:
                pieces.append((self._text[start:left], start))
            if not silent:
                pieces.append((" ", -1))
            start = max(start, right)
        if start < end:
            pieces.append((self._text[start:end], start))
        return pieces


def _stretches(piece: str) -> list[tuple[str, int]]:
    """The stretches of a text between which more than one white space stands, and where each begins."""
    text = " ".join(piece.split())
    if len(text) == len(piece.strip()):
        return [(text, len(piece) - len(piece.lstrip()))] if text else []
    return [(_OTHER_SPACE.sub(" ", match.group()), match.start()) for match in _STRETCH.finditer(piece)]


def _compose(text: str, starts: list[int], sources: list[int]) -> Reading:
    """The reading in NFC: what composes is a piece of its own, and so is each stretch of a piece between."""
    chars: list[str] = []
    new_starts: list[int] = []
    new_sources: list[int] = []
    new_ends: list[int] = []
    length = 0
    for begin, end, written in _clusters(text):
        piece = bisect_right(starts, begin) - 1
        last = bisect_right(starts, end - 1) - 1
        if len(written) != end - begin:
            new_starts.append(length)
            new_sources.append(sources[piece] + begin - starts[piece])
            new_ends.append(sources[last] + end - starts[last])
        else:
            for k in range(piece, last + 1):
                left = max(begin, starts[k])
                right = end if k == last else starts[k + 1]
                new_starts.append(length + left - begin)
                new_sources.append(sources[k] + left - starts[k])
                new_ends.append(sources[k] + right - starts[k])
        chars.append(written)
        length += len(written)
    return Reading("".join(chars), new_starts, new_sources, new_ends)


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """The text in parts `[start, end)`, each with its NFC: a character with what composes with it, or a stretch in
    which nothing does. No part is cut where composition would cross the cut; combining marks and Hangul vowels
    compose."""
    done = 0
    for match in _MAY_COMPOSE.finditer(text):
        at, end = match.span()
        while at < end:
            if not _composes(text[at]):
                at += 1
                continue
            begin = max(done, at - 1)
            while at < end and _composes(text[at]):
                at += 1
            yield from _plain(text, done, begin)
            yield begin, at, unicodedata.normalize("NFC", text[begin:at])
            done = at
    yield from _plain(text, done, len(text))


def _composes(char: str) -> bool:
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff"


def _plain(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A stretch in which nothing composes; character by character where some are written otherwise in NFC."""
    if start < end:
        written = unicodedata.normalize("NFC", text[start:end])
        if len(written) == end - start:
            yield start, end, written
        else:
            yield from ((at, at + 1, unicodedata.normalize("NFC", text[at])) for at in range(start, end))

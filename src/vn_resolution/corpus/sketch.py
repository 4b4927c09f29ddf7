"""Turns a resolution into a kilobyte by which copies of it are found again, whatever their format and their misprints.

A sketch keeps the smallest hashes of two sets (bottom-k sampling, Cohen & Kaplan 2007), from which the share that two
documents have in common is estimated: all runs of three words, and the *marks*, the pairs of words with a figure or a
proper name. Resolutions of one council on one matter have most of their words in common and few of their marks; a copy
with misprints has most of both.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from vn_resolution.model import Resolution, Source
from vn_resolution.reading import Reader

SIZE: Final = 128
"""Hashes of each set: a share is estimated with a standard error of at most 0.045."""
_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_STROKES: Final = (("đ", "d"), ("Đ", "D"), ("ð", "d"), ("Ð", "D"))
_DIGEST: Final = 16


class Sketch(NamedTuple):
    """`words_digest` is of all words in their order, without case, accents and layout; `marks` and `runs` are the
    smallest hashes of their sets, in order."""

    words_digest: bytes
    marks: Sequence[int]
    runs: Sequence[int]

    def to_bytes(self) -> bytes:
        """For `from_bytes`: the same bytes on every machine."""
        numbers = (len(self.marks), *self.marks, *self.runs)
        return self.words_digest + b"".join(number.to_bytes(4, "little") for number in numbers)

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketch:
        """The inverse of `to_bytes`."""
        numbers = [int.from_bytes(data[k : k + 4], "little") for k in range(_DIGEST, len(data), 4)]
        return cls(data[:_DIGEST], numbers[1 : numbers[0] + 1], numbers[numbers[0] + 1 :])


def sketch_of(doc: Resolution) -> Sketch:
    """The sketch of a resolution's text without its layout.

    >>> import vn_resolution as vr
    >>> plain = vr.parse("Điều 1. Chi 12 tỷ đồng cho xã Tân Hòa năm 2024.", media_type="text/plain")
    >>> marked = vr.parse("**Điều 1.** Chi 12 tỷ đồng cho\\nxã Tân Hoà năm 2024.", media_type="text/markdown")
    >>> sketch_of(plain) == sketch_of(marked)
    True
    """
    printed = words_of(doc.source)
    words = [word.lower() for word in printed]
    digest = hashlib.sha256(" ".join(words).encode()).digest()[:_DIGEST]
    runs = map(" ".join, zip(words, words[1:], words[2:], strict=False))
    pairs = pairwise(printed)
    marks = (f"{one} {other}".lower() for one, other in pairs if _is_mark(one, other))
    return Sketch(digest, _smallest(marks), _smallest(runs))


def words_of(source: Source) -> list[str]:
    """The words and figures of a text as printed, but without accents and layout."""
    text = Reader(source.text, source.artifacts).text((0, len(source.text)))
    text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    for letter, plain in _STROKES:
        text = text.replace(letter, plain)
    return _WORD.findall(text)


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share (0 to 1) of what two sets hold that they hold in common."""
    union = sorted({*one, *other})
    if SIZE in (len(one), len(other)):  # one of them may be a sample: beyond its last hash nothing is known of it
        union = union[:SIZE]
    return len({*one}.intersection(other, union)) / len(union) if union else 0.0


def _is_mark(word: str, following: str) -> bool:
    if not (word + following).isalpha():
        return True
    return word.istitle() and following.istitle()


def _smallest(texts: Iterable[str]) -> list[int]:
    return sorted({zlib.crc32(text.encode()) for text in texts})[:SIZE]


__all__ = ["SIZE", "Sketch", "likeness", "sketch_of", "words_of"]

"""Cuts the text of a resolution into sentences and words, with the expressions of the law kept whole: a citation, a
quantity with its unit, a date is one word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Final, NamedTuple

from vn_resolution.errors import MissingTool
from vn_resolution.extract.sentences import split_sentences
from vn_resolution.model import Resolution, Span
from vn_resolution.reading import Reader, Reading

Segmenter = Callable[[str], list[str]]
"""A text to its words, in order; what is between them is white space."""

_INK: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"\w")
_NUMBER: Final = re.compile(r"[\d.,]*\d[\d.,]*%?")


class Word(NamedTuple):
    """A word and its place in the source text. `kind` is word, number, punctuation, or what it was kept whole as:
    citation, quantity or date; `id` is then its id in the resolution."""

    text: str
    span: Span
    kind: str
    id: str | None = None
    spaced: bool = True


class Sentence(NamedTuple):
    """A sentence of one unit, by the unit's eId; `seq` is the unit's row in the table `nodes`, None for a basis."""

    eid: str
    seq: int | None
    text: str
    words: tuple[Word, ...]


class _Kept(NamedTuple):
    start: int
    end: int
    kind: str
    id: str


def load_segmenter() -> Segmenter:
    """The word segmenter of underthesea, loaded once in a process. Raises MissingTool where it is not installed."""
    need_segmenter()
    return _loaded()


def need_segmenter() -> None:
    """Raises MissingTool where underthesea is not installed; does not load it."""
    if find_spec("underthesea") is None:
        raise MissingTool("to find words, underthesea is needed: pip install 'vn-resolution[nlp]'")


@lru_cache(maxsize=1)
def _loaded() -> Segmenter:
    from underthesea import word_tokenize

    def segment(text: str) -> list[str]:
        return list(word_tokenize(text, use_token_normalize=False))

    return segment


def split_words(doc: Resolution, segment: Segmenter | None = None) -> Iterator[Sentence]:
    """The sentences of legal bases, headings, texts and table cells, in reading order. The words of a sentence and the
    white space between them are its text. Raises MissingTool unless a segmenter is given."""
    segment = segment or load_segmenter()
    reader = Reader(doc.source.text, doc.source.artifacts)
    kept = _kept_spans(doc)
    starts = [span.start for span in kept]
    for eid, seq, span in _units(doc):
        reading = reader.read(span)
        inside = range(bisect_left(starts, span[0]), bisect_left(starts, span[1]))
        local = [_placed(reading, kept[k], span) for k in inside]
        for start, end in split_sentences(reading.text):
            inner = [one for one in local if one is not None and start <= one.start and one.end <= end]
            words = tuple(_words(reading, start, end, inner, segment))
            yield Sentence(eid, seq, reading.text[start:end], words)


def _units(doc: Resolution) -> Iterator[tuple[str, int | None, Span]]:
    for basis in doc.preamble.bases:
        yield basis.id, None, basis.span
    for seq, node in enumerate(doc.walk()):
        for span in (node.heading_span, node.text_span):
            if span:
                yield node.id, seq, span
        for row in node.rows:
            yield from ((node.id, seq, cell.span) for cell in row if cell.span[1] > cell.span[0])


def _kept_spans(doc: Resolution) -> list[_Kept]:
    """The expressions in order; of those that lie in each other the outermost."""
    found = [_Kept(*one.span, "citation", one.id) for one in doc.citations]
    found += [_Kept(*one.span, "quantity", one.id) for one in doc.quantities]
    found += [_Kept(*one.span, "date", one.id) for one in doc.dates]
    kept: list[_Kept] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.end > one.start and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


def _placed(reading: Reading, kept: _Kept, span: Span) -> _Kept | None:
    """The expression by its place in the reading; None where it goes on behind it."""
    if kept.end > span[1]:
        return None
    start, end = reading.position(kept.start), reading.position(kept.end)
    end = start + len(reading.text[start:end].rstrip())
    return _Kept(start, end, kept.kind, kept.id) if end > start else None


def _words(reading: Reading, start: int, end: int, kept: Sequence[_Kept], segment: Segmenter) -> Iterator[Word]:
    places: list[tuple[int, int, str, str | None]] = []
    at = start
    for one in kept:
        places += _segmented(reading.text, at, one.start, segment)
        places.append(one)
        at = one.end
    places += _segmented(reading.text, at, end, segment)
    for left, right, kind, id_ in places:
        spaced = right >= end or reading.text[right] == " "
        yield Word(reading.text[left:right], reading.span(left, right), kind, id_, spaced)


def _segmented(text: str, start: int, end: int, segment: Segmenter) -> Iterator[tuple[int, int, str, None]]:
    """The words between two offsets; what the segmenter leaves out or changes is split at white space."""
    at = start
    for word in segment(text[start:end]) if text[start:end].strip() else ():
        word = " ".join(word.split())
        found = text.find(word, at, end) if word else -1
        if found < 0:
            continue
        yield from _plainly(text, at, found)
        yield found, found + len(word), _kind(word), None
        at = found + len(word)
    yield from _plainly(text, at, end)


def _plainly(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, None]]:
    for match in _INK.finditer(text, start, end):
        yield match.start(), match.end(), _kind(match[0]), None


def _kind(word: str) -> str:
    return "number" if _NUMBER.fullmatch(word) else "word" if _WORD.search(word) else "punctuation"


__all__ = ["Segmenter", "Sentence", "Word", "load_segmenter", "need_segmenter", "split_words"]

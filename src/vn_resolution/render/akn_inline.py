"""Marks what was found inside a leaf's text: citations as ref, mref and rref, quantities, dates, the names of persons,
offices, bodies, places and terms, and the words that an amendment quotes.

Where Markdown or invisible marks cut a printed word in two, a `span` keeps the seam.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple
from unicodedata import combining

from vn_resolution.extract.concepts import concept_labels
from vn_resolution.model import (
    Amendment,
    Citation,
    DateMention,
    Indicator,
    Mention,
    MentionKind,
    Quantity,
    Resolution,
    Source,
    Span,
)  # fmt: skip
from vn_resolution.reading import SILENT_ARTIFACTS, Reader, Reading
from vn_resolution.render import xml
from vn_resolution.render.akn_references import References
from vn_resolution.render.akn_spread import Spreader
from vn_resolution.structure.eids import EIds

_DEEPEST: Final = 6
_LONGEST_WORD: Final = 60
_LABEL_MARKS: Final = 24
_WORD: Final = re.compile(r"\w*")
_NAMES: Final[dict[MentionKind, tuple[str, str]]] = {
    "person": ("TLCPerson", "person"), "role": ("TLCRole", "role"), "organization": ("TLCOrganization", "org"),
    "location": ("TLCLocation", "place"), "term": ("TLCTerm", "term"),
}  # fmt: skip
"""The entry in the references for each kind of name, and how its eId begins."""
_SIGNS: Final[dict[str, str]] = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "approx": "~"}


_Item = Citation | Quantity | DateMention | Mention


class _Mark(NamedTuple):
    """`text[start:end]` of a reading is an element `tag` with these attributes (written, with a leading space).
    `id` is the model's id of what it shows, `inside` the element that must stand around it."""

    start: int
    end: int
    tag: str
    attributes: str = ""
    id: str | None = None
    inside: str = ""


class Inline:
    """Writes leaves with their markup. `places` tells, for the id of a citation or a quantity, the eId of its element,
    once its leaf was written, and so does `quotes` for the id of an amendment that quotes plain words."""

    def __init__(self, doc: Resolution, of_id: Mapping[str, str], eids: EIds, references: References) -> None:
        self.places: dict[str, str] = {}
        self.quotes: dict[str, str] = {}
        self._of_id = of_id
        self._spreader = Spreader(doc)
        self._eids = eids
        self._references = references
        found: list[_Item] = [*doc.citations, *doc.quantities, *doc.dates, *doc.mentions]
        found.sort(key=lambda item: (item.span[0], -item.span[1]))
        self._items = found
        self._starts = [item.span[0] for item in found]
        self._named = sorted((i for i in doc.indicators if i.concept and i.name), key=lambda i: i.span)
        self._named_starts = [indicator.span[0] for indicator in self._named]
        self._seams = _seams(doc.source)
        self._amending = sorted((a for a in doc.amendments if a.quoted and a.quoted not in of_id), key=lambda a: a.span)
        self._amending_starts = [amendment.span[0] for amendment in self._amending]
        self._all = sorted((*self._starts, *self._named_starts, *self._seams, *self._amending_starts))
        self._reader = Reader(doc.source.text, doc.source.artifacts) if self._all else None

    def text(self, words: str, place: Span | None, prefix: str, start: int = 0, end: int | None = None) -> str:
        """`words[start:end]` as XML. `words` are those of the leaf that stands (or begins) at this place, `prefix` is
        the eId of the nearest element that has one."""
        if self._reader is None or place is None:
            return xml.text(words[start:end])
        first = bisect_left(self._all, place[0])
        if first == len(self._all) or self._all[first] >= place[1]:
            return xml.text(words[start:end])
        reading = self._reader.read(place, words)
        if not reading.text.startswith(words):
            return xml.text(words[start:end])
        marks = [mark for item in self._items[_between(self._starts, place)] for mark in self._marks(item, reading)]
        for indicator in self._named[_between(self._named_starts, place)]:
            marks += self._measure(indicator, reading)
        for amendment in self._amending[_between(self._amending_starts, place)]:
            marks += _quotation(amendment, reading)
        marks += self._spans(words, reading, place)
        end = len(words) if end is None else end
        inside = sorted((mark for mark in marks if start <= mark.start < mark.end <= end), key=_order)
        return self._weave(words, inside, prefix, start, end)

    def label(self, words: str, start: int) -> str:
        """The label that begins at this offset as XML; it carries no reference and no quantity."""
        reach = (start, start + len(words) + _LABEL_MARKS)
        if self._reader is None or not self._seams[_between(self._seams, reach)]:
            return xml.text(words)
        reading = self._reader.read(reach)
        if not reading.text.startswith(words):
            return xml.text(words)
        marks = [mark for mark in self._spans(words, reading, reach) if mark.start < mark.end]
        return self._weave(words, marks, "", 0, len(words))

    def _spans(self, words: str, reading: Reading, place: Span) -> list[_Mark]:
        """What follows a seam, to the next one or the end of the word."""
        starts = [reading.position(seam) for seam in self._seams[_between(self._seams, place)]]
        marks = []
        for at, following in zip(starts, [*starts[1:], len(words)], strict=False):
            if word := _WORD.match(words, at):
                marks.append(_Mark(at, min(word.end(), following), "span"))
        return marks

    def _marks(self, item: _Item, reading: Reading) -> list[_Mark]:
        start, end = reading.position(item.span[0]), reading.position(item.span[1])
        while end > start and reading.text[end - 1] == " ":
            end -= 1
        if start == end:
            return []
        start, end = whole_words(reading.text, start, end)
        if isinstance(item, Citation):
            href = self._href(item)
            if href is None:
                return []
            spread = self._spread(item, start, reading) if href.startswith("#") else []
            return spread or [_Mark(start, end, "ref", f' href="{href}"', item.id)]
        if isinstance(item, Quantity):
            unit = self._references.to("TLCConcept", "unit", item.unit)
            value = xml.attribute(normalized(item))
            return [_Mark(start, end, "quantity", f' refersTo="{unit}" normalized="{value}"', item.id)]
        if isinstance(item, Mention):
            entry, prefix = _NAMES[item.kind]
            name = self._references.to(entry, prefix, item.name or item.text)
            return [_Mark(start, end, item.kind, f' refersTo="{name}"')]
        date = xml.full_date(item.date) if item.kind == "date" else None
        return [_Mark(start, end, "date", f' date="{date}"')] if date else []

    def _spread(self, citation: Citation, start: int, reading: Reading) -> list[_Mark]:
        """The marks of a citation that names several units: a reference to each in one to all, or one to a range."""
        if not reading.text.startswith(citation.text, start):
            return []
        targets = self._spreader.targets(citation)
        links = [f"#{self._of_id[target.id]}" for target in targets if target.id in self._of_id]
        if not targets or len(links) != len(targets):
            return []
        end = start + targets[-1].end
        if targets[-1].through:
            return [_Mark(start, end, "rref", f' from="{links[0]}" upTo="{links[-1]}"', citation.id)]
        marks = [_Mark(start, end, "mref", "", citation.id)]
        for target, link in zip(targets, links, strict=True):
            marks.append(_Mark(start + target.start, start + target.end, "ref", f' href="{link}"', None, "mref"))
        return marks

    def _href(self, citation: Citation) -> str | None:
        """Where the reference leads; None rather than nowhere."""
        if citation.target is not None and citation.target in self._of_id:
            return f"#{self._of_id[citation.target]}"
        href = xml.uri(citation.iri)
        if href:
            self._references.cite(href, citation.text)
        return href

    def _measure(self, indicator: Indicator, reading: Reading) -> list[_Mark]:
        """The name of a measure that the catalogue of concepts has an entry for, as a term."""
        start, end = reading.position(indicator.span[0]), reading.position(indicator.span[1])
        at = reading.text.find(indicator.name, start, end)
        if at < 0:
            return []
        concept = indicator.concept or ""
        entry = self._references.to("TLCConcept", "concept", concept, concept_labels().get(concept, concept))
        place = whole_words(reading.text, at, at + len(indicator.name))
        return [_Mark(*place, "term", f' refersTo="{entry}"')]

    def _weave(self, words: str, marks: list[_Mark], prefix: str, start: int, stop: int) -> str:
        """`words[start:stop]` with the marks as elements. A mark that crosses another, or repeats it, is left out."""
        out: list[str] = []
        open_: list[tuple[int, str, str]] = []
        at = start
        previous: tuple[int, int, str] | None = None
        for mark in marks:
            while open_ and open_[-1][0] <= mark.start:
                end, tag, _ = open_.pop()
                out.append(f"{xml.text(words[at:end])}</{tag}>")
                at = end
            if (open_ and (mark.end > open_[-1][0] or len(open_) >= _DEEPEST)) or mark[:3] == previous:
                continue
            if mark.inside and (not open_ or open_[-1][1] != mark.inside):
                continue
            previous = mark[:3]
            eid = open_[-1][2] if open_ else prefix
            name = ""
            if mark.tag != "span":  # the convention gives a span no eId
                eid = self._eids.element(eid, mark.tag)
                name = f' eId="{eid}"'
            if mark.id is not None:
                (self.quotes if mark.tag == "quotedText" else self.places)[mark.id] = eid
            out.append(f"{xml.text(words[at : mark.start])}<{mark.tag}{name}{mark.attributes}>")
            at = mark.start
            open_.append((mark.end, mark.tag, eid))
        while open_:
            end, tag, _ = open_.pop()
            out.append(f"{xml.text(words[at:end])}</{tag}>")
            at = end
        out.append(xml.text(words[at:stop]))
        return "".join(out)


def _order(mark: _Mark) -> tuple[int, int, bool]:
    """Outer marks first; of those with the same place new wording, which is allowed in few elements."""
    return (mark.start, -mark.end, mark.tag not in ("mod", "quotedText"))


def _quotation(amendment: Amendment, reading: Reading) -> list[_Mark]:
    """The instruction as a modification, and in it the words that it quotes."""
    start, end = reading.position(amendment.span[0]), reading.position(amendment.span[1])
    at = reading.text.find(amendment.quoted or "", start, end)
    if at < 0 or start == end:
        return []
    start, end = whole_words(reading.text, start, end)
    quoted = whole_words(reading.text, at, at + len(amendment.quoted or ""))
    return [_Mark(start, end, "mod"), _Mark(*quoted, "quotedText", "", amendment.id, "mod")]


def _between(starts: list[int], place: Span) -> slice:
    """Which of the sorted starts stand in the place."""
    first = bisect_left(starts, place[0])
    return slice(first, bisect_left(starts, place[1], first))


def whole_words(words: str, start: int, end: int) -> tuple[int, int]:
    """The stretch, widened where it begins or ends inside a word: an element's edge would cut the word in two."""
    for _ in range(_LONGEST_WORD):
        if not (0 < start < len(words) and _in_word(words[start - 1]) and _in_word(words[start])):
            break
        start -= 1
    for _ in range(_LONGEST_WORD):
        if not (0 < end < len(words) and _in_word(words[end - 1]) and _in_word(words[end])):
            break
        end += 1
    return start, end


def _seams(source: Source) -> list[int]:
    """The offsets at which a word goes on after marks that leave no trace in the reading ("D**â**n")."""
    text = source.text
    seams: list[int] = []
    before = after = -1
    for artifact in sorted((a for a in source.artifacts if a.kind in SILENT_ARTIFACTS), key=lambda a: a.span):
        start, end = artifact.span
        if start > after:
            before = start
        after = end
        if before > 0 and end < len(text) and _in_word(text[before - 1]) and _in_word(text[end]):
            seams.append(end)
    return seams


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or bool(combining(char))


def normalized(quantity: Quantity) -> str:
    """The value in base units: "8.5", "8.5..9" for a range, with the comparator's sign ">=34500", "~12"."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        value = f"{number(low)}..{number(high)}"
    else:
        known = low if low is not None else high
        value = number(known) if known is not None else ""
    return f"{_SIGNS.get(quantity.comparator, '')}{value}" if value else ""


def number(value: Decimal) -> str:
    """Plain digits without exponent and trailing zeros."""
    if not value.is_finite() or abs(value.adjusted()) > 60:
        return str(value)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


__all__ = ["Inline", "normalized", "number", "whole_words"]

"""Computes the labels that Word shows before paragraphs and does not store in the text, in one linear pass.

A level of an abstract list says how its labels look ("%1.%2"), a list (`w:num`) uses one and may override it; the
counts belong to the abstract list. What is damaged degrades to a plain count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from vn_resolution.grammar import load_grammar
from vn_resolution.sources.counting import repeated_letters, roman
from vn_resolution.sources.docx_styles import DocxStyles
from vn_resolution.sources.symbols import bullet_sign
from vn_resolution.sources.wordml import child, children, is_on, value, whole

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST = 200
_WORDS = ("cardinalText", "ordinalText", "vietnameseCounting")
_MOST_FAULTS = 5
_PICTURE = "\u25a0"
"""A bullet that is a picture."""


@dataclass(slots=True)
class Level:
    """One level: where it starts, its number format, its text with places for numbers ("%1.%2."), after which level's
    labels it starts anew (`restart`: 0 = never, n = after those of the first n levels, None = after any above)."""

    start: int = 1
    format: str = "decimal"
    text: str | None = None
    restart: int | None = None
    legal: bool = False
    font: str | None = None
    style: str | None = None


@dataclass(slots=True)
class _Abstract:
    """An abstract list, and the style that it borrows its levels from instead (`linked`)."""

    levels: dict[int, Level]
    linked: str | None = None
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _List:
    """A list: its abstract one, its own levels and starts, and the levels whose start was used already."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)


class Label(NamedTuple):
    """What is shown before a paragraph, and the font that its level says it is in."""

    text: str
    font: str | None = None


class Numbering:
    """The lists of one document (numbering.xml), counting on as paragraphs are met in their order."""

    def __init__(self, root: etree._Element | None, styles: DocxStyles) -> None:
        self._styles = styles
        self._abstracts = {
            id_: _read_abstract(e) for e in children(root, "abstractNum") if (id_ := value(e, "abstractNumId"))
        }
        self._lists = {id_: _read_list(e) for e in children(root, "num") if (id_ := value(e, "numId"))}
        self._resolved: dict[str, _Abstract | None] = {}
        self._plain: dict[tuple[str, int], int] = {}
        self.faults: list[str] = []

    def label(self, number: str, level: int | None, style: str | None = None) -> Label | None:
        """The label of the next paragraph of list `number` (a numId) at this level; None where none is shown. Without a
        level, it is the one that is tied to the paragraph's style, or the first."""
        if number == "0":
            return None
        entry = self._lists.get(number)
        abstract = self._resolve(entry.abstract) if entry else None
        if entry is None or abstract is None:
            return Label(self._count_plainly(number, level or 0, f"list {number} is not defined"))
        if level is None:
            level = next((k for k, at in abstract.levels.items() if at.style is not None and at.style == style), 0)
        level = min(max(level, 0), _LEVELS - 1)
        shape = entry.levels.get(level) or abstract.levels.get(level)
        if shape is None:
            return Label(self._count_plainly(number, level, f"level {level + 1} of list {number} is not defined"))
        self._advance(entry, abstract, level)
        shown = self._show(entry, abstract, level, shape)
        return None if shown is None else Label(shown, None if shape.format == "bullet" else shape.font)

    # -- counting ------------------------------------------------------------------------------------------------

    def _advance(self, entry: _List, abstract: _Abstract, level: int) -> None:
        counts = abstract.counts
        count = counts[level]
        if level in entry.starts and level not in entry.started:
            count = None
        entry.started.add(level)
        counts[level] = _start(entry, abstract, level) if count is None else count + 1
        for above in range(level):  # a level that was skipped counts as used once: 3.1.1 is followed by 3.2
            if counts[above] is None:
                counts[above] = _start(entry, abstract, above)
        for below in range(level + 1, _LEVELS):
            shape = entry.levels.get(below) or abstract.levels.get(below)
            restart = shape.restart if shape else None
            if restart is None or level < restart:
                counts[below] = None

    def _show(self, entry: _List, abstract: _Abstract, level: int, shape: Level) -> str | None:
        if shape.format == "none" and "%" not in (shape.text or ""):
            return (shape.text or "").strip() or None
        if shape.format == "bullet":
            return bullet_sign(shape.text, shape.font) if shape.text and shape.text.strip() else None
        if shape.text is None:
            self._fault(f"a level of list {entry.abstract} has no text")
            return f"{abstract.counts[level]}."

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = entry.levels.get(at) or abstract.levels.get(at) or Level()
            count = abstract.counts[at] if at <= level else None
            if count is None:
                count = _start(entry, abstract, at)
            return in_format(count, "decimal" if shape.legal and other.format != "none" else other.format)

        label = " ".join(_PLACE.sub(number, shape.text[:_LONGEST]).split())
        return label or None

    def _count_plainly(self, number: str, level: int, reason: str) -> str:
        self._fault(reason)
        key = (number, level)
        self._plain[key] = self._plain.get(key, 0) + 1
        return f"{self._plain[key]}."

    def _fault(self, reason: str) -> None:
        if len(self.faults) < _MOST_FAULTS and reason not in self.faults:
            self.faults.append(reason)

    def _resolve(self, id_: str) -> _Abstract | None:
        """The abstract list, or the one that it borrows through a style of lists."""
        if id_ not in self._resolved:
            seen: set[str] = set()
            step: str | None = id_
            found = None
            while step is not None and step not in seen:
                seen.add(step)
                found = self._abstracts.get(step)
                if found is None or found.linked is None or found.levels:
                    break
                entry = self._lists.get(self._styles.look(found.linked).numbering or "")
                step, found = (entry.abstract if entry else None), None
            self._resolved[id_] = found
        return self._resolved[id_]


def in_format(number: int, name: str) -> str:
    """A number in one of Word's number formats (ST_NumberFormat); formats that Vietnamese documents do not know are
    written as plain digits."""
    if name == "none":
        return ""
    if name == "decimalZero":
        return f"{number:02}"
    if number > 0:
        if name in ("lowerLetter", "upperLetter"):
            text = repeated_letters(number)
            return text.upper() if name == "upperLetter" else text
        if name in ("lowerRoman", "upperRoman"):
            text = roman(number)
            return text.upper() if name == "upperRoman" else text
        if name in _WORDS:
            return _words().get(number, str(number))
    return str(number)


@lru_cache(maxsize=1)
def _words() -> dict[int, str]:
    words: dict[int, str] = {}
    for word, number in load_grammar().file("markers")["ordinals"].items():
        words.setdefault(number, word)
    return words


def _start(entry: _List, abstract: _Abstract, level: int) -> int:
    if level in entry.starts:
        return entry.starts[level]
    shape = entry.levels.get(level) or abstract.levels.get(level)
    return shape.start if shape else 1


def _read_abstract(element: etree._Element) -> _Abstract:
    return _Abstract(dict(_read_levels(element)), value(child(element, "numStyleLink")))


def _read_list(element: etree._Element) -> _List:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in children(element, "lvlOverride"):
        level = whole(value(override, "ilvl"))
        start = whole(value(child(override, "startOverride")))
        if level is None or not 0 <= level < _LEVELS:
            continue
        if start is not None:
            starts[level] = start
        for _, shape in _read_levels(override):
            levels[level] = shape
    return _List(value(child(element, "abstractNumId")) or "", levels, starts)


def _read_levels(element: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in children(element, "lvl"):
        at = whole(value(level, "ilvl"))
        if at is None or not 0 <= at < _LEVELS:
            continue
        start = whole(value(child(level, "start")))
        legal, fonts = child(level, "isLgl"), child(level, "rPr", "rFonts")
        text = value(child(level, "lvlText"))
        yield (
            at,
            Level(
                start=0 if start is None else start,
                format=_read_format(level),
                text=_PICTURE if text == "" and child(level, "lvlPicBulletId") is not None else text,
                restart=whole(value(child(level, "lvlRestart"))),
                legal=legal is not None and is_on(value(legal)),
                font=value(fonts, "ascii") or value(fonts, "hAnsi"),
                style=value(child(level, "pStyle")),
            ),
        )


def _read_format(level: etree._Element) -> str:
    """The number format; newer ones ("001, 002") stand beside an older one to fall back on."""
    for path in (("numFmt",), ("mc:AlternateContent", "mc:Fallback", "numFmt")):
        if (plain := child(level, *path)) is not None:
            return value(plain) or "decimal"
    custom = child(level, "mc:AlternateContent", "mc:Choice", "numFmt")
    return "decimalZero" if (value(custom, "format") or "").startswith("0") else "decimal"

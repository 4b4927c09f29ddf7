"""Turns text into what its font shows: the signs of symbol fonts, the letters of Vietnamese fonts older than Unicode;
and mends a page that was read in the wrong encoding as a whole."""

from __future__ import annotations

from itertools import accumulate

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic
from vn_resolution.sources.legacy import from_font, repaired
from vn_resolution.sources.sheet import LaidOut
from vn_resolution.sources.symbols import from_symbol_font

_MOST_NAMED = 4


class Fonts:
    """The fonts of one document; it remembers those that made a difference."""

    def __init__(self) -> None:
        self._converted: set[str] = set()

    def shown(self, text: str, font: str | None) -> str:
        """What the text shows in this font; in most fonts itself."""
        if not font:
            return text
        text = from_symbol_font(text, font)
        converted = None if text.isascii() and not font.endswith("H") else from_font(text, font)
        if converted is None:
            return text
        self._converted.add(font)
        return converted

    def doubts(self) -> list[Diagnostic]:
        """The fonts whose text was converted (code S109)."""
        if not self._converted:
            return []
        return [diagnostic("S109", fonts=", ".join(sorted(self._converted)[:_MOST_NAMED]))]


def mended(page: LaidOut) -> tuple[LaidOut, list[Diagnostic]]:
    """The page in Unicode where all of it was in an encoding from before Unicode, or read in a wrong one."""
    found = repaired(page.text)
    if found is None or found.text.count("\n") != page.text.count("\n"):
        return page, []
    old, new = _starts(page.text), _starts(found.text)
    moved = dict(zip(old, new, strict=True))
    ends = dict(zip((start - 1 for start in old[1:]), (start - 1 for start in new[1:]), strict=True))
    ends[len(page.text)] = len(found.text)
    labels = tuple((moved[at], label) for at, label in page.labels)
    tables = tuple((moved[start], ends[end]) for start, end in page.tables)
    code = "S111" if found.repaired else "S110"
    merged = tuple((moved[row], column, columns, rows) for row, column, columns, rows in page.merged)
    return LaidOut(found.text, labels, tables, merged), [diagnostic(code, encoding=found.encoding)]


def _starts(text: str) -> list[int]:
    """Where the lines begin."""
    return list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))

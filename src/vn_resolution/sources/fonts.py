"""Turns text into what its font shows: the signs of symbol fonts, the letters of Vietnamese fonts older than Unicode;
and mends a page that was read in the wrong encoding as a whole."""

from __future__ import annotations

from itertools import accumulate

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic
from vn_resolution.sources.legacy import from_font, likewise, repaired
from vn_resolution.sources.sheet import LaidOut
from vn_resolution.sources.symbols import from_symbol_font

_MOST_NAMED = 4
_ORDINARY: tuple[str | None, bool] = (None, False)


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


class Passage:
    """The text of one paragraph, gathered run by run. What stands in one font is put into Unicode together: a letter of
    VNI takes two characters, and these may be of two runs."""

    __slots__ = ("_fonts", "_look", "_open", "_shown")

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._shown: list[str] = []
        self._open: list[str] = []
        self._look = _ORDINARY

    def __bool__(self) -> bool:
        return bool(self._shown or self._open)

    def add(self, text: str, font: str | None = None, *, upper: bool = False) -> None:
        """The next run: in this font, its small letters shown as capitals or not."""
        if self._look != (font, upper):
            self._close()
            self._look = (font, upper)
        self._open.append(text)

    def text(self) -> str:
        """What all its runs show."""
        self._close()
        if len(self._shown) > 1:
            self._shown = ["".join(self._shown)]
        return self._shown[0] if self._shown else ""

    def follow(self, earlier: Passage) -> None:
        """Puts before it what another passage holds, and empties that: a long chain of passages grows one list."""
        earlier._close()
        self._close()
        earlier._shown += self._shown
        self._shown, earlier._shown = earlier._shown, []

    def clear(self) -> None:
        """Begins anew."""
        self._shown.clear()
        self._open.clear()

    def _close(self) -> None:
        if self._open:
            font, upper = self._look
            text = self._fonts.shown("".join(self._open), font)
            self._shown.append(text.upper() if upper else text)
            self._open.clear()


def mended(page: LaidOut) -> tuple[LaidOut, list[Diagnostic]]:
    """The page in Unicode where all of it was in an encoding from before Unicode, or read in a wrong one."""
    found = repaired(page.text)
    if found is None or found.text.count("\n") != page.text.count("\n"):
        return page, []
    old, new = _starts(page.text), _starts(found.text)
    moved = dict(zip(old, new, strict=True))
    ends = dict(zip((start - 1 for start in old[1:]), (start - 1 for start in new[1:]), strict=True))
    ends[len(page.text)] = len(found.text)
    labels = tuple((moved[at], likewise(label, found)) for at, label in page.labels)
    tables = tuple((moved[start], ends[end]) for start, end in page.tables)
    code = "S111" if found.repaired else "S110"
    merged = tuple((moved[row], column, columns, rows) for row, column, columns, rows in page.merged)
    return LaidOut(found.text, labels, tables, merged), [diagnostic(code, encoding=found.encoding)]


def _starts(text: str) -> list[int]:
    """Where the lines begin."""
    return list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))

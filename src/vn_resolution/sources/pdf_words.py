"""Turns the glyphs of a page, in whatever order the file draws them, into words with their places."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from vn_resolution.sources.pdf_process import Glyphs

Segment = tuple[float, float, float, float]

INVISIBLE, UNMAPPED, BOLD = 2, 4, 1
REPLACEMENT = "\ufffd"
_ASCENT, _DESCENT = 0.78, 0.22
_SAME_BASE = 0.25
"""Sizes by which the base lines of one line's glyphs may differ."""
_WORD_GAP = 0.16
"""Sizes of white between two glyphs that make two words of them where no space is drawn."""
_TILT = 3.0
_SYMBOLS = {0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xA8: "□", 0x6E: "■", 0x71: "□", 0x76: "❖", 0x2D: "-"}


@dataclass(slots=True)
class Word:
    """A word with its place in points, y downwards; `base` is its base line, `confidence` (0-100) that of the
    recogniser for scans, `seen` what it read where that was put right. `edges`: where its characters begin and the last
    one ends; empty where that is not known."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    confidence: float = 100.0
    seen: str = ""
    edges: tuple[float, ...] = ()

    @property
    def character_edges(self) -> tuple[float, ...]:
        """Where its characters begin and the last one ends; where that is not known, all of one width."""
        count = len(self.text)
        if len(self.edges) == count + 1:
            return self.edges
        return _evenly(self.x0, self.x1, count)

    @property
    def top(self) -> float:
        """The top of its line of type."""
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The bottom of its line of type."""
        return self.base + _DESCENT * self.size


@dataclass(slots=True)
class PageWords:
    """One page: words without order, drawn lines (x0, y0, x1, y1). `lost` counts what was left out of it, by kind:
    unmapped (glyphs without a character), slanted, outside, hidden."""

    number: int
    width: float
    height: float
    words: list[Word]
    segments: list[Segment] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    x1: float
    base: float
    size: float
    flags: int
    font: int
    order: int


FontDecoder = Callable[[str, str], str | None]
"""Takes a stretch of text and the name of its font; the Unicode text where the font has an encoding of its own."""


def page_words(glyphs: Glyphs, number: int, decode_font: FontDecoder | None = None, hidden: bool = False) -> PageWords:
    """The words of a page. `hidden`: invisible glyphs count (the text layer under a scan's image)."""
    turn = _dominant_turn(glyphs)
    width, height = (glyphs.height, glyphs.width) if turn in (90, 270) else (glyphs.width, glyphs.height)
    page = PageWords(number, width, height, [])
    upright: list[_Glyph] = []
    vertical: list[_Glyph] = []
    point = _turned(turn, glyphs.width, glyphs.height)
    for k, code in enumerate(glyphs.codes):
        left, top, right, bottom, x, y, size, angle = glyphs.values[8 * k : 8 * k + 8]
        flags = glyphs.flags[k]
        if flags & INVISIBLE and not hidden:
            page.lost["hidden"] += code > 32
            continue
        text = _character(code, flags)
        if not text:
            continue
        (ax, ay), (bx, by) = point(left, top), point(right, bottom)
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        x, y = point(x, y)
        if right < -1 or left > width + 1 or bottom < -1 or top > height + 1:
            page.lost["outside"] += text != " "
            continue
        page.lost["unmapped"] += text == REPLACEMENT
        lean = (angle - turn) % 360
        if min(lean, 360 - lean) <= _TILT:
            size = size if 0.5 < size < 400 else max(1.0, (bottom - top) * 0.85)
            upright.append(_Glyph(text, left, right, y, size, flags, glyphs.fonts[k], k))
        elif abs(lean - 270) <= _TILT:  # read from bottom to top, as heads of narrow columns are
            vertical.append(_Glyph(text, -bottom, -top, x, size, flags, glyphs.fonts[k], k))
        elif abs(lean - 90) <= _TILT:
            vertical.append(_Glyph(text, top, bottom, -x, size, flags, glyphs.fonts[k], k))
        else:
            page.lost["slanted"] += text != " "
    lines = glyphs.segments
    for k in range(0, len(lines) - 3, 4):
        (ax, ay), (bx, by) = point(lines[k], lines[k + 1]), point(lines[k + 2], lines[k + 3])
        page.segments.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    walls = sorted(s for s in page.segments if s[2] - s[0] < 2 and s[3] - s[1] > 4)
    maker = _WordMaker(glyphs.font_names, decode_font, walls)
    page.words = maker.words(upright)
    page.words += [_upright_word(word) for word in _WordMaker(glyphs.font_names, decode_font, []).words(vertical)]
    return page


def rows_of(words: list[Word]) -> list[list[Word]]:
    """The words of each line of type, from top to bottom and left to right; raised and lowered small words go with
    the line that they stand beside."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.base):
        row = rows[-1] if rows else None
        if row is not None and word.base - row[0].base <= _SAME_BASE * min(word.size, row[0].size):
            row.append(word)
        else:
            rows.append([word])
    merged: list[list[Word]] = []
    for row in rows:
        if merged and _beside(row, merged[-1]):
            merged[-1] = row + merged[-1] if _size(row) > _size(merged[-1]) else merged[-1] + row
        else:
            merged.append(row)
    return [_with_raised(sorted(row, key=lambda w: w.x0)) for row in merged]


def _with_raised(row: list[Word]) -> list[Word]:
    """The words of a line with "2" put to "m" where it is raised beside it."""
    joined: list[Word] = []
    for word in row:
        last = joined[-1] if joined else None
        if (
            last is not None and word.size < 0.85 * last.size and abs(word.base - last.base) > 0.1 * last.size
            and word.x0 - last.x1 < 0.1 * last.size
        ):  # fmt: skip
            confidence = min(last.confidence, word.confidence)
            edges = (*last.character_edges[:-1], *word.character_edges)
            joined[-1] = Word(
                last.text + word.text, last.x0, word.x1, last.base, last.size, last.bold, confidence, edges=edges
            )
        else:
            joined.append(word)
    return joined


def _size(words: list[Word]) -> float:
    return max(word.size for word in words)


def _beside(row: list[Word], above: list[Word]) -> bool:
    """Whether one of two rows is a superscript or subscript of the other."""
    large, small = (row, above) if _size(row) > _size(above) else (above, row)
    size = _size(large)
    if _size(small) > 0.85 * size or abs(row[0].base - above[0].base) > 0.6 * size:
        return False
    return all(any(-0.2 * size <= w.x0 - other.x1 <= 0.5 * size for other in (*large, *small)) for w in small)


# -- glyphs ------------------------------------------------------------------------------------------------


def _character(code: int, flags: int) -> str:
    if flags & UNMAPPED and not 32 < code < 0xF000:
        return REPLACEMENT
    if code == 2:  # pdfium's mark for a hyphen at the end of a line
        return "-"
    if code in (9, 10, 13, 0xA0, 0x2007, 0x202F, 0x3000):
        return " "
    if 0xF000 <= code <= 0xF0FF:  # symbol fonts
        return _SYMBOLS.get(code - 0xF000) or (chr(code - 0xF000) if 0x20 <= code - 0xF000 < 0x7F else "•")
    if code < 32 or code in (0xAD, 0xFEFF, 0x200B, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    return chr(code)


def _dominant_turn(glyphs: Glyphs) -> int:
    """0, 90, 180 or 270: by how much most glyphs are turned clockwise."""
    turns = Counter(round(angle / 90) % 4 * 90 for angle in glyphs.values[7::8])
    if not turns:
        return 0
    turn, count = turns.most_common(1)[0]
    return turn if count > 0.6 * len(glyphs.codes) else 0


def _turned(turn: int, width: float, height: float) -> Callable[[float, float], tuple[float, float]]:
    """The map of page coordinates that sets glyphs turned clockwise by `turn` upright."""
    if turn == 90:
        return lambda x, y: (y, width - x)
    if turn == 180:
        return lambda x, y: (width - x, height - y)
    if turn == 270:
        return lambda x, y: (height - y, x)
    return lambda x, y: (x, y)


def _edges(glyphs: list[_Glyph], text: str, end: float) -> tuple[float, ...]:
    """Where the characters of a word begin and the last one ends; empty where they are not the glyphs' own."""
    if len(text) == len(glyphs):
        return (*(g.x0 for g in glyphs), end)
    edges: list[float] = []
    for glyph in glyphs:
        count = len(unicodedata.normalize("NFC", glyph.text))
        edges += _evenly(glyph.x0, glyph.x1, count)[:-1]
    return (*edges, end) if len(edges) == len(text) else ()


def _evenly(start: float, end: float, count: int) -> tuple[float, ...]:
    """The edges of so many parts of one width."""
    return (*(start + (end - start) * k / count for k in range(count)), end)


def _with_marks(glyphs: list[_Glyph]) -> list[_Glyph]:
    """The glyphs with each combining mark put to the letter that is drawn before it."""
    kept: list[_Glyph] = []
    for glyph in glyphs:
        last = kept[-1] if kept else None
        if (
            last is not None and unicodedata.combining(glyph.text) and last.text != " "
            and abs(glyph.base - last.base) < last.size and last.x0 - last.size < glyph.x0 < last.x1 + 0.6 * last.size
        ):  # fmt: skip
            last.text += glyph.text
        else:
            kept.append(glyph)
    return kept


class _WordMaker:
    """Puts glyphs together to words. `walls` are the drawn lines that run down the page, from left to right: no word
    goes through one."""

    def __init__(self, names: list[str], decode_font: FontDecoder | None, walls: list[Segment]) -> None:
        self._names = names
        self._decode_font = decode_font
        self._walls = walls
        self._wall_places = [wall[0] for wall in walls]

    def words(self, glyphs: list[_Glyph]) -> list[Word]:
        """The words of these glyphs, without order."""
        glyphs = _with_marks(glyphs)
        glyphs.sort(key=lambda g: (g.base, g.x0))
        words: list[Word] = []
        row: list[_Glyph] = []
        for glyph in glyphs:
            if row and glyph.base - row[0].base > _SAME_BASE * min(glyph.size, row[0].size):
                self._row(row, words)
                row = []
            row.append(glyph)
        self._row(row, words)
        return words

    def _row(self, row: list[_Glyph], words: list[Word]) -> None:
        row.sort(key=lambda g: (g.x0, g.order))
        current: list[_Glyph] = []
        for glyph in row:
            if glyph.text == " ":
                self._flush(words, current)
                continue
            if current:
                last = current[-1]
                if glyph.text == last.text and abs(glyph.x0 - last.x0) < 0.12 * glyph.size:
                    continue  # printed twice to look bold
                if self._apart(current, glyph):
                    self._flush(words, current)
            current.append(glyph)
        self._flush(words, current)

    def _apart(self, current: list[_Glyph], glyph: _Glyph) -> bool:
        edge = max(g.x1 for g in current[-2:])
        if glyph.x0 - edge > _WORD_GAP * min(glyph.size, current[-1].size):
            return True
        if not self._walls:
            return False
        height = glyph.base - 0.3 * glyph.size
        first = bisect_left(self._wall_places, min(edge, glyph.x0) - 1.5)
        last = bisect_right(self._wall_places, max(edge, glyph.x0) + 1.5)
        return any(self._walls[k][1] <= height <= self._walls[k][3] for k in range(first, last))

    def _flush(self, words: list[Word], glyphs: list[_Glyph]) -> None:
        if not glyphs:
            return
        text = unicodedata.normalize("NFC", self._decoded(glyphs))
        size = max(g.size for g in glyphs)
        bold = 2 * sum(bool(g.flags & BOLD) for g in glyphs) > len(glyphs)
        bases = sorted(g.base for g in glyphs)
        x0, x1 = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
        words.append(Word(text, x0, x1, bases[len(bases) // 2], size, bold, edges=_edges(glyphs, text, x1)))
        glyphs.clear()

    def _decoded(self, glyphs: list[_Glyph]) -> str:
        """The text of a word, stretches in fonts with an encoding of their own put into Unicode."""
        if self._decode_font is None:
            return "".join(g.text for g in glyphs)
        parts: list[str] = []
        start = 0
        for k in range(1, len(glyphs) + 1):
            if k == len(glyphs) or glyphs[k].font != glyphs[start].font:
                text = "".join(g.text for g in glyphs[start:k])
                parts.append(self._decode_font(text, self._names[glyphs[start].font]) or text)
                start = k
        return "".join(parts)


def _upright_word(word: Word) -> Word:
    """A word read along the page's other axis, as a word at the place that it covers."""
    middle = abs(word.base)
    low, high = sorted((abs(word.x0), abs(word.x1)))
    half = word.size / 2
    return Word(word.text, middle - half, middle + half, (low + high) / 2, min(word.size, 8.0), word.bold)

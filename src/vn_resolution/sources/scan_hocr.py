"""Turns Tesseract's answer for a page (hOCR) into lines of words with places, sizes and confidences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple
from xml.etree import ElementTree

from vn_resolution.errors import DamagedSource
from vn_resolution.sources.pdf_words import Word

_XHTML = "{http://www.w3.org/1999/xhtml}"
_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_BBOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size (-?[\d.]+)")
_CONFIDENCE = re.compile(r"x_wconf (-?\d+)")
_INK_TO_SIZE = 0.92
"""From the height of a line's ink to the size of its type."""
_LONG_LINE = 600
_SPECK = 45.0
_NARROW = 0.65
"""The share of a line's usual white below which it does not part the halves of a number."""
_NUMBER = re.compile(r"\d/\d{4}/|^\d+/\d{4}\b|^\d+/[^\W\d_]{2}")
_CODE = re.compile(r"\d+/(?:\d{4}/)?[^\W\d_]{2,5}-[^\W\d_]{2,6}\d{0,2}[,;.)]{0,2}")
_SLASHES = str.maketrans("⁄∕", "//")
_DASHES = {"—": "-", "–": "-", "~": "-", "_": "-", "=": "-", "¬": "-", "―": "-", "»": "-", "«": "-", "†": "+", "‡": "+"}


@dataclass(slots=True)
class HocrPage:
    """`lines` of words in points; `slopes` of the longer lines; `sideways`: its words are higher than they are wide."""

    lines: list[list[Word]] = field(default_factory=list)
    slopes: list[float] = field(default_factory=list)
    sideways: bool = False

    def words(self) -> list[Word]:
        """All words."""
        return [word for line in self.lines for word in line]


class _Piece(NamedTuple):
    """A word as Tesseract gives it, in pixels."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float


def read_hocr(hocr: str, scale: float, name: str) -> HocrPage:
    """The words of a page; `scale` turns pixels into points. Raises DamagedSource for what is no hOCR."""
    try:
        root = ElementTree.fromstring(hocr.encode("utf-8"))
    except ElementTree.ParseError:
        raise DamagedSource(f"{name}: Tesseract's answer for a page cannot be read") from None
    page = HocrPage()
    long = tall = 0
    for line in root.iter(_XHTML + "span"):
        if line.get("class") not in _LINES:
            continue
        pieces = _pieces(line)
        box = _BBOX.search(line.get("title", ""))
        if box is None or _is_dirt(pieces):
            continue
        for piece in pieces:
            long += len(piece.text) > 2
            tall += len(piece.text) > 2 and piece.y1 - piece.y0 > 1.3 * (piece.x1 - piece.x0)
        words = _words(line.get("title", ""), [int(edge) for edge in box.groups()], pieces, scale, page.slopes)
        page.lines.append(join_numbers([word for word in words if not _is_speck(word)]))
    page.sideways = 2 * tall > long > 3
    return page


def join_numbers(line: list[Word]) -> list[Word]:
    """The words of a line, the parts of a document's number put together ("151/201" "7/NĐ-CP", "NQ-" "HĐND") where less
    white stands between them than between words."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(line)]
    usual = median(gaps) if gaps else 0.0
    joined = line[-1:]
    for word, gap in zip(reversed(line[:-1]), reversed(gaps), strict=True):
        after = joined[-1]
        text = word.text + after.text
        cut = word.text[-1].isdigit() and after.text[0].isdigit() and _NUMBER.search(text)
        if gap < _NARROW * usual and (cut or _CODE.fullmatch(text)):
            joined[-1] = replace(word, text=text, x1=after.x1, confidence=min(word.confidence, after.confidence))
        else:
            joined.append(word)
    return joined[::-1]


def _words(title: str, box: list[int], pieces: list[_Piece], scale: float, slopes: list[float]) -> list[Word]:
    left, top, right, bottom = box
    base, size = _BASELINE.search(title), _SIZE.search(title)
    slope, offset = (float(base[1]), float(base[2])) if base else (0.0, 0.0)
    points = (float(size[1]) if size else bottom - top) * scale * _INK_TO_SIZE
    if right - left > _LONG_LINE and abs(slope) < 0.1:
        slopes.append(slope)
    words: list[Word] = []
    for position, piece in enumerate(pieces):
        middle = (piece.x0 + piece.x1) / 2
        height = bottom + offset + slope * (middle - left) if base else float(piece.y1)
        text = piece.text.translate(_SLASHES)
        if position == 0 and text in _DASHES:
            text = _DASHES[text]
        elif position < 2 and len(text) > 2 and text[0] in "'‘`´" and text[1].isalpha():
            text = text[1:]
        words.append(Word(text, piece.x0 * scale, piece.x1 * scale, height * scale, points, False, piece.confidence))
    return words


def _pieces(line: ElementTree.Element) -> list[_Piece]:
    found: list[_Piece] = []
    for item in line.iter(_XHTML + "span"):
        if item.get("class") != "ocrx_word":
            continue
        text = "".join(item.itertext()).strip()
        title = item.get("title", "")
        box, sure = _BBOX.search(title), _CONFIDENCE.search(title)
        if text and box is not None:
            x0, y0, x1, y1 = map(int, box.groups())
            found.append(_Piece(text, x0, y0, x1, y1, float(sure[1]) if sure else 0.0))
    return found


def _is_dirt(line: list[_Piece]) -> bool:
    """Whether a line holds no letter and no digit and is no drawn rule either."""
    text = "".join(piece.text for piece in line)
    return not any(map(str.isalnum, text)) and len(set(text)) > 1


def _is_speck(word: Word) -> bool:
    """Dirt that was taken for a character: no letter or digit, and doubtful."""
    return word.confidence < _SPECK and not any(map(str.isalnum, word.text)) and word.text not in ("-", "+", "•", "*")

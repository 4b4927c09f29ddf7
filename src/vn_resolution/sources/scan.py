"""Reads pictures of pages with Tesseract: each becomes words with places and confidences, laid out as a PDF is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from statistics import median
from typing import NamedTuple
from xml.etree import ElementTree

from vn_resolution.errors import DamagedSource, MissingTool
from vn_resolution.sources.pdf_process import Bitmap
from vn_resolution.sources.pdf_words import PageWords, Word
from vn_resolution.sources.scan_lines import drawn_lines, level, turned

LANGUAGE = "vie"
HOW_TO_GET = "apt-get install tesseract-ocr tesseract-ocr-vie, or Tesseract with its language data 'vie'"
PAGE_SECONDS = 120.0
"""The time that one page may take unless the caller says otherwise; 3 to 10 s are usual."""
Progress = Callable[[int, int], None]
"""Is told (pages done, pages in all)."""

_BBOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size (-?[\d.]+)")
_CONFIDENCE = re.compile(r"x_wconf (-?\d+)")
_TURN = re.compile(r"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)")
_SPECK = 45.0
_TINY = 0.5
_POOR = 55.0
"""A mean confidence below which the page may stand on its head."""
_DASHES = {"—": "-", "–": "-", "~": "-", "_": "-", "=": "-", "¬": "-", "―": "-", "»": "-", "«": "-", "†": "+", "‡": "+"}


class Tesseract(NamedTuple):
    """The program, its version and languages."""

    path: str
    version: str
    languages: tuple[str, ...]


@lru_cache(maxsize=1)
def find_tesseract() -> Tesseract | None:
    """The Tesseract of this machine, or None."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        version = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20)
        languages = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    words = (version.stdout or version.stderr).split()
    listed = (languages.stdout or languages.stderr).splitlines()[1:]
    return Tesseract(path, words[1] if len(words) > 1 else "?", tuple(sorted(line.strip() for line in listed)))


def can_recognise() -> bool:
    """Whether Tesseract and its Vietnamese data are there."""
    found = find_tesseract()
    return found is not None and LANGUAGE in found.languages


def require_tesseract(name: str) -> None:
    """Raises MissingTool, in one sentence, where scans cannot be read."""
    if not can_recognise():
        what = "Tesseract" if find_tesseract() is None else "Tesseract's language data 'vie'"
        raise MissingTool(f"{name}: its pages are pictures; to read them, {what} is needed: {HOW_TO_GET}")


def recognise(bitmap: Bitmap, number: int, name: str, seconds: float = PAGE_SECONDS) -> PageWords:
    """The words of a page's picture, in points; a page that stands on its head or side is turned first.

    Raises MissingTool without Tesseract, DamagedSource where it fails or takes too long.
    """
    page, sideways = _read(bitmap, number, name, seconds)
    if sideways or not page.words or _mean_confidence(page.words) < _POOR:
        turn = _orientation(bitmap, seconds)
        if turn:
            again, _ = _read(turned(bitmap, turn), number, name, seconds)
            if sideways or _mean_confidence(again.words) > _mean_confidence(page.words):
                page = again
    return page


def _read(bitmap: Bitmap, number: int, name: str, seconds: float) -> tuple[PageWords, bool]:
    """The page as it lies, and whether its words run up or down."""
    dpi = f"{bitmap.dpi:.0f}"
    output = _run(["stdin", "stdout", "-l", LANGUAGE, "--psm", "3", "--dpi", dpi, "hocr"], bitmap, name, seconds)
    scale = 72 / bitmap.dpi
    words, slopes, sideways = _words(output, scale, name)
    page = PageWords(number, bitmap.width * scale, bitmap.height * scale, words)
    _even_sizes(words)
    page.segments = drawn_lines(bitmap)
    slope = median(slopes) if len(slopes) > 4 else 0.0
    if abs(slope) > 0.0008:
        level(page, slope)
    return page, sideways


def _run(arguments: list[str], bitmap: Bitmap, name: str, seconds: float) -> str:
    require_tesseract(name)
    found = find_tesseract()
    assert found is not None
    try:
        run = subprocess.run(
            [found.path, *arguments], input=bitmap.pgm(), capture_output=True, timeout=seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise DamagedSource(f"{name}: a page took longer than the limit of {seconds:g} s to recognise") from None
    except OSError as error:
        raise MissingTool(f"{name}: Tesseract could not be started: {error}") from None
    if run.returncode and not run.stdout:
        raise DamagedSource(f"{name}: Tesseract could not read a page: {_last_line(run.stderr)}")
    return run.stdout.decode("utf-8", errors="replace")


def _last_line(words: bytes) -> str:
    return (words.decode("utf-8", errors="replace").strip().splitlines() or ["no reason given"])[-1][:200]


def _orientation(bitmap: Bitmap, seconds: float) -> int:
    """By how many degrees clockwise the picture must be turned; 0 where that is not known."""
    found = find_tesseract()
    if found is None or "osd" not in found.languages:
        return 0
    try:
        output = _run(["stdin", "stdout", "--psm", "0", "--dpi", f"{bitmap.dpi:.0f}"], bitmap, "the page", seconds)
    except DamagedSource:  # too few letters to tell
        return 0
    match = _TURN.search(output)
    return int(match[1]) % 360 if match and float(match[2]) > 1 else 0


def _even_sizes(words: list[Word]) -> None:
    """Sizes measured from ink waver from line to line; those near the page's usual one are that. Drops what is tiny."""
    sizes = sorted(word.size for word in words for _ in word.text)
    if not sizes:
        return
    usual = sizes[len(sizes) // 2]
    for word in words:
        if abs(word.size - usual) <= 0.19 * usual:
            word.size = usual
    # Marks that were torn off their letters look like a line of tiny type.
    words[:] = [w for w in words if w.size > _TINY * usual or (w.confidence > 85 and len(w.text) > 2)]


# -- what Tesseract says -----------------------------------------------------------------------------------


def _words(hocr: str, scale: float, name: str) -> tuple[list[Word], list[float], bool]:
    """The words in points, the slopes of the longer lines, and whether words are higher than they are wide."""
    try:
        root = ElementTree.fromstring(hocr.encode("utf-8"))
    except ElementTree.ParseError:
        raise DamagedSource(f"{name}: Tesseract's answer for a page cannot be read") from None
    words: list[Word] = []
    slopes: list[float] = []
    long = tall = 0
    for line in root.iter("{http://www.w3.org/1999/xhtml}span"):
        if line.get("class") not in ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"):
            continue
        title = line.get("title", "")
        box, base, size = _BBOX.search(title), _BASELINE.search(title), _SIZE.search(title)
        if box is None:
            continue
        left, top, right, bottom = map(int, box.groups())
        slope, offset = (float(base[1]), float(base[2])) if base else (0.0, 0.0)
        points = (float(size[1]) if size else bottom - top) * scale * 0.92
        if right - left > 600 and abs(slope) < 0.1:
            slopes.append(slope)
        found = _line_words(line)
        if _is_dirt(found):
            continue
        for position, (text, x0, y0, x1, y1, confidence) in enumerate(found):
            long += len(text) > 2
            tall += len(text) > 2 and y1 - y0 > 1.3 * (x1 - x0)
            height = bottom + offset + slope * ((x0 + x1) / 2 - left) if base else float(y1)
            if position == 0 and text in _DASHES:
                text = _DASHES[text]
            elif position < 2 and len(text) > 2 and text[0] in "'‘`´" and text[1].isalpha():
                text = text[1:]
            words.append(Word(text, x0 * scale, x1 * scale, height * scale, points, False, confidence))
    return [word for word in words if not _is_speck(word)], slopes, 2 * tall > long > 3


def _is_dirt(line: list[tuple[str, int, int, int, int, float]]) -> bool:
    """Whether a line holds no letter and no digit and is no drawn rule either."""
    text = "".join(word[0] for word in line)
    return not any(map(str.isalnum, text)) and len(set(text)) > 1


def _line_words(line: ElementTree.Element) -> list[tuple[str, int, int, int, int, float]]:
    found = []
    for item in line.iter("{http://www.w3.org/1999/xhtml}span"):
        if item.get("class") != "ocrx_word":
            continue
        text = "".join(item.itertext()).strip()
        title = item.get("title", "")
        box, sure = _BBOX.search(title), _CONFIDENCE.search(title)
        if text and box is not None:
            x0, y0, x1, y1 = map(int, box.groups())
            found.append((text, x0, y0, x1, y1, float(sure[1]) if sure else 0.0))
    return found


def _is_speck(word: Word) -> bool:
    """Dirt that was taken for a character: no letter or digit, and doubtful."""
    return word.confidence < _SPECK and not any(map(str.isalnum, word.text)) and word.text not in ("-", "+", "•", "*")


def _mean_confidence(words: list[Word]) -> float:
    return sum(word.confidence for word in words) / len(words) if words else 0.0


def doubtful_share(words: list[Word]) -> float:
    """The share of words that the recogniser was not sure of."""
    counts = Counter(word.confidence < 60 for word in words)
    return counts[True] / max(1, len(words))

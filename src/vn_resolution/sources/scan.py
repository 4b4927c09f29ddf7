"""Reads pictures of pages with Tesseract: each becomes words with places and confidences, laid out as a PDF is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache
from statistics import median
from time import monotonic
from typing import NamedTuple

from vn_resolution.errors import DamagedSource, MissingTool, SourceTooLarge
from vn_resolution.sources.limits import DEFAULT_LIMITS
from vn_resolution.sources.pdf_process import Bitmap
from vn_resolution.sources.pdf_tables import table_boxes
from vn_resolution.sources.pdf_words import PageWords, Word
from vn_resolution.sources.scan_hocr import HocrPage, read_hocr
from vn_resolution.sources.scan_lines import (
    cut_out,
    drawn_lines,
    ink,
    level,
    straightened,
    turned,
    without_lines,
    without_words,
)

LANGUAGE = "vie"
HOW_TO_GET = "apt-get install tesseract-ocr tesseract-ocr-vie, or Tesseract with its language data 'vie'"

_TURN = re.compile(r"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)")
_OVERLOOKED = 2500
"""Pixels of ink, at 300 dpi, that no word accounts for: about ten letters."""
_SURE_ENOUGH = 60.0
_DOUBTFUL_LINE = 82.0
_MOST_LINES = 8
_COLUMN_GAP = 3.0
"""Sizes of white between the words of two columns."""
_MOST_TABLES = 4
_LEVEL = 0.0008
_SKEWED = 0.008
"""The slope from which on the drawn lines of tables break up; reading a page anew takes its time again."""
"""The slope from which on a page is set level."""
_TINY = 0.5
_POOR = 55.0
"""A mean confidence below which the page may stand on its head."""


class Tesseract(NamedTuple):
    """The program, its version and languages."""

    path: str
    version: str
    languages: tuple[str, ...]


class PageTime:
    """The time that may pass on one page, from now on."""

    __slots__ = ("_ends", "_seconds", "name")

    def __init__(self, name: str, seconds: float) -> None:
        self.name = name
        self._seconds = seconds
        self._ends = monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises SourceTooLarge where none are."""
        left = self._ends - monotonic()
        if left <= 0:
            raise self.over()
        return left

    def over(self) -> SourceTooLarge:
        """What is told when none are left."""
        return SourceTooLarge(
            f"{self.name}: recognising a page takes longer than the limit of {self._seconds:g} s; "
            "raise the limit (--page-seconds)"
        )


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


def recognise(bitmap: Bitmap, number: int, name: str, seconds: float = DEFAULT_LIMITS.page_seconds) -> PageWords:
    """The words of a page's picture, in points; a page that stands on its head or side is turned first.

    Raises MissingTool without Tesseract, DamagedSource where it fails, SourceTooLarge where the page takes longer than
    `seconds`.
    """
    time = PageTime(name, seconds)
    page, sideways = _read(bitmap, number, time)
    if sideways or not page.words or _mean_confidence(page.words) < _POOR:
        turn = _orientation(bitmap, time)
        if turn:
            again, _ = _read(turned(bitmap, turn), number, time)
            if sideways or _mean_confidence(again.words) > _mean_confidence(page.words):
                page = again
    return page


def _read(bitmap: Bitmap, number: int, time: PageTime) -> tuple[PageWords, bool]:
    """The page as it lies, and whether its words run up or down."""
    drawn = drawn_lines(bitmap)
    clean = without_lines(bitmap, drawn)
    found = _look(clean, 3, time)
    skew = _slope(found)
    if not found.sideways and abs(skew) > _SKEWED:  # the lines of tables are only found where they run level
        bitmap = straightened(bitmap, skew)
        drawn = drawn_lines(bitmap)
        clean = without_lines(bitmap, drawn)
        found = _look(clean, 3, time)
    scale = 72 / bitmap.dpi
    page = PageWords(number, bitmap.width * scale, bitmap.height * scale, [], drawn)
    if not found.sideways:
        _look_closer(found, clean, time)
        page.words = found.words()
        for box in table_boxes(drawn)[:_MOST_TABLES]:
            _look_into_table(page, box, clean, time)
        # What its layout analysis took for drawings is looked at once more, wherever words may stand.
        left = without_words(clean, page.words)
        if ink(left) > _OVERLOOKED * (bitmap.dpi / 300) ** 2:
            more = _look(left, 11, time).words()
            page.words += [w for w in more if w.confidence >= _SURE_ENOUGH and len(w.text) > 1]
    else:
        page.words = found.words()
    _even_sizes(page.words)
    slope = _slope(found)
    if abs(slope) > _LEVEL:
        level(page, slope)
    return page, found.sideways


def _slope(page: HocrPage) -> float:
    """By how much its lines fall to the right."""
    return median(page.slopes) if len(page.slopes) > 4 else 0.0


def _look_into_table(page: PageWords, box: tuple[float, float, float, float], bitmap: Bitmap, time: PageTime) -> None:
    """Reads a table once more, word by word: layout analysis runs the lines of neighbouring cells together."""
    part, x, y = cut_out(bitmap, *box)
    again = _look(part, 11, time).words()
    before = [word for word in page.words if box[0] <= word.x0 and word.x1 <= box[2] and box[1] < word.base < box[3]]
    if not again or _mean_confidence(again) < _mean_confidence(before):
        return
    for word in again:
        word.x0, word.x1, word.base = word.x0 + x, word.x1 + x, word.base + y
    old = set(map(id, before))
    page.words = [word for word in page.words if id(word) not in old] + _better_of(before, again)


def _better_of(first: list[Word], second: list[Word]) -> list[Word]:
    """Of two readings of one place the second, with what only the first has, and its words where it was surer."""
    kept: list[Word] = []
    over = _rivals(first, second)
    met = Counter(id(rival) for rivals in over for rival in rivals)
    for word, rivals in zip(second, over, strict=True):
        alone = len(rivals) == 1 and met[id(rivals[0])] == 1
        kept.append(rivals[0] if alone and rivals[0].confidence > word.confidence else word)
    return kept + [word for word in first if id(word) not in met and word.confidence >= _SURE_ENOUGH]


def _rivals(first: list[Word], second: list[Word]) -> list[list[Word]]:
    """For each word of the second reading those of the first that cover its place."""
    rows = sorted(first, key=lambda word: word.base)
    bases = [word.base for word in rows]
    tallest = max((word.size for word in first), default=0.0)
    found = []
    for word in second:
        reach = max(word.size, tallest)
        near = rows[bisect_left(bases, word.base - reach) : bisect_right(bases, word.base + reach)]
        found.append([other for other in near if _overlap(word, other)])
    return found


def _overlap(a: Word, b: Word) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and abs(a.base - b.base) < max(a.size, b.size)


def _look(bitmap: Bitmap, mode: int, time: PageTime) -> HocrPage:
    """What Tesseract reads in a picture; `mode`: 3 a page, 7 one line, 11 words wherever they stand."""
    arguments = ["stdin", "stdout", "-l", LANGUAGE, "--psm", str(mode), "--dpi", f"{bitmap.dpi:.0f}", "hocr"]
    return read_hocr(_run(arguments, bitmap, time), 72 / bitmap.dpi, time.name)


def _look_closer(page: HocrPage, bitmap: Bitmap, time: PageTime) -> None:
    """Reads the least certain lines once more, each by itself with room for its marks above and below: a page's
    layout may have cut the marks off capitals, and taken them for a line; or taken lines of two columns that do not
    stand level for one, so that stretches with wide white between them are read apart."""
    sizes = sorted(word.size for line in page.lines for word in line for _ in word.text)
    if not sizes:
        return
    usual = sizes[len(sizes) // 2]
    stretches = [(line, stretch) for line in page.lines for stretch in _stretches(line)]
    doubtful = [(line, words) for line, words in stretches if _is_doubtful(words, line)]
    doubtful.sort(key=lambda found: _mean_confidence(found[1]))
    for line, words in doubtful[:_MOST_LINES]:
        size = max(usual * 0.8, *(word.size for word in words))
        left, right = words[0].x0 - 0.4 * size, max(word.x1 for word in words) + 0.4 * size
        base = max(word.base for word in words)
        part, x, y = cut_out(bitmap, left, base - 1.35 * size, right, base + 0.45 * size)
        again = [word for words in _look(part, 7, time).lines for word in words]
        whole = len(words) == len(line)
        if not again or _mean_confidence(again) <= max(_mean_confidence(words), 0.0 if whole else _SURE_ENOUGH):
            continue
        if not whole and max(word.size for word in again) > size:  # a piece of the next line was taken for its letters
            continue
        for word in again:
            word.x0, word.x1 = word.x0 + x, word.x1 + x
            word.base, word.size = (base, words[0].size) if whole else (word.base + y, word.size)
        old = set(map(id, words))
        line[:] = sorted([word for word in line if id(word) not in old] + again, key=lambda word: word.x0)
        # What was taken for a line of its own above, but was this one's marks.
        for other in page.lines:
            if other is not line and other and all(_within(w, left, right, base, size) for w in other):
                other.clear()


def _is_doubtful(words: list[Word], line: list[Word]) -> bool:
    """Whether a line, or a stretch of one, is worth another look; a stretch only where next to nothing was read."""
    if len(words) == len(line):
        return len(line) > 1 and _mean_confidence(words) < _DOUBTFUL_LINE
    return _mean_confidence(words) < _POOR and sum(len(word.text) for word in words) > 1


def _stretches(line: list[Word]) -> list[list[Word]]:
    """The words of a line, apart where white stands between them that only columns have."""
    found: list[list[Word]] = []
    for word in line:
        if found and word.x0 - found[-1][-1].x1 <= _COLUMN_GAP * word.size:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _within(word: Word, left: float, right: float, base: float, size: float) -> bool:
    """Whether a word is so small and so near above a line that it can only be its marks."""
    return word.size < 0.6 * size and left <= word.x0 and word.x1 <= right and 0 < base - word.base < 1.3 * size


def _run(arguments: list[str], bitmap: Bitmap, time: PageTime) -> str:
    require_tesseract(time.name)
    found = find_tesseract()
    assert found is not None
    try:
        run = subprocess.run(
            [found.path, *arguments], input=bitmap.pgm(), capture_output=True, timeout=time.left(),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise time.over() from None
    except OSError as error:
        raise MissingTool(f"{time.name}: Tesseract could not be started: {error}") from None
    if run.returncode and not run.stdout:
        raise DamagedSource(f"{time.name}: Tesseract could not read a page: {_last_line(run.stderr)}")
    return run.stdout.decode("utf-8", errors="replace")


def _last_line(words: bytes) -> str:
    return (words.decode("utf-8", errors="replace").strip().splitlines() or ["no reason given"])[-1][:200]


def _orientation(bitmap: Bitmap, time: PageTime) -> int:
    """By how many degrees clockwise the picture must be turned; 0 where that is not known."""
    found = find_tesseract()
    if found is None or "osd" not in found.languages:
        return 0
    try:
        output = _run(["stdin", "stdout", "--psm", "0", "--dpi", f"{bitmap.dpi:.0f}"], bitmap, time)
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


def _mean_confidence(words: list[Word]) -> float:
    return sum(word.confidence for word in words) / len(words) if words else 0.0

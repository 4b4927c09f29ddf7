"""Works on the picture of a page without any image library: finds the lines drawn on it, turns it, sets it level."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from vn_resolution.sources.pdf_process import Bitmap
from vn_resolution.sources.pdf_words import PageWords, Segment

_STEP = 4
"""Of every so many pixels along a line one is looked at."""
_INK = 140
_SHORTEST = 0.3
"""Inches of ink without a gap that make a line."""
_THICKEST = 0.045
_MOST = 3000
_TO_INK = bytes(0 if grey < _INK else 1 for grey in range(256))


def drawn_lines(bitmap: Bitmap) -> list[Segment]:
    """The straight lines along and down the page, in points."""
    ink = bitmap.data.translate(_TO_INK)
    run = re.compile(b"\0{%d,}" % max(4, int(_SHORTEST * bitmap.dpi / _STEP)))
    width, height = bitmap.width, bitmap.height
    thickest = max(3, int(_THICKEST * bitmap.dpi))
    scale = 72 / bitmap.dpi
    found: list[Segment] = []
    rows = (ink[y * width : (y + 1) * width : _STEP] for y in range(height))
    for at, low, high in _strokes(rows, run, thickest):
        found.append((low * _STEP * scale, at * scale, high * _STEP * scale, at * scale))
    columns = (ink[x :: width * _STEP] for x in range(width))
    for at, low, high in _strokes(columns, run, thickest):
        found.append((at * scale, low * _STEP * scale, at * scale, high * _STEP * scale))
    return found if len(found) < _MOST else []


def _strokes(scans: Iterable[bytes], run: re.Pattern[bytes], thickest: int) -> list[tuple[float, int, int]]:
    """(place, from, to) of runs of ink, those in neighbouring scans taken together; what is too thick is a picture."""
    open_: list[list[float]] = []  # first place, last place, from, to
    done: list[tuple[float, int, int]] = []
    for at, scan in enumerate(scans):
        runs = [(m.start(), m.end()) for m in run.finditer(scan)]
        if not runs and not open_:
            continue
        for low, high in runs:
            for stroke in open_:
                if low <= stroke[3] + 2 and high >= stroke[2] - 2:
                    stroke[1], stroke[2], stroke[3] = at, min(stroke[2], low), max(stroke[3], high)
                    break
            else:
                open_.append([at, at, low, high])
        still: list[list[float]] = []
        for stroke in open_:
            if at - stroke[1] <= 2:
                still.append(stroke)
            elif stroke[1] - stroke[0] <= thickest + 0.02 * _STEP * (stroke[3] - stroke[2]):
                done.append(((stroke[0] + stroke[1]) / 2, int(stroke[2]), int(stroke[3])))
        open_ = still
        if len(done) > 4 * _MOST:
            return []
    return done


def turned(bitmap: Bitmap, degrees: int) -> Bitmap:
    """The picture turned clockwise by 90, 180 or 270 degrees."""
    width, height, data = bitmap.width, bitmap.height, bitmap.data
    if degrees == 180:
        return Bitmap(width, height, bitmap.dpi, data[::-1])
    if degrees == 90:
        return Bitmap(height, width, bitmap.dpi, b"".join(data[x::width][::-1] for x in range(width)))
    if degrees == 270:
        return Bitmap(height, width, bitmap.dpi, b"".join(data[x::width] for x in reversed(range(width))))
    return bitmap


def level(page: PageWords, slope: float) -> None:
    """Turns the places of words and lines so that lines which rise by `slope` run along the page."""
    angle = -math.atan(slope)
    cos, sin = math.cos(angle), math.sin(angle)
    mid_x, mid_y = page.width / 2, page.height / 2

    def place(x: float, y: float) -> tuple[float, float]:
        x, y = x - mid_x, y - mid_y
        return mid_x + x * cos - y * sin, mid_y + x * sin + y * cos

    for word in page.words:
        x0, base = place(word.x0, word.base)
        x1, _ = place(word.x1, word.base)
        word.x0, word.x1, word.base = x0, x1, base
    segments: list[Segment] = []
    for x0, y0, x1, y1 in page.segments:
        x, y = place((x0 + x1) / 2, (y0 + y1) / 2)
        half_x, half_y = (x1 - x0) / 2, (y1 - y0) / 2
        segments.append((x - half_x, y - half_y, x + half_x, y + half_y))
    page.segments = segments

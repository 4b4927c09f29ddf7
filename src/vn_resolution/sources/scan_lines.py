"""Works on the picture of a page without any image library: finds the lines drawn on it and takes
them off, turns it, sets it level."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from vn_resolution.sources.pdf_process import Bitmap
from vn_resolution.sources.pdf_words import PageWords, Segment, Word

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


def without_lines(bitmap: Bitmap, segments: list[Segment]) -> Bitmap:
    """The picture with these lines made white: a recogniser takes what stands near them for a drawing."""
    if not segments:
        return bitmap
    return _whitened(bitmap, segments, max(2, round(0.013 * bitmap.dpi)))


def without_words(bitmap: Bitmap, words: list[Word]) -> Bitmap:
    """The picture with the places of these words made white, marks above and below included."""
    boxes = [(w.x0, w.base - 1.15 * w.size, w.x1, w.base + 0.4 * w.size) for w in words]
    return _whitened(bitmap, boxes, max(2, round(0.02 * bitmap.dpi)))


def ink(bitmap: Bitmap) -> int:
    """How many pixels are dark."""
    return bitmap.data.translate(_TO_INK).count(0)


def cut_out(bitmap: Bitmap, x0: float, y0: float, x1: float, y1: float) -> tuple[Bitmap, float, float]:
    """The part of the picture between these places (in points) with white around it, and what must be added to places
    in it to have places on the page."""
    scale = bitmap.dpi / 72
    left, right = max(0, int(x0 * scale)), min(bitmap.width, int(x1 * scale) + 1)
    top, bottom = max(0, int(y0 * scale)), min(bitmap.height, int(y1 * scale) + 1)
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    margin = max(4, round(0.04 * bitmap.dpi))
    width, side = right - left + 2 * margin, b"\xff" * margin
    rows = [bitmap.data[y * bitmap.width + left : y * bitmap.width + right] for y in range(top, bottom)]
    edge = b"\xff" * (width * margin)
    data = edge + b"".join(side + row.ljust(right - left, b"\xff") + side for row in rows) + edge
    return (
        Bitmap(width, bottom - top + 2 * margin, bitmap.dpi, data),
        (left - margin) / scale,
        (top - margin) / scale,
    )


def _whitened(bitmap: Bitmap, boxes: list[Segment], around: int) -> Bitmap:
    data = bytearray(bitmap.data)
    width, height, scale = bitmap.width, bitmap.height, bitmap.dpi / 72
    for x0, y0, x1, y1 in boxes:
        left, right = max(0, int(x0 * scale) - around), min(width, int(x1 * scale) + around + 1)
        top, bottom = max(0, int(y0 * scale) - around), min(height, int(y1 * scale) + around + 1)
        if right > left:
            white = b"\xff" * (right - left)
            for row in range(top, bottom):
                data[row * width + left : row * width + right] = white
    return Bitmap(width, height, bitmap.dpi, bytes(data))


def straightened(bitmap: Bitmap, slope: float) -> Bitmap:
    """The picture of a page whose lines fall by `slope` (pixels down for each to the right), set level: its columns are
    moved up and down, then its rows to the sides, which is a turn where the slope is small."""
    width, height, data = bitmap.width, bitmap.height, bitmap.data
    white = b"\xff" * width
    rows = [data[y * width : (y + 1) * width] for y in range(height)]
    pieces: list[tuple[int, int, int]] = []  # left, right, by how much its pixels stand too low
    for x in range(width):
        drop = round(slope * (x - width / 2))
        if pieces and pieces[-1][2] == drop:
            pieces[-1] = (pieces[-1][0], x + 1, drop)
        else:
            pieces.append((x, x + 1, drop))
    level: list[bytes] = []
    for y in range(height):
        row = b"".join(
            (rows[y + drop] if 0 <= y + drop < height else white)[left:right] for left, right, drop in pieces
        )
        aside = max(-width, min(width, round(-slope * (y - height / 2))))
        moved = row[aside:] + white[:aside] if aside >= 0 else white[:-aside] + row[:aside]
        level.append(moved)
    return Bitmap(width, height, bitmap.dpi, b"".join(level))


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

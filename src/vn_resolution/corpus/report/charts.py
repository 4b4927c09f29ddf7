"""Draws readings of one measure by year as a small SVG: a dot for what was reached, a ring for a target, a bar for a
range, a tick for a bound, a colour for each of some provinces."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from vn_resolution.corpus.series import Measured, shown_value
from vn_resolution.render.viewer_markup import text

OTHERS: Final = 6
"""The colour of provinces that have none of their own; there are so many others."""
_WIDTH: Final = 340
_HEIGHT: Final = 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 10, 16, 22
_MOST_YEARS: Final = 7
_UNITS: Final = ((10**12, "T"), (10**9, "G"), (10**6, "M"))
_LONG: Final = 10**6


class _Point(NamedTuple):
    reading: Measured
    first: float
    last: float
    value: float


def chart(
    readings: Sequence[Measured],
    colours: Mapping[str | None, int],
    scale: int,
    label: str,
    said: Callable[[str], str] = str,
) -> str:
    """The SVG, or "" where no reading has a year and a value. `scale`: so many base units are one of the axis; `said`
    puts a number ("1,234.5") as the page's language has it."""
    points = [point for reading in readings if (point := _point(reading, scale))]
    if not points:
        return ""
    axis = _Axes(points, scale)
    points = list({_same(point, axis, colours): point for point in points}.values())
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{text(label)}">',
        *axis.drawn(said),
    ]
    by_province: dict[str | None, list[_Point]] = {}
    for point in points:
        by_province.setdefault(point.reading.province, []).append(point)
    order = sorted(by_province, key=lambda p: (-colours.get(p, OTHERS), p or ""))  # those with a colour lie on top
    for province in order:
        own = sorted(by_province[province], key=lambda point: (point.first + point.last, point.value))
        parts.append(f'<g class="s{colours.get(province, OTHERS)}">')
        if province:
            parts += _links(own, axis)
        parts += (_mark(point, axis, scale, said) for point in own)
        parts.append("</g>")
    return "".join((*parts, "</svg>"))


def bar(share: float) -> str:
    """A bar that is filled to this share."""
    return (
        '<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="10"/><rect width="{max(0.8, 100 * share):.1f}" height="10"/></svg>'
    )


def sample(kind: str, colour: int = OTHERS) -> str:
    """A mark alone, for the key: actual, target, range or bound."""
    inner = {
        "actual": '<circle class="dot" cx="9" cy="7" r="4"/>',
        "target": '<circle class="ring" cx="9" cy="7" r="3.5"/>',
        "range": '<line class="bar" x1="9" x2="9" y1="0" y2="14"/><circle class="ring" cx="9" cy="7" r="3.5"/>',
        "bound": '<path class="tick" d="M9 5v-7m-2.5 2.5L9-2l2.5 2.5"/><circle class="ring" cx="9" cy="9" r="3.5"/>',
    }[kind]
    return f'<svg class="s{colour}" viewBox="0 0 18 14" aria-hidden="true">{inner}</svg>'


def _point(reading: Measured, scale: int) -> _Point | None:
    if reading.year is None or reading.middle is None:
        return None
    first, _, last = reading.year.partition("–")
    value = float(reading.middle) / scale
    years = int(first[:4]), int((last or first)[:4])
    return _Point(reading, *years, value) if math.isfinite(value) else None


def _same(point: _Point, axis: _Axes, colours: Mapping[str | None, int]) -> tuple[object, ...]:
    """What makes two readings one mark: a text and its table may say the same, and of thousands many would hide each
    other."""
    reading = point.reading
    place = round(axis.x((point.first + point.last) / 2)), round(axis.y(point.value))
    kind = reading.low is None, reading.high is None, reading.low == reading.high
    return colours.get(reading.province, OTHERS), place, point.first == point.last, reading.status, kind


class _Axes:
    """Where years and values lie."""

    def __init__(self, points: Sequence[_Point], scale: int) -> None:
        ends = [float(bound) / scale for p in points for bound in (p.reading.low, p.reading.high) if bound is not None]
        low, high = min(ends), max(ends)
        if low > 0 and low < 0.5 * high:
            low = 0.0
        self._step = _nice((high - low or abs(high) or 1) / 4)
        self._low = math.floor(low / self._step) * self._step
        self._high = math.ceil(high / self._step) * self._step
        if self._high == self._low:
            self._high += self._step
        self._first = int(min(p.first for p in points))
        self._last = int(max(p.last for p in points))
        if self._first == self._last:
            self._first, self._last = self._first - 1, self._last + 1

    def x(self, year: float) -> float:
        inner = _WIDTH - _LEFT - _RIGHT - 24
        return _LEFT + 12 + inner * (year - self._first) / (self._last - self._first)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (value - self._low) / (self._high - self._low)

    def drawn(self, said: Callable[[str], str]) -> list[str]:
        """Grid lines with their values, and the years."""
        parts = []
        for k in range(round((self._high - self._low) / self._step) + 1):
            value = self._low + k * self._step
            y = self.y(value)
            kind = "base" if k == 0 else "grid"
            parts.append(f'<line class="{kind}" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            number = said(_short(value, self._high))
            parts.append(f'<text x="{_LEFT - 6}" y="{y + 3.5:.1f}" text-anchor="end">{number}</text>')
        every = math.ceil((self._last - self._first + 1) / _MOST_YEARS)
        parts.extend(
            f'<text x="{self.x(year):.1f}" y="{_HEIGHT - 5}" text-anchor="middle">{year}</text>'
            for year in range(self._first, self._last + 1, every)
        )
        return parts


def _links(own: Sequence[_Point], axis: _Axes) -> Iterator[str]:
    """Lines from year to year, where a province has one value in each of them."""
    years: dict[float, list[_Point]] = {}
    for point in own:
        if point.first == point.last:
            years.setdefault(point.first, []).append(point)
    for before, after in pairwise(years[year] for year in sorted(years)):
        if len(before) == len(after) == 1:
            (x1, y1), (x2, y2) = ((axis.x(p.first), axis.y(p.value)) for p in (before[0], after[0]))
            yield f'<line class="link" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _mark(point: _Point, axis: _Axes, scale: int, said: Callable[[str], str]) -> str:
    reading = point.reading
    x, y = axis.x((point.first + point.last) / 2), axis.y(point.value)
    parts = []
    if point.last > point.first:
        ends = axis.x(point.first), axis.x(point.last)
        parts.append(f'<line class="bar" x1="{ends[0]:.1f}" x2="{ends[1]:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
    low, high = reading.low, reading.high
    if low is not None and high is not None and low != high:
        ends = axis.y(float(low) / scale), axis.y(float(high) / scale)
        parts.append(f'<line class="bar" x1="{x:.1f}" x2="{x:.1f}" y1="{ends[0]:.1f}" y2="{ends[1]:.1f}"/>')
    elif (low is None) != (high is None):
        way = -1 if high is None else 1
        tip = y + way * 12
        parts.append(
            f'<path class="tick" d="M{x:.1f} {y + way * 4:.1f}V{tip:.1f}M{x - 2.5:.1f} {tip - way * 2.5:.1f}'
            f'L{x:.1f} {tip:.1f}L{x + 2.5:.1f} {tip - way * 2.5:.1f}"/>'
        )
    shape = ("dot", "4") if reading.status == "actual" else ("ring", "3.5")
    told = f"{reading.province or '—'}, {reading.year}: {said(shown_value(reading, scale))} ({reading.document})"
    circle = f'<circle class="{shape[0]}" cx="{x:.1f}" cy="{y:.1f}" r="{shape[1]}">'
    parts.append(f"{circle}<title>{text(told)}</title></circle>")
    return "".join(parts)


def _nice(step: float) -> float:
    """The next greater of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(size * power for size in (1.0, 2.0, 2.5, 5.0, 10.0) if size * power >= step * 0.999)


def _short(value: float, highest: float) -> str:
    """A value of an axis: in millions and more where the highest one is longer than "100,000"."""
    size, sign = next((unit for unit in _UNITS if highest >= max(_LONG, unit[0])), (1, ""))
    return f"{round(value / size, 6):,.6g}{sign if value else ''}"


__all__ = ["OTHERS", "bar", "chart", "sample"]

"""Tells where on the pages of a PDF or a scan a stretch of its text stands."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from vn_resolution.model import Source, Span


class Place(NamedTuple):
    """A box on a page, in points (1/72 inch) from the upper left corner of the page as it is read upright."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


def locate(source: Source, span: Span) -> list[Place]:
    """The boxes in which `source.text[start:end]` stands, one for each line of type that it takes; none where the
    format has no pages. A box is as wide as the characters of the stretch in its line (in a scan the recogniser knows
    whole words, of which all characters count as equally wide) and as high as the line."""
    start, end = span
    places: list[Place] = []
    for locator in source.locators[bisect_right(source.locators, start, key=lambda locator: locator.span[1]) :]:
        begin, stop = locator.span
        if begin >= end:
            break
        edges = list(accumulate(map(int, locator.widths.split()), initial=round(10 * locator.left)))
        first, last = max(start, begin) - begin, min(end, stop) - begin
        if first < last:
            places.append(Place(locator.page, edges[first] / 10, locator.top, edges[last] / 10, locator.bottom))
    return places

"""Puts the words of a page into reading order: lines, blocks of two columns (left, then right), and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from vn_resolution.sources.pdf_tables import Table, cell_of, take_tables
from vn_resolution.sources.pdf_words import PageWords, Word, rows_of

_WIDE = 1.0
"""Sizes of white that may part two columns; what it must be beside the line's other gaps follows."""
_WIDER = 2.5
_WIDEST = 3.0
_LABEL_GAP = 4.0
_LONGEST_LABEL = 6
_LONE_GAP = 3.0
_CORRIDOR = 0.4
_PITCH = 1.35
_NEAR = 1.7
"""Pitches within which a line belongs to the block above or below it."""


@dataclass(slots=True, eq=False)
class Line:
    """A line of type in reading order. `left` and `right` are the edges of the column that it stands in; `column` is 0
    for the page's full measure, else the number of a column on that page; `centred` is told of lines in columns."""

    words: list[Word]
    page: int
    left: float = 0.0
    right: float = 0.0
    column: int = 0
    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    centred: bool = False

    def __post_init__(self) -> None:
        words = self.words
        self.text = " ".join(word.text for word in words)
        self.x0, self.x1 = words[0].x0, max(word.x1 for word in words)
        weights = sorted((word.size, len(word.text), word.base) for word in words)
        self.size, _, self.base = weights[len(weights) // 2]
        self.bold = 2 * sum(len(w.text) for w in words if w.bold) > sum(len(w.text) for w in words)


@dataclass(slots=True)
class PageItems:
    """One page in reading order."""

    page: PageWords
    items: list[Line | Table] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Segment:
    words: list[Word]
    x0: float
    x1: float
    base: float
    size: float


@dataclass(slots=True, eq=False)
class _Band:
    """What stands at one height: segments from left to right with wide gaps between them."""

    segments: list[_Segment]

    @property
    def base(self) -> float:
        return max(s.base for s in self.segments)

    @property
    def size(self) -> float:
        return max(s.size for s in self.segments)


def order_page(page: PageWords) -> PageItems:
    """The lines and tables of a page as a reader takes them."""
    tables, words = take_tables(page.words, page.segments)
    ordered = PageItems(page)
    bands = _bands(rows_of(words))
    for table in tables:
        above = [b for b in bands if b.base <= table.y0 + 2]
        ordered.items += _Orderer(page, above, ordered.items).run()
        bands = bands[len(above) :]
        ordered.items.append(table)
    ordered.items += _Orderer(page, bands, ordered.items).run()
    return ordered


# -- bands -------------------------------------------------------------------------------------------------


def _bands(rows: list[list[Word]]) -> list[_Band]:
    bands: list[_Band] = []
    for row in rows:
        segments = [_segment(piece) for piece in split_row(row)]
        last = bands[-1] if bands else None
        if last is not None and _same_height(last, segments):
            last.segments = sorted(last.segments + segments, key=lambda s: s.x0)
        else:
            bands.append(_Band(segments))
    return bands


def split_row(row: list[Word]) -> list[list[Word]]:
    """The words of a line of type cut where wide gaps part them."""
    size = median(w.size for w in row)
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    usual = sorted(gaps)[len(gaps) // 4] if len(gaps) >= 3 else 0.3 * size
    limit = max(_WIDE * size, min(_WIDER * usual, _WIDEST * size))
    pieces: list[list[Word]] = [[row[0]]]
    for word, gap in zip(row[1:], gaps, strict=True):
        if gap > limit:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _segment(words: list[Word]) -> _Segment:
    base, size = median(w.base for w in words), median(w.size for w in words)
    return _Segment(words, words[0].x0, max(w.x1 for w in words), base, size)


def _with_label(band: _Band) -> None:
    """Puts a label that a tab parts from its text together with it."""
    while len(band.segments) > 1:
        first, second = band.segments[:2]
        label = len(first.words) == 1 and len(first.words[0].text) <= _LONGEST_LABEL
        if not label or second.x0 - first.x1 > _LABEL_GAP * first.size:
            return
        band.segments[:2] = [_segment(first.words + second.words)]


def _same_height(band: _Band, segments: list[_Segment]) -> bool:
    size = min(s.size for s in (*band.segments, *segments))
    if min(s.base for s in segments) - max(s.base for s in band.segments) > 0.6 * size:
        return False
    return all(a.x1 + 0.5 * size < b.x0 or b.x1 + 0.5 * size < a.x0 for a in band.segments for b in segments)


# -- columns -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Corridor:
    """The white between two columns."""

    low: float
    high: float

    def side(self, segment: _Segment) -> int:
        """-1 left of it, 1 right of it, 0 across it."""
        margin = _CORRIDOR * segment.size
        if segment.x1 <= self.high - margin and segment.x0 < self.low + margin:
            return -1
        return 1 if segment.x0 >= self.low + margin else 0

    def narrow(self, band: _Band) -> bool:
        """Shrinks to what this band leaves free; False (and unchanged) where a segment goes across."""
        sides = [self.side(s) for s in band.segments]
        if 0 in sides:
            return False
        low = max([self.low] + [s.x1 for s, k in zip(band.segments, sides, strict=True) if k < 0])
        high = min([self.high] + [s.x0 for s, k in zip(band.segments, sides, strict=True) if k > 0])
        if high - low < _CORRIDOR * band.size:
            return False
        self.low, self.high = low, high
        return True


class _Orderer:
    """Walks the bands of a stretch of a page once."""

    def __init__(self, page: PageWords, bands: list[_Band], before: list[Line | Table]) -> None:
        self.page = page
        self.bands = bands
        self.columns = max((item.column for item in before if isinstance(item, Line)), default=0)
        self.items: list[Line | Table] = []
        self.pending: list[_Band] = []
        """Bands of one segment that were read already but may still fall to a block of columns below them."""

    def run(self) -> list[Line | Table]:
        k = 0
        while k < len(self.bands):
            band = self.bands[k]
            if len(band.segments) > 1:
                table_end = self._table_end(k)
                if table_end:
                    self._flush()
                    self.items.append(_aligned(self.bands[k:table_end]))
                    k = table_end
                    continue
                _with_label(band)
            if len(band.segments) > 1:
                end = self._columns(k)
                if end:
                    k = end
                    continue
            self.pending.append(band)
            k += 1
        self._flush()
        return self.items

    def _flush(self, keep: int = 0) -> None:
        for band in self.pending[: len(self.pending) - keep]:
            words = [word for segment in band.segments for word in segment.words]
            self.items.append(Line(sorted(words, key=lambda w: w.x0), self.page.number))
        self.pending = self.pending[len(self.pending) - keep :]

    def _near(self, above: _Band, below: _Band, pitches: float = _NEAR) -> bool:
        return below.base - above.base <= pitches * _PITCH * max(above.size, below.size)

    # -- two columns ----------------------------------------------------------------------------------------

    def _columns(self, k: int) -> int:
        """Reads the block of two columns that band k is part of; the index after it, 0 where the band is a line."""
        band = self.bands[k]
        gaps = [(b.x0 - a.x1, a.x1, b.x0) for a, b in pairwise(band.segments)]
        width, low, high = max(gaps)
        corridor = _Corridor(low, high)
        end = last = k + 1
        while end < len(self.bands) and self._near(self.bands[end - 1], self.bands[end], 2.5):
            if not corridor.narrow(self.bands[end]):
                break
            end += 1
            if len(self.bands[end - 1].segments) > 1:
                last = end
        tail = last
        while tail < end and self._near(self.bands[tail - 1], self.bands[tail]):
            if corridor.side(self.bands[tail].segments[0]) > 0:
                break  # the right column may go on as lines of the page: their order is the same
            tail += 1
        lone = last == k + 1
        above = self._above(corridor, band)
        if lone and not above and width < _LONE_GAP * band.size:
            return 0
        self._flush(keep=above)
        block = [*self.pending, *self.bands[k:tail]]
        self.pending = []
        self._emit_columns(block, corridor)
        return tail

    def _above(self, corridor: _Corridor, band: _Band) -> int:
        """How many of the pending bands belong to the block: those near it and beside its corridor."""
        count = 0
        below = band
        across = False
        for candidate in reversed(self.pending):
            side = corridor.side(candidate.segments[0])
            across = side == 0 and self._near(candidate, below, 1.3)
            if side == 0 or not self._near(candidate, below, _NEAR if side < 0 else 2.5):
                break
            if not corridor.narrow(candidate):
                break
            count += 1
            below = candidate
        # The last, short line of a paragraph above is not the first of a column.
        if across and corridor.side(below.segments[0]) < 0:
            count -= 1
        return max(count, 0)

    def _emit_columns(self, block: list[_Band], corridor: _Corridor) -> None:
        pairs = [
            ([s for s in b.segments if corridor.side(s) <= 0], [s for s in b.segments if corridor.side(s) > 0])
            for b in block
        ]
        if _is_list(pairs):
            rows = [[cell_of(_words(left)), cell_of(_words(right))] for left, right in pairs]
            first, last = block[0], block[-1]
            self.items.append(Table(0.0, first.base - first.size, self.page.width, last.base, (), rows))
            return
        for side in (0, 1):
            column = sorted((pair[side] for pair in pairs if pair[side]), key=lambda ss: max(s.base for s in ss))
            if not column:
                continue
            self.columns += 1
            left, right = min(s.x0 for ss in column for s in ss), max(s.x1 for ss in column for s in ss)
            self.items += [Line(_words(ss), self.page.number, left, right, self.columns) for ss in column]

    # -- tables without lines ---------------------------------------------------------------------------------

    def _table_end(self, k: int) -> int:
        """The index after the table without lines that begins at band k; 0 where none does: at least three rows of at
        least three cells, between the same corridors."""
        first = self.bands[k]
        if len(first.segments) < 3:
            return 0
        corridors = [_Corridor(a.x1, b.x0) for a, b in pairwise(first.segments)]
        end = k + 1
        full = last = 1
        while end < len(self.bands) and self._near(self.bands[end - 1], self.bands[end], 2.5):
            band = self.bands[end]
            open_ = [c for c in corridors if c.narrow(band)]
            if len(open_) < 2 or (len(band.segments) == 1 and not self._near(self.bands[end - 1], band)):
                break
            corridors = open_
            end += 1
            if len(band.segments) > 2:
                full += 1
            if len(band.segments) > 1:
                last = end - k
        return k + last if full >= 3 else 0


def _words(segments: list[_Segment]) -> list[Word]:
    return [word for segment in segments for word in segment.words]


def _is_list(pairs: list[tuple[list[_Segment], list[_Segment]]]) -> bool:
    """Whether each row of two columns is a name and its figure."""
    both = [(left, right) for left, right in pairs if left and right]
    if len(both) < 3 or len(both) < 0.8 * sum(bool(right) for _, right in pairs):
        return False
    figures = sum(_is_figure(cell_of(_words(right)).text) for _, right in both)
    return figures >= 0.7 * len(both)


def _is_figure(text: str) -> bool:
    return text[:1].isdigit() and sum(map(str.isalpha, text)) <= max(4, len(text) // 2)


def _aligned(bands: list[_Band]) -> Table:
    """A table of bands: columns where every band leaves white, rows where the first column begins anew."""
    edges: list[tuple[float, float]] = []
    for segment in sorted((s for b in bands if len(b.segments) > 2 for s in b.segments), key=lambda s: s.x0):
        if edges and segment.x0 < edges[-1][1]:
            edges[-1] = (edges[-1][0], max(edges[-1][1], segment.x1))
        else:
            edges.append((segment.x0, segment.x1))
    table = Table(edges[0][0], bands[0].base - bands[0].size, edges[-1][1], bands[-1].base)
    cells: list[list[list[Word]]] = []
    last = bands[0].base
    for band in bands:
        row: list[list[Word]] = [[] for _ in edges]
        for segment in band.segments:
            middle = (segment.x0 + segment.x1) / 2
            nearest = min(range(len(edges)), key=lambda c: max(edges[c][0] - middle, middle - edges[c][1], 0.0))
            row[nearest] += segment.words
        wrapped = band.base - last <= 1.3 * band.size or not any(_is_figure(cell_of(cell).text) for cell in row if cell)
        last = band.base
        if cells and not row[0] and wrapped:
            for target, words in zip(cells[-1], row, strict=True):
                target += words
        else:
            cells.append(row)
    table.rows = [[cell_of(cell) for cell in row] for row in cells]
    return table

"""Finds the ruled tables of a page, from the lines drawn on it, and puts its words into their cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from vn_resolution.sources.pdf_words import Segment, Word, rows_of

_FLAT = 1.5
_SHORTEST = 6.0
_JOINT = 3.5
"""Points by which two lines that are meant to meet may miss each other."""
_MOST_LINES = 4000
_FEWEST_EDGES = 3


@dataclass(slots=True)
class Cell:
    """A cell: its lines of words, and the columns and rows that it takes (what they cover are empty cells)."""

    lines: list[list[Word]]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """What stands in it, its lines run together."""
        return " ".join(word.text for line in self.lines for word in line)

    @property
    def words(self) -> list[Word]:
        """Its words in reading order."""
        return [word for line in self.lines for word in line]


@dataclass(slots=True)
class Table:
    """A table: its place, the edges `xs` of its columns (empty for one without lines), and its cells, row by row, all
    rows of one width."""

    x0: float
    y0: float
    x1: float
    y1: float
    xs: tuple[float, ...] = ()
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class _Rule:
    """A line along one axis: `at` on the other axis, from `low` to `high`."""

    at: float
    low: float
    high: float
    group: int = -1


def take_tables(words: list[Word], segments: Iterable[Segment]) -> tuple[list[Table], list[Word]]:
    """The ruled tables of a page from top to bottom, and the words that stand in none of them."""
    across, down = _rules(segments)
    tables: list[Table] = []
    for rows, columns in _grids(across, down):
        table, words = _fill(rows, columns, words)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda t: (t.y0, t.x0)), words


# -- lines -------------------------------------------------------------------------------------------------


def _rules(segments: Iterable[Segment]) -> tuple[list[_Rule], list[_Rule]]:
    """The lines across and the lines down, pieces of one line joined."""
    across: list[_Rule] = []
    down: list[_Rule] = []
    for x0, y0, x1, y1 in segments:
        if y1 - y0 <= _FLAT and x1 > x0:
            across.append(_Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _FLAT and y1 > y0:
            down.append(_Rule((x0 + x1) / 2, y0, y1))
        if len(across) + len(down) > _MOST_LINES:
            break
    return _joined(across), _joined(down)


def _joined(rules: list[_Rule]) -> list[_Rule]:
    rules.sort(key=lambda r: r.at)
    levels: list[list[_Rule]] = []
    for rule in rules:
        if levels and rule.at - levels[-1][-1].at <= 1.2 and rule.at - levels[-1][0].at <= _JOINT:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    joined: list[_Rule] = []
    for level in levels:
        level.sort(key=lambda r: r.low)
        current = _Rule(level[0].at, level[0].low, level[0].high)
        for rule in level[1:]:
            if rule.low <= current.high + _JOINT:
                current.high = max(current.high, rule.high)
            else:
                joined.append(current)
                current = _Rule(rule.at, rule.low, rule.high)
        joined.append(current)
    return [rule for rule in joined if rule.high - rule.low >= _SHORTEST]


def _grids(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """The connected sets of lines in which lines across meet lines down."""
    across.sort(key=lambda r: r.at)
    heights = [r.at for r in across]
    parent = list(range(len(across) + len(down)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for k, rule in enumerate(down):
        first = bisect_right(heights, rule.low - _JOINT)
        last = bisect_right(heights, rule.high + _JOINT)
        for j in range(first, last):
            if across[j].low - _JOINT <= rule.at <= across[j].high + _JOINT:
                parent[root(j)] = root(len(across) + k)
    found: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for k, rule in enumerate((*across, *down)):
        found.setdefault(root(k), ([], []))[k >= len(across)].append(rule)
    return [(rows, columns) for rows, columns in found.values() if rows and columns and len(rows) + len(columns) > 2]


def _levels(values: Iterable[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > 2 * _JOINT:
            levels.append(value)
    return levels


# -- cells -------------------------------------------------------------------------------------------------


def _fill(rows: list[_Rule], columns: list[_Rule], words: list[Word]) -> tuple[Table | None, list[Word]]:
    """The table of one grid and the words left; None where the lines frame a single cell or nothing."""
    xs = _levels([r.at for r in columns] + [x for r in rows for x in (r.low, r.high)])
    ys = _levels([r.at for r in rows] + [y for r in columns for y in (r.low, r.high)])
    if len(xs) < 3 or len(ys) < 2:
        return None, words
    grid = _Grid(xs, ys, rows, columns)
    inside: dict[tuple[int, int], list[Word]] = {}
    outside: list[Word] = []
    for word in words:
        place = grid.cell((word.x0 + word.x1) / 2, word.base - 0.3 * word.size)
        if place is None:
            outside.append(word)
        else:
            inside.setdefault(place, []).append(word)
    if len({column for _, column in inside}) < 2:
        return None, words
    table = Table(xs[0], ys[0], xs[-1], ys[-1], tuple(xs))
    used = sorted({row for row, _ in inside})
    sizes = grid.sizes()
    for row in used:
        cells = [cell_of(inside.get((row, column), [])) for column in range(len(xs) - 1)]
        for column, cell in enumerate(cells):
            cell.columns, height = sizes.get((row, column), (1, 1))
            cell.rows = bisect_left(used, row + height) - bisect_left(used, row)
        table.rows.append(cells)
    return table, outside


def table_boxes(segments: Iterable[Segment]) -> list[Segment]:
    """The places of the ruled tables that lines make, whatever stands in them."""
    boxes: list[Segment] = []
    for rows, columns in _grids(*_rules(segments)):
        xs = _levels([r.at for r in columns] + [x for r in rows for x in (r.low, r.high)])
        ys = _levels([r.at for r in rows] + [y for r in columns for y in (r.low, r.high)])
        if len(xs) >= _FEWEST_EDGES and len(ys) >= _FEWEST_EDGES:
            boxes.append((xs[0], ys[0], xs[-1], ys[-1]))
    return boxes


def cell_of(words: list[Word]) -> Cell:
    """The cell in which these words stand."""
    return Cell(rows_of(words))


def without_empty_columns(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without the columns in which none of them has anything."""
    used = [c for c in range(max(map(len, rows), default=0)) if any(c < len(row) and row[c].lines for row in rows)]
    for row in rows:
        for c, cell in enumerate(row):
            if cell.columns > 1:
                cell.columns = max(1, bisect_left(used, c + cell.columns) - bisect_left(used, c))
    return [[row[c] if c < len(row) else Cell([]) for c in used] for row in rows]


class _Grid:
    """The cells between lines: a cell that no line parts from its neighbour is one with it."""

    def __init__(self, xs: list[float], ys: list[float], rows: list[_Rule], columns: list[_Rule]) -> None:
        self.xs, self.ys = xs, ys
        wide, high = len(xs) - 1, len(ys) - 1
        self._root = {(r, c): (r, c) for r in range(high) for c in range(wide)}
        right = [[False] * high for _ in range(wide)]
        below = [[False] * wide for _ in range(high)]
        for rule in columns:
            column = self._nearest(xs, rule.at) - 1
            if 0 <= column < wide:
                for r in range(high):
                    if rule.low <= (ys[r] + ys[r + 1]) / 2 <= rule.high:
                        right[column][r] = True
        for rule in rows:
            row = self._nearest(ys, rule.at) - 1
            if 0 <= row < high:
                for c in range(wide):
                    if rule.low <= (xs[c] + xs[c + 1]) / 2 <= rule.high:
                        below[row][c] = True
        for r in range(high):
            for c in range(wide):
                if c and not right[c - 1][r]:
                    self._join((r, c - 1), (r, c))
                if r and not below[r - 1][c]:
                    self._join((r - 1, c), (r, c))

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of the first cell of the one that this point lies in."""
        c, r = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= c < len(self.xs) - 1 and 0 <= r < len(self.ys) - 1):
            return None
        return self._find((r, c))

    def sizes(self) -> dict[tuple[int, int], tuple[int, int]]:
        """(columns, rows) of the cells that take more than one of either, by their first (row, column)."""
        last: dict[tuple[int, int], tuple[int, int]] = {}
        count: dict[tuple[int, int], int] = {}
        for place in self._root:
            first = self._find(place)
            r, c = last.get(first, place)
            last[first] = (max(r, place[0]), max(c, place[1]))
            count[first] = count.get(first, 0) + 1
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for first, (r, c) in last.items():
            columns, rows = c - first[1] + 1, r - first[0] + 1
            if columns * rows == count[first] > 1:  # a shape that is no rectangle has no size
                found[first] = (columns, rows)
        return found

    def _nearest(self, levels: list[float], at: float) -> int:
        k = bisect_right(levels, at)
        if k and (k == len(levels) or at - levels[k - 1] <= levels[k] - at):
            k -= 1
        return k

    def _find(self, cell: tuple[int, int]) -> tuple[int, int]:
        while self._root[cell] != cell:
            self._root[cell] = self._root[self._root[cell]]
            cell = self._root[cell]
        return cell

    def _join(self, a: tuple[int, int], b: tuple[int, int]) -> None:
        a, b = self._find(a), self._find(b)
        if a != b:
            self._root[max(a, b)] = min(a, b)

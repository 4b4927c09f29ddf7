"""Follows the tables of a text while its lines are read: rows of pipes, rows between tabs, and tables flattened to
one cell a line with bars between them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence

from vn_resolution.model import Span
from vn_resolution.structure.blocks import Block
from vn_resolution.structure.draft import Piece
from vn_resolution.structure.line import Line, Lines

_BAR = re.compile(r"\|(?<!\\\|)")
_SEPARATOR_ROW = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
_FEWEST_CELLS = 3
_MOST_COLUMNS = 200

Emit = Callable[[int, int], None]
"""Takes the stretch of one cell."""
Drop = Callable[[int, int, str], None]
"""Takes the stretch and kind of one artifact."""


class TableTracker:
    """The table that is open at the line which is read: `table` is its number, -1 outside of any. `pipes`: bars stand
    between the cells of a table, as in Markdown; else they are signs of the text. `doubtful` are the stretches of
    flattened tables whose rows are not all of one length."""

    def __init__(
        self, text: str, lines: list[Line], emit: Emit, drop: Drop, known: Sequence[Span] = (), *, pipes: bool = True
    ) -> None:
        self._text = text
        self._lines = lines
        self._emit = emit
        self._drop = drop
        self._known = deque(sorted(known))
        self._pipes = pipes
        self._count = 0
        self._kind = ""
        self._bars: list[int] = []
        self._fresh_bar = False
        self.table = -1
        self.row = 0
        self.column = 0
        self.doubtful: list[Span] = []

    def place(self, line: Line) -> None:
        """Gives a line that is read now its place in the open table."""
        if self.table >= 0:
            line.table, line.row, line.column = self.table, self.row, self.column

    def gap(self) -> None:
        """An empty line: one right after a bar closes a flattened table."""
        if self._fresh_bar:
            self.end()

    def take_known(self, start: int, end: int) -> bool:
        """Reads a physical line if it is a row of a table that the format itself marks as one."""
        while self._known and self._known[0][1] <= start:
            self._known.popleft()
            self.end()
        if not self._known or self._known[0][0] > start:
            return False
        if self._kind != "known":
            self._open("known")
        edges = []
        for cell in self._text[start:end].split("\t"):
            edges.append((start, start + len(cell)))
            start += len(cell) + 1
        self._row(edges)
        return True

    def take(self, start: int, end: int, blank: int) -> bool:
        """Reads a physical line `[start, end)` if it is one of a table; `blank` counts the empty lines before it. Where
        no table is open a line without bars and tabs is none."""
        text = self._text
        self._fresh_bar = False
        if self._kind != "bars" and text.count("\t", start, end) > 1 and self._tab_row(start, end, blank):
            return True
        bars = [] if not self._pipes else [match.start() for match in _BAR.finditer(text, start, end)]
        if len(bars) == 1 and not text[start:end].strip("| \t\r"):
            self._bar(bars[0], blank)
            return True
        if self._kind == "bars":  # inside a flattened table: the text of a cell
            return False
        if len(bars) > 1 or (bars and self._kind == "pipes"):
            self._pipe_row(start, end, bars, blank)
            return True
        if self.table >= 0:  # a line without bars or tabs ends a table of rows
            self.end()
        return False

    def end(self) -> None:
        """Closes the open table, if there is one."""
        if self._bars:
            self._place_cells()
        self.table = -1
        self._kind = ""
        self._bars = []
        self._fresh_bar = False

    def _open(self, kind: str) -> None:
        self.end()
        self._kind = kind
        self.table = self._count
        self._count += 1
        self.row = self.column = 0

    def _row(self, edges: list[tuple[int, int]]) -> None:
        for column, (start, end) in enumerate(edges):
            self.column = column
            if self._text[start:end].strip():
                self._emit(start, end)
        self.row += 1

    def _tab_row(self, start: int, end: int, blank: int) -> bool:
        """A row whose cells stand between tabs: at least three of them, or the next row of such a table."""
        cells = self._text[start:end].split("\t")
        filled = sum(bool(cell.strip()) for cell in cells)
        going_on = self._kind == "tabs" and not blank
        if filled < _FEWEST_CELLS and not (going_on and filled):
            return False
        if not going_on:
            self._open("tabs")
        edges = []
        for cell in cells:
            edges.append((start, start + len(cell)))
            start += len(cell) + 1
        self._row(edges)
        return True

    def _pipe_row(self, start: int, end: int, bars: list[int], blank: int) -> None:
        text = self._text
        if self._kind != "pipes" or blank:
            self._open("pipes")
        if _SEPARATOR_ROW.fullmatch(text, start, end):
            left = start + len(text[start:end]) - len(text[start:end].lstrip())
            self._drop(left, left + len(text[start:end].strip()), "table_rule")
            return
        for bar in bars:
            self._drop(bar, bar + 1, "table_bar")
        edges = [start, *(bar + 1 for bar in bars)]
        stops = [*bars, end]
        cells = list(zip(edges, stops, strict=True))
        if not text[slice(*cells[0])].strip():
            del cells[0]
        if cells and not text[slice(*cells[-1])].strip():
            del cells[-1]
        self._row(cells)

    def _bar(self, at: int, blank: int) -> None:
        """A bar alone on its line, of a table flattened to one cell a line."""
        self._drop(at, at + 1, "table_bar")
        row_ended = self._bars and self._bars[-1] == len(self._lines)
        if self._kind != "bars" or (blank and row_ended):
            self._open("bars")
        self._bars.append(len(self._lines))
        self._fresh_bar = True

    def _place_cells(self) -> None:
        """Rows and columns of a flattened table. Between two bars stands a cell or nothing: an empty cell, or the
        seam of two rows; the first row, which has no empty cell, tells how many cells a row has."""
        counts = self._bars
        filled = [counts[k] < counts[k + 1] for k in range(len(counts) - 1)]
        width = next((k for k, full in enumerate(filled) if not full), len(filled)) or 1
        row = column = k = 0
        uneven = False
        while k < len(filled):
            uneven = uneven or column >= width
            for line in self._lines[counts[k] : counts[k + 1]]:
                line.row, line.column = row, column
            column += 1
            k += 1
            if column >= width and k < len(filled) and not filled[k]:
                row, column = row + 1, 0
                k += 1  # the seam
        cells = self._lines[counts[0] : counts[-1]]
        if cells and (uneven or 0 < column < width):
            self.doubtful.append((cells[0].start, cells[-1].end))
        for line in self._lines[counts[-1] :]:  # after the last bar: no longer in the table
            if line.table == self.table:
                line.table = -1


def table_rows(block: Block, source: Lines) -> list[list[Piece]]:
    """The rows of a table block, all of one width; a cell that holds nothing has an empty span at the end of the cell
    before it."""
    rows: dict[int, dict[int, list[Line]]] = {}
    for line in block.lines:
        rows.setdefault(line.row, {}).setdefault(line.column, []).append(line)
    # A stray row of very many bars must not blow up the others.
    width = min(max(max(row) + 1 for row in rows.values()), _MOST_COLUMNS)
    table: list[list[Piece]] = []
    at = block.start
    for row in rows.values():
        cells: list[Piece] = []
        begin = _row_start(row, source) if source.merged else 0
        for column in (*range(width), *(c for c in sorted(row) if c >= width)):
            lines = row.get(column)
            if lines:
                size = source.merged.get((begin, column), (1, 1))
                cells.append(Piece("cell", " ".join(x.text for x in lines), lines[0].start, lines[-1].end, *size))
                at = lines[-1].end
            else:
                cells.append(Piece("cell", "", at, at))
        table.append(cells)
    return table


def _row_start(row: dict[int, list[Line]], source: Lines) -> int:
    """Where the physical line begins that a row of a known table is."""
    first = row[min(row)][0].start
    return source.text.rfind("\n", 0, first) + 1

"""Turns the paragraphs, gaps and tables that a reader finds, in the order in which it finds them, into plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from vn_resolution.model import Span
from vn_resolution.sources.extract_result import Merged
from vn_resolution.sources.grids import Cell, Grid, Paragraph, Piece, judge, paragraphs_of

_SPACE_IN_LINE = " \t\u00a0\u2007\u202f\u3000"
_SPACE = _SPACE_IN_LINE + "\r\n"
# Word sets a tab, or a run of spaces, between a label and its text; one space says the same.
_LABEL_GAP = re.compile(
    r"((?:[^\W\d_]{1,8} )?\(?(?:\d{1,3}[a-zđ]?|[a-zđ]{1,2}|[ivxlc]{1,7})(?:\.\d{1,3}){0,4}[.):/]{1,2}"
    r"|[^\w\s.…_(\[\"'“‘]{1,2})"
    r"(?:[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{2,}|\u00a0)(?=\S)",
    re.IGNORECASE,
)
_MOST_PADDING = 500_000
"""Empty cells that merged cells may stand for in one document; a file that claims more is lying."""


@dataclass(slots=True)
class _Table:
    """A table that is open: its grid, the cell that is open in it, and the rows that cells above still reach into."""

    grid: Grid
    cell: Cell | None = None
    column: int = 0
    reaches: dict[int, tuple[int, int]] = field(default_factory=dict)  # column -> (rows left, columns)


class LaidOut(NamedTuple):
    """A text (NFC), (offset, label) for each label that it lacks, the stretches that are data tables, and the merged
    cells in them."""

    text: str
    labels: tuple[tuple[int, str], ...]
    tables: tuple[Span, ...]
    merged: tuple[Merged, ...] = ()


class Sheet:
    """The text under way. Cells and asides (text boxes, notes) nest; what is said in one lands in it."""

    def __init__(self) -> None:
        self._stack: list[list[Piece]] = [[]]
        self._tables: list[_Table] = []
        self._padding = 0

    # -- what a reader says ----------------------------------------------------------------------------

    def paragraph(self, text: str, label: str | None = None) -> Paragraph | None:
        """A paragraph; "\\n" in it is a line end of its own. `label` is the one that is shown before it and that the
        text lacks. A paragraph without a word is a gap."""
        lines = _clean(text)
        # A number without a text says something in a cell (a column that counts its rows), and nothing elsewhere.
        if not lines and not (label and self.in_cell and any(map(str.isalnum, label))):
            self.gap()
            return None
        breaks = "\n\n" in text
        if breaks and text.lstrip(_SPACE_IN_LINE).startswith("\n\n"):
            self.gap()
        paragraph = Paragraph(lines, label)
        self._stack[-1].append(paragraph)
        if breaks and text.rstrip(_SPACE_IN_LINE).endswith("\n\n"):
            self.gap()
        return paragraph

    def gap(self) -> None:
        """An empty line."""
        self._stack[-1].append(None)

    def open_aside(self) -> None:
        """What follows is kept apart, until `close_aside` hands it out."""
        self._stack.append([])

    def close_aside(self) -> list[Piece]:
        """The pieces since `open_aside`."""
        return self._stack.pop()

    def add(self, pieces: list[Piece]) -> None:
        """Pieces that were kept apart, in this place."""
        self._stack[-1].extend(pieces)

    def mark(self) -> int:
        """Where the text stands now, for `forget`."""
        return len(self._stack[-1])

    def forget(self, mark: int) -> None:
        """Takes back what was said since the mark."""
        del self._stack[-1][mark:]

    # -- tables ------------------------------------------------------------------------------------------

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return bool(self._tables) and self._tables[-1].cell is not None

    def open_table(self, ruled: bool | None = None) -> None:
        """`ruled`: whether its cells have visible borders, unless they say otherwise; None = not known."""
        self._tables.append(_Table(Grid(ruled)))

    def open_row(self) -> None:
        """A row of the open table."""
        table = self._tables[-1]
        table.grid.rows.append([])
        table.column = 0

    def open_cell(
        self, columns: int = 1, rows: int = 1, *, ruled: bool | None = None, head: bool = False,
        goes_on: bool = False, beside: bool = False,
    ) -> None:  # fmt: skip
        """A cell that takes `columns` and reaches down over `rows` (0: to the end of the table). `goes_on`: it belongs
        to the cell above it, or (`beside`) to the one before it, and what is said in it is dropped."""
        table = self._tables[-1]
        if not table.grid.rows:
            self.open_row()
        self._skip_reached(table)
        cell = Cell(ruled=ruled, head=head, goes_on=goes_on or beside, beside=beside)
        table.grid.rows[-1].append(cell)
        table.cell = cell
        if columns > 1 and self._may_pad(columns - 1):
            cell.columns = columns
        if rows != 1 and not cell.goes_on:
            table.reaches[table.column] = (rows - 1 if rows else 1 << 30, cell.columns)
        table.column += cell.columns
        self._stack.append(cell.pieces)

    def close_cell(self) -> None:
        """The end of the open cell."""
        table = self._tables[-1]
        table.cell = None
        self._stack.pop()

    def close_row(self, *, drop: bool = False) -> None:
        """The end of the open row; `drop`: it does not count."""
        table = self._tables[-1]
        if drop and table.grid.rows:
            table.grid.rows.pop()
            return
        self._skip_reached(table)

    def close_table(self) -> None:
        """The end of the open table, which becomes a piece of what it stands in."""
        grid = self._tables.pop().grid
        judge(grid)
        self._stack[-1].append(grid)

    def _skip_reached(self, table: _Table) -> None:
        """Empty cells where cells of the rows above reach down."""
        while table.column in table.reaches:
            rows, columns = table.reaches.pop(table.column)
            if rows > 1 and self._may_pad(columns):
                table.reaches[table.column] = (rows - 1, columns)
            table.grid.rows[-1].append(Cell(columns=columns, goes_on=True))
            table.column += columns

    def _may_pad(self, count: int) -> bool:
        self._padding += count
        return self._padding <= _MOST_PADDING

    # -- the text ----------------------------------------------------------------------------------------

    def laid_out(self) -> LaidOut:
        """Everything that was said, as text."""
        while len(self._stack) > 1:  # a document that was cut off
            self._stack.pop()
        while self._tables:
            self.close_table()
        page = _Page()
        _lay_out(self._stack[0], page)
        if page.lines and not page.lines[-1]:
            page.lines.pop()
        return LaidOut("\n".join(page.lines), tuple(page.labels), tuple(page.tables), tuple(page.merged))


def _clean(text: str) -> list[str]:
    """The lines of a paragraph, without space at their ends; empty lines stay inside only."""
    text = unicodedata.normalize("NFC", text).strip(_SPACE)
    if not text:
        return []
    lines = [line.strip(_SPACE) for line in text.split("\n")] if "\n" in text else [text]
    if "\t" in text or "\u00a0" in text or "  " in text:
        for k, line in enumerate(lines):
            if gap := _LABEL_GAP.match(line):
                lines[k] = gap[1] + " " + line[gap.end() :]
    return lines


class _Page:
    """The lines under way; `at` is the offset of the next one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.labels: list[tuple[int, str]] = []
        self.tables: list[Span] = []
        self.merged: list[Merged] = []
        self.at = 0

    def line(self, text: str, label: str | None = None) -> None:
        if label:
            self.labels.append((self.at, label))
        self.lines.append(text)
        self.at += len(text) + 1

    def gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.line("")


def _lay_out(pieces: list[Piece], page: _Page) -> None:
    """Writes pieces; the tables inside of layout tables are met on a stack, not by recursion."""
    waiting: list[Iterator[Piece]] = [iter(pieces)]
    while waiting:
        for piece in waiting[-1]:
            if piece is None:
                page.gap()
            elif isinstance(piece, Paragraph):
                for k, line in enumerate(piece.lines):
                    if line:
                        page.line(line, None if k else piece.label)
                    else:
                        page.gap()
            else:
                page.gap()
                if not piece.data:
                    waiting.append(iter(_in_reading_order(piece)))
                    break
                _rows(piece, page)
                page.gap()
        else:
            waiting.pop()


def _rows(grid: Grid, page: _Page) -> None:
    start = page.at
    open_: dict[int, Merged] = {}  # column -> the last cell that begins in it, as large as it is up to now
    for row in grid.rows:
        cells: list[str] = []
        for cell in row:
            cells.append(_cell_text(cell))
            cells += [""] * (cell.columns - 1)
        if any(cells):
            page.merged += _grown(open_, row, page.at)
            page.line("\t".join(cells))
    page.merged += filter(_is_merged, open_.values())
    if page.at > start:
        page.tables.append((start, page.at - 1))


def _grown(open_: dict[int, Merged], row: list[Cell], at: int) -> list[Merged]:
    """Lets the open cells grow by the next row, which begins at `at`, and opens its own; those that ended merged."""
    ended: list[Merged] = []
    column = left = 0
    for cell in row:
        above = open_.get(column)
        if cell.beside and column:
            begin, _, columns, rows = open_[left]
            open_[left] = (begin, left, columns + cell.columns, rows)
        elif cell.goes_on and above and above[2] == cell.columns:
            open_[column] = (*above[:3], above[3] + 1)
            left = column
        else:
            if above and _is_merged(above):
                ended.append(above)
            open_[column] = (at, column, cell.columns, 1)
            left = column
        column += cell.columns
    return ended


def _is_merged(cell: Merged) -> bool:
    return cell[2] > 1 or cell[3] > 1


def _cell_text(cell: Cell) -> str:
    """What a cell shows on one line, the labels that it shows with it."""
    if cell.goes_on:
        return ""
    words = []
    for paragraph in paragraphs_of(cell.pieces):
        text = " ".join(line for line in paragraph.lines if line)
        words.append(f"{paragraph.label} {text}".strip() if paragraph.label else text)
    return " ".join(words).replace("\t", " ")


def _in_reading_order(grid: Grid) -> list[Piece]:
    """The pieces of a layout table: a frame (header, signature) is read down its columns, any other along its rows."""
    cells = [(row, column, cell) for row, column, cell in grid.places() if not cell.goes_on]
    if grid.frame:
        cells.sort(key=lambda place: place[1])
    pieces: list[Piece] = []
    for _, _, cell in cells:
        pieces += cell.pieces
    pieces.append(None)
    return pieces

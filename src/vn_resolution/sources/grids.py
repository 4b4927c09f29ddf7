"""What a table of a document consists of, and whether it holds data or only places text on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vn_resolution.grammar import Rule, fold, load_grammar

_FIGURES = re.compile(r"[\d.,;:/%()x+-]*\d[\d.,;:/%()x+-]*")
_FRAME_COLUMNS = 4
_FRAME_ROWS = 20
_FRAME_PARAGRAPHS = 40
_LONGEST_ROLE = 60
_MANY_PARAGRAPHS = 8


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its lines (more than one where it has line ends of its own), and the label that is shown before it
    but is no part of its text."""

    lines: list[str]
    label: str | None = None


@dataclass(slots=True)
class Cell:
    """A cell: what stands in it, and the columns that it takes. `ruled`: it says itself whether it has borders; `head`:
    it is a column's head; `goes_on`: it is a part of the cell above, or (`beside`) of the one to its left."""

    pieces: list[Piece] = field(default_factory=list)
    columns: int = 1
    ruled: bool | None = None
    head: bool = False
    goes_on: bool = False
    beside: bool = False


@dataclass(slots=True)
class Grid:
    """A table as rows of cells. `ruled`: whether it has visible borders; None = not known. What `judge` finds: `data` =
    it holds data in rows and columns, else it is there for the looks and its text just runs on; `frame` = it is the
    head of a document (national title and issuer side by side) or its foot (recipients and signature); `count` = the
    paragraphs in it."""

    ruled: bool | None = None
    rows: list[list[Cell]] = field(default_factory=list)
    data: bool = False
    frame: bool = False
    count: int = 0

    def places(self) -> Iterator[tuple[int, int, Cell]]:
        """(row, column, cell), row by row."""
        for k, row in enumerate(self.rows):
            column = 0
            for cell in row:
                yield k, column, cell
                column += cell.columns


Piece = Paragraph | Grid | None
"""What stands one below the other: paragraphs, tables, and gaps (None)."""


def paragraphs_of(pieces: list[Piece]) -> Iterator[Paragraph]:
    """All paragraphs in these pieces, those of tables among them too."""
    waiting: list[Iterator[Piece]] = [iter(pieces)]
    while waiting:
        for piece in waiting[-1]:
            if isinstance(piece, Paragraph):
                yield piece
            elif isinstance(piece, Grid):
                waiting += [iter(cell.pieces) for row in reversed(piece.rows) for cell in reversed(row)]
                break
        else:
            waiting.pop()


def judge(grid: Grid) -> None:
    """Decides what a table is; the tables in its cells were judged before."""
    facts = _Facts(grid)
    grid.count = facts.paragraphs
    grid.frame = _is_frame(grid)
    grid.data = not grid.frame and facts.speak_of_data()


class _Facts:
    """What can be counted of a table."""

    def __init__(self, grid: Grid) -> None:
        self.paragraphs = self.columns = self.rows = self.cells = self.filled = self.figures = self.most = 0
        self.heads = self.nested = False
        votes = 0
        last = -1
        for row, column, cell in grid.places():
            self.cells += 1
            ruled = grid.ruled if cell.ruled is None else cell.ruled
            votes += 0 if ruled is None else 1 if ruled else -1
            inside = [piece.count if isinstance(piece, Grid) else 1 for piece in cell.pieces if piece is not None]
            count = sum(inside)
            if cell.goes_on or not count:
                continue
            self.paragraphs += count
            self.filled += 1
            self.columns = max(self.columns, column + 1)
            self.rows += row != last
            last = row
            self.most = max(self.most, count)
            self.heads |= cell.head
            self.figures += count == 1 and _is_figure(cell)
            self.nested |= any(isinstance(piece, Grid) and piece.data for piece in cell.pieces)
        self.ruled = None if votes == 0 else votes > 0

    def speak_of_data(self) -> bool:
        """Borders tell; where there are none to be seen, the shape of the content does."""
        if self.columns < 2 or self.nested or (not self.ruled and self.most > _MANY_PARAGRAPHS):
            return False
        if self.rows == 1:
            return bool(self.ruled) and self.columns > 2
        if self.ruled or self.heads:
            return True
        if self.ruled is None:
            return self.most <= 2 or self.columns > 2
        return (self.columns > 2 and self.filled * 2 >= self.cells) or self.figures * 3 >= self.filled


def _is_figure(cell: Cell) -> bool:
    piece = next((piece for piece in cell.pieces if isinstance(piece, Paragraph)), None)
    if piece is None:
        return False
    text = piece.lines[0] if piece.lines else piece.label or ""
    return _FIGURES.fullmatch(text.replace(" ", "")) is not None


def _is_frame(grid: Grid) -> bool:
    if len(grid.rows) > _FRAME_ROWS:
        return False
    zones = load_grammar().zones
    found = False
    for _, column, cell in grid.places():
        if column >= _FRAME_COLUMNS:
            return False
        paragraphs = [piece for piece in cell.pieces[:_FRAME_PARAGRAPHS] if isinstance(piece, Paragraph)]
        for number, paragraph in enumerate(paragraphs):
            found = found or _opens_frame(paragraph, zones, sign=number == 0 and len(grid.rows) <= 3)
    return found


def _opens_frame(paragraph: Paragraph, zones: dict[str, Rule], *, sign: bool) -> bool:
    """Whether a paragraph is one of the words that stand in such tables only; `sign`: it may be who signs."""
    for line in paragraph.lines[:4]:
        low = fold(" ".join(line.split()))
        if any(zones[key].find(line, low) for key in ("national_title", "motto")):
            return True
        label = zones["recipients_label"].find(line, low)
        if label and (label.group().endswith(":") or label.end() == len(low)):  # not "Nơi nhận hồ sơ", a column's head
            return True
        if sign and line.isupper() and len(line) < _LONGEST_ROLE:
            return any(zones[key].find(line, low) for key in ("capacity", "role"))
    return False

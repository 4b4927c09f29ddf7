"""Follows the tables of a DOCX while its tags are heard, and opens their rows and cells on the sheet once their
properties are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from vn_resolution.sources.docx_styles import DocxStyles, borders_of
from vn_resolution.sources.sheet import Sheet
from vn_resolution.sources.wordml import whole

_SIDES = frozenset(("top", "left", "start", "bottom", "right", "end", "insideH", "insideV"))
_MOST_COLUMNS = 1_000


@dataclass(slots=True)
class _Table:
    """An open table: its style, the borders that it says it has, whether the sheet knows of it, and whether a tracked
    change deleted the open row."""

    style: str | None = None
    sides: dict[str, str | None] = field(default_factory=dict)
    opened: bool = False
    row_deleted: bool = False


@dataclass(slots=True)
class _Cell:
    """An open cell: its borders, the columns that it takes, and whether it is a part of the one above or before it."""

    sides: dict[str, str | None] = field(default_factory=dict)
    columns: int = 1
    goes_on: bool = False
    beside: bool = False
    opened: bool = False


class DocxTables:
    """The open tables and cells."""

    properties = frozenset(("tr", "tblStyle", "gridBefore", "gridSpan", "vMerge", "hMerge")) | _SIDES

    def __init__(self, sheet: Sheet, styles: DocxStyles) -> None:
        self._sheet = sheet
        self._styles = styles
        self._tables: list[_Table] = []
        self._cells: list[_Cell] = []

    def begin_table(self) -> None:
        """`<w:tbl>`"""
        self.content_begins()
        self._tables.append(_Table())

    def begin_cell(self) -> None:
        """`<w:tc>`; outside of a table it is no cell."""
        if self._tables:
            self._open()
        self._cells.append(_Cell(opened=not self._tables))

    def property(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        """An element that says something of the open table, row or cell."""
        if not self._tables:
            return
        table = self._tables[-1]
        text = attributes.get("val")
        if name == "tr":
            self._open()
            self._sheet.open_row()
            table.row_deleted = False
        elif parent == "tblPr":
            table.style = text if name == "tblStyle" else table.style
        elif parent == "tblBorders":
            table.sides[name] = text
        elif name == "gridBefore":
            self._sheet.open_cell(_columns(text), goes_on=True)
            self._sheet.close_cell()
        elif self._cells:
            cell = self._cells[-1]
            if parent == "tcBorders":
                cell.sides[name] = text
            elif name == "gridSpan":
                cell.columns = _columns(text)
            elif name == "vMerge":
                cell.goes_on = text != "restart"
            elif name == "hMerge":
                cell.beside = text != "restart"

    def delete_row(self) -> None:
        """A tracked change deleted the open row."""
        if self._tables:
            self._tables[-1].row_deleted = True

    def content_begins(self) -> None:
        """A paragraph or a table begins: the properties of the cell that it stands in are complete."""
        if self._cells and not self._cells[-1].opened:
            cell = self._cells[-1]
            cell.opened = True
            self._sheet.open_cell(cell.columns, ruled=borders_of(cell.sides), goes_on=cell.goes_on, beside=cell.beside)

    def end_cell(self) -> None:
        """`</w:tc>`"""
        self.content_begins()
        self._cells.pop()
        if self._tables:
            self._sheet.close_cell()

    def end_row(self) -> None:
        """`</w:tr>`"""
        if self._tables:
            self._sheet.close_row(drop=self._tables[-1].row_deleted)

    def end_table(self) -> None:
        """`</w:tbl>`"""
        if self._tables.pop().opened:
            self._sheet.close_table()

    def _open(self) -> None:
        table = self._tables[-1]
        if not table.opened:
            table.opened = True
            own = borders_of(table.sides)
            style = self._styles.look(table.style or self._styles.default_table).ruled
            self._sheet.open_table(own if own is not None else bool(style))


def _columns(text: str | None) -> int:
    return min(max(whole(text) or 1, 1), _MOST_COLUMNS)

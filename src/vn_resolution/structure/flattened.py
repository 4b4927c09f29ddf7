"""Finds tables that were flattened to one cell a line with nothing between the cells, and gives their lines the places
that they had: such tables tell their width by the numbers of their rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vn_resolution.grammar import Rule
from vn_resolution.structure.line import Line

_LABEL = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[a-zđ])[.)]?")
_FIRST = re.compile(r"(?:I|A|1|a|1\.1)[.)]?")
_NARROWEST, _WIDEST = 2, 16
_FEWEST_ROWS = 2
_LONGEST_NUMBER_TITLE = 14
_LONGEST_CELL = 300


def place_flattened(lines: Sequence[Line], rules: Mapping[str, Rule]) -> None:
    """Marks the lines of each such table: its header opens with the title of the column that numbers its rows ("STT"),
    and as many lines as its header has stand from one row's number to the next. Where a row is of another length the
    table ends. Linear in the number of lines."""
    title = rules["row_number_title"]
    table = -1
    past = 0
    for k, line in enumerate(lines):
        if k < past or line.table >= 0 or len(line.text) > _LONGEST_NUMBER_TITLE or not title.find("", line.low):
            continue
        width, rows = _grid(lines, k)
        if rows < _FEWEST_ROWS:
            continue
        table = max(table, *(x.table for x in lines)) + 1 if table < 0 else table + 1
        past = k + width * (rows + 1)
        for at in range(k, past):
            lines[at].table, (lines[at].row, lines[at].column) = table, divmod(at - k, width)


def _grid(lines: Sequence[Line], header: int) -> tuple[int, int]:
    """The width of the table whose header begins at `header`, and how many rows follow that."""
    widest = range(header + _NARROWEST, min(header + _WIDEST + 1, len(lines)))
    first = next((k for k in widest if _FIRST.fullmatch(lines[k].text)), 0)
    width = first - header
    if not first or any(line.table >= 0 for line in lines[header:first]):
        return 0, 0
    number, rows = 0, 0
    numbered = [line.text.strip("()") for line in lines[first : first + width]]
    if numbered == [str(column) for column in range(1, width + 1)]:  # a row that numbers the columns
        rows, first = 1, first + width
    for at in range(first, len(lines) - width + 1, width):
        row = lines[at : at + width]
        label = row[0].text.rstrip(".)")
        if not _LABEL.fullmatch(row[0].text) or any(x.table >= 0 or len(x.text) > _LONGEST_CELL for x in row):
            break
        if label.isdecimal():
            if int(label) not in (1, number + 1):
                break
            number = int(label)
        if row[-1].text.rstrip(".)") == str(number + 1) and not _goes_on(lines, at + width, number + 1):
            break  # a cell is missing, so that this is the number of the next row
        rows += 1
    return width, rows


def _goes_on(lines: Sequence[Line], at: int, number: int) -> bool:
    return at < len(lines) and lines[at].text.rstrip(".)") == str(number)

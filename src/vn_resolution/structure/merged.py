"""Tells which merged cells of a table fit together: they lie inside it, apart from each other, and over empty cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from vn_resolution.model import Cell

Rows = tuple[tuple[Cell, ...], ...]
Place = tuple[int, int]

MOST_COLUMNS: Final = 200
"""So many columns may one cell take."""

MOST_COVERED: Final = 50_000
"""So many empty cells may merged ones cover."""

_NOWHERE: Final = (-1, -1)


def fitted(rows: Rows) -> Rows:
    """The rows with the sizes of those cells set to 1 that cannot take as much as they say."""
    if all(not is_merged(cell) for row in rows for cell in row):
        return rows
    holders = set(covered(rows).values())
    return tuple(
        tuple(cell if (r, c) in holders or not is_merged(cell) else _single(cell) for c, cell in enumerate(row))
        for r, row in enumerate(rows)
    )


def covered(rows: Sequence[Sequence[Cell]]) -> dict[Place, Place]:
    """The places (row, column) that merged cells take besides their own, each with the place of that cell. A cell is
    taken at its word where all that it covers is empty cells that no other one covers, and where each row keeps a cell
    of its own; what goes beyond all bounds is not."""
    taken: dict[Place, Place] = {}
    left = [len(row) for row in rows]
    looked = 0
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if not is_merged(cell) or (r, c) in taken or looked > MOST_COVERED:
                continue
            places = _places(rows, r, c, taken)
            looked += len(places)
            if places and _fit(rows, places) and _leaves_cells(places, left):
                taken.update(dict.fromkeys(places, (r, c)))
    return taken


def is_merged(cell: Cell) -> bool:
    """Whether a cell says that it takes several columns or rows."""
    return cell.columns != 1 or cell.rows != 1


def _places(rows: Sequence[Sequence[Cell]], r: int, c: int, taken: Mapping[Place, Place]) -> list[Place]:
    """The places that the cell at this one would cover, up to the first that it may not."""
    cell = rows[r][c]
    if not (1 <= cell.columns <= MOST_COLUMNS and 1 <= cell.rows <= len(rows) - r):
        return []
    places: list[Place] = []
    for row in range(r, r + cell.rows):
        for column in range(c + (row == r), c + cell.columns):
            places.append((row, column))
            if column >= len(rows[row]) or (row, column) in taken or len(places) > MOST_COVERED:
                return [*places, _NOWHERE]
    return places


def _fit(rows: Sequence[Sequence[Cell]], places: Sequence[Place]) -> bool:
    return places[-1] != _NOWHERE and not any(rows[r][c].text or is_merged(rows[r][c]) for r, c in places)


def _leaves_cells(places: Sequence[Place], left: list[int]) -> bool:
    """Whether each row keeps a cell; takes the places from those that are left."""
    taken: dict[int, int] = {}
    for row, _ in places:
        taken[row] = taken.get(row, 0) + 1
    if any(left[row] <= count for row, count in taken.items()):
        return False
    for row, count in taken.items():
        left[row] -= count
    return True


def _single(cell: Cell) -> Cell:
    return cell.model_copy(update={"columns": 1, "rows": 1})


__all__ = ["MOST_COLUMNS", "MOST_COVERED", "Place", "Rows", "covered", "fitted", "is_merged"]

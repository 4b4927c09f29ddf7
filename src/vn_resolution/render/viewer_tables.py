"""Lays out the tables as they were read for the viewer's detail card: the source may show their cells one below the
other, or run together in a line."""

from __future__ import annotations

from typing import Final, NamedTuple

from vn_resolution.model import Node, Resolution
from vn_resolution.render.akn_body import head_height
from vn_resolution.structure.merged import covered

MOST_ROWS: Final = 400
"""So many rows of a table are shown; how many more there are is told."""


class Grid(NamedTuple):
    """A table: how many of its rows are its head, its rows of cells (the words, or words, columns and rows of a merged
    cell), and how many rows are left out."""

    head: int
    rows: list[list[str | tuple[str, int, int]]]
    more: int


def tables_of(doc: Resolution) -> dict[str, Grid]:
    """The tables that hold any row, by eId."""
    return {node.id: _grid(node) for node in doc.walk() if node.rows}


def _grid(node: Node) -> Grid:
    taken = covered(node.rows)
    holders = set(taken.values())
    rows = [
        [
            (cell.text, cell.columns, cell.rows) if (r, c) in holders else cell.text
            for c, cell in enumerate(row)
            if (r, c) not in taken
        ]
        for r, row in enumerate(node.rows[:MOST_ROWS])
    ]
    return Grid(head_height(node.rows, taken), rows, len(node.rows) - len(rows))


__all__ = ["MOST_ROWS", "Grid", "tables_of"]

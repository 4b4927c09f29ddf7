"""What the structure stage builds before the model is frozen: stretches of the text with a kind, and units."""

from __future__ import annotations

from dataclasses import dataclass, field

from vn_resolution.structure.blocks import Block
from vn_resolution.structure.labels import Label


@dataclass(slots=True)
class Piece:
    """A stretch `[start, end)` of header, preamble, closing, caption or table, with its kind and its text for reading.
    A cell of a table may take several columns and rows."""

    kind: str
    text: str
    start: int
    end: int
    columns: int = 1
    rows: int = 1


@dataclass(slots=True, eq=False)
class Unit:
    """A unit of the structure while it is being built.

    `last_of_style` is the last child of each style of label, `values` what its dotted labels count.
    `blocks` is the paragraph that carries marker and heading or text; empty where an inner unit took its words.
    """

    kind: str
    num: str | None = None
    label: Label | None = None
    start: int = 0
    end: int = 0
    marker: str | None = None
    heading: str | None = None
    text: str = ""
    own_end: int = 0
    heading_span: tuple[int, int] | None = None
    text_span: tuple[int, int] | None = None
    quoted: bool = False
    notes: list[Piece] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)
    rows: list[list[Piece]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    last_of_style: dict[str, Unit] = field(default_factory=dict)
    values: set[tuple[int, ...]] = field(default_factory=set)

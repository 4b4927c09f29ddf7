"""What a reader of one format hands back: the `Source`, and what was doubtful or generated in reading it."""

from __future__ import annotations

from dataclasses import dataclass

from vn_resolution.model import Diagnostic, Source, Span

Merged = tuple[int, int, int, int]
"""A cell that takes several columns or rows: the offset at which its row begins, its column, the columns, the rows."""


@dataclass(frozen=True)
class Extract:
    """`source` holds the text: paragraphs one a line, "\\n" between them, an empty line at gaps, tables one row a
    line with "\\t" between the cells. `generated` are labels that the format computes and the text lacks: (offset of
    the paragraph in `source.text`, label), in order. `tables` are the stretches of the text that are certainly rows of
    data tables, `merged` the cells in them that take several columns or rows."""

    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()
    generated: tuple[tuple[int, str], ...] = ()
    tables: tuple[Span, ...] = ()
    merged: tuple[Merged, ...] = ()

"""Sets a resolution as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from formats.typed import Block, Columns, PageBreak, Par, Table

_MARKS = re.compile(r"([*_\\`|<>\[\]])")
_SHOWN = {"b": "**", "i": "*"}


def to_text(blocks: Sequence[Block]) -> str:
    """A line a paragraph, an empty line where the text had one, columns one after the other, tabs between cells."""
    return _joined(blocks, _plain, _tabbed)


def to_markdown(blocks: Sequence[Block], *, apart: bool = False) -> str:
    """The same with marks: bold, italics, tables of pipes; `apart`: an empty line before each paragraph, as converters
    write it."""
    return _joined(blocks, _marked, _piped, apart=apart)


def _joined(
    blocks: Sequence[Block], shown: Callable[[Par], str], rows: Callable[[Table], list[str]], *, apart: bool = False
) -> str:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Par):
            lines += ["", shown(block)] if block.gap or apart else [shown(block)]
        elif isinstance(block, Columns):
            for par in (*block.left, *block.right):
                lines += ["", shown(par)] if par.gap else [shown(par)]
            lines.append("")
        elif isinstance(block, Table):
            lines += ["", *rows(block), ""]
        elif isinstance(block, PageBreak):
            lines.append("")
    return "\n".join(lines).lstrip("\n") + "\n"


def _plain(par: Par) -> str:
    return f"{par.label} {par.text}" if par.label else par.text


def _marked(par: Par) -> str:
    text = _escaped(par.text)
    for kind in par.shown if text else "":
        text = f"{_SHOWN[kind]}{text}{_SHOWN[kind]}"
    label = f"**{par.label}**" if par.label and par.label.startswith("Điều") else par.label
    return f"{label} {text}" if label else text


def _tabbed(table: Table) -> list[str]:
    return ["\t".join(row) for row in table.rows]


def _piped(table: Table) -> list[str]:
    rows = [f"| {' | '.join(map(_escaped, row))} |" for row in table.rows]
    return [rows[0], "|" + " --- |" * len(table.rows[0]), *rows[1:]]


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)

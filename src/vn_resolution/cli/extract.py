"""`vn-resolution extract`: what resolutions say, one flat row each, as CSV, JSON lines or a table for the eye."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from vn_resolution.cli.common import Exit, Reading, reading_options, say, write_data
from vn_resolution.errors import UnreadableSource
from vn_resolution.render.tables import COLUMNS, PLACE, Row, listed, rows_of

_WIDEST_CELL = 48


@click.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(allow_dash=True))
@click.option("--what", type=click.Choice(list(COLUMNS)), required=True, help="What the rows are.")
@click.option(
    "--to", type=click.Choice(["csv", "jsonl", "table"]), default="csv", show_default=True, help="Their form."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@reading_options
def command(files: tuple[str, ...], what: str, to: str, output: Path | None, reading: Reading) -> int:
    """Print one row for each indicator, task, citation … of FILES ("-" is standard input).

    Every row tells its file, document number, eId, line and span [start, end) in code points, and then its values.
    A file that cannot be read is named on standard error and does not stop the others.
    """
    rows: list[Row] = []
    failed = 0
    for file in files:
        try:
            rows += rows_of(reading.read(file, shows=True), what, file)
        except UnreadableSource as error:
            say(f"error: {error}")
            failed += 1
    columns = (*PLACE, *COLUMNS[what])
    if failed < len(files):
        write_data({"csv": _csv, "jsonl": _jsonl, "table": _table}[to](columns, rows).encode("utf-8"), output)
    if failed and len(files) == 1:
        return Exit.UNREADABLE
    return Exit.FAILED if failed else Exit.OK


def _csv(columns: tuple[str, ...], rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _jsonl(columns: tuple[str, ...], rows: list[Row]) -> str:
    lines = ({column: _plain(row.get(column)) for column in columns} for row in rows)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _table(columns: tuple[str, ...], rows: list[Row]) -> str:
    """Aligned columns, long cells cut; a terminal's lines are not overrun."""
    shown = [column for column in columns if column not in ("id", "document", "start", "end")]
    cells = [shown, *([_cell(row.get(column)) for column in shown] for row in rows)]
    cut = [[cell if len(cell) <= _WIDEST_CELL else cell[: _WIDEST_CELL - 1] + "…" for cell in row] for row in cells]
    widths = [max(len(row[k]) for row in cut) for k in range(len(shown))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cut)
    if sys.stdout.isatty():
        room = shutil.get_terminal_size().columns
        lines = (line[:room] for line in lines)
    return "".join(f"{line}\n" for line in lines)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _cell(value: Any) -> str:
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return listed(value)
    return str(value)

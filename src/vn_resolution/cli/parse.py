"""`vn-resolution parse`: one resolution to JSON, Akoma Ntoso, plain text or an outline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vn_resolution.cli.common import Reading, reading_options, tell_doubts, write_data

if TYPE_CHECKING:
    from vn_resolution.model import Resolution


@click.command("parse")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--to",
    type=click.Choice(["json", "akn", "text", "outline"]),
    default="json",
    show_default=True,
    help="What to print.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option(
    "--indent", type=click.IntRange(0, 8), default=1, show_default=True, help="JSON: spaces a level; 0 = one line."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of doubts.")
@reading_options
def command(file: str, to: str, output: Path | None, indent: int, quiet: bool, reading: Reading) -> None:
    """Read one resolution from FILE, or from standard input for "-".

    What was doubtful in the reading is told on standard error and is in the JSON as `diagnostics`.
    """
    if output is not None and output.exists() and file != "-" and output.samefile(file):
        raise click.UsageError(f"{output} is the input itself; name another file to write to")
    doc = reading.read(file, shows=True)
    if not quiet:
        tell_doubts(doc, file)
    write_data(rendered(doc, to, indent), output)


def rendered(doc: Resolution, to: str, indent: int) -> bytes:
    """The bytes of the file in one of the forms json, akn, text and outline; each ends its last line."""
    if to == "akn":
        return doc.to_akn()
    if to == "text":
        return doc.to_text().encode("utf-8", errors="replace")
    text = doc.to_json(indent=indent or None) if to == "json" else doc.to_outline()
    return text.rstrip("\n").encode("utf-8") + b"\n"

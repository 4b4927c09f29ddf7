"""`vn-resolution view`: one resolution as a page to look at in a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from vn_resolution.cli.common import Reading, reading_options, say, tell_doubts, write_data


@click.command("view")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help='Write the page to this file, or to standard output for "-". If not given: NAME.view.html here.',
)  # fmt: skip
@click.option(
    "--open", "wanted", type=click.Choice(["auto", "yes", "no"]), default="auto", show_default=True,
    help="Open the page in the browser; auto: when run in a terminal and no output was named.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of doubts.")
@reading_options
def command(file: str, output: Path | None, wanted: str, quiet: bool, reading: Reading) -> None:
    """Make one HTML page of the resolution in FILE ("-" is standard input): the text with everything that was found in
    it, beside its tree, tables and doubts.

    The page is complete in itself: it can be sent, kept and opened without a network.
    """
    target = output or Path(f"{Path(file).stem if file != '-' else 'resolution'}.view.html")
    if file != "-" and target.exists() and target.samefile(file):
        raise click.UsageError(f"{target} is the input itself; name another file to write to")
    doc = reading.read(file, shows=True)
    if not quiet:
        tell_doubts(doc, file)
    to_stdout = str(target) == "-"
    write_data(doc.to_html().encode("utf-8"), None if to_stdout else target)
    if to_stdout:
        return
    if not quiet:
        say(f"wrote {target}")
    if wanted == "yes" or (wanted == "auto" and output is None and sys.stdout.isatty()):
        _show(target)


def _show(page: Path) -> None:
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        say(f"no browser could be started; open {page} in one")

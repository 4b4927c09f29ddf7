"""`vn-resolution corpus report`: a page of pictures of what a corpus holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vn_resolution.cli.common import Exit, write_data
from vn_resolution.cli.corpus_common import Narrowing, corpus_argument, narrowing_options, open_corpus


@click.command("report")
@corpus_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Write to this file.",
)
@click.option("--name", help="Its heading; the name of the folder if not given.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Of its words.")
@narrowing_options
def command(corpus: Path, output: Path, name: str | None, language: Any, narrowing: Narrowing) -> int:
    """Make one HTML page about CORPUS: coverage by province and year, indicators drawn by year, how much was
    understood, kinds and subjects, the documents that are cited most, and what could not be read.

    The page needs no network and no script, follows the system's light or dark colours, and prints well.
    """
    with open_corpus(corpus) as opened:
        page = narrowing.of(opened).report(name or corpus.resolve().name, language)
    write_data(page.encode("utf-8", "replace"), output)
    return Exit.OK

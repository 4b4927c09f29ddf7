"""`vn-resolution corpus verify`: whether a corpus is whole and is what its manifest says."""

from __future__ import annotations

from pathlib import Path

import click

from vn_resolution.cli.common import Exit
from vn_resolution.cli.corpus_common import corpus_argument, json_option, open_corpus, show_json


@click.command("verify")
@corpus_argument
@click.option("--quick", is_flag=True, help="Check file and hashes only, and compare no rows.")
@json_option
def command(corpus: Path, quick: bool, as_json: bool) -> int:
    """Check CORPUS: the database, the hashes of texts and JSON, and that the flat tables say what the JSON says.

    Exit code 1 where something is wrong; build into a new folder then.
    """
    with open_corpus(corpus) as opened:
        problems = opened.verify(quick)
        documents = len(opened)
    if as_json:
        show_json([problem._asdict() for problem in problems])
    else:
        for document, message in problems:
            click.echo(f"{f'{document}: ' if document else ''}{message}")
        click.echo(f"{documents} documents, {len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}")
    return Exit.FAILED if problems else Exit.OK

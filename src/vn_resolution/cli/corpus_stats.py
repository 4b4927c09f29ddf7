"""`vn-resolution corpus stats`: what a corpus holds and how much of it was understood."""

from __future__ import annotations

from pathlib import Path

import click

from vn_resolution.cli.common import Exit
from vn_resolution.cli.corpus_common import (
    Narrowing,
    corpus_argument,
    heading,
    json_option,
    narrowing_options,
    open_corpus,
    show_answer,
    show_json,
)

_MOST = 15


@click.command("stats")
@corpus_argument
@narrowing_options
@click.option("--all", "everything", is_flag=True, help="Print long tables to their end.")
@json_option
def command(corpus: Path, narrowing: Narrowing, everything: bool, as_json: bool) -> int:
    """Count the documents of CORPUS by province, year, kind, subject and format, its rows, and its doubts."""
    with open_corpus(corpus) as opened:
        stats = narrowing.of(opened).stats()
    if as_json:
        show_json({name: list(answer) for name, answer in stats.items()})
        return Exit.OK
    for name, answer in stats.items():
        if len(answer):
            heading(name)
            show_answer(answer, False, None if everything else _MOST)
            click.echo()
    return Exit.OK

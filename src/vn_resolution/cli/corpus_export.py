"""`vn-resolution corpus export`: the documents of a corpus in forms that other programs read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from vn_resolution.cli.common import Exit, say
from vn_resolution.cli.corpus_common import Narrowing, corpus_argument, narrowing_options, open_corpus

_FORMS = ["jsonl", "parquet", "csv", "akn", "text", "spans", "conllu", "dataset"]


@click.command("export")
@corpus_argument
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--to", "form", type=click.Choice(_FORMS), required=True, help="In what form.")
@click.option("--overwrite", is_flag=True, help="Put a file in the place of one that is there; folders must be empty.")
@click.option("--name", help="dataset: its name; that of TARGET if not given.")
@click.option("--license", help="dataset: its license, an SPDX id or an address.")
@click.option("--url", help="dataset: where it will be found.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="conllu: worker processes; as many as processors if not given."
)
@narrowing_options
def command(corpus: Path, target: Path, form: Any, overwrite: bool, narrowing: Narrowing, **options: Any) -> int:
    """Write the documents of CORPUS to TARGET, whole or not at all.

    \b
    jsonl     a file, a line each: id and JSON
    parquet   a folder with a file for each flat table, typed
    csv       the same as CSV
    akn       a folder of Akoma Ntoso files
    text      a folder of texts in the normal printed form
    spans     a file for annotation tools, a line each: text, spans in characters
    conllu    a file of sentences and words (needs the extra [nlp])
    dataset   a folder for datasets.load_dataset, with data card and Croissant
    """
    from vn_resolution.errors import CorpusError

    given = {key: value for key, value in options.items() if value is not None}
    for key in given:
        if form != ("conllu" if key == "jobs" else "dataset"):
            raise click.UsageError(f"--{key} is not for --to {form}")
    if form == "conllu":
        given.setdefault("jobs", os.cpu_count() or 1)
    with open_corpus(corpus) as opened:
        view = narrowing.of(opened)
        try:
            view.export(target, form, overwrite=overwrite, **given)
        except CorpusError as error:
            raise click.ClickException(str(error)) from None
        say(f"{target}: {len(view)} documents as {form}")
    return Exit.OK

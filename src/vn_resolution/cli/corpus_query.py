"""`vn-resolution corpus query`: one SELECT on the flat tables of a corpus, which stays as it is."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from vn_resolution.cli.common import Exit
from vn_resolution.cli.corpus_common import WrongQuestion, corpus_argument, json_option, open_corpus, show_answer


@click.command("query")
@corpus_argument
@click.argument("sql")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
def command(corpus: Path, sql: str, as_csv: bool, as_json: bool) -> int:
    """Answer one SELECT in SQL ("-" reads it from standard input) on the tables of CORPUS (docs/tables.md).

    fold(text) and plain(text) compare texts without case, and without diacritics. Nothing can be written.
    """
    from vn_resolution.errors import CorpusError

    with open_corpus(corpus) as opened:
        try:
            answer = opened.sql(sys.stdin.read() if sql == "-" else sql)
        except CorpusError as error:
            raise WrongQuestion(str(error)) from None
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    else:
        show_answer(answer, as_json)
    return Exit.OK

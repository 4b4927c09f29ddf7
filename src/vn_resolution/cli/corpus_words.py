"""`vn-resolution corpus words`: the index of words beside a corpus, for `search --words`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from vn_resolution.cli.common import Exit, say
from vn_resolution.cli.corpus_common import corpus_argument, open_corpus


@click.command("words")
@corpus_argument
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=os.cpu_count, help="Worker processes; as many as processors."
)
def command(corpus: Path, jobs: int) -> int:
    """Find the words in the articles of CORPUS (extra [nlp]; slow) and write their index into its folder, for
    `corpus search --words`. It has to be made anew when the corpus changes."""
    from vn_resolution.corpus.words import index_words
    from vn_resolution.errors import CorpusError

    with open_corpus(corpus) as opened:
        shown = sys.stderr.isatty()

        def tell(done: int) -> None:
            if shown:
                click.echo(f"\r{done}/{len(opened)} documents\033[K", err=True, nl=False)

        try:
            path = index_words(opened, jobs, tell)
        except CorpusError as error:
            raise click.ClickException(str(error)) from None
        finally:
            if shown:
                click.echo("\r\033[K", err=True, nl=False)
    say(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return Exit.OK

"""`vn-resolution corpus search`: the passages that hold some words, the best first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vn_resolution.cli.common import Exit, say
from vn_resolution.cli.corpus_common import (
    Narrowing,
    WrongQuestion,
    corpus_argument,
    joined,
    json_option,
    narrowing_options,
    open_corpus,
    show_json,
)

if TYPE_CHECKING:
    from vn_resolution.corpus.search import Hit

_WHAT = ["articles", "tasks", "indicators", "titles"]


@click.command("search")
@corpus_argument
@click.argument("words", nargs=-1, required=True)
@click.option("--what", type=click.Choice(_WHAT), default="articles", show_default=True, help="Where to look.")
@click.option("-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="So many at most.")
@click.option("--words", "segmented", is_flag=True, help="Look for words, not for syllables (see `corpus words`).")
@narrowing_options
@json_option
def command(
    corpus: Path, words: tuple[str, ...], what: str, limit: int, segmented: bool, narrowing: Narrowing, as_json: bool
) -> int:
    """Find WORDS in CORPUS: first where they stand one behind the other, then where all of them stand.

    "In quotes" they must stand so; word* may go on; `-- -word` leaves out passages with that word. Words without
    diacritics ("dau tu cong") stand for words with any.
    """
    from vn_resolution.errors import CorpusError

    with open_corpus(corpus) as opened:
        try:
            hits = narrowing.of(opened).search(" ".join(words), what, limit, segmented)
        except (ValueError, CorpusError) as error:
            raise WrongQuestion(str(error)) from None
    if as_json:
        show_json([hit._asdict() for hit in hits])
        return Exit.OK
    for hit in hits:
        _show(hit)
    if not hits:
        say("nothing was found")
    return Exit.OK


def _show(hit: Hit) -> None:
    place = f"{hit.document}{f'#{hit.eid}' if hit.eid else ''}"
    click.echo(f"{click.style(place, bold=True)}  {joined((hit.number, hit.province, hit.year))}")
    marks = ("\033[1;31m", "\033[0m") if sys.stdout.isatty() else ("[", "]")
    click.echo(f"    {' '.join(hit.marked(*marks).split())}")

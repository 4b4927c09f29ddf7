"""`vn-resolution corpus compare`: indicators of provinces, years or documents side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vn_resolution.cli.common import Exit, say
from vn_resolution.cli.corpus_common import (
    Narrowing,
    WrongQuestion,
    corpus_argument,
    json_option,
    narrowing_options,
    open_corpus,
    show_answer,
    show_json,
)

if TYPE_CHECKING:
    from vn_resolution.corpus.answers import Answer
    from vn_resolution.corpus.series import Indicators


@click.command("compare")
@corpus_argument
@click.argument("concepts", nargs=-1, metavar="[CONCEPT]…")
@click.option(
    "--by", type=click.Choice(["province", "year", "document"]), default="province", show_default=True,
    help="What stands side by side.",
)  # fmt: skip
@click.option("--status", type=click.Choice(["target", "actual"]), help="Only targets, or only what was reached.")
@narrowing_options
@json_option
def command(
    corpus: Path, concepts: tuple[str, ...], by: str, status: str | None, narrowing: Narrowing, as_json: bool
) -> int:
    """Lay the indicators of CORPUS side by side: of each CONCEPT (grdp_growth, poverty_rate …), or, where none is
    named, of all that at least two columns have.

    Only values of one kind and unit stand in a table; what it leaves out is told below it. The years are those that
    the values are for; --year chooses documents by the year of their issue.
    """
    with open_corpus(corpus) as opened:
        try:
            found = narrowing.of(opened).indicators(concepts or None, status=status)
        except ValueError as error:
            raise WrongQuestion(str(error)) from None
    if not concepts:
        found = type(found)(reading for reading in found if reading.concept)
    table = found.table(by)  # type: ignore[arg-type]
    if not concepts:
        table = _shared(table)
    if as_json:
        readings = [reading._asdict() for reading in found]
        show_json({"unit": found.unit, "table": list(table), "left_out": found.others, "readings": readings})
        return Exit.OK
    if not len(table):
        say("nothing was found to compare")
        return Exit.OK
    show_answer(table, False)
    _tell(found, bool(concepts))
    return Exit.OK


def _shared(table: Answer) -> Answer:
    """The rows that have a value in two columns or more, with the columns that they have."""
    from vn_resolution.corpus.answers import Answer

    first = 2
    rows = [row for row in table.rows if sum(cell is not None for cell in row[first:]) > 1]
    kept = [k for k in range(len(table.columns)) if k < first or any(row[k] is not None for row in rows)]
    return Answer([table.columns[k] for k in kept], [[row[k] for k in kept] for row in rows])


def _tell(found: Indicators, all_others: bool) -> None:
    words = [f"in {found.unit}"] if found.unit else []
    if any(reading.status == "target" for reading in found.main):
        words.append("* = target")
    if all_others and found.others:
        words.append(f"not comparable, so left out: {', '.join(found.others)}")
    if words:
        say("; ".join(words))

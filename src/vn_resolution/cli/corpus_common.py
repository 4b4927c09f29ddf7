"""What the commands on a built corpus share: opening it, narrowing it, and answers for people or for programs."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vn_resolution.cli.common import Exit

if TYPE_CHECKING:
    from vn_resolution.corpus.answers import Answer
    from vn_resolution.corpus.store import Corpus
    from vn_resolution.corpus.view import View

corpus_argument = click.argument("corpus", type=click.Path(file_okay=False, path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
)


class NoCorpus(click.ClickException):
    """There is no corpus that can be read."""

    exit_code = Exit.UNREADABLE


class WrongQuestion(click.ClickException):
    """What was asked for cannot be answered as it was said."""

    exit_code = Exit.USAGE


def open_corpus(folder: Path) -> Corpus:
    """The corpus; exit code 3 where there is none that can be read."""
    from vn_resolution.corpus.store import Corpus
    from vn_resolution.errors import CorpusError

    try:
        return Corpus(folder)
    except CorpusError as error:
        raise NoCorpus(str(error)) from None


class Narrowing(NamedTuple):
    """Which documents a command is about: the options that `narrowing_options` adds."""

    conditions: dict[str, list[Any]]
    originals: bool

    def of(self, corpus: Corpus) -> View:
        """These documents of the corpus; exit code 2 for a column that documents do not have."""
        try:
            view = corpus.where(**self.conditions) if self.conditions else corpus
            return view.originals() if self.originals else view
        except (TypeError, ValueError) as error:
            raise WrongQuestion(str(error)) from None


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --province, --year, --subject, --where and --originals to a command, which takes them as `narrowing`."""

    @click.option("--province", multiple=True, metavar="NAME", help="Only of this province. May be repeated.")
    @click.option("--year", multiple=True, metavar="YEAR", help="Only of this year, or these: 2021-2025.")
    @click.option("--subject", multiple=True, metavar="SLUG", help="Only on this subject, such as dau_tu_cong.")
    @click.option("--where", multiple=True, metavar="COLUMN=TEXT", help="Only where this column of `documents` is so.")
    @click.option("--originals", is_flag=True, help="Leave out copies of other documents.")
    @wraps(command)
    def with_narrowing(
        *args: Any,
        province: tuple[str, ...],
        year: tuple[str, ...],
        subject: tuple[str, ...],
        where: tuple[str, ...],
        originals: bool,
        **options: Any,
    ) -> Any:
        conditions: dict[str, list[Any]] = {}
        for column, values in (("province", province), ("year", map(_years, year)), ("subject", subject)):
            if found := list(values):
                conditions[column] = found
        for said in where:
            column, sign, value = said.partition("=")
            if not sign:
                raise click.BadParameter(f"{said!r} is not COLUMN=TEXT", param_hint="--where")
            conditions.setdefault(column, []).append(value)
        return command(*args, narrowing=Narrowing(conditions, originals), **options)

    return with_narrowing


def _years(said: str) -> range:
    first, _, last = said.partition("-")
    try:
        return range(int(first), int(last or first) + 1)
    except ValueError:
        raise click.BadParameter(f"{said!r} is neither a year nor two: 2021-2025", param_hint="--year") from None


def show_json(data: Any) -> None:
    """Data for programs, on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=_said))


def _said(value: Any) -> str:
    """What JSON has no form for: bytes of a database."""
    return f"<{len(value)} bytes>" if isinstance(value, bytes) else str(value)


def show_answer(answer: Answer, as_json: bool, most: int | None = None) -> None:
    """An answer as JSON (a list of objects), or as a table that does not overrun a terminal's lines."""
    if as_json:
        show_json(list(answer))
    else:
        click.echo(answer.to_text(most, width()))


def width() -> int | None:
    """The columns of the terminal; None where the output is no terminal and lines may be as long as they are."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def heading(words: str) -> None:
    """A line over a table for people."""
    click.echo(click.style(words, bold=True))


def joined(parts: Iterable[Any]) -> str:
    """What is known of these, with " · " between."""
    return " · ".join(str(part) for part in parts if part not in (None, ""))

"""`vn-resolution corpus build`: files, folders, archives and tables of texts to a corpus, or to the same one anew."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vn_resolution.cli.common import Exit, grammar_option, say

if TYPE_CHECKING:
    from vn_resolution.corpus.build import Engine, Report

_SHOWN_FAULTS = 20
_MEGABYTE = 1024 * 1024
_EVERY = 0.2


@click.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…", type=click.Path(path_type=Path))
@click.argument("corpus", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=os.cpu_count, help="Worker processes; as many as processors."
)
@click.option("--keep", is_flag=True, help="Keep documents that the sources hold no more.")
@click.option("--retry", is_flag=True, help="Read again what is quarantined.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=300, show_default=True, help="Seconds for one document."
)
@click.option(
    "--memory", type=click.IntRange(0), default=4096, show_default=True, metavar="MB",
    help="Address space of one worker; 0 = no limit.",
)  # fmt: skip
@click.option("--text-field", default="text", show_default=True, help="JSON lines and Parquet: the field of the text.")
@click.option("--id-field", default="id", show_default=True, help="JSON lines and Parquet: the field of its name.")
@click.option(
    "--max-size", type=click.IntRange(1), default=64, show_default=True, metavar="MB", help="Refuse larger documents."
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="What reads the documents: processes of this machine, or Apache Spark (extra spark).",
)
@click.option(
    "--master", metavar="URL", help="Spark: the master, local[N] or spark://…; this machine with --jobs if not given."
)
@click.option(
    "--exchange",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Spark: a folder that all its machines see under this name.",
)
@grammar_option
def command(
    sources: tuple[Path, ...],
    corpus: Path,
    jobs: int,
    keep: bool,
    retry: bool,
    timeout: float,
    memory: int,
    text_field: str,
    id_field: str,
    max_size: int,
    engine: str,
    master: str | None,
    exchange: Path | None,
    grammar: tuple[Path, ...],
) -> int:
    """Make CORPUS, a folder, hold what the SOURCES hold: files, folders with all their documents, zip archives, and
    texts in JSON lines (.jsonl) or Parquet.

    What was read before and did not change is kept; a build that was ended is completed by the same command. A document
    that cannot be read is quarantined with its reason and stops nothing; the exit code is then 1.
    """
    from vn_resolution.corpus.build import Options, build
    from vn_resolution.corpus.containers import Fields
    from vn_resolution.corpus.engines.local import read_all
    from vn_resolution.corpus.kernel import Settings
    from vn_resolution.corpus.workers import Limits
    from vn_resolution.errors import CorpusError

    options = Options(
        jobs=jobs,
        settings=Settings(grammar, max_size * _MEGABYTE),
        limits=Limits(timeout, memory * _MEGABYTE or None, attempts=2),
        fields=Fields(text_field, id_field),
        keep=keep,
        retry=retry,
    )
    if engine == "local" and (master or exchange):
        raise click.UsageError("--master and --exchange are for --engine spark")
    reader = _spark(master or f"local[{jobs}]", exchange) if engine == "spark" else read_all
    shown = _Progress() if sys.stderr.isatty() else None
    try:
        report = build(sources, corpus, options, progress=shown, engine=reader)
    except CorpusError as error:
        raise click.ClickException(str(error)) from None
    finally:
        if shown:
            shown.clear()
    _tell(report, corpus)
    return Exit.FAILED if report.quarantined else Exit.OK


def _spark(master: str, exchange: Path | None) -> Engine:
    from vn_resolution.corpus.engines.spark import SparkEngine, session

    return SparkEngine(session(master), exchange)


class _Progress:
    """One line on a terminal: how far it is, how fast, how long it will take."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()

    def __call__(self, report: Report) -> None:
        now = time.monotonic()
        done = report.read + report.kept
        if now - self._told < _EVERY and done < report.documents:
            return
        self._told = now
        rate = report.read / max(now - self._started, 1e-9)
        left = f", {_span((report.documents - done) / rate)} left" if report.read else ""
        bad = f", {report.quarantined} quarantined" if report.quarantined else ""
        words = f"{done}/{report.documents} documents, {rate:.1f} a second{left}{bad}"
        if done >= report.documents:
            words = f"{done} documents{bad}; writing the corpus"
        click.echo(f"\r{words}\033[K", err=True, nl=False)

    def clear(self) -> None:
        """Leave an empty line."""
        click.echo("\r\033[K", err=True, nl=False)


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _tell(report: Report, corpus: Path) -> None:
    from vn_resolution.corpus.store import Corpus

    for document, message in report.faults[:_SHOWN_FAULTS]:
        say(f"quarantined: {document}: {message}")
    if len(report.faults) > _SHOWN_FAULTS:
        say(f"and more; all are in the table manifest of {corpus}")
    if report.left_out:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(report.left_out.items()))
        say(f"left out, as no reader knows them: {kinds}")
    with Corpus(corpus) as opened:
        copies = sum(1 for row in opened.rows("duplicates") if row["kind"] != "identity")
    if copies:
        say(f"{copies} documents are copies of others: the table duplicates says of which")
    removed = f", {report.removed} removed" if report.removed else ""
    bad = f", {report.quarantined} of them quarantined" if report.quarantined else ""
    what = f"{report.documents} documents{bad} ({report.read} read, {report.kept} kept{removed})"
    say(f"{corpus}: {what} in {report.seconds:.1f} s{'' if report.changed else '; nothing changed'}")

"""`vn-resolution convert`: many files and folders to JSON and Akoma Ntoso files, whatever single files are like."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click

from vn_resolution.cli.common import Exit, Reading, reading_options, say, unfinished_name, write_whole
from vn_resolution.corpus.folders import DOCUMENTS, TEXTS, walk_folder
from vn_resolution.errors import UnreadableSource

_ENDINGS = {"json": ".json", "akn": ".akn.xml"}


class Task(NamedTuple):
    """One input and the files to make of it, (form, path) each."""

    source: Path
    outputs: tuple[tuple[str, Path], ...]


class Outcome(NamedTuple):
    """`error` says why there is no output (None: all well); `warnings` counts the doubts of the reading."""

    error: str | None
    warnings: int = 0


@click.command("convert")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…", type=click.Path(path_type=Path))
@click.argument("out_dir", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=os.cpu_count, help="Worker processes; as many as processors."
)
@click.option(
    "--to", type=click.Choice(list(_ENDINGS)), multiple=True, default=list(_ENDINGS), help="Forms; both if not given."
)
@click.option(
    "--indent", type=click.IntRange(0, 8), default=1, show_default=True, help="JSON: spaces a level; 0 = one line."
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=300, show_default=True, help="Seconds for one file.")
@reading_options
def command(
    sources: tuple[Path, ...],
    out_dir: Path,
    jobs: int,
    to: tuple[str, ...],
    indent: int,
    timeout: float,
    reading: Reading,
) -> int:
    """Convert files, and folders with all their texts and documents, into OUT_DIR.

    In folders text, Markdown, HTML, Word (DOCX, DOC), ODT, RTF and PDF files are read.

    NAME.txt becomes NAME.json and NAME.akn.xml; a folder's own folders are kept. A file that cannot be converted is
    named at the end and never stops the others; files are written whole or not at all.
    """
    started = time.monotonic()
    files, left_out = find_sources(sources, out_dir)
    if not files:
        raise click.UsageError(f"there is no text or document in {', '.join(map(str, sources))}")
    forms = tuple(dict.fromkeys(to))
    tasks = plan_outputs(files, out_dir, forms)
    out_dir.mkdir(parents=True, exist_ok=True)
    _make_ready(reading.grammar)
    work = partial(convert_one, indent=indent, reading=reading)
    outcomes = _run(work, tasks, jobs, timeout)
    _summarise(tasks, outcomes, left_out, f"{out_dir} ({', '.join(forms)})", time.monotonic() - started)
    return Exit.FAILED if any(outcome.error for outcome in outcomes) else Exit.OK


def find_sources(sources: Iterable[Path], out_dir: Path) -> tuple[list[tuple[Path, Path]], Counter[str]]:
    """((path, path below OUT_DIR without regard to form) of each input, documents left out by their ending).

    What is named is an input whatever it is; in folders texts and documents are, but not what is hidden or stands in
    OUT_DIR.
    """
    found: dict[Path, Path] = {}
    left_out: Counter[str] = Counter()
    barred: list[OSError] = []
    seen: set[Path] = set()
    for source in sources:
        inside = walk_folder(source, DOCUMENTS, out_dir.resolve(), left_out, barred) if source.is_dir() else [source]
        for path in inside:
            relative = path.relative_to(source) if source.is_dir() else Path(source.name)
            if (real := path.resolve()) not in seen:
                seen.add(real)
                found[path] = relative
    for error in barred:
        say(f"left out, as the folder cannot be read: {error.filename}: {error.strerror}")
    return list(found.items()), left_out


def plan_outputs(files: Sequence[tuple[Path, Path]], out_dir: Path, forms: Sequence[str]) -> list[Task]:
    """A task for each file, no two with the same output: a.txt and a.md become a.txt.json and a.md.json."""
    stems = [_stem(relative) for _, relative in files]
    shared = Counter(str(stem).casefold() for stem in stems)
    taken: set[str] = set()
    tasks = []
    for (path, relative), stem in zip(files, stems, strict=True):
        name = wanted = relative if shared[str(stem).casefold()] > 1 else stem
        number = 1
        while str(name).casefold() in taken:
            number += 1
            name = wanted.with_name(f"{wanted.name}_{number}")
        taken.add(str(name).casefold())
        outputs = tuple((form, out_dir / name.with_name(name.name + _ENDINGS[form])) for form in forms)
        tasks.append(Task(path, outputs))
    return tasks


def convert_one(task: Task, indent: int, reading: Reading) -> Outcome:
    """Read one input and write its outputs. Lets no exception out: this is the whole of a worker's work."""
    from vn_resolution.cli.parse import rendered

    try:
        doc = reading.read(str(task.source))
        rendered_forms = [(path, rendered(doc, form, indent)) for form, path in task.outputs]
        for path, data in rendered_forms:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
    except UnreadableSource as error:
        return Outcome(str(error))
    except OSError as error:
        return Outcome(f"{task.source}: cannot be written: {error.strerror or error}")
    except MemoryError:
        return Outcome(f"{task.source}: not enough memory")
    except Exception as error:
        return Outcome(f"{task.source}: unexpected {type(error).__name__}: {error} (a fault of vn-resolution)")
    return Outcome(None, sum(1 for d in doc.diagnostics if d.severity != "info"))


def _stem(relative: Path) -> Path:
    return relative.with_suffix("") if relative.suffix.lower() in TEXTS else relative


def _make_ready(folders: tuple[Path, ...]) -> None:
    """Build the parser before the workers are forked, so that they share it and a faulty grammar is told once."""
    from vn_resolution.grammar import load_grammar
    from vn_resolution.parser import parse

    load_grammar(*folders).all_rules()
    parse("", media_type="text/plain", grammar=folders or None)


def _run(work: partial[Outcome], tasks: Sequence[Task], jobs: int, timeout: float) -> list[Outcome]:
    from vn_resolution.corpus.workers import Limits, Lost, run_each

    outcomes = [Outcome("not done")] * len(tasks)
    shown = sys.stderr.isatty()
    for done, (index, answer) in enumerate(run_each(work, tasks, jobs, Limits(timeout)), start=1):
        if isinstance(answer, Lost):
            for _, path in tasks[index].outputs:
                path.with_name(unfinished_name(answer.pid)).unlink(missing_ok=True)
            answer = Outcome(f"{tasks[index].source}: {answer.reason}")
        outcomes[index] = answer
        if shown:
            click.echo(f"\r{done}/{len(tasks)}", err=True, nl=False)
    if shown:
        click.echo("\r\033[K", err=True, nl=False)
    return outcomes


def _summarise(
    tasks: Sequence[Task], outcomes: Sequence[Outcome], left_out: Counter[str], where: str, seconds: float
) -> None:
    failures = [outcome.error for outcome in outcomes if outcome.error]
    doubtful = sum(1 for outcome in outcomes if outcome.warnings)
    for failure in failures:
        say(f"failed: {failure}")
    if left_out:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(left_out.items()))
        say(f"left out, as in folders only texts and documents are read: {kinds}")
    done = len(tasks) - len(failures)
    say(f"{done} of {len(tasks)} files converted to {where}, {doubtful} of them with warnings, in {seconds:.1f} s")

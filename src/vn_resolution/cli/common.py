"""What the commands share: exit codes, words to the person, files written whole or not at all, common options."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from vn_resolution.sources.limits import DEFAULT_LIMITS, MEGABYTE, Limits

if TYPE_CHECKING:
    from vn_resolution.model import Resolution
    from vn_resolution.sources.extract_result import Extract

SHOWN_DIAGNOSTICS = 20
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Exit(IntEnum):
    """What the exit codes mean."""

    OK = 0
    FAILED = 1
    USAGE = 2
    UNREADABLE = 3
    MISSING_EXTRA = 4


class LazyGroup(click.Group):
    """Imports a command's module when it is asked for, so that none pays for another's imports. `modules`: by name of
    the command, in the order in which they are shown; each module has its command as `command`."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._modules:
            return None
        command = importlib.import_module(self._modules[cmd_name]).command
        assert isinstance(command, click.Command)
        return command


def say(words: str) -> None:
    """One line to the person, on standard error; silent where nobody can hear it."""
    try:
        click.echo(words, err=True)
    except OSError:
        return


_TYPE = "Read the input as this, whatever name and content say."

grammar_option = click.option(
    "--grammar",
    "grammar",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    metavar="FOLDER",
    help="Add the rules of a grammar folder, or put them in place of rules with the same id. May be repeated.",
)


class Reading(NamedTuple):
    """How a command reads its inputs: the options that `reading_options` adds."""

    grammar: tuple[Path, ...]
    media_type: str | None
    limits: Limits

    def read(self, path: str, *, shows: bool = False) -> Resolution:
        """The resolution in a file, or from standard input for "-". `shows`: how far a long reading is, on a terminal.
        Raises UnreadableSource."""
        from vn_resolution.parser import parse

        source: Any = sys.stdin.buffer if path == "-" else Path(path)
        grammar = self.grammar or None
        with _progress(path, shows) as progress:
            return parse(source, media_type=self.media_type, grammar=grammar, limits=self.limits, progress=progress)

    def extract(self, path: str, *, shows: bool = False) -> Extract:
        """What a parser reads: the text of a file, or of standard input for "-". Raises UnreadableSource."""
        from vn_resolution.sources.readers import load, load_stream

        with _progress(path, shows) as progress:
            if path == "-":
                return load_stream(sys.stdin.buffer, None, self.media_type, self.limits, progress)
            return load(path, media_type=self.media_type, limits=self.limits, progress=progress)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --type, --grammar and the limits to a command, which takes them together as `reading`."""

    @grammar_option
    @_limit("--max-size", DEFAULT_LIMITS.max_bytes // MEGABYTE, "Refuse a larger input.", "MB")
    @_limit("--max-pages", DEFAULT_LIMITS.max_pages, "Refuse a PDF or a scan of more pages.")
    @_limit("--max-unpacked", DEFAULT_LIMITS.max_unpacked // MEGABYTE, "Refuse what unpacks to more.", "MB")
    @_limit("--max-depth", DEFAULT_LIMITS.max_depth, "Refuse elements that nest deeper.")
    @_limit("--max-seconds", DEFAULT_LIMITS.max_seconds, "Give up a source that takes longer to read.", "S")
    @_limit("--page-seconds", DEFAULT_LIMITS.page_seconds, "Give up a page that takes longer to recognise.", "S")
    @click.option("--type", "kind", type=click.Choice(["text", "markdown"]), help=_TYPE)
    @wraps(command)
    def with_reading(*args: Any, grammar: tuple[Path, ...], kind: str | None, **options: Any) -> Any:
        media_type = {"text": "text/plain", "markdown": "text/markdown"}.get(kind or "")
        limits = Limits(
            max_bytes=options.pop("max_size") * MEGABYTE,
            max_unpacked=options.pop("max_unpacked") * MEGABYTE,
            **{name: options.pop(name) for name in ("max_pages", "max_depth", "max_seconds", "page_seconds")},
        )
        return command(*args, reading=Reading(grammar, media_type, limits), **options)

    return with_reading


def _limit(name: str, default: float, words: str, unit: str = "N") -> Callable[[_Command], _Command]:
    kind: Any = click.FloatRange(0, min_open=True) if unit == "S" else click.IntRange(1)
    return click.option(name, type=kind, default=int(default), show_default=True, metavar=unit, help=words)


@contextmanager
def _progress(path: str, shows: bool) -> Iterator[_Progress | None]:
    progress = _Progress(path) if shows and sys.stderr.isatty() else None
    try:
        yield progress
    finally:
        if progress is not None:
            progress.clear()


class _Progress:
    """Says on a terminal how many pages are read, in one line that is taken away at the end."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._shown = False

    def __call__(self, done: int, count: int) -> None:
        self._shown = count > 1
        if self._shown:
            click.echo(f"\r{self._path}: page {done} of {count}\033[K", err=True, nl=False)

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            click.echo("\r\033[K", err=True, nl=False)


def write_data(data: bytes, output: Path | None) -> None:
    """To a file, whole or not at all, or to standard output."""
    if output is not None:
        write_whole(output, data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target and move into place: a reader sees the old file or the new one, never a part."""
    if path.exists() and not path.is_file():  # a device or a pipe: nothing could be moved into its place
        path.write_bytes(data)
        return
    beside = path.with_name(unfinished_name(os.getpid()))
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def unfinished_name(pid: int) -> str:
    """The name under which this process writes a file before it is whole."""
    return f".vn-resolution-{pid}.tmp"


def line_of(text: str, offset: int) -> int:
    """The number of the line, from 1, that holds this offset."""
    return text.count("\n", 0, offset) + 1


def tell_doubts(doc: Resolution, path: str) -> None:
    """The warnings of a reading, one a line, the first ones only."""
    doubts = [d for d in doc.diagnostics if d.severity != "info"]
    for doubt in doubts[:SHOWN_DIAGNOSTICS]:
        where = f"{path}:{line_of(doc.source.text, doubt.span[0])}" if doubt.span else path
        say(f"{where}: {doubt.severity} {doubt.code}: {doubt.message}")
    if len(doubts) > SHOWN_DIAGNOSTICS:
        say(f"{path}: and {len(doubts) - SHOWN_DIAGNOSTICS} more doubts (all are in the JSON)")

"""`vn-resolution lint`: what is wrong with source texts and Akoma Ntoso files."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vn_resolution.cli.common import Exit, Reading, reading_options, say

if TYPE_CHECKING:
    from vn_resolution.render.sarif import Checked

_SEVERITIES = ("info", "warning", "error")


@click.command("lint")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(allow_dash=True))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True,
    help="How to print the findings.",
)  # fmt: skip
@click.option(
    "--level", type=click.Choice(_SEVERITIES), default="warning", show_default=True, help="The least that is told."
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@reading_options
def command(files: tuple[str, ...], form: str, level: str, strict: bool, reading: Reading) -> int:
    """Tell what is wrong with resolutions: in source texts, which are parsed, and in Akoma Ntoso XML.

    Each finding has a code of docs/codes.md, a severity, a place and, where something can be done about it, a hint.

    \b
    Exit codes: 0 clean, 1 an error was found (with --strict: an error or a warning), 2 wrong usage,
    3 a file cannot be read.
    """
    told = _SEVERITIES[_SEVERITIES.index(level) :]
    checked = [_check(file, reading, told) for file in files]
    if form == "text":
        _print_text(checked)
    else:
        from vn_resolution.render.sarif import to_data, to_sarif

        log = to_sarif(checked) if form == "sarif" else to_data(checked)
        click.echo(json.dumps(log, ensure_ascii=False, indent=1))
    for file in checked:
        if file.error is not None:
            say(f"error: {file.path}: {file.error}")
    if any(file.error is not None for file in checked):
        return Exit.UNREADABLE
    bad = ("error", "warning") if strict else ("error",)
    return Exit.FAILED if any(f.severity in bad for file in checked for f in file.findings) else Exit.OK


def _check(path: str, reading: Reading, told: Sequence[str]) -> Checked:
    """One file with its findings of these severities."""
    from vn_resolution.errors import UnreadableSource
    from vn_resolution.parser import parse
    from vn_resolution.render.akn_parse import looks_like_akn
    from vn_resolution.render.lint import lint
    from vn_resolution.render.sarif import Checked

    shown = "<stdin>" if path == "-" else Path(path).as_posix()
    text: str | None = None
    try:
        data = _read(path, reading.limits.max_bytes)
        if looks_like_akn(data):
            found = lint(data)
        else:
            name = None if path == "-" else Path(path).name
            doc = parse(data, name=name, media_type=reading.media_type, grammar=reading.grammar or None,
                        limits=reading.limits)  # fmt: skip
            text, found = doc.source.text, lint(doc)
    except (UnreadableSource, OSError, ValueError) as error:
        return Checked(shown, error=getattr(error, "strerror", None) or str(error).removeprefix(f"{shown}: "))
    return Checked(shown, [finding for finding in found if finding.severity in told], text)


def _read(path: str, max_bytes: int) -> bytes:
    """The bytes of a file, or of standard input. Raises SourceTooLarge."""
    from vn_resolution.errors import SourceTooLarge

    with sys.stdin.buffer if path == "-" else Path(path).open("rb") as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise SourceTooLarge(f"larger than {max_bytes:,} bytes; raise the limit (--max-size) to read it")
    return data


def _print_text(checked: Sequence[Checked]) -> None:
    counts = dict.fromkeys(_SEVERITIES, 0)
    for file in checked:
        for finding in file.findings:
            counts[finding.severity] += 1
            place = file.path if finding.line is None else f"{file.path}:{finding.line}"
            click.echo(f"{place}: {finding.severity} {finding.code} ({finding.category}): {finding.message}")
            if finding.hint:
                click.echo(f"    {finding.hint}")
    sys.stdout.flush()
    told = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in reversed(counts.items()) if count)
    say(f"{len(checked)} file{'s' * (len(checked) != 1)}: {told or 'clean'}")

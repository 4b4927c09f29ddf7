"""`vn-resolution validate`: Akoma Ntoso files against the strict OASIS schema."""

from __future__ import annotations

from pathlib import Path

import click

from vn_resolution.cli.common import Exit, say


@click.command("validate")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path())
def command(files: tuple[str, ...]) -> int:
    """Check Akoma Ntoso XML files against the strict schema of Akoma Ntoso 3.0.

    Prints "FILE: valid", or each fault as "FILE: line N: what is wrong". Needs the extra [validate].
    """
    from vn_resolution.render.validate import validate_akn

    bad = unread = 0
    for file in files:
        try:
            data = Path(file).read_bytes()
        except (OSError, ValueError) as error:
            say(f"error: {file}: cannot be read: {getattr(error, 'strerror', None) or error}")
            unread += 1
            continue
        faults = validate_akn(data)
        bad += bool(faults)
        for fault in faults:
            click.echo(f"{file}: {fault}")
        if not faults:
            click.echo(f"{file}: valid")
    if unread and len(files) == 1:
        return Exit.UNREADABLE
    return Exit.FAILED if bad or unread else Exit.OK

"""`vn-resolution doctor`: what is installed, what each part is for, and how to get what is missing."""

from __future__ import annotations

import json
from typing import Any

import click


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(as_json: bool) -> None:
    """Say which programs and extras are installed, what each would enable, and how to get it.

    Nothing is changed and nothing is fetched. Plain text, Markdown, HTML and DOCX need none of them.
    """
    from vn_resolution import __version__
    from vn_resolution.sources.doctor import report

    found = {"vn_resolution": __version__, **report()}
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else _told(found))


def _told(found: dict[str, Any]) -> str:
    lines = [f"vn-resolution {found['vn_resolution']}, Python {found['python']}, {found['system']}", ""]
    width = max(len(part["name"]) for part in found["parts"])
    for part in found["parts"]:
        state = "ok     " if part["works"] else "missing"
        known = f" {part['version']}" if part["version"] else ""
        lines.append(f"{state} {part['name']:{width}}{known}: {part['enables']}")
        if part["lacks"]:
            lines.append(f"{'':{width + 8}} lacks {part['lacks']}")
        if not part["works"]:
            lines.append(f"{'':{width + 8}} {part['how_to_get']}")
    return "\n".join(lines)

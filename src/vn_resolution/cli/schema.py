"""`vn-resolution schema`: the JSON Schema of what `parse --to json` or `lint --format json` prints."""

from __future__ import annotations

import json

import click

from vn_resolution.cli.common import write_data


@click.command("schema")
@click.option(
    "--of",
    "what",
    type=click.Choice(["resolution", "findings"]),
    default="resolution",
    show_default=True,
    help="The JSON of parse and convert, or that of lint.",
)
def command(what: str) -> None:
    """Print the JSON Schema of the JSON that `parse` and `convert` write, or `lint`."""
    from vn_resolution.model import json_schema
    from vn_resolution.render.sarif import FINDINGS_SCHEMA

    schema = json_schema() if what == "resolution" else FINDINGS_SCHEMA
    write_data(json.dumps(schema, ensure_ascii=False, indent=1).encode("utf-8") + b"\n", None)

"""`vn-resolution schema`: the JSON Schema of what `parse --to json` prints."""

from __future__ import annotations

import json

import click

from vn_resolution.cli.common import write_data


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the JSON that `parse` and `convert` write."""
    from vn_resolution.model import json_schema

    write_data(json.dumps(json_schema(), ensure_ascii=False, indent=1).encode("utf-8") + b"\n", None)

"""`vn-resolution corpus …`: many resolutions as one corpus, one file a command."""

from __future__ import annotations

from typing import Final

import click

from vn_resolution.cli.common import LazyGroup

_MODULES: Final = {
    name: f"vn_resolution.cli.corpus_{name}"
    for name in ("build", "search", "query", "stats", "show", "compare", "graph", "export", "report", "words", "verify")
}


@click.group("corpus", cls=LazyGroup, modules=_MODULES)
def command() -> None:
    """Make a corpus of many resolutions, and ask it."""

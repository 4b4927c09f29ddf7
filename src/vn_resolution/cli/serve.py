"""`vn-resolution serve`: the parser as a page and a REST API on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from vn_resolution.cli.common import grammar_option, say
from vn_resolution.errors import MissingTool

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free port.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that read documents; at most four if not given.")
@click.option(
    "--max-size", type=click.IntRange(1), default=20, show_default=True, metavar="MB", help="Largest request."
)
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds for one document."
)
@click.option("--memory", type=click.IntRange(256), default=2048, show_default=True, metavar="MB", help="Of a worker.")
@grammar_option
def command(
    host: str, port: int, workers: int | None, max_size: int, timeout: float, memory: int, grammar: tuple[Path, ...]
) -> None:
    """Serve a page on which to drop files or paste a text, and a REST API (its description is at /docs).

    It listens on this machine alone unless --host says otherwise, keeps nothing of what it is sent, and reads each
    document in a worker process that is ended when it takes too long. It has no log-in: put it behind one before
    others can reach it. Needs the extra 'web'.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingTool(
            "the web application needs the extra 'web': install it with pip install 'vn-resolution[web]'"
        ) from None
    from vn_resolution.grammar import load_grammar
    from vn_resolution.web.app import create_app
    from vn_resolution.web.settings import MEGABYTE, Settings

    load_grammar(*grammar).all_rules()  # a faulty grammar is told here, not by each worker
    limits = {"max_bytes": max_size * MEGABYTE, "memory": memory * MEGABYTE}
    limits |= {"workers": workers} if workers else {}
    hosts = tuple(_LOOPBACK) if host in _LOOPBACK else ()
    app = create_app(Settings(timeout=timeout, hosts=hosts, grammar=grammar, **limits))
    if not hosts:
        say(f"warning: {host} can be reached by other machines, and this service asks nobody who they are")
    say(f"open http://{host}:{port}/ in a browser; Ctrl+C ends the service")
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, date_header=False,
        limit_concurrency=200, timeout_keep_alive=5, timeout_graceful_shutdown=3,
    )  # fmt: skip

"""Turns a command line into a call of the library: `vn-resolution COMMAND …`, one file a command.

Data goes to standard output as UTF-8, words to standard error, and every failure is one sentence and an exit code.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from vn_resolution.cli.common import Exit, LazyGroup, say
from vn_resolution.errors import GrammarError, MissingTool, UnreadableSource

_COMMANDS = (
    "parse",
    "convert",
    "corpus",
    "extract",
    "view",
    "serve",
    "explain",
    "lint",
    "validate",
    "schema",
    "grammar",
    "doctor",
)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from vn_resolution import __version__

        click.echo(f"vn-resolution {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    modules={name: f"vn_resolution.cli.{name}" for name in _COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def app() -> None:
    """Structured reading of resolutions of Vietnam's People's Councils: text, HTML, Word, PDF and scans to a tree, as
    JSON and Akoma Ntoso 3.0.

    \b
    Exit codes: 0 all well, 1 some inputs failed, 2 wrong usage, 3 the input cannot be read,
    4 an optional extra is not installed.
    """


def main() -> NoReturn:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. No exception leaves it but KeyboardInterrupt's like."""
    _speak_utf8()
    try:
        code = app.main(args=list(arguments), prog_name="vn-resolution", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return 130
    except MissingTool as error:
        say(f"error: {error}")
        return Exit.MISSING_EXTRA
    except UnreadableSource as error:
        say(f"error: {error}")
        return Exit.UNREADABLE
    except GrammarError as error:
        say(f"error: the grammar cannot be used: {error}")
        return Exit.USAGE
    except BrokenPipeError:
        _forget_stdout()
        return Exit.OK
    except OSError as error:
        say(f"error: {error}")
        return Exit.FAILED
    except Exception as error:
        if os.environ.get("VN_RESOLUTION_DEBUG"):
            raise
        say(f"error: unexpected {type(error).__name__}: {error} (a fault of vn-resolution; please report it)")
        return Exit.FAILED
    return code if isinstance(code, int) else Exit.OK


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _forget_stdout() -> None:
    """The reader of our pipe is gone: what is still buffered must not fail again when Python exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


__all__ = ["app", "main", "run"]

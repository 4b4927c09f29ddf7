"""What a worker process does with one request: bytes in, a file or one clear error out, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vn_resolution.web.forms import Check, File, Form, Table, file_of, log_of, stem_of, zip_of

if TYPE_CHECKING:
    from vn_resolution.model import Resolution
    from vn_resolution.render.sarif import Checked


class Input(NamedTuple):
    """One document: its bytes, its name, and what to read it as where the sender says so."""

    data: bytes
    name: str | None
    media_type: str | None


@dataclass(frozen=True)
class Job:
    """Documents and the form to give them back in; several documents can only be given back as a zip. `check`: what is
    wrong with them is given in this form, not they themselves."""

    inputs: tuple[Input, ...]
    form: Form
    table: Table = "indicators"
    grammar: tuple[Path, ...] = ()
    check: Check | None = None


@dataclass(frozen=True)
class Failure:
    """Why there is no file: an HTTP status, a short name for programs and a sentence for a person."""

    status: int
    code: str
    message: str


def work(job: Job) -> File | Failure:
    """Read and render. Whatever happens inside is told, not raised."""
    from vn_resolution import errors

    try:
        if job.check:
            return log_of([_checked(item, job.grammar) for item in job.inputs], job.check)
        docs = [_read(item, job.grammar) for item in job.inputs]
        if job.form == "zip" and len(docs) > 1:
            return File(f"{stem_of(None)}.zip", zip_of(docs))
        return file_of(docs[0], job.form, job.table)
    except errors.SourceTooLarge as error:
        return Failure(413, "too_large", str(error))
    except errors.UnsupportedType as error:
        return Failure(415, "unsupported_type", str(error))
    except errors.MissingTool as error:
        return Failure(501, "missing_tool", str(error))
    except errors.EncryptedSource as error:
        return Failure(422, "encrypted", str(error))
    except errors.UnreadableSource as error:
        return Failure(422, "unreadable", str(error))
    except MemoryError:
        return Failure(413, "too_large", "reading this document takes more memory than the service allows")
    except Exception as error:
        return Failure(500, "fault", f"unexpected {type(error).__name__} (a fault of vn-resolution; please report it)")


def warm_up(grammar: tuple[Path, ...]) -> None:
    """Compile the rules and import what the forms need, before the first request waits for it."""
    work(Job((Input("Điều 1. Giao Sở A tăng 5%.".encode(), "warm-up.txt", "text/plain"),), "zip", grammar=grammar))


def _checked(item: Input, grammar: tuple[Path, ...]) -> Checked:
    """What is wrong with a source text, or with an Akoma Ntoso document."""
    from vn_resolution.render.akn_parse import looks_like_akn
    from vn_resolution.render.lint import lint
    from vn_resolution.render.sarif import Checked

    name = item.name or "document"
    if looks_like_akn(item.data):
        return Checked(name, lint(item.data))
    doc = _read(item, grammar)
    return Checked(name, lint(doc), doc.source.text)


def _read(item: Input, grammar: tuple[Path, ...]) -> Resolution:
    from vn_resolution.parser import parse

    return parse(item.data, name=item.name, media_type=item.media_type, grammar=grammar or None)


__all__ = ["Failure", "Input", "Job", "warm_up", "work"]

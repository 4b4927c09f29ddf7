"""What a worker process does with one request: bytes in, a file or one clear error out, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vn_resolution.web.forms import File, Form, Table, file_of, stem_of, zip_of

if TYPE_CHECKING:
    from vn_resolution.model import Resolution


class Input(NamedTuple):
    """One document: its bytes, its name, and what to read it as where the sender says so."""

    data: bytes
    name: str | None
    media_type: str | None


@dataclass(frozen=True)
class Job:
    """Documents and the form to give them back in; several documents can only be given back as a zip."""

    inputs: tuple[Input, ...]
    form: Form
    table: Table = "indicators"
    grammar: tuple[Path, ...] = ()


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


def _read(item: Input, grammar: tuple[Path, ...]) -> Resolution:
    from vn_resolution.parser import parse

    return parse(item.data, name=item.name, media_type=item.media_type, grammar=grammar or None)


__all__ = ["Failure", "Input", "Job", "warm_up", "work"]

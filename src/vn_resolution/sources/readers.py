"""Turns an input of any format into an `Extract`: tells what it is, and calls the reader of that format."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import IO, Final, cast

from vn_resolution.errors import UnreadableSource
from vn_resolution.sources import detect
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits, Progress
from vn_resolution.sources.text import read_source

_OFFICE = ("office", "read_office")
_PICTURE = ("pictures", "read_image")
_PAGED = ("pdf", "pictures")
_READERS = {
    "text/html": ("html", "read_html"),
    "application/xhtml+xml": ("html", "read_html"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", "read_docx"),
    "application/pdf": ("pdf", "read_pdf"),
    "application/msword": _OFFICE,
    "application/rtf": _OFFICE,
    "application/vnd.oasis.opendocument.text": _OFFICE,
    "image/png": _PICTURE,
    "image/jpeg": _PICTURE,
    "image/tiff": _PICTURE,
}
_LONGEST_NAME: Final = 4_096


def load(
    path: str | Path,
    *,
    name: str | None = None,
    media_type: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> Extract:
    """Read a file; its name is the path's last part unless another is given.

    Raises UnreadableSource (and its subclasses) when no text can be had from it.
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:
            return load_stream(stream, name or path.name, media_type, limits, progress)
    except FileNotFoundError:
        raise UnreadableSource(f"{_named(path)}: there is no such file") from None
    except IsADirectoryError:
        raise UnreadableSource(f"{path}: this is a folder, not a file") from None
    except PermissionError:
        raise UnreadableSource(f"{path}: no permission to read this file") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UnreadableSource(f"{_named(path)}: cannot be read: {why}") from None


def _named(path: Path) -> str:
    """A path in a message: of one that is a text by mistake, its beginning and what to do."""
    name = str(path)
    if "\n" not in name and len(name) <= _LONGEST_NAME:
        return name
    return f'{" ".join(name[:40].split())}… (a string is a path; a text is read with media_type="text/plain")'


def load_stream(
    stream: IO[bytes],
    name: str | None = None,
    media_type: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> Extract:
    """Read a binary file object to its end, but never more than one byte over the limit."""
    return read_document(stream.read(limits.max_bytes + 1), name, media_type, limits, progress)


def read_document(
    data: bytes | str,
    name: str | None = None,
    media_type: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> Extract:
    """Bytes of any format, or a string: the type is the one said, else what content and then name show. `progress` is
    called after each page that is read, where there are pages.

    Raises UnreadableSource (and its subclasses) when no text can be had from it.
    """
    kind = None
    if isinstance(data, bytes):
        kind = media_type.partition(";")[0].strip().lower() if media_type else detect.detect_type(data, name)
        if can_read(kind):
            return read_format(data, kind, name or "the input", limits, progress)
    source, doubts = read_source(data, name, media_type, limits, kind)
    return Extract(source, tuple(doubts))


def can_read(media_type: str) -> bool:
    """Whether `read_format` knows the type (programs and extras that it needs may still be missing)."""
    return media_type in _READERS


def read_format(
    data: bytes,
    media_type: str,
    name: str = "the input",
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> Extract:
    """What the reader of this media type makes of the bytes; its module is imported only now.

    Raises KeyError for a type that `can_read` denies, else UnreadableSource and its subclasses as the readers do.
    """
    module, function = _READERS[media_type]
    reader = getattr(import_module(f"vn_resolution.sources.{module}"), function)
    paged = {"progress": progress} if module in _PAGED and progress is not None else {}
    return cast(Extract, reader(data, name, limits, **paged))

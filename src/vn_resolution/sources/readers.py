"""Chooses the reader of a format: `read_format` turns bytes of a known media type into an `Extract`."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits

_OFFICE = ("office", "read_office")
_PICTURE = ("pictures", "read_image")
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


def can_read(media_type: str) -> bool:
    """Whether `read_format` knows the type (programs and extras that it needs may still be missing)."""
    return media_type in _READERS


def read_format(data: bytes, media_type: str, name: str = "the input", limits: Limits = DEFAULT_LIMITS) -> Extract:
    """What the reader of this media type makes of the bytes; its module is imported only now.

    Raises KeyError for a type that `can_read` denies, else UnreadableSource and its subclasses as the readers do.
    """
    module, function = _READERS[media_type]
    reader = getattr(import_module(f"vn_resolution.sources.{module}"), function)
    return cast(Extract, reader(data, name, limits))

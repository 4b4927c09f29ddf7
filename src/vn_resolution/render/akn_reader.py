"""Turns an Akoma Ntoso document back into a resolution: what this library wrote into the very same one, any other as
far as the model goes."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from vn_resolution.errors import DamagedSource
from vn_resolution.model import Resolution
from vn_resolution.render import akn_fresh
from vn_resolution.render.akn_drafts import read_drafts, record_of
from vn_resolution.render.akn_notices import Notices
from vn_resolution.render.akn_parse import MAX_BYTES, read_xml
from vn_resolution.render.akn_record import VERSION
from vn_resolution.render.akn_restore import RecordMismatchError, restore
from vn_resolution.render.akn_said import read_said
from vn_resolution.render.akn_values import SaidValues


def from_akn(data: bytes, max_bytes: int = MAX_BYTES) -> Resolution:
    """The resolution in a document of Akoma Ntoso 3.0 (or an earlier version).

    A document that `to_akn` wrote with its record gives the resolution that it was written from: the two are equal. The
    record is used only where it fits the elements. After a change of words or structure, and in a document of other
    origin, the elements are read for themselves: `source.text` is then the text of the document, spans point into it,
    and diagnostics (codes A1…) say what was not understood.

    Raises DamagedSource (no well-formed XML, a document type declaration), UnsupportedType (no Akoma Ntoso, or a kind
    of document without a hierarchy of units), SourceTooLarge. Nothing is fetched and no entity is expanded.
    """
    root = read_xml(data, max_bytes)
    try:
        return _read(data, root)
    except RecursionError:
        raise DamagedSource("the elements stand too deep in one another to be read") from None


def _read(data: bytes, root: Any) -> Resolution:
    recorded = record_of(root)
    if recorded is not None and recorded[0] == str(VERSION):
        for exact in (True, False):  # a tool that lays XML out puts white space between the elements of a line
            with suppress(RecordMismatchError):
                drafts = read_drafts(root, Notices(), exact=exact)
                return restore(recorded[1], drafts, read_said(root), SaidValues(root))
    notices = Notices()
    drafts = read_drafts(root, notices, exact=False)
    notices.note("A103" if recorded is not None else "A104")
    return akn_fresh.build(data, drafts, read_said(root), SaidValues(root), notices)


__all__ = ["from_akn"]

"""Reads the whole of an Akoma Ntoso document into drafts, and what its metadata say of source and parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from vn_resolution.errors import UnsupportedType
from vn_resolution.model import Provenance
from vn_resolution.render.akn_leaves import LeafReader
from vn_resolution.render.akn_meta import NAMESPACE
from vn_resolution.render.akn_notices import Notices
from vn_resolution.render.akn_parse import AKN, tag_of
from vn_resolution.render.akn_read_frame import FramePart, FrameReader
from vn_resolution.render.akn_read_units import Draft, UnitReader

_VN: Final = f"{{{NAMESPACE}}}"
_BODIES: Final = {
    "act": "body", "bill": "body", "doc": "mainBody", "statement": "mainBody", "portion": "portionBody",
    "amendment": "amendmentBody",
}  # fmt: skip
"""The kinds of document that are read, each with its body."""


@dataclass(slots=True)
class Drafts:
    """A document as it stands in the XML. `source` is (name, media type, sha256) of what it was read from, `record` the
    text of its record, None where there is none."""

    header: list[FramePart] = field(default_factory=list)
    preamble: list[FramePart] = field(default_factory=list)
    body: list[Draft] = field(default_factory=list)
    closing: list[FramePart] = field(default_factory=list)
    attachments: list[Draft] = field(default_factory=list)
    source: tuple[str | None, str, str] = (None, "", "")
    provenance: Provenance | None = None


def read_drafts(root: Any, notices: Notices, *, exact: bool) -> Drafts:
    """The drafts of a document. `exact`: its words as they stand; else white space is folded.

    Raises UnsupportedType for a kind of document that has no hierarchy of units (debate, judgment, collections …).
    """
    document: Any = next((child for child in root if tag_of(child)), None)
    tag = tag_of(document) if document is not None else ""
    if tag not in _BODIES:
        raise UnsupportedType(f"this is Akoma Ntoso, but {f'a <{tag}>' if tag else 'empty'}; what is read is an act")
    if tag != "act":
        notices.note("A105", tag=tag)
    if any(tag_of(element) == "del" for element in document.iter()):
        notices.note("A101", tag="del", kind="text")
    namespace = root.tag[1:].rpartition("}")[0]
    if namespace != AKN:
        notices.note("A106", namespace=namespace)
    leaves = LeafReader(exact=exact)
    frame, units = FrameReader(leaves), UnitReader(leaves, notices)
    drafts = Drafts()
    for child in document:
        part = tag_of(child)
        if part in ("coverPage", "preface"):
            drafts.header += frame.preface(child)
        elif part == "preamble":
            drafts.preamble += frame.preamble(child)
        elif part == _BODIES[tag]:
            drafts.body += units.body(child)
        elif part == "conclusions":
            drafts.closing += frame.conclusions(child)
        elif part in ("attachments", "components"):
            drafts.attachments += units.attachments(child)
    for child in root:
        if tag_of(child) == "components":
            drafts.attachments += units.attachments(child)
    if any(tag_of(element) == "img" for element in document.iter()):
        notices.note("A107", tag="img")
    _read_origin(root, drafts)
    return drafts


def record_of(root: Any) -> tuple[str, str] | None:
    """(version, text) of the record that was written with the document; None where there is none."""
    pieces = list(root.iter(f"{_VN}record"))
    return (pieces[0].get("version") or "", "".join([piece.text or "" for piece in pieces])) if pieces else None


def _read_origin(root: Any, drafts: Drafts) -> None:
    for source in root.iter(f"{_VN}source"):
        drafts.source = (source.get("name"), source.get("mediaType") or "", source.get("sha256") or "")
    for parser in root.iter(f"{_VN}parser"):
        version, grammar = parser.get("version"), parser.get("grammarSha256")
        if version is not None and grammar is not None:
            drafts.provenance = Provenance(parser_version=version, grammar_sha256=grammar)


__all__ = ["Drafts", "read_drafts", "record_of"]

"""Turns bytes into the XML tree of an Akoma Ntoso document, and refuses what is none or what could do harm."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from vn_resolution.errors import DamagedSource, SourceTooLarge, UnsupportedType

AKN: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MAX_BYTES: Final = 256 * 1024 * 1024
"""The largest document that is read unless the caller asks for more. (Text nodes of more than ten million bytes and
elements more than 256 deep are always refused.)"""

_AKN_LIKE: Final = re.compile(r"http://(?:docs\.oasis-open\.org/legaldocml/ns/akn/|www\.akomantoso\.org/)\S+")
_HEAD: Final = 8192
_AT_END: Final = re.compile(r",? ?line \d+, column \d+.*$", re.DOTALL)


def read_xml(data: bytes, max_bytes: int = MAX_BYTES) -> Any:
    """The root element. No entity is expanded, no document type is read and nothing is fetched; comments and processing
    instructions are left out.

    Raises SourceTooLarge, DamagedSource (no well-formed XML, or a document type declaration, which has no place in
    Akoma Ntoso), UnsupportedType (XML of another kind).
    """
    if len(data) > max_bytes:
        raise SourceTooLarge(f"the document is larger than {max_bytes:,} bytes; raise the limit to read it")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = _AT_END.sub("", error.msg or "it is empty")
        raise DamagedSource(f"not well-formed XML (line {error.lineno or 1}): {reason}") from None
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None:
        raise DamagedSource("a document type declaration has no place in Akoma Ntoso; take it out")
    name = etree.QName(root)
    if name.localname != "akomaNtoso" or not is_akn(name.namespace):
        raise UnsupportedType(f"this is XML, but no Akoma Ntoso: its root element is <{name.localname}>")
    return root


def looks_like_akn(data: bytes) -> bool:
    """Whether these bytes are an Akoma Ntoso document by their first words."""
    head = data[:_HEAD]
    return b"<akomaNtoso" in head or b":akomaNtoso" in head or "akomaNtoso".encode("utf-16-le") in head


def is_akn(namespace: str | None) -> bool:
    """Whether this is the namespace of Akoma Ntoso, in version 3.0 or an earlier one."""
    return namespace is not None and (namespace == AKN or _AKN_LIKE.fullmatch(namespace) is not None)


def tag_of(element: Any) -> str:
    """The name of an element without its namespace; "" for one of a namespace that is not Akoma Ntoso's."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag[1:].rpartition("}")
    return name if namespace == AKN or is_akn(namespace) else ""


__all__ = ["AKN", "MAX_BYTES", "is_akn", "looks_like_akn", "read_xml", "tag_of"]

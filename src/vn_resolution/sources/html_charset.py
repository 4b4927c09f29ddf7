"""Finds out in which encoding an HTML page is written, from what it says and from what its bytes are."""

from __future__ import annotations

import codecs
import re

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic
from vn_resolution.sources.encodings import decode

_DECLARED = re.compile(
    rb"<meta\b[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})|<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 8_192
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What browsers read these names as.
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "unicode": "utf-16", "utf-16": "utf-16-le"}
# Codecs that are none of a page's, or whose decoders are slow on hostile bytes.
_NOT_FOR_PAGES = re.compile(r"idna|punycode|utf-7|.*unicode.escape|undefined|mbcs|oem")


def decode_html(data: bytes) -> tuple[str, list[Diagnostic]]:
    """The text of a page's bytes, and what was doubtful in decoding it (codes S001 and S004)."""
    charset = None if data.startswith(_MARKS) else _declared(data[:_HEAD])
    # Many a page is UTF-8 and says windows-1252; text in another encoding never passes for UTF-8 by chance.
    if charset and not (charset.startswith("utf-16") and b"\0" in data[:_HEAD]) and _is_utf8(data):
        charset = "utf-8"
    decoded = decode(data, charset)
    found: list[Diagnostic] = []
    if decoded.first_fault is not None:
        found.append(diagnostic("S001", encoding=decoded.encoding))
    if decoded.encoding != "utf-8":
        found.append(diagnostic("S004", encoding=decoded.encoding.replace("cp125", "windows-125")))
    return decoded.text, found


def _declared(head: bytes) -> str | None:
    match = _DECLARED.search(head)
    if not match:
        return None
    label = (match[1] or match[2]).decode("ascii").lower()
    try:
        name = codecs.lookup(_MEANT.get(label, label)).name
        b"a".decode(name)  # "hex" and the like are no text encodings
    except (LookupError, ValueError):
        return None
    return None if _NOT_FOR_PAGES.fullmatch(name) else _MEANT.get(name, name)


def _is_utf8(data: bytes) -> bool:
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False

"""Turns strings into pieces of well-formed XML: escaped text and attributes, URIs, and the bytes of the whole."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from vn_resolution.model import Span

LONGEST_TEXT: Final = 1_000_000
"""A longer text is cut into spans: libxml2 refuses a text node of ten million bytes."""

LONGEST_ATTRIBUTE: Final = 8_000

_CONTROLS: Final = bytes(code for code in range(32) if code not in (9, 10, 13))
_NOT_XML: Final = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_URI: Final = re.compile(r"/[^/]|[a-z][a-z0-9+.-]*://?[^/]")
_ESCAPED_BYTE: Final = re.compile("%25([0-9A-Fa-f]{2})")
_FULL_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def text(words: str) -> str:
    """The words as character data; an enormous text as a row of `span` elements."""
    if len(words) > LONGEST_TEXT:
        return "".join([f"<span>{_escape(part)}</span>" for part in parts(words)])
    return _escape(words)


def attribute(value: str) -> str:
    """The value between double quotes; an enormous one is cut."""
    value = _escape(as_attribute(value)).replace('"', "&quot;")
    if not value.isprintable():  # a line end in an attribute would be read as a space
        value = value.replace("\n", "&#10;").replace("\t", "&#9;")
    return value


def as_attribute(value: str) -> str:
    """What a reader of the XML gets of a value that `attribute` wrote."""
    return value if len(value) <= LONGEST_ATTRIBUTE else value[: LONGEST_ATTRIBUTE - 1] + "…"


@lru_cache(maxsize=1024)
def uri(value: str | None) -> str | None:
    """The value as a URI in an attribute, percent-encoded where it must be; None for what leads to no document: it
    begins with neither "/" nor a scheme."""
    if value is None or not _URI.match(value):
        return None
    return attribute(_ESCAPED_BYTE.sub(r"%\1", quote(value, safe="/:@!~;=?&,+$'()*", errors="replace")))


def full_date(value: str | None) -> str | None:
    """The value if it is a whole date of the calendar (ISO), else None: a partial date is no xsd:date."""
    if value is None or not _FULL_DATE.fullmatch(value):
        return None
    try:
        date.fromisoformat(value)
    except ValueError:
        return None
    return value


def span(place: Span) -> str:
    """The two attributes of a place in the source text."""
    return f'start="{place[0]}" end="{place[1]}"'


def encode(xml: str) -> tuple[bytes, bool]:
    """UTF-8, in which each code point that XML forbids (controls, lone surrogates, U+FFFE) has become U+FFFD; and
    whether there was none. A carriage return is written as a reference, or it would be read as a line feed."""
    if "\r" in xml:
        xml = xml.replace("\r", "&#13;")
    try:
        data = xml.encode()
    except UnicodeEncodeError:
        return _NOT_XML.sub("\ufffd", xml).encode(), False
    if len(data.translate(None, _CONTROLS)) != len(data) or b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data:
        return _NOT_XML.sub("\ufffd", xml).encode(), False
    return data, True


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def parts(words: str) -> list[str]:
    """The words in parts of at most a million characters, cut at spaces where there are any."""
    found = []
    start = 0
    while len(words) - start > LONGEST_TEXT:
        cut = words.rfind(" ", start, start + LONGEST_TEXT)
        cut = cut if cut > start else start + LONGEST_TEXT
        found.append(words[start:cut])
        start = cut
    return [*found, words[start:]]


__all__ = ["as_attribute", "attribute", "encode", "full_date", "parts", "span", "text", "uri"]

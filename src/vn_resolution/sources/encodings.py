"""Turns bytes into text: finds the encoding by what the bytes are, never by the locale, and never fails."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_SURROGATE = re.compile("[\ud800-\udfff]")
# The five tones of windows-1258 stand after their vowel as combining marks of their own.
_TONED = re.compile("[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


class Decoded(NamedTuple):
    """`text`, the `encoding` it was read with, and the offset in `text` of the first byte or surrogate that had to be
    replaced by U+FFFD (None where there was none). A byte order mark stays in the text as U+FEFF."""

    text: str
    encoding: str
    first_fault: int | None


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """The text of the bytes: by `charset` where it is given, else by byte order mark and content.

    Raises LookupError for a charset that Python does not know.
    """
    if charset is not None:
        return _decode(data, codecs.lookup(charset).name)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if wide := _utf16_without_mark(data[:_SAMPLE]):
        return _decode(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", None)
    except UnicodeDecodeError:
        pass
    utf8 = _decode(data, "utf-8")
    faults = utf8.text.count(REPLACEMENT)
    sound = sum(1 for char in utf8.text if char >= "\u0080") - faults
    return utf8 if sound > 4 * faults else _decode(data, _single_byte(data))


def clean(text: str) -> Decoded:
    """A string as it may come from a caller: a lone surrogate, which no encoding can carry, becomes U+FFFD."""
    fault = _SURROGATE.search(text)
    if fault is None:
        return Decoded(text, "utf-8", None)
    return Decoded(_SURROGATE.sub(REPLACEMENT, text), "utf-8", fault.start())


def _decode(data: bytes, encoding: str) -> Decoded:
    fault = None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        fault = len(data[: error.start].decode(encoding, errors="replace"))
    # Not every codec refuses surrogates (UTF-7 lets them through).
    text, _, surrogate = clean(text)
    return Decoded(text, encoding, surrogate if fault is None else fault)


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 shows in Vietnamese text by zero bytes at every second place for its Latin letters and spaces."""
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> str:
    """windows-1258 where its combining tones stand on vowels, else windows-1252."""
    text = data[:_SAMPLE].decode("cp1258", errors="replace")
    tones = len(_TONE.findall(text))
    return "cp1258" if tones and len(_TONED.findall(text)) * 2 > tones else "cp1252"

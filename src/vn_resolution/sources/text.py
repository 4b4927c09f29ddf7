"""Turns the bytes of a text or Markdown file, or a string, into a `Source` and the diagnostics of its reading."""

from __future__ import annotations

import hashlib

from vn_resolution.diagnostics import diagnostic
from vn_resolution.errors import UnsupportedType
from vn_resolution.model import Diagnostic, Source
from vn_resolution.sources import detect, legacy
from vn_resolution.sources.encodings import Decoded, clean, decode
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits
from vn_resolution.sources.markdown import looks_like_markdown

_SUSPECT_SHARE = 0.005


def read_source(
    data: bytes | str,
    name: str | None = None,
    media_type: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    detected: str | None = None,
) -> tuple[Source, list[Diagnostic]]:
    """The `Source` of bytes or of a string, and what was doubtful in reading it (codes S…).

    The text of a file is what Python's text mode reads from it: decoded, line ends as "\\n", and nothing else changed,
    so that spans index `Path.read_text()`; only where a file is in TCVN3, VNI or VISCII, or holds UTF-8 that had been
    read as windows-1252, is it put into Unicode (S110, S111). A string stays as it is. A byte order mark and decomposed
    letters stay.
    What cannot be decoded becomes U+FFFD. `media_type` is text/plain or text/markdown,
    with "; charset=…" where the encoding is known; without it, content and then name decide. Where the caller
    says that it is text, it is read as text, whatever it looks like. Strings are text.

    Raises UnsupportedType for other formats, SourceTooLarge over `limits.max_bytes` (of UTF-8 for a string).
    """
    shown = name or "the input"
    raw = data.encode("utf-8", errors="surrogatepass") if isinstance(data, str) else bytes(data)
    limits.check_bytes(raw, shown)
    said, charset = _parse_media_type(media_type, shown)
    converted: Diagnostic | None = None
    if isinstance(data, str):
        kind, decoded = said or detect.TEXT, clean(data)
    else:
        kind = said or detected or detect.detect_type(raw, name)
        if kind not in detect.READABLE:
            raise UnsupportedType(_refusal(shown, kind))
        decoded = _decode(raw, charset, shown)
        if charset is None:
            decoded, converted = _in_unicode(raw, decoded)
    if said is None and kind == detect.TEXT and looks_like_markdown(decoded.text):
        kind = detect.MARKDOWN
    # A file name may hold bytes that are no text; Python shows them as lone surrogates.
    source = Source(
        name=name and clean(name).text, media_type=kind, sha256=hashlib.sha256(raw).hexdigest(), text=decoded.text
    )
    return source, _doubts(decoded) if converted is None else [converted]


def _parse_media_type(media_type: str | None, shown: str) -> tuple[str | None, str | None]:
    """(type, charset) of "text/plain; charset=utf-8"."""
    if media_type is None:
        return None, None
    kind, *parameters = (part.strip() for part in media_type.lower().split(";"))
    if kind not in detect.READABLE:
        raise UnsupportedType(_refusal(shown, kind))
    charset = next((p.partition("=")[2].strip("\"' ") for p in parameters if p.startswith("charset=")), None)
    return kind, charset


def _refusal(shown: str, kind: str) -> str:
    return (
        f"{shown}: this is {detect.describe(kind)}, which is not read here. "
        "Save the document as text (.txt) and try again"
    )


def _decode(raw: bytes, charset: str | None, shown: str) -> Decoded:
    try:
        return _one_line_end(decode(raw, charset))
    except (LookupError, UnicodeError):
        raise UnsupportedType(f"{shown}: the charset {charset!r} is not known") from None


def _in_unicode(raw: bytes, decoded: Decoded) -> tuple[Decoded, Diagnostic | None]:
    """The text where it is in a Vietnamese encoding from before Unicode, or was read in a wrong one before it was
    saved; `decoded` itself where it is sound. Offsets are then those of the converted text."""
    unicode = decoded.encoding.startswith("utf")
    found = legacy.repaired(decoded.text) if unicode else legacy.from_bytes(raw, decoded.text)
    if found is None:
        return decoded, None
    mended = _one_line_end(Decoded(found.text, "utf-8", None))
    return mended, diagnostic("S111" if found.repaired else "S110", encoding=found.encoding)


def _one_line_end(decoded: Decoded) -> Decoded:
    if "\r" not in decoded.text:
        return decoded
    fault = decoded.first_fault
    if fault is not None:
        fault -= decoded.text.count("\r\n", 0, fault)
    return decoded._replace(text=decoded.text.replace("\r\n", "\n").replace("\r", "\n"), first_fault=fault)


def _doubts(decoded: Decoded) -> list[Diagnostic]:
    found = []
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u00a0"):
        found.append(diagnostic("S002"))
    if decoded.first_fault is not None:
        at = decoded.first_fault
        found.append(diagnostic("S001", (at, at + 1), encoding=_printed(decoded.encoding)))
    if decoded.encoding != "utf-8":
        found.append(diagnostic("S004", encoding=_printed(decoded.encoding)))
    if detect.control_share(decoded.text[:65_536].encode("utf-8", errors="replace")) > _SUSPECT_SHARE:
        found.append(diagnostic("S003"))
    return found


def _printed(encoding: str) -> str:
    names = {"cp1258": "windows-1258", "cp1252": "windows-1252"}
    return names.get(encoding, encoding.upper())

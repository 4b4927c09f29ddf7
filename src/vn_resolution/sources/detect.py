"""Tells what the bytes of an input are."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from pathlib import PurePath
from zipfile import ZipFile

TEXT = "text/plain"
MARKDOWN = "text/markdown"
READABLE = (TEXT, MARKDOWN)

_BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".htm": "text/html",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLE = (
    ("WordDocument", "application/msword"),
    ("EncryptedPackage", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_LATE_PDF = re.compile(rb"%PDF-\d\.\d")
"""Within its first kilobyte; what a server or a mailer has written may stand before it."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IN_ZIP = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("content.xml", "application/vnd.oasis.opendocument.text"),
)
_ODF = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.([a-z-]+)", re.DOTALL)
_MOST_PARTS = 10_000
_NAMES = {
    "application/pdf": "a PDF document",
    "application/msword": "a Word 97-2003 document (or another OLE file)",
    "application/vnd.ms-excel": "an Excel workbook (XLS)",
    "application/vnd.ms-powerpoint": "a PowerPoint presentation (PPT)",
    "application/rtf": "an RTF document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document (DOCX)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "an Excel workbook (XLSX)",
    "application/vnd.oasis.opendocument.text": "an OpenDocument text (ODT)",
    "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (ODS)",
    "application/zip": "a ZIP archive",
    "application/gzip": "a gzip archive",
    "application/octet-stream": "binary data",
    "text/html": "an HTML page",
    "application/xml": "an XML document",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml\b[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:!--|/?[a-z][a-z0-9]{0,9}[\s/>])", re.IGNORECASE)
_FRAGMENT = re.compile(
    rb"\s*<(?:article|b|center|div|font|h[1-6]|link|main|meta|ol|p|section|span|strong|style|table|title|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_TAGS_APART = 200
"""A piece of a page closes a tag in every so many bytes; Markdown that begins with one hardly ever."""
_XML = re.compile(rb"\s*<\?xml\s")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_SAMPLE = 65_536
BINARY_SHARE = 0.1
"""From this share of control characters on, bytes of no known format are binary data and not text."""


def detect_type(data: bytes, name: str | None = None) -> str:
    """The media type, by content first and by the name's ending where content does not settle it.

    Text whose name does not say Markdown is text/plain here; `markdown.looks_like_markdown` judges it once decoded.
    """
    suffix = PurePath(name).suffix.lower() if name else ""
    by_name = _BY_SUFFIX.get(suffix)
    if magic := _magic(data):
        return magic
    start = data.removeprefix(b"\xef\xbb\xbf")[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", errors="ignore").encode("utf-8", errors="ignore")
    if by_name not in READABLE:
        fragment = _FRAGMENT.match(start) and start.count(b"</") * _TAGS_APART > len(start)
        if _HTML.match(start) or fragment or (by_name == "text/html" and _TAG.search(start)):
            return "text/html"
        if _XML.match(start):
            return "application/xml"
    if control_share(data) > BINARY_SHARE and not _wide(data):
        return "application/octet-stream"
    # A name that promises a format which the content does not show is a name only: the content is text.
    return by_name if by_name in READABLE else TEXT


def describe(media_type: str) -> str:
    """What a person calls it: "a PDF document", "an image (image/png)"."""
    if media_type.startswith("image/"):
        return f"an image ({media_type})"
    return _NAMES.get(media_type, f"of the type {media_type}")


def control_share(data: bytes) -> float:
    """The share of control characters (without white space) among the first 64 KB."""
    sample = data[:_SAMPLE]
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample) if sample else 0.0


def _magic(data: bytes) -> str | None:
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data.startswith(_OLE):
        return next((kind for mark, kind in _IN_OLE if mark.encode("utf-16-le") in data), "application/msword")
    if data.startswith(_ZIP):
        return _in_zip(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if _LATE_PDF.search(data[:1024]) and b"startxref" in data[-4096:]:
        return "application/pdf"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return None


def _in_zip(data: bytes) -> str:
    """What the parts of a ZIP make it; of one that is cut off, whose list of parts is lost, what its bytes show."""
    if odf := _ODF.match(data):
        return f"application/vnd.oasis.opendocument.{odf[1].decode()}"
    names: list[str] = []
    if data.count(b"PK\x01\x02") <= _MOST_PARTS:
        with suppress(Exception):  # damaged in one of many ways
            names = ZipFile(io.BytesIO(data)).namelist()
    for mark, kind in _IN_ZIP:
        if any(name.startswith(mark) for name in names) or (not names and mark.encode() in data):
            return kind
    return "application/zip"


def _wide(data: bytes) -> bool:
    """UTF-16 and UTF-32 text is full of zero bytes and yet no binary data."""
    from vn_resolution.sources.encodings import decode

    decoded = decode(data[: _SAMPLE // 4 * 4])
    if not decoded.encoding.startswith(("utf-16", "utf-32")):
        return False
    return control_share(decoded.text.encode("utf-8", errors="replace")) < BINARY_SHARE

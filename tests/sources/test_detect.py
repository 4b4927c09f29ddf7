"""The type is told by content, and by the name only where content does not settle it."""

from __future__ import annotations

import io
import zipfile

import pytest

from formats.hostile_files import good_docx
from formats.hostile_others import odt
from vn_resolution.sources.detect import detect_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN = "application/vnd.oasis.opendocument"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PDF = b"%PDF-1.7\n" + bytes(2_000) + b"startxref\n9\n%%EOF"


def packed(**parts: bytes) -> bytes:
    """A ZIP of these parts; "__" in a name stands for "/"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/"), data)
    return out.getvalue()


WORKBOOK = packed(xl__workbook=b"")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (good_docx(), "a.pdf", DOCX),
        (good_docx()[:-200], "a", DOCX),
        (packed(types=b"", xl__workbook=b"", xl__embeddings__a=good_docx()), "a.docx", XLSX),
        (packed(types=b"", word__document=b"", word__embeddings__a=WORKBOOK), "a.xlsx", DOCX),
        (packed(a=b"word/ xl/"), "a.docx", "application/zip"),
        (odt(), "a.docx", f"{OPEN}.text"),
        (packed(**{"content.xml": b"", "settings.xml": b""}), None, f"{OPEN}.text"),
        (packed(mimetype=f"{OPEN}.spreadsheet".encode(), content=b""), None, f"{OPEN}.spreadsheet"),
        (OLE + "WordDocument".encode("utf-16-le"), None, "application/msword"),
        (OLE + "Workbook".encode("utf-16-le"), "a.doc", "application/vnd.ms-excel"),
        (PDF, "a.txt", "application/pdf"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + PDF, None, "application/pdf"),
        ("Tệp PDF bắt đầu bằng %PDF-1.7".encode(), None, "text/plain"),
        (b"{\\rtf1 a}", "a.doc", "application/rtf"),
        (b"<div class=content><p>a</p></div>", None, "text/html"),
        (b"<div class=content><p>a</p></div>", "a.txt", "text/plain"),
        (b"<p>12 < 13", None, "text/plain"),
        (b"<div align=center>a</div>\n\n# b\n" + b"c " * 400, None, "text/plain"),
        (b"<html xmlns:o='urn:schemas-microsoft-com:office:office'>", "a.doc", "text/html"),
    ],
)
def test_the_type(data: bytes, name: str | None, kind: str) -> None:
    assert detect_type(data, name) == kind

"""Makes pictures, Word 97, RTF, ODT and text files that try to hurt who reads them."""

# ruff: noqa: E501 (data is easier to read unbroken)

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from formats.hostile_files import DAMAGED, ENCRYPTED, LARGE, LAUGHS, MEGABYTE, READ, Maker, _ole, _overlapping
from vn_resolution.sources.office import DOC, ODT, RTF

UNSUPPORTED = "UnsupportedType"
PNG, JPEG, TIFF, TEXT = "image/png", "image/jpeg", "image/tiff", "text/plain"


# -- pictures ----------------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, colours: int, *, rows: bytes = b"", before: bytes = b"") -> bytes:
    """A PNG; `colours` as its header says (0 grey, 2 colour, 6 colour with transparency)."""
    head = struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + before + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _white_png(width: int, height: int, colours: int, bytes_: int) -> bytes:
    """All of its pixels are there, and pack to next to nothing."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (width * bytes_)
    return png(width, height, colours, rows=b"".join(packer.compress(row) for _ in range(height)) + packer.flush())


def tiff(tags: list[tuple[int, int, int, int]], following: int = 0, data: bytes = b"") -> bytes:
    """A TIFF of one directory: (tag, type, count, value) each."""
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return (
        b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", following) + data
    )


def _tiff_tags(width: int, height: int) -> list[tuple[int, int, int, int]]:
    return [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, 9),
    ]


def _jpeg(width: int, height: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (16, 16), "white").save(out, "JPEG")
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


# -- office ------------------------------------------------------------------------------------------------

_ODT_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.2"><office:body><office:text>'
)
_ODT_FOOT = "</office:text></office:body></office:document-content>"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}</manifest:file-entry>'
    "</manifest:manifest>"
)


def odt(
    body: str = "<text:p>Điều 1.</text:p>", *, before: str = "", locked: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """An OpenDocument text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("mimetype"), ODT)
        file.writestr("META-INF/manifest.xml", _MANIFEST.format(locked))
        file.writestr("content.xml", before + _ODT_HEAD + body + _ODT_FOOT)
        for name, data in (more or {}).items():
            file.writestr(name, data)
    return out.getvalue()


_LOCK = '<manifest:encryption-data manifest:checksum="a"><manifest:algorithm manifest:algorithm-name="Blowfish CFB"/></manifest:encryption-data>'


def _odt_link() -> bytes:
    out = io.BytesIO(odt())
    with zipfile.ZipFile(out, "a") as file:
        info = zipfile.ZipInfo("Pictures/a")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    return out.getvalue()


def rtf(body: str) -> bytes:
    """An RTF document."""
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0 " + body + "}").encode("ascii")


def _ole_in_a_circle() -> bytes:
    """A compound file whose table of sectors leads back to itself."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 1, 0, 4096, 1, 0, 1, 0, 0)
    head[76:512] = struct.pack("<I", 0) * 109
    return bytes(head) + struct.pack("<I", 0) * 128 + struct.pack("<I", 1) * 128


CASES: dict[str, tuple[str, Maker, tuple[str, ...]]] = {
    "PNG: endless size": (PNG, lambda: png(2_000_000_000, 2_000_000_000, 0), (LARGE,)),
    "PNG: bomb of grey": (PNG, lambda: _white_png(20_000, 20_000, 0, 1), (LARGE,)),
    "PNG: bomb of colour": (PNG, lambda: _white_png(8_000, 7_000, 6, 4), (LARGE,)),
    "PNG: bomb in a comment": (PNG, lambda: png(9, 9, 0, before=_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200 * MEGABYTE), 9))), (DAMAGED,)),
    "PNG: no size": (PNG, lambda: png(0, 0, 0), (DAMAGED,)),
    "PNG: cut off": (PNG, lambda: _white_png(900, 900, 2, 3)[:-300], (DAMAGED,)),
    "PNG: nothing but its name": (PNG, lambda: b"\x89PNG\r\n\x1a\n", (DAMAGED,)),
    "JPEG: endless size": (JPEG, lambda: _jpeg(65_500, 65_500), (LARGE,)),
    "JPEG: large and empty": (JPEG, lambda: _jpeg(6_500, 6_500), (LARGE, DAMAGED)),
    "JPEG: noise": (JPEG, lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400, (DAMAGED,)),
    "TIFF: pages in a circle": (TIFF, lambda: tiff(_tiff_tags(9, 9), following=8), (DAMAGED, LARGE, READ)),
    "TIFF: endless size": (TIFF, lambda: tiff(_tiff_tags(2**31, 2**31)), (LARGE, DAMAGED)),
    "TIFF: very many entries": (TIFF, lambda: tiff([(256, 4, 2**32 - 1, 8)] * 65_000), (DAMAGED,)),
    "TIFF: data elsewhere": (TIFF, lambda: tiff([(*tag[:3], 2**32 - 9) if tag[0] == 273 else tag for tag in _tiff_tags(900, 900)]), (DAMAGED,)),
    "GIF that calls itself a PNG": (PNG, lambda: b"GIF89a" + bytes(900), (DAMAGED,)),
    "DOC: noise": (DOC, lambda: _ole("WordDocument"), (DAMAGED,)),
    "DOC: sectors in a circle": (DOC, _ole_in_a_circle, (DAMAGED,)),
    "DOC: encrypted": (DOC, lambda: _ole("EncryptedPackage"), (ENCRYPTED,)),
    "ODT: bomb": (ODT, lambda: odt(" " * 100 * MEGABYTE), (LARGE,)),
    "ODT: bomb beside the text": (ODT, lambda: odt(more={"styles.xml": b"<a>" + b" " * 100 * MEGABYTE}), (LARGE,)),
    "ODT: members in one place": (ODT, lambda: _overlapping(2_000), (LARGE, DAMAGED)),
    "ODT: billion laughs": (ODT, lambda: odt("<text:p>&a9;</text:p>", before=LAUGHS), (DAMAGED,)),
    "ODT: entity of a file": (ODT, lambda: odt("<text:p>&x;</text:p>", before="<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), (DAMAGED,)),
    "ODT: name that climbs": (ODT, lambda: odt(more={"../../etc/cron.d/x": b"x"}), (DAMAGED,)),
    "ODT: symlink": (ODT, _odt_link, (DAMAGED,)),
    "ODT: locked": (ODT, lambda: odt(locked=_LOCK), (ENCRYPTED,)),
    "ODT: nested without end": (ODT, lambda: odt("<text:section>" * 100_000), (LARGE, DAMAGED)),
    "ODT: cut off": (ODT, lambda: odt()[:-60], (DAMAGED,)),
    "RTF: nested without end": (RTF, lambda: rtf("{" * 1_000_000), (LARGE,)),
    "RTF: bytes that are not there": (RTF, lambda: rtf("\\bin2000000000 x"), (DAMAGED,)),
    "text: too large": (TEXT, lambda: b"a " * 40 * MEGABYTE, (LARGE,)),
    "text: zeros": ("", lambda: bytes(20 * MEGABYTE), (UNSUPPORTED,)),
    "text: half a character in UTF-32": (TEXT, lambda: b"\xff\xfe\0\0" + b"\xff" * 900_001, (READ,)),
    "text: unknown charset": ("text/plain; charset=?", lambda: b"a", (UNSUPPORTED,)),
    "text: charset that unpacks": ("text/plain; charset=zlib", lambda: zlib.compress(bytes(100 * MEGABYTE)), (UNSUPPORTED,)),
    "text: mojibake without end": (TEXT, lambda: "Ã¡".encode() * 500_000, (READ,)),
    "an archive": ("", lambda: b"\x1f\x8b\x08" + bytes(900), (UNSUPPORTED,)),
    "a ZIP in itself": ("", lambda: _overlapping(9), (UNSUPPORTED, LARGE, DAMAGED)),
}  # fmt: skip

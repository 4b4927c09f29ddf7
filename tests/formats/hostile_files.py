"""Makes files that try to hurt who reads them: bombs, entities, links, lies about sizes, nesting without end."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from formats.make_docx import NAMESPACES, abstract, level, number_list, numbered, package, paragraph, run, table

MEGABYTE = 1024 * 1024
LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a0 'lol'>" + "".join(f"<!ENTITY a{k} '{f'&a{k - 1};' * 10}'>" for k in range(1, 10)) + "]>"
)
GOOD = paragraph("Điều 1. Thông qua kế hoạch.") + numbered("Trồng rừng ven biển.", 1)
LISTS = abstract(1, level(0, "%1.")) + number_list(1, 1)

Maker = Callable[[], bytes]


def good_docx() -> bytes:
    """A small document without fault."""
    return package(GOOD, numbering=LISTS)


def with_member(
    name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED, *, mode: int = 0, flag: int = 0, base: bytes = b""
) -> bytes:
    """The good document, or the one given, with one member put in place of, or beside, its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base or good_docx())) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
        info.compress_type = method
        info.external_attr = mode << 16
        new.writestr(info, data)
    made = out.getvalue()
    if flag:
        at = made.rindex(b"PK\x01\x02", 0, made.rindex(name.encode()))
        made = made[: at + 8] + struct.pack("<H", flag) + made[at + 10 :]
    return made


def document(xml: str | bytes) -> bytes:
    """The good document with another word/document.xml."""
    return with_member("word/document.xml", xml if isinstance(xml, bytes) else xml.encode())


def body(xml: str) -> bytes:
    """The good document with another body."""
    return document(f"<w:document {NAMESPACES}><w:body>{xml}</w:body></w:document>")


def _lies_about_sizes() -> bytes:
    data = bytearray(good_docx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _overlapping(count: int) -> bytes:
    """Members that all stand at the same place, each a bomb: the directory is small, the content has no end."""
    payload = zlib.compress(bytes(32 * MEGABYTE), 9)[2:-4]
    crc = zlib.crc32(bytes(32 * MEGABYTE))
    local = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(payload), 32 * MEGABYTE, 1, 0) + b"a" + payload
    )
    directory = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(payload), 32 * MEGABYTE, len(n), 0, 0, 0, 0, 0, 0
        )
        + n
        for n in (f"word/{k}.xml".encode() for k in range(count))
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + end


def _many_members() -> bytes:
    out = io.BytesIO(good_docx())
    with zipfile.ZipFile(out, "a") as file:
        for k in range(12_000):
            file.writestr(f"word/{k}", b"")
    return out.getvalue()


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(4096)


def _noise(size: int) -> str:
    return random.Random(1).randbytes(size // 2).hex()


def _relations(target: str, mode: str = "") -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    ).encode()


DAMAGED, LARGE, ENCRYPTED, READ = "DamagedSource", "SourceTooLarge", "EncryptedSource", "read"

DOCX: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "bomb by ratio": (lambda: document(b"<a>" + bytes(100 * MEGABYTE)), (LARGE, DAMAGED)),
    "bomb of white space": (lambda: body(" " * 60 * MEGABYTE), (LARGE,)),
    "bomb in the styles": (lambda: with_member("word/styles.xml", b"<a>" + b" " * 100 * MEGABYTE), (LARGE,)),
    "sizes that lie": (_lies_about_sizes, (LARGE, DAMAGED)),
    "members in one place": (lambda: _overlapping(2_000), (LARGE, DAMAGED)),
    "bomb that is nested and not read": (lambda: with_member("word/embeddings/a.zip", _overlapping(2_000)), (READ,)),
    "too many members": (_many_members, (LARGE,)),
    "name that climbs": (lambda: with_member("../../etc/cron.d/x", b"x"), (DAMAGED,)),
    "name that climbs by backslashes": (lambda: with_member("word\\..\\..\\x.xml", b"x"), (DAMAGED,)),
    "absolute name": (lambda: with_member("/etc/passwd", b"x"), (DAMAGED,)),
    "name of a drive": (lambda: with_member("C:\\windows\\x", b"x"), (DAMAGED,)),
    "symlink": (lambda: with_member("word/media/a", b"/etc/passwd", mode=0o120777), (DAMAGED,)),
    "symlink as the document": (lambda: with_member("word/document.xml", b"/etc/passwd", mode=0o120777), (DAMAGED,)),
    "two documents": (lambda: with_member("word/DOCUMENT.xml", b"<a/>"), (DAMAGED,)),
    "billion laughs": (lambda: document(LAUGHS + "<a>&a9;</a>"), (DAMAGED,)),
    "billion laughs in the numbering": (lambda: with_member("word/numbering.xml", (LAUGHS + "<a>&a9;</a>").encode()), (DAMAGED,)),
    "entity of a file": (lambda: document("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"), (DAMAGED,)),
    "entity of the network": (lambda: document("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a/>"), (DAMAGED,)),
    "entity in UTF-16": (lambda: document((LAUGHS + "<a>&a9;</a>").encode("utf-16")), (DAMAGED,)),
    "entity in UTF-7": (
        lambda: document(b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a +AFs-+ADwAIQ-ENTITY x "y"+AD4AXQA+-<a/>'),
        (DAMAGED,),
    ),
    "encrypted by Office": (lambda: _ole("EncryptedPackage"), (ENCRYPTED,)),
    "encrypted member": (lambda: with_member("word/document.xml", b"<a/>", flag=1), (ENCRYPTED,)),
    "Word 97": (lambda: _ole("WordDocument"), ("UnsupportedType",)),
    "cut in the middle": (lambda: good_docx()[: len(good_docx()) // 2], (DAMAGED,)),
    "cut at its end": (lambda: good_docx()[:-40], (DAMAGED,)),
    "front cut off": (lambda: good_docx()[200:], (DAMAGED, READ)),
    "no ZIP": (lambda: b"PK\x03\x04" + bytes(1000), (DAMAGED,)),
    "empty": (lambda: b"", (DAMAGED,)),
    "no document": (lambda: good_docx().replace(b"word/document.xml", b"word/documents.xm"), (DAMAGED,)),
    "document elsewhere": (lambda: with_member("_rels/.rels", _relations("../../../../../etc/passwd")), (READ,)),
    "document on the network": (
        lambda: with_member("_rels/.rels", _relations("http://127.0.0.1:9/a.xml", ' TargetMode="External"')),
        (READ,),
    ),
    "packed by LZMA": (lambda: with_member("word/document.xml", b"<a/>", zipfile.ZIP_LZMA), (DAMAGED,)),
    "packed by bzip2": (lambda: with_member("word/document.xml", bytes(MEGABYTE), zipfile.ZIP_BZIP2), (DAMAGED,)),
    "checksum wrong": (lambda: good_docx().replace(zlib.crc32(b"").to_bytes(4, "little"), b"\1\2\3\4"), (READ, DAMAGED)),
    "nested without end": (lambda: document("<a>" * 500_000), (LARGE,)),
    "tables in tables": (lambda: body("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000), (LARGE,)),
    "tables in tables, all the depth": (
        lambda: body(("<w:tbl><w:tr><w:tc>" + paragraph("a")) * 320 + "</w:tc></w:tr></w:tbl>" * 320), (READ,)
    ),
    "text boxes in text boxes": (
        lambda: body("<w:p><w:r><w:txbxContent>" * 300 + paragraph("a") + "</w:txbxContent></w:r></w:p>" * 300), (READ,)
    ),
    "huge attribute": (lambda: body(f'<w:p w:rsidR="{_noise(20 * MEGABYTE)}"/>'), (LARGE, DAMAGED)),
    "many attributes": (lambda: body("<w:p " + " ".join(f'a{k}="1"' for k in range(200_000)) + "/>"), (READ,)),
    "huge text": (lambda: body(paragraph(_noise(24 * MEGABYTE))), (LARGE, READ)),
    "wide cells": (
        lambda: body(table([["<w:p/>"] * 50] * 400).replace("<w:tcPr/>", '<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>')),
        (READ,),
    ),
    "numbers beyond reason": (
        lambda: package(
            numbered("a", 1) * 2_000,
            numbering=abstract(1, level(0, "%1" * 5_000, "lowerLetter", start=2_000_000_000)) + number_list(1, 1),
        ),
        (READ,),
    ),
    "styles in a circle": (
        lambda: package(
            paragraph("a", '<w:pStyle w:val="A"/>'),
            styles='<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>',
        ),
        (READ,),
    ),
    "lists in a circle": (
        lambda: package(
            numbered("a", 1),
            numbering='<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>' + number_list(1, 1),
            styles='<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        ),
        (READ,),
    ),
    "not well-formed": (lambda: document(f"<w:document {NAMESPACES}><w:body><w:p>"), (DAMAGED,)),
    "code that is no XML": (lambda: document(bytes(range(256)) * 100), (DAMAGED,)),
    "open fields": (lambda: body(paragraph(run("a") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>') * 30_000), (READ,)),
    "open fields of one paragraph": (lambda: body(paragraph((run("a") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>') * 30_000)), (READ,)),
    "deleted ends of paragraphs": (
        lambda: body(paragraph("a", '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>') * 40_000), (READ,)
    ),
    "many notes": (lambda: body(paragraph("".join(f'<w:r><w:footnoteReference w:id="{k}"/></w:r>' for k in range(40_000)))), (READ,)),
    "long chain of styles": (
        lambda: package(
            paragraph("a", '<w:pStyle w:val="s0"/>') * 1_000,
            styles="".join(
                f'<w:style w:type="paragraph" w:styleId="s{k}"><w:basedOn w:val="s{k + 1}"/></w:style>' for k in range(20_000)
            ),
        ),
        (READ,),
    ),
    "long chain of lists": (
        lambda: package(
            numbered("a", 0 + 1) * 1_000,
            numbering="".join(
                f'<w:abstractNum w:abstractNumId="{k}"><w:numStyleLink w:val="L{k + 1}"/></w:abstractNum>' + number_list(k, k)
                for k in range(1, 5_000)
            ),
            styles="".join(
                f'<w:style w:type="numbering" w:styleId="L{k}"><w:pPr><w:numPr><w:numId w:val="{k}"/></w:numPr></w:pPr></w:style>'
                for k in range(1, 5_000)
            ),
        ),
        (READ,),
    ),
}  # fmt: skip


def _page(inner: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inner}</body></html>".encode()


HTML: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "nested without end": (lambda: _page("<div>" * 500_000 + "a"), (LARGE,)),
    "unclosed tags": (lambda: _page("<font>a<p>b</p>" * 200_000), (LARGE,)),
    "unopened tags": (lambda: _page("<div>" * 900 + "</b></i></u>" * 100_000 + "a"), (READ,)),
    "tables in tables": (lambda: _page("<table><tr><td>a" * 50_000), (LARGE,)),
    "tables in tables, all the depth": (lambda: _page("<table><tr><td>a" * 300), (READ,)),
    "lists in lists": (lambda: _page("<ul><li>a" * 100_000), (LARGE,)),
    "huge attribute": (lambda: _page(f"<p title='{_noise(20 * MEGABYTE)}'>a"), (READ,)),
    "many attributes": (lambda: _page("<p " + " ".join(f"a{k}=1" for k in range(200_000)) + ">a"), (READ,)),
    "huge text": (lambda: _page(_noise(30 * MEGABYTE)), (READ,)),
    "huge style": (lambda: _page(f"<p style='{'a:b;' * 2_000_000}'>a"), (READ,)),
    "style sheet of braces": (lambda: _page("a", f"<style>{'{' * 1_000_000}{'a{b:c}' * 200_000}</style>"), (READ,)),
    "style sheet without end": (lambda: _page("", "<style>" + "/*" * 1_000_000), (READ,)),
    "many styles": (lambda: _page("".join(f"<p style='margin:{k}px'>a" for k in range(60_000))), (READ,)),
    "wide cells": (lambda: _page("<table border=1>" + "<tr><td colspan=1000 rowspan=60000>a" * 20_000), (READ,)),
    "tall cells": (lambda: _page("<table border=1>" + "<tr>" + "<td rowspan=0>a" * 900 + "<tr><td>b" * 20_000), (READ,)),
    "angle brackets": (lambda: _page("<" * 1_000_000), (READ,)),
    "ampersands": (lambda: _page("&" * 2_000_000), (READ,)),
    "open comments": (lambda: _page("<!--" * 500_000), (READ,)),
    "entities": (lambda: (LAUGHS + "<html><body>&a9;").encode(), (READ,)),
    "surrogates": (lambda: _page("&#xD800;&#xDFFF;&#x110000;&#0;a" * 1_000), (READ,)),
    "from the network": (
        lambda: _page(
            "<img src=http://127.0.0.1:9/a><iframe src=file:///etc/passwd></iframe><object data=http://127.0.0.1:9/b>",
            "<link rel=stylesheet href=http://127.0.0.1:9/a.css><base href=http://127.0.0.1:9/><script src=//x></script>",
        ),
        (READ,),
    ),
    "slow charset": (lambda: _page("a" * MEGABYTE, "<meta charset=punycode>"), (READ,)),
    "charset of nothing": (lambda: _page("a", "<meta charset=hex><meta charset='\0'>"), (READ,)),
    "zero bytes": (lambda: _page("a" + "\0" * MEGABYTE + "b"), (READ,)),
    "bytes of every kind": (lambda: b"<html>" + random.Random(2).randbytes(2 * MEGABYTE), (READ, LARGE)),
    "too large": (lambda: b"<html>" + b" " * 65 * MEGABYTE, (LARGE,)),
    "many paragraphs": (lambda: _page("<p>a" * 100_000), (READ,)),
    "many links": (lambda: _page("<ul>" + "<li><a href=/>a</a>" * 60_000 + "</ul>"), (READ,)),
}  # fmt: skip

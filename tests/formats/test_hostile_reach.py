"""Promise 10: whatever a document refers to, nothing is fetched from a network and no other file is opened. A server
and a folder that is watched stand where each document points."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from formats import hostile_pdf
from formats.hostile_files import with_member
from formats.hostile_others import odt, rtf
from formats.make_docx import package, paragraph
from vn_resolution.sources import office
from vn_resolution.sources.readers import read_document

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
needs_office = pytest.mark.skipif(office.find_soffice() is None, reason=f"needs LibreOffice: {office.HOW_TO_GET}")
SECRET = "mật khẩu của người khác"
_OPENED, _NOT_BLOCKING = 0x20, 0o4000


class World(NamedTuple):
    """A server, what was asked of it, a folder of files that are no business of a document's, and what was opened in
    it."""

    url: str
    asked: list[str]
    folder: Path
    opened: Callable[[], bool]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silence."""

    folder = tmp_path / "others"
    folder.mkdir()
    (folder / "a.txt").write_text(SECRET, "utf-8")
    (folder / "a.odt").write_bytes(odt(f"<text:p>{SECRET}</text:p>"))
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    libc = ctypes.CDLL(None)
    watch = libc.inotify_init1(_NOT_BLOCKING)
    assert libc.inotify_add_watch(watch, os.fsencode(folder), _OPENED) >= 0

    def opened() -> bool:
        try:
            return bool(os.read(watch, 4096))
        except BlockingIOError:
            return False

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield World(f"http://127.0.0.1:{server.server_port}", asked, folder, opened)
        server.shutdown()
    os.close(watch)


def html(world: World) -> bytes:
    file = (world.folder / "a.txt").as_uri()
    return (
        f"<html><head><link rel=stylesheet href={world.url}/css><base href={world.url}/><style>@import url({world.url}/import);"
        f"p {{background: url({file})}}</style><meta http-equiv=refresh content='0;url={world.url}/refresh'></head><body>"
        f"<p>Điều 1.</p><img src={world.url}/img><img src={file}><script src={world.url}/js></script><iframe src={file}></iframe>"
        f"<object data={file}></object><xi:include href={file} xmlns:xi=http://www.w3.org/2001/XInclude></html>"
    ).encode()


def docx(world: World) -> bytes:
    file = (world.folder / "a.txt").as_uri()
    field = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "{file}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    picture = '<w:r><w:pict><v:imagedata r:id="rId8"/></w:pict></w:r>'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = {
        "image": f"{world.url}/img",
        "aFChunk": file,
        "attachedTemplate": f"{world.url}/dotm",
        "styles": file,
        "numbering": f"{world.url}/numbering",
    }
    relations = "".join(
        f'<Relationship Id="rId{7 + k}" Type="{kinds}/{kind}" Target="{target}" TargetMode="External"/>'
        for k, (kind, target) in enumerate(targets.items())
    )
    data = package(paragraph("Điều 1.") + paragraph(field + picture) + '<w:altChunk r:id="rId8"/>')
    inner = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    return with_member("word/_rels/document.xml.rels", inner.encode(), base=data)


def pdf(world: World) -> bytes:
    return hostile_pdf.reaching(world.url, str(world.folder / "a.txt"))


def rich_text(world: World) -> bytes:
    file = str(world.folder / "a.txt")
    fields = {f'INCLUDEPICTURE "{world.url}/png" \\\\d': "a", f'INCLUDETEXT "{file}"': "b", f'INCLUDETEXT "{world.url}/txt"': "c",
              f'LINK Word.Document.8 "{file}"': "d", f'HYPERLINK "{world.url}/link"': "e"}  # fmt: skip
    body = " ".join(f"{{\\field{{\\*\\fldinst {code}}}{{\\fldrslt {shown}}}}}" for code, shown in fields.items())
    return rtf(f"Dieu 1. {body}{{\\*\\template {world.url}/dot}}")


def open_document(world: World) -> bytes:
    svg = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" svg:width="1cm" svg:height="1cm"'
    frames = "".join(
        f'<draw:frame draw:name="f" {svg}><draw:{kind} xlink:href="{target}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
        for kind, target in (
            ("image", f"{world.url}/png"),
            ("image", (world.folder / "a.png").as_uri()),
            ("object", f"{world.url}/odt"),
        )
    )
    sections = "".join(
        f'<text:section text:name="s{k}"><text:section-source xlink:href="{target}" xlink:type="simple"/><text:p>cũ</text:p></text:section>'
        for k, target in enumerate(
            [(world.folder / "a.txt").as_uri(), (world.folder / "a.odt").as_uri(), f"{world.url}/section"]
        )
    )
    return odt(f"<text:p>Điều 1.{frames}</text:p>{sections}")


@pytest.mark.parametrize(
    "make",
    [html, docx, pdf, pytest.param(rich_text, marks=needs_office), pytest.param(open_document, marks=needs_office)],
)
def test_nothing_else_is_opened_or_fetched(make: Callable[[World], bytes], world: World) -> None:
    text = read_document(make(world), "nq").source.text
    assert "1." in text and SECRET not in text
    assert world.asked == []
    assert not world.opened()


@needs_office
def test_the_server_and_the_folder_tell_of_a_reader_that_is_less_careful(world: World, tmp_path: Path) -> None:
    """The judge can say no: LibreOffice as it comes fetches what the same document refers to."""
    given = tmp_path / "nq.odt"
    given.write_bytes(open_document(world))
    soffice = shutil.which("soffice") or ""
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt", "--outdir", str(tmp_path), str(given)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert world.asked
    (world.folder / "a.png").read_bytes()
    assert world.opened()

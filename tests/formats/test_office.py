"""DOC, RTF and ODT through LibreOffice."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from support.texts import ROOT, SHARED
from vn_resolution.errors import DamagedSource, EncryptedSource, MissingTool, SourceTooLarge
from vn_resolution.sources import office
from vn_resolution.sources.limits import Limits
from vn_resolution.sources.office import DOC, ODT, RTF, kind_of, read_office

needs_office = pytest.mark.skipif(office.find_soffice() is None, reason=f"needs LibreOffice: {office.HOW_TO_GET}")
OTHERS = SHARED / "corpus" / "others"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def rtf(*paragraphs: str) -> bytes:
    def escaped(text: str) -> str:
        return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)

    body = "\\par ".join(escaped(text) for text in paragraphs)
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs28 " + body + "}").encode("ascii")


@needs_office
def test_rtf() -> None:
    extract = read_office(rtf("Điều 1. Thông qua kế hoạch trồng rừng.", "Điều 2. Hiệu lực thi hành."), "nq.rtf")
    assert extract.source.text.split("\n") == ["Điều 1. Thông qua kế hoạch trồng rừng.", "Điều 2. Hiệu lực thi hành."]
    assert (extract.source.media_type, extract.source.name) == (RTF, "nq.rtf")
    assert extract.diagnostics[0].code == "S112"


@needs_office
@pytest.mark.skipif(not OTHERS.is_dir(), reason="../shared/corpus is not there")
@pytest.mark.parametrize("name", ["0328NDCP", "NghiDinh29_1998"])
def test_word97_files_in_tcvn3_fonts(name: str) -> None:
    """Against the published text, whose capitals are lost: capitals are the fonts' here, so letters count, not case."""
    extract = read_office((OTHERS / f"viparse-2004-{name}-tcvn3.doc").read_bytes(), f"{name}.doc")
    truth = (OTHERS / f"viparse-2004-{name}-gt.txt").read_text("utf-8")
    want, have = (unicodedata.normalize("NFC", text).lower().split() for text in (truth, extract.source.text))
    same = sum(block.size for block in SequenceMatcher(None, want, have, autojunk=False).get_matching_blocks())
    assert same / max(len(want), len(have)) >= 0.998
    assert {"S112", "S109"} <= {d.code for d in extract.diagnostics}
    assert "CHÍNH PHỦ" in extract.source.text


@needs_office
@pytest.mark.parametrize("data", [OLE + b"\0" * 4000, b"{\\rtf1 " + b"\xff" * 50])
def test_broken_files_end_in_a_typed_error_or_in_what_there_is(data: bytes) -> None:
    try:
        extract = read_office(data, "nq.doc", Limits(max_seconds=60))
    except DamagedSource as error:
        assert str(error).startswith("nq.doc: ")
    else:
        assert extract.source.media_type in (DOC, RTF)


def test_kinds() -> None:
    assert kind_of(b"{\\rtf1}") == RTF
    assert kind_of(b"PK\x03\x04") == ODT
    assert kind_of(OLE) == DOC


def test_encrypted_files_are_told_before_anything_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: pytest.fail("nothing to start"))
    fib = bytearray(512)
    fib[0:2] = b"\xec\xa5"
    fib[11] = 1
    with pytest.raises(EncryptedSource, match="without a password"):
        read_office(OLE + b"\0" * 504 + bytes(fib), "nq.doc")
    with pytest.raises(EncryptedSource):
        read_office(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "nq.docx")


def test_without_libreoffice_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    with pytest.raises(
        MissingTool, match=r"nq\.rtf: this is an RTF document; to read it, LibreOffice is needed: apt-get"
    ):
        read_office(rtf("Điều 1."), "nq.rtf")


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for LibreOffice")
def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/pid\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "find_soffice", lambda: str(program))
    with pytest.raises(SourceTooLarge, match="longer than"):
        read_office(rtf("Điều 1."), "nq.rtf", Limits(max_seconds=1))
    assert not alive(int((tmp_path / "pid").read_text()))


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for LibreOffice")
def test_a_conversion_ends_with_its_caller_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A worker that reads too long is killed, and can clean up nothing."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/pid\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "tmp").mkdir()
    code = "from vn_resolution.sources.office import read_office; read_office(b'{\\\\rtf1 a}', 'nq.rtf')"
    environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "TMPDIR": str(tmp_path / "tmp")}
    caller = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, **environment, "PYTHONPATH": str(ROOT / "src")}
    )
    assert within(20, lambda: (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text().strip() != "")
    assert list((tmp_path / "tmp").iterdir())
    caller.kill()
    caller.wait()
    child = int((tmp_path / "pid").read_text())
    assert within(20, lambda: not alive(child) and not list((tmp_path / "tmp").iterdir()))


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether it holds before the time is over."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.is_file() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@needs_office
def test_documents_that_cost_too_much_memory_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_MEMORY", 40 * 1024 * 1024)
    with pytest.raises(DamagedSource, match=r"^nq\.rtf: "):
        read_office(rtf("Điều 1."), "nq.rtf")


@needs_office
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_office(rtf("Điều 1. Phạm vi."), "nq.rtf")
    assert list(tmp_path.glob("vn-resolution-*")) == []

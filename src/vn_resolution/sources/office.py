"""Turns Word 97-2003 documents (DOC), RTF and ODT into text by way of LibreOffice, which saves them as DOCX."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from vn_resolution.diagnostics import diagnostic
from vn_resolution.errors import DamagedSource, EncryptedSource, MissingTool, SourceTooLarge
from vn_resolution.sources.docx import read_docx
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits
from vn_resolution.sources.office_check import check_odt, check_rtf

DOC, RTF, ODT = "application/msword", "application/rtf", "application/vnd.oasis.opendocument.text"
HOW_TO_GET = "apt-get install libreoffice-writer-nogui, or LibreOffice from its own site; or save the document as DOCX"
_CHILD = Path(__file__).with_name("office_child.py")
_MEMORY = 700 * 1024 * 1024
"""Bytes of data that it may take; it begins with 100 MB."""
_SUFFIXES = {DOC: ".doc", RTF: ".rtf", ODT: ".odt"}
_KINDS = {DOC: "a Word 97-2003 document", RTF: "an RTF document", ODT: "an OpenDocument text"}
_ENCRYPTED = "{name}: the document is encrypted; save a copy without a password and try again"
_PLACES = (
    "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe",
)  # fmt: skip
# No macros, no links that are followed, no recovery of earlier sessions: the document is a stranger's.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/RecoveryInfo"><prop oor:name="Enabled"
 oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def read_office(
    data: bytes, name: str = "the input", limits: Limits = DEFAULT_LIMITS, media_type: str | None = None
) -> Extract:
    """The text of a DOC, RTF or ODT file, as LibreOffice's conversion of it to DOCX says.

    Raises MissingTool without LibreOffice, EncryptedSource, DamagedSource, SourceTooLarge (`limits.max_seconds` is the
    time that the conversion may take).
    """
    limits.check_bytes(data, name)
    kind = media_type or kind_of(data)
    if _is_encrypted(data):
        raise EncryptedSource(_ENCRYPTED.format(name=name))
    if kind == RTF:
        check_rtf(data, name, limits)
    elif kind == ODT:
        check_odt(data, name, limits)
    converted = to_docx(data, name, kind, limits.max_seconds)
    extract = read_docx(converted, name, limits)
    # The digest is that of the file that was given, not of its conversion.
    source = extract.source.model_copy(update={"media_type": kind, "sha256": hashlib.sha256(data).hexdigest()})
    told = diagnostic("S112", program="LibreOffice")
    return replace(extract, source=source, diagnostics=(told, *extract.diagnostics))


def kind_of(data: bytes) -> str:
    """Which of the three media types these bytes are."""
    if data.startswith(b"{\\rtf"):
        return RTF
    return ODT if data.startswith(b"PK") else DOC


def to_docx(data: bytes, name: str, kind: str, seconds: float) -> bytes:
    """The document as DOCX, made by LibreOffice in a folder and with a profile of its own, both removed afterwards."""
    program = find_soffice()
    if program is None:
        what = _KINDS.get(kind, "a document")
        raise MissingTool(f"{name}: this is {what}; to read it, LibreOffice is needed: {HOW_TO_GET}")
    with tempfile.TemporaryDirectory(prefix="vn-resolution-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        given = home / ("document" + _SUFFIXES.get(kind, ".doc"))
        given.write_bytes(data)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        result = home / "out" / "document.docx"
        command = [
            program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
            "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"),
            str(given),
        ]  # fmt: skip
        said = _run(command, name, seconds, home)
        if not result.is_file() or result.stat().st_size == 0:
            if "assword" in said:
                raise EncryptedSource(_ENCRYPTED.format(name=name))
            raise DamagedSource(f"{name}: LibreOffice cannot open this file: it is damaged or no document")
        return result.read_bytes()


def _run(command: list[str], name: str, seconds: float, home: Path) -> str:
    """Runs LibreOffice; what it says. It is ended, with all that it started, when the time is over."""
    environment = {**os.environ, "HOME": str(home), "SAL_USE_VCLPLUGIN": "svp", "http_proxy": "http://127.0.0.1:9"}
    supervised = [sys.executable, "-P", "-s", str(_CHILD), str(home), str(_MEMORY), *command]
    try:
        child = subprocess.Popen(
            supervised, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise MissingTool(f"{name}: LibreOffice could not be started: {error}") from None
    assert child.stdin is not None and child.stdout is not None
    late = threading.Timer(seconds, child.stdin.close)  # which its supervisor takes for the end
    late.daemon = True
    late.start()
    try:
        said = child.stdout.read()
        if child.stdin.closed:
            raise SourceTooLarge(
                f"{name}: LibreOffice takes longer than the limit of {seconds:g} s; raise the limit (--max-seconds)"
            )
        return said.decode("utf-8", errors="replace")
    finally:
        late.cancel()
        child.stdin.close()
        child.wait()
        child.stdout.close()


@lru_cache(maxsize=1)
def find_soffice() -> str | None:
    """The path of LibreOffice, or None."""
    for candidate in ("soffice", "libreoffice"):
        if path := shutil.which(candidate):
            return path
    return next((place for place in _PLACES if Path(place).is_file()), None)


def _is_encrypted(data: bytes) -> bool:
    """A DOC whose FIB says fEncrypted, or an OLE file that wraps an encrypted DOCX."""
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return False
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    fib = data.find(b"\xec\xa5", 512)
    return 0 < fib < len(data) - 12 and fib % 512 == 0 and bool(data[fib + 11] & 0x01)

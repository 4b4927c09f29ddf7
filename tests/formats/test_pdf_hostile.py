"""Hostile PDFs: bombs, loops and lies end in a text or a typed error, soon, and in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")

_CODE = """
import json, resource, sys, time
from vn_resolution.errors import UnreadableSource
from vn_resolution.sources.limits import Limits
from vn_resolution.sources.pdf import read_pdf
data = open(sys.argv[1], "rb").read()
started = time.monotonic()
try:
    outcome = "read %d" % len(read_pdf(data, "hostile", Limits(max_seconds=10), recognise=False).source.text)
except UnreadableSource as error:
    outcome = type(error).__name__
print(json.dumps({
    "outcome": outcome, "seconds": time.monotonic() - started,
    "megabytes": max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ) / 1024,
}))
"""


def pdf(
    content: bytes, *, page: str = "", extra: tuple[bytes, ...] = (), pages: str = "/Kids [3 0 R] /Count 1"
) -> bytes:
    """A PDF of one page with this content stream; `extra` are further objects, from number 5 on."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages {pages} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page or '/MediaBox [0 0 595 842]'} >>".encode(),
        b"<< /Filter /FlateDecode /Length %d >> stream\n" % len(packed) + packed + b"\nendstream",
        *extra,
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    return bytes(out + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


FONT = (
    "/MediaBox [0 0 595 842] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >>"
)
FORMS = "/MediaBox [0 0 99 99] /Resources << /XObject << /X 5 0 R >> >>"
LOOP = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >> "
    b"stream\n/X Do\nendstream"
)
HOSTILE = {
    "bomb": lambda: pdf(b"0 0 m " * 50_000_000),
    "endless text": lambda: pdf(b"BT /F1 9 Tf " + b"1 0 0 1 9 9 Tm (dieu) Tj " * 2_000_000 + b"ET", page=FONT),
    "very many lines": lambda: pdf(b"0 0 m 99 99 l S " * 1_000_000),
    "a form that draws itself": lambda: pdf(b"/X Do", page=FORMS, extra=(LOOP,)),
    "a tree that holds itself": lambda: pdf(b"", pages="/Kids [2 0 R 3 0 R] /Count 2"),
    "a page count that lies": lambda: pdf(b"", pages="/Kids [3 0 R] /Count 2000000000"),
    "a page of endless size": lambda: pdf(b"0 0 m 9 9 l S", page="/MediaBox [0 0 1e30 1e30]"),
    "a page without size": lambda: pdf(b"0 0 m 9 9 l S", page="/MediaBox [5 5 5 5]"),
    "numbers that are none": lambda: pdf(b"BT /F1 1e400 Tf 1e39 0 0 1e39 nan inf Tm (dieu) Tj ET", page=FONT),
    "brackets without end": lambda: pdf(b"[" * 3_000_000),
    "dictionaries without end": lambda: pdf(b"", page="<<" * 200_000),
}  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with resource")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cannot_hurt(name: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[name]())
    run = subprocess.run([sys.executable, "-c", _CODE, str(path)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-800:]
    told = json.loads(run.stdout)
    assert told["outcome"].startswith(("read", "DamagedSource", "SourceTooLarge")), told
    assert told["seconds"] < 25, told  # 2 s on a machine of one's own; this one is shared
    assert told["megabytes"] < 512, told

"""The limits, from the library and from the command line; and how far a long reading is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import vn_resolution as vr
from formats.make_docx import package, paragraph, table
from vn_resolution.cli import run
from vn_resolution.cli.common import Exit
from vn_resolution.sources.limits import Limits


def document() -> bytes:
    return package(paragraph("Điều 1. " + "Thông qua kế hoạch. " * 60_000))


def nested() -> bytes:
    inner = "Điều 1."
    for _ in range(20):
        inner = table([[inner]])
    return package(inner)


def pages() -> bytes:
    """A PDF of three pages."""
    pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas", reason="pip install reportlab")
    import io

    out = io.BytesIO()
    canvas = reportlab.Canvas(out, invariant=1)
    for number in range(1, 4):
        canvas.drawString(72, 700, f"Dieu {number}. Thong qua.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


CASES: list[tuple[Callable[[], bytes], Limits, str, str]] = [
    (document, Limits(max_bytes=1024 * 1024), "--max-size=1", ""),
    (document, Limits(max_unpacked=1024 * 1024), "--max-unpacked=1", "unpacks to more than the limit of 1 MB"),
    (nested, Limits(max_depth=30), "--max-depth=30", "deeper than the limit of 30"),
    (pages, Limits(max_pages=2), "--max-pages=2", "3 pages, more than the limit of 2"),
    (pages, Limits(max_seconds=1e-9), "--max-seconds=1e-9", "longer than the limit of 1e-09 s"),
]


@pytest.mark.parametrize(("make", "limits", "option", "words"), CASES, ids=[case[2] for case in CASES])
def test_a_limit(
    make: Callable[[], bytes],
    limits: Limits,
    option: str,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = make()
    path = tmp_path / "nq"
    path.write_bytes(data)
    vr.parse(path)
    if words:
        with pytest.raises(vr.SourceTooLarge, match=words):
            vr.parse(data, name="nq", limits=limits)
        assert run(["parse", str(path), option]) == Exit.UNREADABLE
        told = capsys.readouterr().err
        assert words in told and (option.partition("=")[0] in told or "nest" in told)
    else:  # it packs to less than a megabyte
        vr.parse(data, limits=limits)
        with pytest.raises(vr.SourceTooLarge, match=r"larger than the limit.*--max-size"):
            vr.parse(b" " * (1024 * 1024 + 1), limits=limits)


def test_max_bytes_stands_for_the_limit_of_that_name() -> None:
    with pytest.raises(vr.SourceTooLarge):
        vr.parse(b"a" * 100, max_bytes=99, limits=Limits(max_bytes=1000))
    assert vr.parse("Điều 1. A.", media_type="text/plain", max_bytes=99).body


def test_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "nq.pdf"
    path.write_bytes(pages())
    with path.open("rb") as stream:
        for source in (path, path.read_bytes(), stream):
            vr.parse(source, progress=lambda done, count: told.append((done, count)))
    assert told == [(1, 3), (2, 3), (3, 3)] * 3
    assert run(["parse", str(path), "-o", str(tmp_path / "a")]) == 0
    assert "page" not in capsys.readouterr().err.replace("page numbers", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert run(["parse", str(path), "-o", str(tmp_path / "a")]) == 0
    assert f"\r{path}: page 2 of 3\x1b[K" in capsys.readouterr().err

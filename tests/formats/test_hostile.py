"""Promise 10: hostile files of every format, each read in a process of its own: a typed error or a result, within two
seconds and 512 MB, with nothing else opened and no network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from formats import hostile_files, hostile_others, hostile_pdf
from formats.hostile_files import Maker
from support.texts import ROOT

CHILD = Path(__file__).with_name("hostile_child.py")
SECONDS, MEGABYTES = 2.0, 512
"""Seconds of processor time, of all processes together; memory of each process."""
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CASES = [(f"docx: {name}", _DOCX, *case) for name, case in hostile_files.DOCX.items()]
CASES += [(f"html: {name}", "text/html", *case) for name, case in hostile_files.HTML.items()]
CASES += [(f"pdf: {name}", "application/pdf", *case) for name, case in hostile_pdf.PDF.items()]
CASES += [(name, *case) for name, case in hostile_others.CASES.items()]
Reader = Callable[[str, Path], dict[str, Any]]


@pytest.fixture(scope="module")
def read() -> Iterator[Reader]:
    """Reads a file in a process of its own."""
    with subprocess.Popen(
        [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT / "src"
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        stdin, stdout = child.stdin, child.stdout

        def ask(kind: str, path: Path) -> dict[str, Any]:
            stdin.write(json.dumps([kind, str(path)]) + "\n")
            stdin.flush()
            found: dict[str, Any] = json.loads(stdout.readline())
            return found

        yield ask
        stdin.close()


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processes are those of Linux")
@pytest.mark.parametrize(("kind", "make", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_file_cannot_hurt(
    kind: str, make: Maker, wanted: tuple[str, ...], tmp_path: Path, read: Reader
) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(make())
    found = read(kind, path)
    assert found["outcome"] in wanted, found
    assert found["seconds"] < SECONDS, found
    assert max(found["megabytes"]) < MEGABYTES, found
    assert found["touched"] == []
    if found["outcome"] != "read":
        assert found["message"].startswith("hostile: ") and "\n" not in found["message"], found
        assert " at 0x" not in found["message"], found


def test_the_good_file_is_read() -> None:
    from vn_resolution.sources.docx import read_docx

    assert read_docx(hostile_files.good_docx()).source.text == "Điều 1. Thông qua kế hoạch.\nTrồng rừng ven biển."

"""Promise 10: hostile HTML and DOCX files, each read in a process of its own: a typed error or a result, within two
seconds and 512 MB, with nothing opened and no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from formats import hostile_files
from formats.hostile_files import Maker

CHILD = Path(__file__).with_name("hostile_child.py")
SECONDS, MEGABYTES = 2.0, 512
CASES = [("docx", name, *case) for name, case in hostile_files.DOCX.items()]
CASES += [("html", name, *case) for name, case in hostile_files.HTML.items()]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processes are those of Linux")
@pytest.mark.parametrize(("kind", "name", "make", "wanted"), CASES, ids=[f"{kind}: {name}" for kind, name, *_ in CASES])
def test_a_hostile_file_cannot_hurt(kind: str, name: str, make: Maker, wanted: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(make())
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        [sys.executable, str(CHILD), kind, str(path)], capture_output=True, text=True, env=env, timeout=60
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["outcome"] in wanted, found
    assert found["seconds"] < SECONDS, found
    assert found["megabytes"] < MEGABYTES, found
    assert found["touched"] == []
    if found["outcome"] != "read":
        assert found["message"].startswith("hostile: ") and "\n" not in found["message"], found


def test_the_good_file_is_read() -> None:
    from vn_resolution.sources.docx import read_docx

    assert read_docx(hostile_files.good_docx()).source.text == "Điều 1. Thông qua kế hoạch.\nTrồng rừng ven biển."

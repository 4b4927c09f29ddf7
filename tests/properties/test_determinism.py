"""Promise 4: the same bytes give the same bytes, whatever the hash seed, the locale, the run and the worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import vn_resolution as vr
from support.texts import ROOT, sample_paths

CODE = """
import hashlib, sys, pathlib, vn_resolution as vr
for name in sys.argv[1:]:
    doc = vr.parse(pathlib.Path(name))
    print(hashlib.sha256(doc.to_json().encode() + doc.to_akn() + doc.to_outline().encode()).hexdigest())
"""


def outputs(**environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", CODE, *map(str, sample_paths())],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True, text=True, check=True, timeout=300,
    ).stdout  # fmt: skip


def test_hash_seed_and_locale_do_not_matter() -> None:
    first = outputs(PYTHONHASHSEED="1", LC_ALL="C")
    assert first == outputs(PYTHONHASHSEED="4711", LC_ALL="C.UTF-8", TZ="Asia/Ho_Chi_Minh")
    assert len(set(first.split())) == len(sample_paths())


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_a_second_parse_in_the_same_process_is_the_same(path: Path) -> None:
    first, second = vr.parse(path), vr.parse(path.read_bytes(), name=path.name)
    assert first == second
    assert first.to_akn() == second.to_akn()
    assert first.to_json() == vr.Resolution.from_json(first.to_json()).to_json()
    assert vr.Resolution.from_json(first.to_json()).to_akn() == first.to_akn()

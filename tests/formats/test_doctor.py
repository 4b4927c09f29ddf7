"""`vn-resolution doctor` tells what is there, what is not, and how to get it."""

from __future__ import annotations

import json

import pytest

from vn_resolution.cli import run
from vn_resolution.sources import doctor, office, scan

NAMES = [
    "tesseract", "libreoffice", "pypdfium2", "pillow", "cobalt", "fastapi",
    "pyarrow", "underthesea", "duckdb", "pyspark",
]  # fmt: skip


def test_what_is_on_this_machine() -> None:
    """The truth, not what the other tests make of it: a program that works is told so with its version."""
    parts = {part.name: part for part in doctor.examine()}
    assert parts["tesseract"].works == scan.can_recognise()
    assert parts["libreoffice"].works == (office.find_soffice() is not None)
    for part in parts.values():
        assert part.works == bool(part.version) or part.lacks, part


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_tesseract", lambda: None)
    monkeypatch.setattr(office, "find_soffice", lambda: None)


@pytest.mark.usefixtures("fresh")
def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [part["name"] for part in found["parts"]] == NAMES
    assert not found["parts"][0]["works"] and not found["parts"][1]["works"]
    assert all(part["how_to_get"] and part["enables"] for part in found["parts"])


@pytest.mark.usefixtures("fresh")
def test_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "missing tesseract" in out
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in out
    assert "apt-get install libreoffice-writer-nogui" in out


def test_tesseract_without_vietnamese_does_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_tesseract", lambda: scan.Tesseract("/usr/bin/tesseract", "5.3.0", ("eng", "osd")))
    part = doctor.examine()[0]
    assert (part.version, part.works, part.lacks) == ("5.3.0", False, "the language data 'vie'")


def test_what_is_there_has_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_tesseract", lambda: scan.Tesseract("/usr/bin/tesseract", "5.3.0", ("eng", "vie")))
    assert doctor.examine()[0].works
    monkeypatch.setattr(doctor, "version", lambda name: "1.2")
    assert [part.version for part in doctor.examine()[2:]] == ["1.2"] * 8

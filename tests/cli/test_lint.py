"""`vn-resolution lint` and `parse --to text` as a person and a pipe use them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from support.texts import SAMPLES
from vn_resolution.cli import run

BUDGET = SAMPLES / "budget.txt"
GAP = "HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\nĐiều 1. Một.\n\nĐiều 3. Hai.\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """An Akoma Ntoso file with a reference that leads nowhere."""
    path = tmp_path / "broken.xml"
    path.write_bytes(vr.parse(BUDGET).to_akn().replace(b'eId="art_1"', b'eId="art_8"', 1))
    return path


@pytest.fixture
def gap(tmp_path: Path) -> Path:
    path = tmp_path / "gap.txt"
    path.write_text(GAP, "utf-8")
    return path


def lint(*arguments: str | Path) -> int:
    return run(["lint", *map(str, arguments)])


def test_clean_files_exit_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    akn = tmp_path / "personnel.xml"
    akn.write_bytes(vr.parse(SAMPLES / "personnel.txt").to_akn())
    assert lint("--level", "error", SAMPLES / "personnel.txt", akn) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "2 files: clean\n"


def test_an_error_exits_with_one_and_says_where(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(broken) == 1
    shown = capsys.readouterr().out.splitlines()
    (line,) = [line for line in shown if "A004" in line]
    assert line.startswith(f"{broken.as_posix()}:")
    assert line.endswith("error A004 (Akoma Ntoso): eId 'art_8' does not show the number of its label 'Điều 1.'")
    assert shown[shown.index(line) + 1].startswith("    ")


def test_warnings_count_only_where_that_is_asked(gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(gap) == 0
    assert f"{gap.as_posix()}:7: warning N001 (numbering): Điều 3. follows Điều 1.: " in capsys.readouterr().out
    assert lint("--strict", gap) == 1
    assert lint("--strict", "--level", "error", gap) == 0


def test_levels(gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lint("--level", "info", gap)
    assert " info D005 " in capsys.readouterr().out
    lint(gap)
    assert " info " not in capsys.readouterr().out


def test_usage_and_what_cannot_be_read(gap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint() == 2
    assert lint("--format", "xml", gap) == 2
    assert lint(gap, tmp_path / "nothing.txt", tmp_path) == 3
    shown = capsys.readouterr()
    assert "N001" in shown.out  # the others are checked all the same
    assert f"error: {(tmp_path / 'nothing.txt').as_posix()}: " in shown.err


def test_json(broken: Path, gap: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--format", "json", broken, gap, tmp_path / "nothing.txt") == 3
    files = json.loads(capsys.readouterr().out)["files"]
    assert [(file["file"], file["error"] is None) for file in files] == [
        (broken.as_posix(), True), (gap.as_posix(), True), ((tmp_path / "nothing.txt").as_posix(), False),
    ]  # fmt: skip
    (found,) = [finding for finding in files[1]["findings"] if finding["code"] == "N001"]
    assert set(found) == {"code", "category", "severity", "message", "hint", "span", "line", "eid"}
    assert GAP[slice(*found["span"])].strip() == "Điều 3."


def test_sarif(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--format", "sarif", broken) == 1
    made = json.loads(capsys.readouterr().out)
    assert made["version"] == "2.1.0"
    assert "A004" in {result["ruleId"] for result in made["runs"][0]["results"]}


@pytest.mark.parametrize("data", [GAP.encode(), vr.parse(GAP.encode()).to_akn()])
def test_standard_input(data: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stdin: Any = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert lint("-") == 0
    assert "<stdin>:" in capsys.readouterr().out


def test_a_file_over_the_limit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * (1024 * 1024 + 1))
    assert lint("--max-size", "1", path) == 3
    assert "raise the limit" in capsys.readouterr().err


def test_parse_to_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["parse", str(BUDGET), "--to", "text", "-q"]) == 0
    assert capsysbinary.readouterr().out.decode() == vr.parse(BUDGET).to_text()

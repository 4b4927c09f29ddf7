"""`convert`: every good file is converted, whatever the bad ones are like, and nothing is written by halves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import vn_resolution as vr
from support.texts import ROOT, SAMPLES, sample_paths
from vn_resolution.cli.convert import find_sources, plan_outputs

CODE = "from vn_resolution.cli import main; main()"
BUDGET = SAMPLES / "budget.txt"


def convert(*arguments: str | Path, code: str = CODE, expected: int = 0) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code, "convert", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert run.returncode == expected, run.stderr
    return run.stderr


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_samples(tmp_path: Path) -> None:
    words = convert(SAMPLES, tmp_path / "out")
    assert f"{len(sample_paths())} of {len(sample_paths())} files converted" in words
    assert files(tmp_path / "out") == {p.stem + end for p in sample_paths() for end in (".json", ".akn.xml")}
    doc = vr.Resolution.from_json((tmp_path / "out" / "budget.json").read_bytes())
    assert doc == vr.parse(BUDGET)


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    for jobs in ("1", "3"):
        convert(SAMPLES, tmp_path / jobs, "-j", jobs)
    for name in files(tmp_path / "1") | files(tmp_path / "3"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "3" / name).read_bytes()


def test_folders_keep_their_folders_and_only_documents_are_read(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "in" / "out"
    for name in ("a.txt", "deep/er/b.md", "deep/c.json", ".hidden/d.txt", ".e.txt", "f.png", "g.PNG", "out/old.txt"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("Điều 1. Một.", encoding="utf-8")
    words = convert(source, out, "--to", "json")
    assert files(out) == {"old.txt", "a.json", "deep/er/b.json"}
    assert "left out" in words
    assert "2 .png" in words


def test_colliding_names_are_kept_apart(tmp_path: Path) -> None:
    for name in ("x/a.txt", "x/a.md", "x/A.text", "y/a.txt", "y/b.txt", "y/b.txt.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found, _ = find_sources([tmp_path / "x", tmp_path / "y", tmp_path / "x" / "a.txt"], tmp_path / "out")
    assert len(found) == 6, "the same file twice is one input"
    tasks = plan_outputs(found, tmp_path / "out", ["json", "akn"])
    outputs = [str(path).casefold() for task in tasks for _, path in task.outputs]
    assert [name for name, n in Counter(outputs).items() if n > 1] == []
    convert(tmp_path / "x", tmp_path / "y", tmp_path / "out", "--to", "json")
    texts = [json.loads(path.read_text("utf-8"))["source"]["text"] for path in (tmp_path / "out").glob("*.json")]
    assert sorted(texts) == ["x/A.text", "x/a.md", "x/a.txt", "y/a.txt", "y/b.txt", "y/b.txt.txt"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_files_are_named_and_cost_nothing_else(tmp_path: Path, jobs: str) -> None:
    """An exception, a death and a hang inside the library, a file that is missing, one that is no text."""
    poison = (
        "import os, time, vn_resolution.parser as p; old = p.parse\n"
        "def parse(source, **options):\n"
        "    name = getattr(source, 'stem', '')\n"
        "    if name == 'raises': raise ZeroDivisionError('by design')\n"
        "    if name == 'dies': os.kill(os.getpid(), 9)\n"
        "    if name == 'hangs': time.sleep(99)\n"
        "    return old(source, **options)\n"
        "p.parse = parse\n"
    )
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a", "raises", "b", "dies", "c", "hangs", "d"):
        (source / f"{name}.txt").write_bytes(BUDGET.read_bytes())
    (source / "e.txt").write_bytes(b"%PDF-1.4")
    arguments = (source, tmp_path / "gone.txt", tmp_path / "out", "-j", jobs, "--timeout", "6", "--to", "json")
    words = convert(*arguments, code=poison + CODE, expected=1)
    assert files(tmp_path / "out") == {f"{name}.json" for name in "abcd"}
    for name, reason in (
        ("raises.txt", "ZeroDivisionError: by design"),
        ("dies.txt", "ended by signal 9"),
        ("hangs.txt", "no result after 6 seconds"),
        ("e.txt", "the PDF is damaged"),
        ("gone.txt", "no such file"),
    ):
        assert any(name in line and reason in line for line in words.splitlines()), words
    assert "4 of 9 files converted" in words


def test_what_cannot_be_written_is_a_failure_of_that_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "budget.json").mkdir(parents=True)
    words = convert(SAMPLES, out, "--to", "json", expected=1)
    assert "budget.txt: cannot be written" in words
    assert len(files(out)) == len(sample_paths()) - 1


def test_nothing_to_convert_is_wrong_usage(tmp_path: Path) -> None:
    assert "no text or document" in convert(tmp_path, tmp_path / "out", expected=2)
    assert not (tmp_path / "out").exists()


def test_a_faulty_grammar_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "zones.toml").write_text("[[zone", encoding="utf-8")
    words = convert(SAMPLES, tmp_path / "out", "--grammar", tmp_path, expected=2)
    assert words.count("zones.toml") == 1

"""`corpus build` on the command line: what it says, and with which code it ends."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.texts import ROOT, SAMPLES, sample_paths
from vn_resolution.cli import corpus_build
from vn_resolution.corpus.build import Report

CODE = "from vn_resolution.cli import main; main()"
COMMAND = [sys.executable, "-c", CODE, "corpus", "build"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def build(*arguments: str | Path, expected: int = 0) -> str:
    run = subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=120, env=ENVIRONMENT
    )
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert run.returncode == expected, run.stderr
    return run.stderr


def test_it_says_what_it_did(tmp_path: Path) -> None:
    source, corpus = tmp_path / "in", tmp_path / "corpus"
    shutil.copytree(SAMPLES, source, ignore=shutil.ignore_patterns("*.json", "*.xml"))
    shutil.copy(source / "budget.txt", source / "copy.txt")
    (source / "sheet.xlsx").touch()
    (source / "broken.pdf").write_bytes(b"%PDF-1.4")
    count = len(sample_paths()) + 2
    words = build(source, corpus, "-j", "2", expected=1)
    assert "quarantined: in/broken.pdf: " in words
    assert "left out, as no reader knows them: 1 .xlsx" in words
    assert "1 documents are copies of others" in words
    assert f"{count} documents, 1 of them quarantined ({count} read, 0 kept) in " in words
    (source / "broken.pdf").unlink()
    assert f"{count - 1} documents (0 read, {count - 1} kept, 1 removed) in " in build(source, corpus)
    assert "; nothing changed" in build(source, corpus)


@pytest.mark.parametrize(
    ("arguments", "expected", "said"),
    [
        (["nowhere", "corpus"], 1, "no such file or folder"),
        (["empty", "corpus"], 1, "there is no document"),
        (["empty"], 2, "Missing argument"),
        (["in.txt", "in.txt"], 2, "is a file"),
        (["in.txt", "corpus", "--grammar", "empty/none"], 2, "does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str], expected: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("in.txt").write_text("Điều 1. Một.", encoding="utf-8")
    assert said in build(*arguments, expected=expected)
    assert not Path("corpus/corpus.sqlite").exists()


def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    run = subprocess.Popen([*COMMAND, SAMPLES, tmp_path], stdout=subprocess.DEVNULL, stderr=theirs, env=ENVIRONMENT)
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:  # Linux says so where the other end is closed
            break
        if not more:
            break
        said += more
    os.close(ours)
    assert run.wait(60) == 0
    assert f"{len(sample_paths())} documents; writing the corpus".encode() in said


def test_the_progress_tells_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter((0.0, 10.0, 10.05, 50.0, 4000.0))
    monkeypatch.setattr(corpus_build.time, "monotonic", lambda: next(clock))
    show = corpus_build._Progress()
    show(Report(documents=1000, read=40, kept=500))
    show(Report(documents=1000, read=41, kept=500))
    show(Report(documents=1000, read=100, kept=500, quarantined=2))
    show(Report(documents=100_000, read=4000, kept=500))
    told = [line.removesuffix("\x1b[K") for line in capsys.readouterr().err.split("\r")[1:]]
    assert told == [
        "540/1000 documents, 4.0 a second, 1 min 55 s left",
        "600/1000 documents, 2.0 a second, 3 min 20 s left, 2 quarantined",
        "4500/100000 documents, 1.0 a second, 26 h 31 min left",
    ]  # the second came too soon after the first


def test_an_interruption_is_completed_by_the_same_command(tmp_path: Path) -> None:
    source, corpus = tmp_path / "in", tmp_path / "corpus"
    for copy in range(20):
        shutil.copytree(SAMPLES, source / str(copy), ignore=shutil.ignore_patterns("*.json", "*.xml"))
        for path in (source / str(copy)).iterdir():
            path.write_text(f"{path.read_text('utf-8')}\n{copy}\n", encoding="utf-8")
    run = subprocess.Popen(
        [*COMMAND, source, corpus, "-j", "1"], stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
    )  # fmt: skip
    while not (corpus / "building.sqlite-wal").exists():
        time.sleep(0.02)
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    _, words = run.communicate(timeout=60)
    assert (run.returncode, words.strip()) == (130, "interrupted")
    assert not (corpus / "corpus.sqlite").exists()
    words = build(source, corpus)
    count = 20 * len(sample_paths())
    assert f"{count} documents (" in words
    assert " 0 kept" not in words

"""The examples of the pages on corpora run, commands and Python, one page in one place from its top to its end."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from support.texts import ROOT
from vn_resolution.cli import run

_BLOCK = re.compile(r"```(sh|python)\n(.*?)```", re.DOTALL)
_ELSEWHERE = ("archive/", "words", "conllu", "--words")  # what the reader's folders hold, and slow commands


@pytest.mark.parametrize("page", ["corpus.md", "tutorial-corpus.md"])
def test_page(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["corpus", "build", "samples", "corpus", "-j", "1"]) == 0
    names: dict[str, object] = {}
    ran = 0
    for kind, block in _BLOCK.findall((ROOT / "docs" / page).read_text("utf-8")):
        if kind == "sh":
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if words and not any(word in line for word in _ELSEWHERE):
                    assert words[0] == "vn-resolution" and run(words[1:]) == 0, line
                    ran += 1
        elif ">>>" in block:
            test = doctest.DocTestParser().get_doctest(block, names, page, page, 0)
            runner = doctest.DocTestRunner(verbose=False)
            runner.run(test, clear_globs=False)
            names.update(test.globs)
            assert not runner.failures, capfd.readouterr().out
            ran += len(test.examples)
    assert ran > 20

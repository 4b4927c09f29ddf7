"""The examples in the docstrings of this room run; `corpus` in them is the corpus of samples/."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from support.texts import ROOT
from vn_resolution.corpus.store import Corpus

MODULES = sorted((ROOT / "src" / "vn_resolution" / "corpus").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_examples(path: Path, monkeypatch: pytest.MonkeyPatch, samples: Corpus) -> None:
    monkeypatch.chdir(ROOT)  # they read samples/
    name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    failed, _ = doctest.testmod(importlib.import_module(name), extraglobs={"corpus": samples})
    assert not failed

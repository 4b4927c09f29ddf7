"""`vn-resolution view` as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

import vn_resolution as vr
from support.texts import SAMPLES
from vn_resolution.cli import run

BUDGET = SAMPLES / "budget.txt"


def test_it_writes_the_page_of_the_document(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run(["view", str(BUDGET), "-o", str(page)]) == 0
    assert page.read_text("utf-8") == vr.parse(BUDGET).to_html()


def test_without_a_name_it_writes_beside_and_never_over_the_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["view", str(BUDGET), "--open", "no"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["budget.view.html"]
    out, words = capfd.readouterr()
    assert (out, words) == ("", "wrote budget.view.html\n")
    assert run(["view", "budget.view.html", "-o", "budget.view.html"]) == 2


def test_it_prints_the_page_for_a_dash(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["view", str(BUDGET), "-o", "-"]) == 0
    assert capfdbinary.readouterr().out == vr.parse(BUDGET).to_html().encode("utf-8")


def test_it_opens_the_page_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    page = tmp_path / "trang này.html"
    assert run(["view", str(BUDGET), "-o", str(page)]) == 0
    assert run(["view", str(BUDGET), "-o", str(page), "--open", "yes"]) == 0
    assert opened == [page.as_uri()]

"""The commands on a built corpus: what they print for people and for programs, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vn_resolution.cli import run


@pytest.fixture
def ask(samples_folder: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def command(name: str, *arguments: str) -> tuple[int, str, str]:
        code = run(["corpus", name, str(samples_folder), *arguments])
        return code, *capsys.readouterr()

    return command


def test_search(ask) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = ask("search", "nông", "thôn", "mới", "-n", "1")
    assert code == 0
    assert out.splitlines()[0].startswith("samples/annual-socio-economic-plan.txt#art_1__para_2__point_b__indent_nn_4")
    assert "[nông thôn mới]" in out
    code, out, _ = ask("search", "nong thon moi", "--json", "--province", "binh dinh", "--year", "2020-2024")
    assert code == 0 and json.loads(out)[0]["eid"] == "art_1__para_2__point_b__indent_nn_4"
    assert ask("search", "xyzzy") == (0, "", "nothing was found\n")
    assert ask("search", "…")[0] == 2


def test_query(ask) -> None:  # type: ignore[no-untyped-def]
    query = "SELECT province, year FROM documents WHERE year = 2020"
    assert ask("query", query) == (0, "province  year\nAn Giang  2020\n", "")
    assert json.loads(ask("query", query, "--json")[1]) == [{"province": "An Giang", "year": 2020}]
    assert ask("query", query, "--csv")[1] == "province,year\nAn Giang,2020\n"
    assert json.loads(ask("query", "SELECT json FROM outputs LIMIT 1", "--json")[1])[0]["json"].endswith(" bytes>")
    code, out, err = ask("query", "DELETE FROM documents")
    assert (code, out) == (2, "") and "read" in err


def test_stats(ask) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = ask("stats")
    assert code == 0 and "documents" in out and "An Giang" in out
    stats = json.loads(ask("stats", "--json", "--province", "An Giang")[1])
    assert stats["provinces"] == [{"province": "An Giang", "documents": 1}]
    assert stats["tables"][0] == {"table": "documents", "rows": 1}


def test_show(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert len(ask("show")[1].splitlines()) == 10
    assert len(json.loads(ask("show", "--json", "--where", "level=province")[1])) == 9
    code, out, _ = ask("show", "samples/budget.txt")
    assert code == 0 and out.startswith("NGHỊ QUYẾT 31/NQ-HĐND")
    assert ask("show", "31/NQ-HĐND")[1] == out
    assert json.loads(ask("show", "samples/budget.txt", "--json")[1])["meta"]["number"] == "31/NQ-HĐND"
    assert ask("show", "samples/budget.txt", "--to", "source")[1] == Path("samples/budget.txt").read_text("utf-8")
    assert ask("show", "samples/budget.txt", "--to", "akn", "-o", str(tmp_path / "a.xml")) == (0, "", "")
    assert (tmp_path / "a.xml").read_bytes().startswith(b"<?xml")
    assert ask("show", "nothing")[0] == 2
    assert ask("show", "--where", "nothing")[0] == 2
    assert ask("show", "--where", "nothing=1")[0] == 2
    assert ask("show", "--year", "MM")[0] == 2


def test_compare(ask) -> None:  # type: ignore[no-untyped-def]
    code, out, err = ask("compare", "grdp_growth", "--by", "year")
    assert code == 0 and out.splitlines()[0].split() == ["province", "2004", "2005", "2024"]
    assert "* = target" in err and "1 in %/năm" in err
    data = json.loads(ask("compare", "grdp_growth", "--json")[1])
    assert data["unit"] == "%" and data["table"][0] == {"year": "2004", "Bình Định": None, "Sóc Trăng": "10.8"}
    assert {reading["concept"] for reading in data["readings"]} == {"grdp_growth"}
    code, out, _ = ask("compare", "--by", "document", "--where", "document=samples/budget.txt")
    assert code == 0 and not out
    assert ask("compare", "nothing")[0] == 2


def test_graph(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = ask("graph", "-n", "1")
    assert code == 0 and "Luật Tổ chức chính quyền địa phương" in out and "9 documents of the corpus" in err
    assert ask("graph", "--to", "graphml", "-o", str(tmp_path / "a.graphml"))[0] == 0
    assert (tmp_path / "a.graphml").read_text("utf-8").endswith("</graphml>\n")
    assert json.loads(ask("graph", "--json")[1])["directed"] is True


def test_verify(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("verify") == (0, "9 documents, no problems\n", "")
    assert json.loads(ask("verify", "--quick", "--json")[1]) == []


@pytest.mark.parametrize(
    "command", [["search", "CORPUS", "a"], ["query", "CORPUS", "SELECT 1"], ["stats", "CORPUS"], ["show", "CORPUS"],
                ["compare", "CORPUS"], ["graph", "CORPUS"], ["verify", "CORPUS"]],
    ids=lambda command: command[0],
)  # fmt: skip
def test_no_corpus(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corpus", *(str(tmp_path) if word == "CORPUS" else word for word in command)]) == 3
    assert "there is no corpus" in capsys.readouterr().err

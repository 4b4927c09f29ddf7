"""Amending instructions: their actions, what they change, with which words, and in which document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr
from extract.statement_suites import node_of
from vn_resolution.extract.amendments import AmendmentMatch, Clause, find_amendments
from vn_resolution.extract.citations import scan_citations
from vn_resolution.extract.dates import scan_dates
from vn_resolution.grammar import fold, load_grammar
from vn_resolution.model import Node

TITLE = "Sửa đổi, bổ sung một số điều của Nghị quyết số 10/2020/NQ-HĐND ngày 10 tháng 7 năm 2020"


def clause(text: str, node: Node | None, heading: bool = False) -> Clause:
    grammar = load_grammar()
    folded = fold(text)
    dates = scan_dates(text, folded, grammar)
    return Clause(node, text, folded, scan_citations(text, folded, grammar, dates, amending=node is not None), heading)


def read(text: str, title: str = TITLE) -> tuple[list[Clause], list[AmendmentMatch]]:
    clauses = [clause(title, None), clause(text, node_of(text))]
    return clauses, find_amendments(clauses, load_grammar())


def shown(text: str, title: str = TITLE) -> list[tuple[str, str | None, str | None, str | None]]:
    """(action, provision, number of the document, new words or node) of each instruction."""
    clauses, found = read(text, title)
    result: list[tuple[str, str | None, str | None, str | None]] = []
    for match in found:
        number = None
        if match.document is not None:
            number = clauses[match.document[0]].citations[match.document[1]].number
        elif match.citation is not None:
            number = clauses[match.clause].citations[match.citation].number
        result.append((match.action, match.provision, number, match.quoted))
    return result


OWN = "10/2020/NQ-HĐND"
CASES = [
    ("Sửa đổi, bổ sung khoản 2 Điều 5 như sau:", [("amend", "khoản 2 Điều 5", OWN, None)]),
    ("Sửa đổi Điều 4 như sau: “Điều 4. Mức chi là 100.000 đồng.”",
     [("amend", "Điều 4", OWN, "Điều 4. Mức chi là 100.000 đồng.")]),
    ("Bổ sung điểm d vào sau điểm c khoản 1 Điều 3 như sau:", [("insert", "điểm c khoản 1 Điều 3", OWN, None)]),
    ("Bãi bỏ Điều 12.", [("repeal", "Điều 12", OWN, None)]),
    ("Thay thế cụm từ “huyện” bằng cụm từ “xã” tại khoản 1 Điều 7.",
     [("replace", "khoản 1 Điều 7", OWN, "xã")]),
    ("Bãi bỏ cụm từ “cấp huyện” tại Điều 9.", [("repeal", "Điều 9", OWN, "cấp huyện")]),
    ("Nghị quyết này thay thế Nghị quyết số 33/2015/NQ-HĐND ngày 11 tháng 12 năm 2015 của Hội đồng nhân dân tỉnh.",
     [("replace", None, "33/2015/NQ-HĐND", None)]),
    ("Bãi bỏ Nghị quyết số 05/2012/NQ-HĐND ngày 10 tháng 7 năm 2012.", [("repeal", None, "05/2012/NQ-HĐND", None)]),
    ("Kéo dài thời gian thực hiện Nghị quyết số 12/2020/NQ-HĐND đến hết năm 2025.",
     [("extend", None, "12/2020/NQ-HĐND", None)]),
    ("Ngưng hiệu lực thi hành khoản 2 Điều 3 Nghị quyết số 12/2020/NQ-HĐND.",
     [("suspend", "khoản 2 Điều 3", "12/2020/NQ-HĐND", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:50] for text, _ in CASES])
def test_instruction(text: str, wanted: list[tuple[str, str | None, str | None, str | None]]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này.",
        "Căn cứ Luật Đầu tư công được sửa đổi, bổ sung bởi Luật số 58/2024/QH15.",
        "Bổ sung dự toán ngân sách năm 2024 cho các đơn vị.",
        "Tiếp tục sắp xếp, điều chỉnh dân cư vùng thiên tai.",
        "",
    ],
)
def test_no_instruction(text: str) -> None:
    assert shown(text) == []


def test_several_instructions_of_one_sentence() -> None:
    text = "Thay thế cụm từ “A” bằng cụm từ “B” tại Điều 2 và bãi bỏ khoản 3 Điều 4."
    assert [(a, p) for a, p, *_ in shown(text)] == [("replace", "Điều 2"), ("repeal", "khoản 3 Điều 4")]


def test_each_pair_of_words_is_an_amendment_of_each_place() -> None:
    text = "Thay thế cụm từ “A” thành “B”, “C” thành “D” tại Điều 2; Phụ lục I."
    assert [(p, q) for _, p, _, q in shown(text)] == [
        ("Điều 2", "B"), ("Điều 2", "D"), ("Phụ lục I", "B"), ("Phụ lục I", "D"),
    ]  # fmt: skip


def test_a_resolution_that_amends_none_has_no_document_of_its_own() -> None:
    assert [number for *_, number, _ in shown("Bãi bỏ Điều 12.", "Về kế hoạch năm 2025")] == [None]


SOURCE = """HỘI ĐỒNG NHÂN DÂN
TỈNH HẠ SƠN
Số: 15/2025/NQ-HĐND

NGHỊ QUYẾT
Sửa đổi, bổ sung một số điều của Nghị quyết số 10/2020/NQ-HĐND ngày 10 tháng 7 năm 2020

HỘI ĐỒNG NHÂN DÂN TỈNH HẠ SƠN
KHÓA XVII, KỲ HỌP THỨ 9

QUYẾT NGHỊ:

Điều 1. Sửa đổi, bổ sung một số điều của Nghị quyết số 10/2020/NQ-HĐND
1. Sửa đổi khoản 2 Điều 5 như sau:
“2. Mức hỗ trợ là 5 triệu đồng/hộ.”
2. Bãi bỏ Điều 12.
Điều 2. Điều khoản thi hành
1. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này.
2. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2025.
"""


def test_the_quoted_node_under_an_instruction_is_its_wording() -> None:
    doc = vr.parse(SOURCE.encode(), media_type="text/plain")
    clauses = [clause(doc.meta.title or "", None)]
    for node in doc.walk():
        if node.heading:
            clauses.append(clause(node.heading, node, heading=True))
        if node.text:
            clauses.append(clause(node.text, node))
    found = find_amendments(clauses, load_grammar())
    assert [(m.action, m.provision) for m in found] == [("amend", "khoản 2 Điều 5"), ("repeal", "Điều 12")]
    quoted = {node.id for node in doc.walk() if node.quoted}
    assert found[0].quoted in quoted
    assert found[1].quoted is None


PIECES = st.sampled_from(
    ["Sửa đổi", "bổ sung ", "Bãi bỏ ", "thay thế ", "cụm từ ", "“A”", "“", "”", " bằng ", "Điều 5", "khoản 2 ",
     " như sau:", ". ", "; ", ", ", " và ", "Nghị quyết số 10/2020/NQ-HĐND", " tại ", "", "Kéo dài thời gian "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_order_of_words_is_read_without_fault(text: str) -> None:
    clauses, found = read(text)
    for match in found:
        assert 0 <= match.start < match.end <= len(text)
        if match.citation is not None:
            assert match.citation < len(clauses[match.clause].citations)

"""Indicators of running text: the suites, the parts of a statement, wholes and parts, and documents that have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr
from extract.statement_suites import (
    FIGURES,
    Statement,
    node_of,
    quantities_of,
    read_indicators,
    same_name,
    statements,
)  # fmt: skip
from vn_resolution.extract.indicators import Passage, find_indicators
from vn_resolution.grammar import load_grammar

SUITE = [
    s
    for name in ("", "_more", "_third", "_fourth", "_fifth", "_sixth", "_seventh", "_eighth", "_ninth", "_tenth")
    for s in statements(f"indicators{name}")
]


def test_the_suite_is_large_and_has_no_sentence_twice() -> None:
    assert len(SUITE) >= 440
    assert sum(len(s.wanted) for s in SUITE) >= 700
    assert len({(s.role, s.text) for s in SUITE}) == len(SUITE)
    assert sum(not s.wanted for s in SUITE) >= 15


@pytest.mark.parametrize("statement", SUITE, ids=lambda s: f"{s.role}: {s.text[:60]}")
def test_reads_as_a_careful_reader(statement: Statement) -> None:
    found = read_indicators(statement.text, statement.role, load_grammar())
    assert [(m.change, quote, m.status) for m, quote in found] == [
        (w.change, w.quote, w.status) for w in statement.wanted
    ]
    for (match, _), wanted in zip(found, statement.wanted, strict=True):
        assert same_name(match.name, wanted.name), f"{match.name} for {wanted.name}"


def test_period_qualifiers_and_statement() -> None:
    text = "Đến năm 2030, tổng sản phẩm trên địa bàn (theo giá so sánh 2010) tăng bình quân 9,5%/năm trở lên."
    [(match, quote)] = read_indicators(text, "targets", load_grammar())
    assert (match.period, match.qualifiers, quote) == ("đến năm 2030", ("theo giá so sánh 2010",), "9,5%/năm")
    assert match.change == "increase"
    assert text[match.start : match.end].endswith("9,5%/năm")


def test_parts_know_their_whole() -> None:
    text = "Tổng thu ngân sách 9.500 tỷ đồng, trong đó: thu nội địa 8.900 tỷ đồng; thu xuất nhập khẩu 600 tỷ đồng."
    found = [m for m, _ in read_indicators(text, "money", load_grammar())]
    assert [m.parent for m in found] == [None, 0, 0]


def test_a_list_under_trong_do_holds_the_parts() -> None:
    grammar = load_grammar()
    texts = ["Tổng chi ngân sách địa phương: 12.000 tỷ đồng, trong đó:", "Chi đầu tư: 4.000 tỷ đồng;",
             "Chi thường xuyên: 7.500 tỷ đồng."]  # fmt: skip
    parts = tuple(node_of(text, n) for n, text in enumerate(texts[1:], 2))
    nodes = [node_of(texts[0], 1, parts), *parts]
    passages = [
        Passage(node, text, quantities_of(text, grammar), FIGURES["money"])
        for node, text in zip(nodes, texts, strict=True)
    ]
    found = find_indicators(passages, grammar)
    assert [(m.name, m.parent) for m in found] == [
        ("Tổng chi ngân sách địa phương", None), ("Chi đầu tư", 0), ("Chi thường xuyên", 0),
    ]  # fmt: skip


def test_the_label_over_the_names_is_their_group() -> None:
    text = "Cơ cấu kinh tế: nông nghiệp 20%; công nghiệp - xây dựng 45%; dịch vụ 35%."
    assert {m.group for m, _ in read_indicators(text, "targets", load_grammar())} == {"Cơ cấu kinh tế"}


PLAN = """HỘI ĐỒNG NHÂN DÂN
TỈNH HẠ SƠN
Số: 12/NQ-HĐND

NGHỊ QUYẾT
{title}

HỘI ĐỒNG NHÂN DÂN TỈNH HẠ SƠN
KHÓA XVII, KỲ HỌP THỨ 9

QUYẾT NGHỊ:

Điều 1. {article}
{body}
Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này.
"""

BY_YEAR = """1. Sản lượng điện theo từng năm như sau:
- Đến năm 2028 đạt 3 tỷ kWh;
- Đến năm 2030 đạt 4 tỷ kWh; diện tích rừng 50.000 ha.
2. Tỷ lệ hộ nghèo qua các năm:
- Năm 2026: 5%;
- Năm 2027 còn 4%.
3. Xây dựng 100% thôn không rác thải theo lộ trình:
- Đến hết năm 2027: 50%;
- Đến hết năm 2030: 100%.
"""


def indicators_of(title: str, article: str, body: str) -> list[tuple[str, str]]:
    doc = vr.parse(PLAN.format(title=title, article=article, body=body).encode(), media_type="text/plain")
    return [(i.name, i.status) for i in doc.indicators]


def test_the_same_numbers_are_indicators_of_a_plan_and_norms_of_a_fee_resolution() -> None:
    plan = indicators_of(
        "Về kế hoạch phát triển kinh tế - xã hội năm 2025", "Các chỉ tiêu chủ yếu",
        "1. Thu ngân sách đạt 5.000 tỷ đồng.\n2. Tỷ lệ che phủ rừng 52%.",
    )  # fmt: skip
    assert plan == [("Thu ngân sách", "target"), ("Tỷ lệ che phủ rừng", "target")]
    fees = indicators_of(
        "Quy định mức thu phí thư viện trên địa bàn tỉnh", "Mức thu",
        "1. Mức thu phí thư viện: 20.000 đồng/thẻ/năm.\n2. Tỷ lệ để lại cho đơn vị thu phí: 90%.",
    )  # fmt: skip
    assert fees == []


def test_items_of_a_time_and_a_value_are_of_what_leads_into_their_list() -> None:
    found = indicators_of(
        "Về kế hoạch phát triển kinh tế - xã hội giai đoạn 2026 - 2030", "Các chỉ tiêu chủ yếu", BY_YEAR
    )
    assert [name for name, _ in found] == [
        "Sản lượng điện", "Sản lượng điện", "diện tích rừng", "Tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo",
        "Xây dựng thôn không rác thải", "Xây dựng thôn không rác thải", "Xây dựng thôn không rác thải",
    ]  # fmt: skip


def test_a_resolution_on_a_supervision_reports_and_sets_targets() -> None:
    found = indicators_of(
        "Về kết quả giám sát việc thực hiện chính sách, pháp luật về bảo vệ môi trường", "Đánh giá chung",
        "1. Tuy nhiên, công tác quản lý còn nhiều bất cập:\na) Lượng rác chôn lấp còn chiếm đến 80%;\n"
        "2. Giao Ủy ban nhân dân tỉnh:\na) Phấn đấu đến năm 2026 tỷ lệ thu gom rác đạt 95%.",
    )  # fmt: skip
    assert found == [("Lượng rác chôn lấp", "actual"), ("tỷ lệ thu gom rác", "target")]


def test_results_and_targets_of_one_document() -> None:
    found = indicators_of(
        "Về kế hoạch phát triển kinh tế - xã hội năm 2025", "Nội dung kế hoạch",
        "1. Kết quả thực hiện năm 2024\na) GRDP tăng 7,2%;\n2. Mục tiêu, chỉ tiêu năm 2025\na) GRDP tăng 8%.",
    )  # fmt: skip
    assert found == [("GRDP", "actual"), ("GRDP", "target")]


PIECES = st.sampled_from(
    ["Tỷ lệ hộ nghèo ", "giảm ", "đạt ", "5%", "12 tỷ đồng", ", ", "; ", ": ", ". ", "trong đó ", "(", ")", "từ ",
     "lên ", "so với ", "năm 2024 ", "bằng ", "chiếm ", "còn ", "và ", "cho 500 lao động", "gấp 2 lần", "“", "”",
     "", "  ", "x"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(sorted(FIGURES)))
def test_any_order_of_words_is_read_without_fault(text: str, role: str) -> None:
    found = read_indicators(text, role, load_grammar())
    for number, (match, _) in enumerate(found):
        assert 0 <= match.start < match.end <= len(text)
        assert match.name.strip()
        assert match.parent is None or match.parent < len(found)
        assert match.parent != number
    assert len({m.quantity for m, _ in found}) == len(found)


def test_what_an_article_settles_was_reached_and_what_it_adjusts_is_planned() -> None:
    doc = vr.parse(
        "NGHỊ QUYẾT\nVề phê chuẩn quyết toán năm 2021 và điều chỉnh dự toán ngân sách năm 2022\nQUYẾT NGHỊ:\n"
        "Điều 1. Phê chuẩn quyết toán ngân sách năm 2021\n1. Tổng thu ngân sách: 900 tỷ đồng.\n"
        "2. Tổng chi: 850 tỷ đồng.\n"
        "Điều 2. Điều chỉnh dự toán năm 2022 như sau:\n1. Tổng thu ngân sách: 950 tỷ đồng.\n",
        media_type="text/plain",
    )
    assert [indicator.status for indicator in doc.indicators] == ["actual", "actual", "target"]


def test_a_part_up_to_the_time_of_a_plan_is_planned() -> None:
    doc = vr.parse(
        "NGHỊ QUYẾT\nVề Kế hoạch phát triển thể thao tỉnh Lào Cai đến năm 2030\nQUYẾT NGHỊ:\n"
        "Điều 1. Kinh phí thực hiện\nTổng kinh phí là 700 tỷ đồng (giai đoạn 2022 - 2025 là 300 tỷ đồng).\n",
        media_type="text/plain",
    )
    assert [indicator.status for indicator in doc.indicators] == ["target", "target"]

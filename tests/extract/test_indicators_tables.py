"""Tables of indicators: headers of several rows, units of columns and lines, parts, comparators, and other tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

import vn_resolution as vr
from vn_resolution.extract.indicator_tables import TableIndicator, find_table_indicators, lines_over_tables
from vn_resolution.extract.sections import read_sections, root_section
from vn_resolution.grammar import load_grammar
from vn_resolution.reading import Reader

FRAME = """# NGHỊ QUYẾT

**Về kế hoạch phát triển kinh tế - xã hội năm 2024**

Điều 1. Thông qua kế hoạch phát triển kinh tế - xã hội năm 2024 như sau:

1. Các chỉ tiêu chủ yếu

{table}

Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.

{appendix}
"""
PLAN = """| TT | Chỉ tiêu | ĐVT | Năm 2023 |  | Kế hoạch năm 2024 |
|---|---|---|---|---|---|
|  |  |  | Kế hoạch | Ước TH |  |
| A | B | C | 1 | 2 | 3 |
| I | KINH TẾ | | | | |
| 1 | Tốc độ tăng GRDP | % | 7,5 | 8,1 | 7,5 - 8,0 |
| 2 | Tổng sản lượng lương thực | 1.000 tấn | 512 | 520 | trên 525 |
|  | Trong đó: Thóc | " | 400 | 410 | 412 |
|  | - Ngô | | 112 | 110 | 113 |
| 3 | Kim ngạch xuất khẩu | Triệu USD | 1.200 | 1.350 | ≥ 1.400 |
| II | XÃ HỘI | | | | |
| 4 | Số người tham gia BHXH | Người | 85.000 | 86.210 | 90.000 |"""
BUDGET = """PHỤ LỤC I

DỰ TOÁN THU NGÂN SÁCH NĂM 2024

Đơn vị tính: Triệu đồng

| STT | Nội dung | Dự toán năm 2023 | Dự toán năm 2024 |
|---|---|---|---|
| | TỔNG THU | 9.500.000 | 10.200.000 |
| I | Thu nội địa | 8.000.000 | 8.600.000 |"""
FEES = """PHỤ LỤC

MỨC THU PHÍ

| STT | Nội dung | Đơn vị tính | Mức thu năm 2024 |
|---|---|---|---|
| 1 | Xe máy | đồng/lượt | 5.000 |
| 2 | Ô tô | đồng/lượt | 20.000 |"""
NAMES = """PHỤ LỤC

DANH SÁCH ĐƯỜNG ĐƯỢC ĐẶT TÊN

| STT | Tên đường | Điểm đầu | Điểm cuối | Chiều dài (m) |
|---|---|---|---|---|
| 1 | Đường Hoa Lư | Cầu Mới | Ngã ba | 1.200 |"""


def read(table: str = "", appendix: str = "") -> tuple[vr.Resolution, list[TableIndicator]]:
    source = FRAME.format(table=table, appendix=appendix)
    doc = vr.parse(source.encode(), media_type="text/markdown")
    grammar = load_grammar()
    root = root_section(doc.meta.title, grammar)
    nodes = (*doc.body, *doc.attachments)
    sections, over = read_sections(nodes, root, grammar), lines_over_tables(nodes)
    reader = Reader(doc.source.text, doc.source.artifacts)
    found = [
        find_table_indicators(node, sections[node.id], grammar, reader, over[node.id])
        for node in doc.walk()
        if node.kind == "table"
    ]
    return doc, [item for table_items in found for item in table_items]


def test_each_value_column_gives_one_indicator_a_row() -> None:
    _, found = read(PLAN)
    assert len(found) == 6 * 3
    growth = [(i.text, i.low, i.high, i.unit, i.status, i.period) for i in found if i.name == "Tốc độ tăng GRDP"]
    assert growth == [
        ("7,5", Decimal("7.5"), Decimal("7.5"), "%", "target", "năm 2023"),
        ("8,1", Decimal("8.1"), Decimal("8.1"), "%", "actual", "năm 2023"),
        ("7,5 - 8,0", Decimal("7.5"), Decimal("8.0"), "%", "target", "năm 2024"),
    ]


def test_units_with_factors_dittos_and_comparators() -> None:
    _, found = read(PLAN)
    latest = {i.name: (i.comparator, i.low, i.unit) for i in found if i.period == "năm 2024"}
    assert latest["Tổng sản lượng lương thực"] == ("gt", Decimal(525_000), "tấn")
    assert latest["Thóc"] == ("eq", Decimal(412_000), "tấn")
    assert latest["Kim ngạch xuất khẩu"] == ("ge", Decimal(1_400_000_000), "USD")
    assert latest["Số người tham gia BHXH"] == ("eq", Decimal(90_000), "người")


def test_parts_have_the_value_of_the_same_column_as_their_whole() -> None:
    _, found = read(PLAN)
    for item in found:
        if item.name in ("Thóc", "Ngô"):
            assert item.parent is not None
            whole = found[item.parent]
            assert (whole.name, whole.period, whole.status) == (
                "Tổng sản lượng lương thực", item.period, item.status,
            )  # fmt: skip
        else:
            assert item.parent is None


def test_rows_without_values_are_the_group_of_the_rows_after_them() -> None:
    _, found = read(PLAN)
    assert {i.group for i in found if i.name == "Kim ngạch xuất khẩu"} == {"KINH TẾ"}
    assert {i.group for i in found if i.name == "Số người tham gia BHXH"} == {"XÃ HỘI"}


def test_spans_are_the_digits_in_the_source() -> None:
    doc, found = read(PLAN)
    for item in found:
        printed = doc.source.text[slice(*item.span)]
        assert item.text == printed
        assert doc.source.text[slice(*item.name_span)].endswith(item.name)


def test_the_line_over_a_table_names_the_unit() -> None:
    _, found = read(appendix=BUDGET)
    assert [(i.name, i.low, i.unit, i.period) for i in found] == [
        ("TỔNG THU", Decimal(9_500_000_000_000), "VND", "năm 2023"),
        ("TỔNG THU", Decimal(10_200_000_000_000), "VND", "năm 2024"),
        ("Thu nội địa", Decimal(8_000_000_000_000), "VND", "năm 2023"),
        ("Thu nội địa", Decimal(8_600_000_000_000), "VND", "năm 2024"),
    ]


@pytest.mark.parametrize("table", [FEES, NAMES], ids=["fees", "names"])
def test_other_tables_hold_none(table: str) -> None:
    assert read(appendix=table)[1] == []


def test_ragged_and_empty_tables_are_read_without_fault() -> None:
    assert read("| Chỉ tiêu |\n|---|\n| |")[1] == []
    assert read("| STT | Chỉ tiêu | ĐVT | Năm 2024 |\n|---|---|---|---|\n| 1 |\n| | | | |\n| 2 | GRDP | % |")[1] == []

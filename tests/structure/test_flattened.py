"""Tables flattened to one cell a line without bars: found by the numbers of their rows, and left alone where these do
not stand at one distance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr

FRAME = """HỘI ĐỒNG NHÂN DÂN TỈNH HẠ SƠN

NGHỊ QUYẾT
Về kế hoạch phát triển kinh tế - xã hội năm 2025

QUYẾT NGHỊ:

Điều 1. Thông qua các chỉ tiêu chủ yếu như sau:
{table}
Điều 2. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.
"""
HEADER = ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2025"]
ROWS = [
    ["1", "Tốc độ tăng GRDP", "%", "8,5"],
    ["2", "Sản lượng lúa", "1.000 tấn", "350"],
    ["3", "Trồng rừng", "ha", "6"],
]


def read(*rows: list[str], between: str = "\n") -> vr.Resolution:
    text = FRAME.format(table=between.join(cell for row in rows for cell in row))
    return vr.parse(text.encode(), media_type="text/plain")


def tables(doc: vr.Resolution) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in node.rows] for node in doc.walk() if node.kind == "table"]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n"])
def test_the_numbers_of_the_rows_tell_the_width(between: str) -> None:
    doc = read(HEADER, *ROWS, between=between)
    assert tables(doc) == [[HEADER, *ROWS]]
    values = {q.id: q for q in doc.quantities}
    assert [(i.name, values[i.quantity].low, values[i.quantity].unit) for i in doc.indicators] == [
        ("Tốc độ tăng GRDP", 8.5, "%"), ("Sản lượng lúa", 350_000, "tấn"), ("Trồng rừng", 6, "ha"),
    ]  # fmt: skip
    assert [node.num for node in doc.body] == ["1", "2"]


def test_bold_headers_and_numbers() -> None:
    bold = [[f"**{cell}**" for cell in HEADER], *(["**" + number + "**", *cells] for number, *cells in ROWS)]
    text = FRAME.format(table="\n\n".join(cell for row in bold for cell in row))
    assert tables(vr.parse(text.encode(), media_type="text/markdown")) == [[HEADER, *ROWS]]


def test_a_row_that_numbers_the_columns() -> None:
    numbers = ["1", "2", "3", "4"]
    assert tables(read(HEADER, numbers, *ROWS)) == [[HEADER, numbers, *ROWS]]


def test_letters_and_roman_numerals_number_rows_too() -> None:
    rows = [["I", "Kinh tế", "-", "-"], ROWS[0], ["II", "Nông nghiệp", "-", "-"], ["1", "Trồng rừng", "ha", "6"]]
    assert tables(read(HEADER, *rows)) == [[HEADER, *rows]]


def test_a_missing_cell_ends_the_table() -> None:
    broken = ["3", "Trồng rừng", "ha"]
    after = ["4", "Thu ngân sách", "tỷ đồng", "9.500"]
    assert tables(read(HEADER, *ROWS[:2], broken, after)) == [[HEADER, *ROWS[:2]]]


def test_what_is_no_table() -> None:
    assert tables(read(HEADER, ROWS[0])) == []  # one row proves nothing
    assert tables(read(HEADER, ["1", "Tốc độ", "%"], ["2", "Sản lượng", "tấn"])) == []  # narrower than the header
    assert tables(read(["TT", "Hội đồng nhân dân tỉnh", "Các Ban", "1", "2", "3"])) == []
    assert tables(read(["Chỉ tiêu", "Đơn vị", "1", "GRDP", "2", "Thu"])) == []


@given(st.lists(st.sampled_from(["STT", "TT", "1", "2", "3", "I", "a", "Lúa", "ha", "5,5", "Chỉ tiêu"]), max_size=60))
def test_no_letter_is_lost_whatever_stands_below_such_a_title(cells: list[str]) -> None:
    doc = read(["STT", *cells])
    words = "".join("".join(c.text for row in n.rows for c in row) + n.text for n in doc.walk()) + "".join(
        doc.source.text[slice(*artifact.span)] for artifact in doc.source.artifacts
    )
    assert sum(map(len, cells)) <= len(words)

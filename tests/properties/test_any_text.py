"""Promises 1-3, 5, 6 on any string: arbitrary characters, soups of the field's own words, and broken bytes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import vn_resolution as vr
from support.promises import all_faults
from vn_resolution.errors import UnreadableSource

WORDS = (
    "Điều 1.", "Điều 2", "Ðiêu 3:", "Chương I", "Mục 1", "Phần thứ nhất", "I.", "II.", "A.", "B)", "1.", "2.",
    "1.1.", "1)", "(1)", "1/", "a)", "b)", "đ)", "aa)", "-", "+", "*", "•", "–", "“", "”", "\"", "“Điều 5.", "|",
    "||", "|---|---|", "**", "#", "##", "---", "\f", "\n", "\n\n", "\r\n", "\t", " ", "\u00a0", "\ufeff",
    "QUYẾT NGHỊ:", "NGHỊ QUYẾT", "Nghị quyết", "HỘI ĐỒNG NHÂN DÂN", "TỈNH X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "Số: 1/NQ-HĐND", "ngày 31 tháng 02 năm 2024", "Hà Nội, ngày 1 tháng 1 năm 2025",
    "KHÓA X, KỲ HỌP THỨ 3", "Căn cứ Luật Đất đai;", "Xét", "Theo đề nghị", "Nơi nhận:", "- Như Điều 3;", "Lưu: VT.",
    "TM.", "KT. CHỦ TỊCH", "CHỦ TỊCH", "(Đã ký)", "Nguyễn Văn A", "PHỤ LỤC", "Phụ lục II",
    "(Kèm theo Nghị quyết này)", "thông qua ngày 1/1/2024 và có hiệu lực", "./.", "8,5-9,0%", "1.234,5 tỷ đồng",
    "từ 3 đến 5", "trở lên", "khoản 2 Điều 5", "Giao Ủy ban nhân dân tỉnh", "trước ngày 30/6/2024",
    "Sửa đổi, bổ sung khoản 1 Điều 2 như sau:", "<jsontable name=\"bang_0\"> </jsontable>", "hội_đồng_nhân_dân", "1",
    "12", "a", "Tỷ lệ", "đạt", "tăng", ".", ":", ";", ",",
)  # fmt: skip
soups = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=120).map(" ".join)
lines = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=60).map("\n".join)
anything = st.text(st.characters(exclude_categories=()), max_size=400)
kinds = st.sampled_from(["text/plain", "text/markdown"])


def check(text: str, kind: str) -> None:
    doc = vr.parse(text, media_type=kind)
    assert len(doc.source.text) == len(text)
    assert not all_faults(doc)


@given(anything, kinds)
@example("\ud800\udfff\x00\x85\u2028\u2029\x1c", "text/plain")
@example("", "text/plain")
@example("\ufeff", "text/markdown")
def test_any_characters(text: str, kind: str) -> None:
    check(text, kind)


@given(soups, kinds)
def test_soups_of_the_fields_own_words(text: str, kind: str) -> None:
    check(text, kind)


@given(lines, kinds)
def test_lines_of_the_fields_own_words(text: str, kind: str) -> None:
    check(text, kind)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_one_clear_error(data: bytes) -> None:
    try:
        doc = vr.parse(data)
    except UnreadableSource as error:
        assert str(error)
        return
    assert not all_faults(doc)


LONG = 60_000


@pytest.mark.parametrize(
    "text",
    [
        "x" * LONG, "1" * LONG, " " * LONG, "\n" * LONG, "\x00" * LONG, "“" * LONG, "(" * LONG, "1." * LONG,
        "a) " * LONG, "| " * LONG, "*" * LONG, "- " * LONG, "Điều 1. " * (LONG // 8), "\u0301" * LONG, "1.1." * LONG,
        "\ud800" * LONG,
        "\n".join(f"{k}. x" for k in range(5_000)), "\n".join("- x" for _ in range(5_000)), "_" * LONG,
        "\n".join("“" * (k % 7) + "Điều 1." for k in range(3_000)), "#" * LONG, "\n1." * 5_000, "<" * LONG, "&" * LONG,
    ],
    ids=lambda text: ascii(text[:8]),
)  # fmt: skip
def test_monotonous_texts(text: str) -> None:
    check(text, "text/plain")

"""Figures and number words by themselves; Babel as the oracle of plain Vietnamese numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel import numbers
from hypothesis import given
from hypothesis import strategies as st

from vn_resolution.extract.numbers import digits_pattern, number_words, parse_number, torn_number
from vn_resolution.grammar import load_grammar


@pytest.mark.parametrize(
    ("figures", "value", "doubt"),
    [
        ("5", "5", None), ("05", "5", None), ("9.878", "9878", None), ("1.234,5", "1234.5", None),
        ("34.500.000", "34500000", None), ("8,5", "8.5", None), ("557,480", "557.480", None), ("0,393", "0.393", None),
        ("8.5", "8.5", "V002"), ("561.64", "561.64", "V002"), ("1,234.5", "1234.5", "V002"),
        ("1,234,567", "1234567", "V002"), ("0.125", "0.125", "V002"), ("12.3456", "12.3456", "V002"),
    ],
)  # fmt: skip
def test_figures(figures: str, value: str, doubt: str | None) -> None:
    assert parse_number(figures) == (Decimal(value), doubt)


@pytest.mark.parametrize("figures", ["1.2.3", "1.234.56", "12,34,56", "1.234,5,6", "1,2.3,4", "0.123.456", "1" * 25])
def test_figures_that_are_no_number(figures: str) -> None:
    assert parse_number(figures) is None


def test_the_unit_decides_what_the_figures_leave_open() -> None:
    assert parse_number("34,500") == (Decimal("34.500"), None)
    assert parse_number("34,500", whole=True) == (Decimal(34500), "V002")
    assert parse_number("12.345") == (Decimal(12345), None)
    assert parse_number("12.345", share=True) == (Decimal("12.345"), "V002")
    assert parse_number("1.200", share=True) == (Decimal(1200), None)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("đạt 9. 878 tỷ", 10), ("đạt 34 500 người", 10), ("kinh phí: 412. 500 triệu", 18), ("tăng 8 ,5 %", 9),
        ("sau: 1. 100% xã", 6), ("năm. 2. 100% xã", 6), ("đạt 9.878 tỷ", 9), ("có 5 xã", 4), ("có 5 1000 xã", 4),
    ],
)  # fmt: skip
def test_torn_numbers(text: str, end: int) -> None:
    match = digits_pattern().search(text)
    assert match is not None
    assert torn_number(text, match.start(), match.end()) == end


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("không", 0), ("năm", 5), ("mười", 10), ("mười lăm", 15), ("hai mươi mốt", 21), ("hai mươi lăm", 25),
        ("một trăm linh năm", 105), ("một trăm lẻ bốn", 104), ("ba trăm mười hai", 312),
        ("ba nghìn không trăm năm mươi", 3050),
        ("mười bốn nghìn sáu trăm hai mươi tỷ", 14_620 * 10**9),
        ("bảy nghìn không trăm chín mươi ba tỷ tám trăm triệu", 7_093_800 * 10**6),
        ("ba tỷ hai trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm", 3_245_678_900),
        ("một triệu tỷ", 10**15), ("hai chục", 20), ("bẩy triệu", 7 * 10**6), ("hai vạn", 20_000),
    ],
)  # fmt: skip
def test_number_words(words: str, value: int) -> None:
    assert number_words(load_grammar()).value(words.split()) == value


@pytest.mark.parametrize("words", ["", "xã", "một hai", "linh", "năm xã"])
def test_words_that_say_no_number(words: str) -> None:
    assert number_words(load_grammar()).value(words.split()) is None


@given(st.integers(0, 10**13), st.integers(0, 3))
def test_plain_numbers_agree_with_babel(number: int, decimals: int) -> None:
    value = Decimal(number).scaleb(-decimals)
    printed = numbers.format_decimal(value, locale="vi", decimal_quantization=False)
    parsed = parse_number(printed)
    assert parsed is not None
    assert parsed[0] == numbers.parse_decimal(printed, locale="vi") == value
    assert parsed[1] is None

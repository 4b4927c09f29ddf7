"""Dates and periods: every string of data/dates.tsv read as the file says; spans into any string."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extract.number_suites import read_dates, suite
from vn_resolution.extract.dates import find_dates, scan_dates
from vn_resolution.grammar import fold, load_grammar


@pytest.mark.parametrize(("text", "expected"), list(suite("dates")))
def test_reads_as_a_careful_reader(text: str, expected: str) -> None:
    assert read_dates(text, load_grammar()) == expected


def test_matches_are_in_order_and_apart() -> None:
    text = " và ".join(text for text, _ in suite("dates"))
    matches = scan_dates(text, fold(text), load_grammar())
    assert len(matches) > 60
    assert all(a.end <= b.start for a, b in pairwise(matches))


def test_find_dates_has_spans_into_the_string_as_given() -> None:
    text = "Thông  qua\nngày 19\ntháng 6  năm 2015;  hiệu lực từ quý III\n năm 2026."
    found = find_dates(text)
    assert [(d.id, d.text, d.date, d.end, d.kind) for d in found] == [
        ("date_1", "ngày 19 tháng 6 năm 2015", "2015-06-19", None, "date"),
        ("date_2", "quý III năm 2026", "2026-07", "2026-09", "period"),
    ]
    assert [text[slice(*d.span)] for d in found] == ["ngày 19\ntháng 6  năm 2015", "quý III\n năm 2026"]


def test_an_impossible_date_has_no_value() -> None:
    (found,) = find_dates("ngày 31 tháng 02 năm 2024")
    assert (found.date, found.end) == (None, None)


@pytest.mark.parametrize(
    "text", ["", "ngày", "năm ", "quý ", "\ud800 năm 2020", "0" * 9000, "1/" * 9000, "ngày 1" * 4000]
)
def test_reads_any_string(text: str) -> None:
    find_dates(text)


def test_a_date_ends_with_its_last_figure_or_word() -> None:
    for text, _ in suite("dates"):
        for date in find_dates(f"{text} , {text} "):
            assert date.text == date.text.strip()

"""The number suite: every string of data/quantities.tsv read as the file says; bare strings; any string at all."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.number_suites import expected_quantities, read_matches, read_quantities, suite
from vn_resolution.extract.quantities import find_quantities, scan_quantities
from vn_resolution.grammar import fold, load_grammar

PIECES = [text for text, _ in suite("quantities")]


def test_the_suite_is_large_and_has_no_string_twice() -> None:
    assert len(PIECES) >= 300
    assert len(PIECES) == len(set(PIECES))


@pytest.mark.parametrize(("text", "expected"), list(suite("quantities")))
def test_reads_as_a_careful_reader(text: str, expected: str) -> None:
    assert read_quantities(text, load_grammar()) == expected_quantities(expected)


def test_find_quantities_has_spans_into_the_string_as_given() -> None:
    text = "Thu  9.878\n tỷ đồng;\u00a0tạo việc làm cho từ 34.500 lao\nđộng trở lên"
    found = find_quantities(text)
    assert [(q.id, q.text, q.low, q.high, q.comparator, q.unit) for q in found] == [
        ("qty_1", "9.878 tỷ đồng", Decimal(9_878_000_000_000), Decimal(9_878_000_000_000), "eq", "VND"),
        ("qty_2", "34.500 lao động", Decimal(34_500), None, "ge", "lao động"),
    ]
    assert [text[slice(*q.span)] for q in found] == ["9.878\n tỷ đồng", "34.500 lao\nđộng"]


def values(text: str) -> list[tuple[Decimal | None, Decimal | None, str, str]]:
    return [(q.low, q.high, q.comparator, q.unit) for q in find_quantities(text)]


def test_values_of_decomposed_text_are_the_same() -> None:
    for text in PIECES:
        assert values(unicodedata.normalize("NFD", text)) == values(text)


@pytest.mark.parametrize("separator", ["; ", ". Trong đó, ", "\n- "])
def test_values_are_the_same_in_running_text(separator: str) -> None:
    """Strings after one another are read as each alone: nothing leaks over a clause's end."""
    alone = [value for text in PIECES[:120] for value in read_quantities(text, load_grammar())]
    together = read_quantities(" ".join(separator.join(PIECES[:120]).split()), load_grammar())
    assert len(together) == len(alone)


def test_taken_spans_are_left_alone() -> None:
    text = "theo khoản 5 xã và 7 huyện"
    assert [m.unit for m in scan_quantities(text, fold(text), load_grammar(), [(5, 12)])] == ["huyện"]
    assert scan_quantities(text, fold(text), load_grammar(), [(19, 26), (5, 12)]) == []


@given(st.lists(st.sampled_from([*PIECES, *"()-/., %", "từ", "đến", "1.000", "tỷ"]), max_size=12))
def test_any_mixture_is_read_in_order_and_apart(parts: list[str]) -> None:
    text = " ".join(" ".join(parts).split())
    matches = read_matches(text, load_grammar())
    assert all(a.end <= b.start for a, b in pairwise(matches))
    assert all(0 <= m.start < m.end <= len(text) and m.unit for m in matches)
    assert all((m.low is None) <= (m.comparator in ("le", "lt")) for m in matches)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    find_quantities(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "1." * 10_000,
        "1/" * 10_000,
        "1 - " * 8_000,
        "(1) " * 8_000,
        "từ 5 " * 8_000,
        "5 xã, " * 8_000,
        "1, " * 20_000 + "xã",
        "một " * 9_000 + "(5) xã",
        "1 tấn a b c d e f g h/" * 4_000,
        "5 tỷ " * 8_000,
    ],
)
def test_adversarial_runs_end_soon(text: str) -> None:
    find_quantities(text)

"""Entry into force: what the usual sentences settle, and those that speak of other resolutions."""

from __future__ import annotations

import pytest

from extract.number_suites import ADOPTED, read_effect, suite
from vn_resolution.extract.effective import effective_dates, scan_effect
from vn_resolution.grammar import fold, load_grammar


@pytest.mark.parametrize(("text", "expected"), list(suite("effective")))
def test_what_the_sentence_settles(text: str, expected: str) -> None:
    assert "/".join(day or "-" for day in read_effect(text, load_grammar())) == expected


def test_signing_counts_as_adoption_where_it_is_unknown() -> None:
    text = "Nghị quyết này có hiệu lực kể từ ngày ký."
    found = scan_effect(text, fold(text), load_grammar(), ADOPTED)
    assert found is not None and found.effective_from == ADOPTED


def test_nothing_is_invented_without_a_date_of_adoption() -> None:
    text = "Nghị quyết này có hiệu lực sau 10 ngày kể từ ngày thông qua."
    assert scan_effect(text, fold(text), load_grammar(), None) is None


def test_the_match_is_the_sentence() -> None:
    text = "Giao Ủy ban nhân dân tỉnh thực hiện. Nghị quyết này có hiệu lực từ ngày 01/01/2025; thay thế Nghị quyết cũ."
    found = scan_effect(text, fold(text), load_grammar(), ADOPTED)
    assert found is not None
    assert text[found.start : found.end].strip() == "Nghị quyết này có hiệu lực từ ngày 01/01/2025"


def test_several_texts_settle_it_together() -> None:
    texts = ["Nghị quyết này hết hiệu lực từ ngày 31/12/2027.", "… thông qua và có hiệu lực từ ngày 06/01/2025."]
    assert effective_dates(texts, load_grammar(), ADOPTED) == ("2025-01-06", "2027-12-31")


@pytest.mark.parametrize(
    ("texts", "dates"),
    [
        (["Thời gian áp dụng: Từ ngày 01/01/2009."], ("2009-01-01", None)),
        (["Thời gian thực hiện: từ ngày 01/02/2025 đến hết ngày 31/12/2027."], ("2025-02-01", "2027-12-31")),
        (
            ["Thời điểm áp dụng: từ ngày 01/8/2024.", "Nghị quyết này có hiệu lực kể từ ngày thông qua."],
            (ADOPTED, None),
        ),
        (["Gia hạn thời gian thực hiện dự án từ ngày 01/02/2025."], (None, None)),
    ],
)
def test_what_it_applies_from_counts_where_nothing_speaks_of_force(
    texts: list[str], dates: tuple[str | None, str | None]
) -> None:
    assert effective_dates(texts, load_grammar(), ADOPTED) == dates

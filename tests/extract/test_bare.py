"""The readers on a bare string."""

from __future__ import annotations

from decimal import Decimal

import vn_resolution as vr


def test_spans_are_places_in_the_string() -> None:
    text = "Theo Nghị quyết số 12/2020/NQ-HĐND ngày 10/12/2020, thu ngân sách đạt từ 9.878 tỷ đồng trở lên."
    (quantity,) = vr.find_quantities(text)
    (citation,) = vr.find_citations(text)
    (date,) = vr.find_dates(text)
    assert (quantity.low, quantity.comparator, quantity.unit) == (Decimal(9_878_000_000_000), "ge", "VND")
    assert citation.number == "12/2020/NQ-HĐND" and str(citation.date) == "2020-12-10"
    for found in (quantity, citation, date):
        assert text[slice(*found.span)] == found.text


def test_a_citation_or_a_date_is_no_quantity() -> None:
    assert vr.find_quantities("Điều 5 Nghị định số 24/2021/NĐ-CP ngày 23 tháng 3 năm 2021") == ()
    assert vr.find_dates("không có gì") == vr.find_citations("không có gì") == ()


def test_blanks_and_figures_of_citations_are_no_matter() -> None:
    (citation,) = vr.find_citations("theo  Nghị định   số 24/2021/NĐ-CP")
    assert citation.number == "24/2021/NĐ-CP"
    assert citation.text == "Nghị định số 24/2021/NĐ-CP"


def test_one_row_for_each_indicator_with_its_place() -> None:
    text = "QUYẾT NGHỊ:\n\nĐiều 1. Chỉ tiêu năm 2026\n\n1. Thu ngân sách 900 tỷ đồng, trong đó thu nội địa 700 tỷ đồng."
    rows = vr.parse(text, media_type="text/plain").indicators_table()
    assert [(row["name"], row["low"], row["eid"]) for row in rows] == [
        ("Thu ngân sách", Decimal(900_000_000_000), "art_1__para_1"),
        ("thu nội địa", Decimal(700_000_000_000), "art_1__para_1"),
    ]
    assert rows[1]["parent"] == rows[0]["id"]
    assert text[rows[0]["start"] : rows[0]["end"]].startswith("Thu ngân sách 900 tỷ đồng")

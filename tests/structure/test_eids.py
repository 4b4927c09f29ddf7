"""eIds by the naming convention."""

from __future__ import annotations

import pytest

from vn_resolution.structure.eids import EIds, clean_number


@pytest.mark.parametrize(
    ("kind", "num", "eid"),
    [
        ("part", "I", "part_I"),
        ("chapter", "IV", "chp_IV"),
        ("section", "1", "sec_1"),
        ("subsection", "2", "subsec_2"),
        ("article", "12", "art_12"),
        ("article", "12a", "art_12a"),
        ("roman", "II", "sec_II"),
        ("letter", "A", "dvs_A"),
        ("clause", "1", "para_1"),
        ("clause", None, "para_nn_1"),
        ("point", "đ", "point_đ"),
        ("bullet", "-", "indent_nn_1"),
        ("bullet", "+", "indent_nn_1"),
        ("bullet", "•", "indent_nn_1"),
        ("paragraph", None, "hcontainer_1"),
        ("table", None, "hcontainer_1__table_1"),
        ("appendix", "I", "att_1"),
        ("quote", None, "hcontainer_1__block_1__mod_1__qstr_1"),
    ],
)
def test_each_kind_has_its_short_form(kind: str, num: str | None, eid: str) -> None:
    assert EIds().assign(None, kind, num) == eid


def test_a_child_carries_the_eid_of_its_parent() -> None:
    ids = EIds()
    article = ids.assign(None, "article", "1")
    clause = ids.assign(article, "clause", "1")
    assert ids.assign(clause, "clause", "1.1") == "art_1__para_1__para_1-1"
    assert ids.assign(clause, "point", "a") == "art_1__para_1__point_a"


def test_d_and_crossed_d_are_two_letters() -> None:
    ids = EIds()
    assert [ids.assign(None, "point", num) for num in "dđ"] == ["point_d", "point_đ"]


def test_a_repeated_number_is_counted_from_two() -> None:
    ids = EIds()
    assert [ids.assign(None, "article", "1") for _ in range(3)] == ["art_1", "art_1_2", "art_1_3"]
    assert ids.assign(None, "section", "I") == "sec_I"
    assert ids.assign(None, "roman", "I") == "sec_I_2"


def test_units_without_a_number_are_counted_in_their_parent() -> None:
    ids = EIds()
    one, two = ids.assign(None, "clause", "1"), ids.assign(None, "clause", "2")
    assert [ids.assign(one, "bullet", "-") for _ in range(2)] == ["para_1__indent_nn_1", "para_1__indent_nn_2"]
    assert ids.assign(two, "bullet", "+") == "para_2__indent_nn_1"
    assert [ids.assign(two, "paragraph", None) for _ in range(2)] == ["para_2__hcontainer_1", "para_2__hcontainer_2"]
    assert ids.assign(two, "table", None) == "para_2__hcontainer_3__table_1"


def test_appendices_are_counted_by_position_and_hold_tables_directly() -> None:
    ids = EIds()
    assert [ids.assign(None, "appendix", num) for num in ("III", "III", "")] == ["att_1", "att_2", "att_3"]
    assert ids.assign("att_2", "table", None) == "att_2__table_1"
    assert ids.assign("att_2", "appendix", "A") == "att_2__att_1"
    assert ids.assign("att_2", "article", "1") == "att_2__art_1"
    inside = ids.assign("att_2__art_1", "appendix", "I")
    assert inside == "att_2__art_1__hcontainer_1"
    assert ids.assign(inside, "table", None) == f"{inside}__hcontainer_1__table_1"


def test_a_quotation_is_a_container_of_its_own() -> None:
    ids = EIds()
    article = ids.assign(None, "article", "1")
    quote = ids.assign(article, "quote", None)
    assert quote == "art_1__hcontainer_1__block_1__mod_1__qstr_1"
    assert ids.assign(quote, "clause", "2") == f"{quote}__para_2"
    assert ids.assign(article, "clause", "2") == "art_1__para_2"
    assert ids.assign(article, "quote", None) == "art_1__hcontainer_2__block_1__mod_1__qstr_1"


def test_bases_run_in_containers() -> None:
    ids = EIds()
    kinds = ["can_cu", "can_cu", "xet", "thuc_hien", "can_cu"]
    assert [ids.basis(kind) for kind in kinds] == [
        "preamble__cits_1__cit_1",
        "preamble__cits_1__cit_2",
        "preamble__recs_1__rec_1",
        "preamble__recs_1__rec_2",
        "preamble__cits_2__cit_1",
    ]
    assert ids.basis("can_cu", apart=True) == "preamble__cits_3__cit_1"
    assert ids.enacting() == "preamble__formula_1"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1.", "1"), ("(1)", "1"), ("1/", "1"), ("1.1.", "1-1"), ("a)", "a"), ("đ)", "đ"), ("“2.", "2"), ("II.", "II"),
        ("3a bis", "3abis"), (" 1 . 2 . ", "1-2"), ("–", ""), ("…", ""), ("", ""), ("\x00", "\ufffd"),
    ],
)  # fmt: skip
def test_a_number_loses_its_punctuation(printed: str, number: str) -> None:
    assert clean_number(printed) == number


def test_a_long_number_costs_linear_time() -> None:
    assert clean_number("." * 300_000 + "a" + ". " * 300_000) == "a"
    assert len(clean_number("a." * 300_000)) == 599_999

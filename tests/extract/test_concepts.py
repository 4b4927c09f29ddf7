"""The catalogue of concepts: names of different provinces and years that mean the same measure, and near misses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vn_resolution.extract.concepts import concept_of, concepts
from vn_resolution.grammar import Grammar, default_folder, load_grammar

SAME = [
    ("Tổng sản phẩm trên địa bàn (GRDP)", "%", "increase", "grdp_growth"),
    ("Tốc độ tăng trưởng kinh tế", "%", "level", "grdp_growth"),
    ("Tốc độ tăng trưởng GRDP bình quân", "%/năm", "level", "grdp_growth"),
    ("GDP bình quân đầu người", "VND/người/năm", "level", "grdp_per_capita"),
    ("GRDP bình quân đầu người", "VND", "level", "grdp_per_capita"),
    ("Tổng thu ngân sách nhà nước trên địa bàn", "VND", "level", "budget_revenue"),
    ("Thu ngân sách", "VND", "level", "budget_revenue"),
    ("Thu nội địa", "VND", "level", "domestic_revenue"),
    ("Kim ngạch xuất khẩu", "USD", "level", "export_turnover"),
    ("Giá trị kim ngạch xuất khẩu hàng hóa", "USD", "level", "export_turnover"),
    ("Tổng vốn đầu tư toàn xã hội", "VND", "level", "investment"),
    ("Tỷ lệ hộ nghèo", "%", "decrease", "poverty_rate"),
    ("tỉ lệ hộ nghèo theo chuẩn nghèo đa chiều", "%", "level", "poverty_rate"),
    ("Tỷ lệ bao phủ bảo hiểm y tế", "%", "level", "health_insurance_coverage"),
    ("Tỷ lệ người dân tham gia BHYT", "%", "level", "health_insurance_coverage"),
    ("Số bác sĩ trên 1 vạn dân", "bác sĩ", "level", "doctors_per_10000"),
    ("Tỷ lệ đô thị hóa", "%", "level", "urbanisation_rate"),
    ("Số xã đạt chuẩn nông thôn mới", "xã", "level", "new_rural_communes"),
]
NONE = [
    ("Tỷ lệ hộ cận nghèo được vay vốn ưu đãi tại các quầy lưu động", "%", "level"),
    ("Số lượt xem", "lượt", "level"),
    ("", "%", "level"),
    ("Kim ngạch xuất khẩu", "xã", "level"),
]


def listed() -> list[tuple[str, str, str, str, str | None]]:
    """The names of data/concepts.tsv: (name, unit, change, group, concept)."""
    lines = (Path(__file__).parent / "data" / "concepts.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        (name, unit, change, group, None if concept == "-" else concept) for name, unit, change, group, concept in rows
    ]


LISTED = listed()


@pytest.mark.parametrize(("name", "unit", "change", "group", "concept"), LISTED)
def test_names_of_many_provinces(name: str, unit: str, change: str, group: str, concept: str | None) -> None:
    assert concept_of(name, unit, change, group) == concept


@pytest.mark.parametrize("rule_id", list(load_grammar().rules("indicators", "concept")))
def test_dropping_a_rule_is_seen(tmp_path: Path, rule_id: str) -> None:
    (tmp_path / "indicators.toml").write_text(f'[[concept]]\nid = "{rule_id}"\nremove = true\n', "utf-8")
    without = Grammar((default_folder(), tmp_path))
    rule = load_grammar().rules("indicators", "concept")[rule_id]
    units, changes = rule.data.get("units", [""]), rule.data.get("changes", ["level"])
    own = [(name, unit, change, "") for name in rule.examples for unit in units for change in changes]
    cases = own + [row[:4] for row in LISTED]
    assert any(concept_of(*case) != concept_of(*case, without) for case in cases)


def test_the_catalogue_is_large_and_speaks_two_languages() -> None:
    catalogue = concepts()
    assert len(catalogue) >= 60
    assert len({concept.id for concept in catalogue}) == len(catalogue)
    for concept in catalogue:
        assert re.fullmatch(r"[a-z][a-z0-9_]+", concept.id)
        assert concept.vi
        assert concept.en
        assert concept.en.isascii()


@pytest.mark.parametrize(("name", "unit", "change", "concept"), SAME)
def test_same_measure(name: str, unit: str, change: str, concept: str) -> None:
    assert concept_of(name, unit, change) == concept


@pytest.mark.parametrize(("name", "unit", "change"), NONE)
def test_no_concept(name: str, unit: str, change: str) -> None:
    assert concept_of(name, unit, change) is None


def test_capitals_and_old_tone_marks_make_no_difference() -> None:
    assert concept_of("TỶ LỆ ĐÔ THỊ HOÁ", "%", "level") == concept_of("Tỷ lệ đô thị hóa", "%", "level")


def test_the_label_over_a_name_tells_what_it_is_part_of() -> None:
    assert concept_of("dịch vụ", "%", "level", "Cơ cấu kinh tế") == "services_share"
    assert concept_of("dịch vụ", "%", "increase", "Tốc độ tăng trưởng") == "services_output"


def test_every_concept_is_reached_by_its_own_examples() -> None:
    """No rule before it takes what a rule says is its own."""
    for rule in load_grammar().rules("indicators", "concept").values():
        concept = rule.data.get("concept", rule.id)
        units = rule.data.get("units") or [""]
        changes = rule.data.get("changes") or ["level"]
        group = rule.data.get("group_example", "")
        for example in rule.examples:
            found = {concept_of(example, unit, change, group) for unit in units for change in changes}
            if "group" not in rule.data:
                assert concept in found, f"{rule.id}: {example} -> {found}"

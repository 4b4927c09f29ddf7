"""One province is one value, however it is printed, in SQL, in Python and in tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.short import resolution
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.kernel import Settings
from vn_resolution.corpus.store import Corpus


@pytest.fixture
def provinces(tmp_path: Path) -> Iterator[Corpus]:
    source = tmp_path / "in"
    source.mkdir()
    printed = [
        ("HÒA BÌNH", 2023), ("HOÀ BÌNH", 2024), ("PHÚ THỌ", 2026), ("BÀ RỊA - VŨNG TÀU", 2023),
        ("BÀ RỊA-VŨNG TÀU", 2024), ("ĐẮC LẮC", 2012), ("ĐẮK LẮK", 2013), ("TÂN HẢI", 2023), ("HÀ BẮC", 1994),
    ]  # fmt: skip
    for k, (place, year) in enumerate(printed):
        body = f"Điều 1. Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP) năm {year} đạt 8,5%."
        (source / f"{k}.txt").write_text(resolution(f"{k + 1}/NQ-HĐND", body, place=place, year=year), "utf-8")
    build([source], tmp_path / "corpus", Options(jobs=1))
    with Corpus(tmp_path / "corpus") as corpus:
        yield corpus


def test_grouping(provinces: Corpus) -> None:
    found = provinces.sql("SELECT province, province_id, province_now, count(*) FROM documents GROUP BY 1, 2, 3")
    assert set(found.rows) == {
        ("Hòa Bình", "hoa-binh", "Phú Thọ", 2), ("Phú Thọ", "phu-tho", "Phú Thọ", 1),
        ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau", "Hồ Chí Minh", 2), ("Đắk Lắk", "dak-lak", "Đắk Lắk", 2),
        ("Tân Hải", None, None, 1), ("Hà Bắc", "ha-bac", None, 1),
    }  # fmt: skip
    printed = {row["locality"] for row in provinces.rows("documents")}
    assert {"Hoà Bình", "Bà Rịa-Vũng Tàu", "Đắc Lắc"} <= printed, "what is printed stays in locality"
    by_merged = provinces.sql("SELECT province_now, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1").rows
    assert by_merged[0] == ("Phú Thọ", 3)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("hoa binh", 2), ("Hoà Bình", 2), ("tỉnh Hòa Bình", 2), ("ba ria vung tau", 2), ("Bà Rịa-Vũng Tàu", 2),
        ("Đắc Lắc", 2), ("Dak Lak", 2), ("tân hải", 1), ("Hà Nội", 0),
    ],
)  # fmt: skip
def test_where_and_sql_agree(provinces: Corpus, said: str, count: int) -> None:
    view = provinces.where(province=said)
    assert len(view) == count
    names = {row["province"] for row in view.rows("documents")}
    assert len(names) == (count > 0)
    for name in names:
        asked = provinces.sql("SELECT document FROM documents WHERE province = ? ORDER BY 1", [name])
        assert [row["document"] for row in asked] == list(view)


def test_narrowed_by_the_province_of_today(provinces: Corpus) -> None:
    assert len(provinces.where(province_now="phu tho")) == 3
    assert len(provinces.where(province_id="hoa-binh")) == 2
    assert len(provinces.where(province_now="TP.HCM")) == 2
    assert len(provinces.where(province_now=None)) == 2


def test_tables_have_one_row_for_it(provinces: Corpus) -> None:
    table = provinces.indicators("grdp_growth").table()
    assert [row["province"] for row in table].count("Hòa Bình") == 1
    assert [row["documents"] for row in provinces.stats()["provinces"] if row["province"] == "Hòa Bình"] == [2]


def test_a_grammar_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "provinces.toml").write_text(
        '[[unit]]\nid = "tan-hai"\nname = "Tân Hải"\nkind = "tỉnh"\nvalid_from = "2030-01-01"\n', "utf-8"
    )
    text = resolution("1/NQ-HĐND", "Điều 1. Một.", place="TÂN HẢI", year=2031)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    settings = Settings(grammar=(tmp_path / "more",))
    build([tmp_path / "a.txt"], tmp_path / "corpus", Options(jobs=1, settings=settings))
    with Corpus(tmp_path / "corpus") as corpus:
        (row,) = corpus.rows("documents")
        assert (row["province_id"], row["province_now"]) == ("tan-hai", "Tân Hải")
        assert corpus.verify() == []

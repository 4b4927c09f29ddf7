"""The table of provincial units: its counts on the days that matter, its map, its spellings."""

from __future__ import annotations

import pytest

from vn_resolution.grammar import fold, load_grammar
from vn_resolution.grammar.provinces import Province, Provinces


@pytest.fixture(scope="module")
def provinces() -> Provinces:
    return Provinces(load_grammar())


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("1996-12-31", 53), ("1997-01-01", 61), ("2003-12-31", 61), ("2004-01-01", 64), ("2008-08-01", 63),
        ("2024-12-31", 63), ("2025-01-01", 63), ("2025-06-30", 63), ("2025-07-01", 34),
    ],
)  # fmt: skip
def test_as_many_units_as_the_country_had(provinces: Provinces, day: str, count: int) -> None:
    assert len(provinces.on(day)) == count


def test_six_cities_and_twenty_eight_provinces_today(provinces: Provinces) -> None:
    kinds = [province.kind for province in provinces.on("2026-01-01")]
    assert (kinds.count("thành phố"), kinds.count("tỉnh")) == (6, 28)


def test_codes_are_unique_on_every_day_and_well_formed(provinces: Provinces) -> None:
    for day in ("2003-12-31", "2008-07-31", "2025-06-30", "2025-07-01"):
        codes = [province.code for province in provinces.on(day) if province.code]
        assert len(codes) == len(set(codes))
        assert all(code.startswith("VN-") and len(code) == 5 for code in codes)
    assert all(province.code for province in provinces.on("2008-08-01"))


def test_every_unit_that_went_into_another_names_one_that_stood_next_day(provinces: Provinces) -> None:
    merged = [province for province in provinces if province.merged_into]
    assert len([province for province in merged if province.valid_to == "2025-06-30"]) == 63 - 34
    for province in merged:
        heir = provinces.get(province.merged_into or "")
        assert heir is not None and province.valid_to is not None
        assert heir.stands_on(province.valid_to[:4] + "-12-31") or heir.stands_on("2025-01-01")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hà Giang", "Tuyên Quang"), ("Yên Bái", "Lào Cai"), ("Bắc Kạn", "Thái Nguyên"), ("Vĩnh Phúc", "Phú Thọ"),
        ("Hòa Bình", "Phú Thọ"), ("Bắc Giang", "Bắc Ninh"), ("Thái Bình", "Hưng Yên"), ("Hải Dương", "Hải Phòng"),
        ("Hà Nam", "Ninh Bình"), ("Nam Định", "Ninh Bình"), ("Quảng Bình", "Quảng Trị"), ("Quảng Nam", "Đà Nẵng"),
        ("Kon Tum", "Quảng Ngãi"), ("Bình Định", "Gia Lai"), ("Ninh Thuận", "Khánh Hòa"), ("Đắk Nông", "Lâm Đồng"),
        ("Bình Thuận", "Lâm Đồng"), ("Phú Yên", "Đắk Lắk"), ("Bà Rịa - Vũng Tàu", "Hồ Chí Minh"),
        ("Bình Dương", "Hồ Chí Minh"), ("Bình Phước", "Đồng Nai"), ("Long An", "Tây Ninh"), ("Sóc Trăng", "Cần Thơ"),
        ("Hậu Giang", "Cần Thơ"), ("Bến Tre", "Vĩnh Long"), ("Trà Vinh", "Vĩnh Long"), ("Tiền Giang", "Đồng Tháp"),
        ("Bạc Liêu", "Cà Mau"), ("Kiên Giang", "An Giang"), ("Hà Tây", "Hà Nội"), ("Thừa Thiên Huế", "Huế"),
    ],
)  # fmt: skip
def test_what_went_into_what(provinces: Provinces, old: str, new: str) -> None:
    unit = provinces.lookup(old)
    assert unit is not None and unit.merged_into is not None
    heir = provinces.get(unit.merged_into)
    assert heir is not None and heir.name == new


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Khánh Hòa", "2025-12-09", "VN-34"), ("KHÁNH HOÀ", "2016-12-09", "VN-34"), ("tỉnh Khánh Hoà", None, "VN-34"),
        ("Thừa Thiên Huế", "2016", "VN-26"), ("Thừa Thiên - Huế", "2016-07", "VN-26"),
        ("thừa thiên–huế", None, "VN-26"),
        ("Thành phố Huế", "2025-01-01", "VN-26"), ("Thành phố Huế", "2024-12-31", None),
        ("Bà Rịa-Vũng Tàu", "2010-01-01", "VN-43"), ("Bà Rịa – Vũng Tàu", None, "VN-43"),
        ("Bà Rịa Vũng Tàu", None, "VN-43"), ("TP. Hồ Chí Minh", "2020-01-01", "VN-SG"), ("TP.HCM", None, "VN-SG"),
        ("TPHCM", None, "VN-SG"), ("Thành phố Hồ Chí Minh", "2025-08-01", "VN-SG"), ("Đăk Lăk", None, "VN-33"),
        ("Đắc Lắc", None, "VN-33"), ("Đak Nông", "2020-01-01", "VN-72"), ("Kontum", "2020-01-01", "VN-28"),
        ("Bắc Cạn", "2001-01-01", "VN-53"), ("Hoà Bình", "2024-12-31", "VN-14"), ("Hoà Bình", "2025-07-01", None),
        ("Thanh Hoá", None, "VN-21"), ("Hà Tây", "2008-07-31", "VN-15"), ("Hà Tây", "2008-08-01", None),
        ("Cần Thơ", "2003-12-31", None), ("Cần Thơ", "2004-01-01", "VN-CT"), ("Điện Biên", "2003-12-31", None),
        ("Hà Nội", "1999-01-01", "VN-HN"), ("Thủ Đức", None, None), ("", None, None), ("tỉnh", None, None),
    ],
)  # fmt: skip
def test_lookup(provinces: Provinces, name: str, on: str | None, code: str | None) -> None:
    unit = provinces.lookup(name, on)
    assert (unit.code if unit else None) == code


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("hội đồng nhân dân tỉnh bà rịa-vũng tàu", "Bà Rịa - Vũng Tàu"),
        ("HĐND TỈNH BÀ RỊA – VŨNG TÀU", "Bà Rịa - Vũng Tàu"),
        ("Hội đồng nhân dân thành phố Huế", "Huế"), ("Hội đồng nhân dân tỉnh Thừa Thiên Huế", "Thừa Thiên Huế"),
        ("Hội đồng nhân dân huyện Hòa Bình, tỉnh Bạc Liêu", "Bạc Liêu"), ("Hội đồng nhân dân xã Hà Nam", None),
        ("Hội đồng nhân dân phường Hải Dương, thành phố Hải Phòng", "Hải Phòng"),
        ("HĐND thành phố Bắc Ninh, tỉnh Bắc Ninh", "Bắc Ninh"), ("HĐND TP. Hà Nội", "Hà Nội"),
        ("HĐND TP.HCM", "Hồ Chí Minh"),
        ("Hội đồng nhân dân tỉnh Quảng Nam - Đà Nẵng", "Quảng Nam - Đà Nẵng"), ("tỉnh Hà Nam", "Hà Nam"),
        ("đường Điện Biên Phủ", None), ("tỉnh Điện Biên", "Điện Biên"),
        ("Thái Bình", "Thái Bình"),
        ("hội đồng nhân dân tỉnh", None), ("tỉnh hưng  yên", "Hưng Yên"), ("phú yênh", None),
    ],
)  # fmt: skip
def test_find_in(provinces: Provinces, phrase: str, name: str | None) -> None:
    unit = provinces.find_in(fold(phrase))
    assert (unit.name if unit else None) == name


def test_find_in_asks_for_the_day(provinces: Provinces) -> None:
    found = provinces.find_in("hội đồng nhân dân tỉnh cần thơ", "2001-05-01")
    assert isinstance(found, Province) and found.id == "tinh-can-tho"
    assert provinces.find_in("tỉnh hà giang", "2025-09-01") is None

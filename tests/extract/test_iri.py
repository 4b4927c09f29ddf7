"""IRIs: what a citation or a resolution is called, and when it has no name."""

from __future__ import annotations

import pytest

from extract.test_citations import read
from vn_resolution.extract.citations import OwnDocument, ShortForms, find_citations
from vn_resolution.extract.iri import citation_iri, number_slug, resolution_iri
from vn_resolution.model import Issuer, Meta


def iri(text: str, province: str | None = None) -> str | None:
    return citation_iri(read(text)[0], province_code=province)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # central bodies: the year of the number, with or without the day
        ("Luật Tổ chức chính quyền địa phương số 72/2025/QH15", "/akn/vn/act/luat/qh/2025/72"),
        ("Luật số 72/2025/QH15 ngày 16 tháng 6 năm 2025", "/akn/vn/act/luat/qh/2025/72"),
        ("khoản 1 Điều 5 Luật số 72/2025/QH15", "/akn/vn/act/luat/qh/2025/72"),
        ("Bộ luật Lao động số 45/2019/QH14", "/akn/vn/act/bo-luat/qh/2019/45"),
        ("Pháp lệnh phí và lệ phí số 38/2001/PL - UBTVQH10", "/akn/vn/act/phap-lenh/ubtvqh/2001/38"),
        ("Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14", "/akn/vn/act/phap-lenh/ubtvqh/2020/02"),
        ("Nghị quyết số 175/2024/QH15 của Quốc hội", "/akn/vn/act/nghi-quyet/qh/2024/175"),
        ("Nghị quyết số 973/2020/UBTVQH14", "/akn/vn/act/nghi-quyet/ubtvqh/2020/973"),
        ("Nghị quyết số 45/1998/NQ-UBTVQH10", "/akn/vn/act/nghi-quyet/ubtvqh/1998/45"),
        ("Nghị định số 58/2024/NĐ-CP ngày 24 tháng 5 năm 2024", "/akn/vn/act/nghi-dinh/cp/2024/58"),
        ("Nghị định số 57/2002/NĐ - CP", "/akn/vn/act/nghi-dinh/cp/2002/57"),
        ("Nghị định số 60/2003/ND-CP", "/akn/vn/act/nghi-dinh/cp/2003/60"),
        ("Nghị quyết số 30a/2008/NQ-CP", "/akn/vn/act/nghi-quyet/cp/2008/30a"),
        ("Nghị quyết số 19-2017/NQ-CP", "/akn/vn/act/nghi-quyet/cp/2017/19"),
        ("Quyết định số 23/2021/QĐ-TTg ngày 07 tháng 7 năm 2021", "/akn/vn/act/quyet-dinh/ttg/2021/23"),
        ("Thông tư số 250/2016/TT-BTC", "/akn/vn/act/thong-tu/btc/2016/250"),
        ("Thông tư số 21/2023/TT-BNNPTNT", "/akn/vn/act/thong-tu/bnnptnt/2023/21"),
        ("Thông tư số 28/2009/TT-BGDĐT", "/akn/vn/act/thong-tu/bgddt/2009/28"),
        ("Thông tư liên tịch số 160/2014/TTLT-BTC-BTNMT", "/akn/vn/act/thong-tu-lien-tich/btc-btnmt/2014/160"),
        ("Thông tư liên tịch số 103/2004/TTLT / BTC-UBTDTT", "/akn/vn/act/thong-tu-lien-tich/btc-ubtdtt/2004/103"),
        ("căn cứ số 31/2017/NĐ-CP", "/akn/vn/act/nghi-dinh/cp/2017/31"),
        ("NĐ 116/2010/NĐ-CP", "/akn/vn/act/nghi-dinh/cp/2010/116"),
        # … and the day where the number carries no year
        ("Nghị quyết số 128/NQ-CP ngày 11 tháng 10 năm 2021", "/akn/vn/act/nghi-quyet/cp/2021-10-11/128"),
        ("Quyết định số 1582/QĐ-TTg ngày 04/12/2023", "/akn/vn/act/quyet-dinh/ttg/2023-12-04/1582"),
        ("Quyết định số 2577/QĐ-BTC ngày 29/11/2016", "/akn/vn/act/quyet-dinh/btc/2016-11-29/2577"),
        ("Quyết định số 64b / HĐBT ngày 12 tháng 9 năm 1981", "/akn/vn/act/quyet-dinh/hdbt/1981-09-12/64b"),
        ("Công văn số 3215/BNN-TCTS ngày 28/5/2018", "/akn/vn/doc/cong-van/bnn/2018-05-28/3215"),
        ("Nghị quyết số 18-NQ/TW ngày 25/10/2017", "/akn/vn/doc/nghi-quyet/tw/2017-10-25/18"),
        ("Chỉ thị số 13/CT-TTg năm 2017", "/akn/vn/act/chi-thi/ttg/2017/13"),
        ("Chỉ thị số 13/CT-TTg", None),
        ("Nghị quyết số 68/NQ-CP của Chính phủ", None),
        # local bodies: the province, and the day before the year
        (
            "Nghị quyết số 20/2023/NQ-HĐND ngày 21/8/2023 của HĐND tỉnh Thừa Thiên Huế",
            "/akn/vn-26/act/nghi-quyet/hdnd/2023-08-21/20",
        ),
        ("Nghị quyết số 20/2023/NQ-HĐND của HĐND tỉnh Gia Lai", "/akn/vn-30/act/nghi-quyet/hdnd/2023/20"),
        ("Quyết định số 9/2020/QĐ-UBND của UBND TP. Hà Nội", "/akn/vn-hn/act/quyet-dinh/ubnd/2020/9"),
        ("Kết luận số 94-KL/TU ngày 30/7/2021 của Tỉnh ủy Sơn La", "/akn/vn-05/doc/ket-luan/tu/2021-07-30/94"),
        ("Tờ trình số 5/TTr-UBND ngày 4/3/2021 của UBND tỉnh Hà Tây", "/akn/vn-15/doc/to-trinh/ubnd/2021-03-04/5"),
        (
            "Nghị quyết số 5/NQ-HĐND ngày 4/3/2026 của HĐND xã Đông Á, tỉnh Hưng Yên",
            "/akn/vn-66/act/nghi-quyet/hdnd-xa-dong-a/2026-03-04/5",
        ),
        ("Nghị quyết số 20/2023/NQ-HĐND ngày 21/8/2023 của Hội đồng nhân dân tỉnh", None),
        # nothing is guessed
        ("Luật Đất đai năm 2013", None),
        ("Luật Ngân sách nhà nước", None),
        ("Chương trình 135", None),
        ("Nghị quyết số 12/2021 của Chính phủ", None),
        ("Báo cáo số 33/BC-ĐGS ngày 12 tháng 7 năm 2017", None),
        ("Thông tư liên tịch số 8/2011/TTLT-BTC-XYZ", None),
        ("Kết luận ngày 05 tháng 6 năm 2020 của Ban Thường vụ", None),
        ("theo Điều 5 Nghị quyết này", None),
        ("(phụ lục 01)", None),
        ("theo khoản 2 Điều 5", None),
    ],
)
def test_citation_iri(text: str, expected: str | None) -> None:
    assert iri(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết số 20/2023/NQ-HĐND ngày 21/8/2023 của HĐND tỉnh", "/akn/vn-34/act/nghi-quyet/hdnd/2023-08-21/20"),
        ("Tờ trình số 61/TTr-UBND ngày 09 tháng 6 năm 2017", "/akn/vn-34/doc/to-trinh/ubnd/2017-06-09/61"),
        ("Nghị quyết số 3/NQ-HĐND ngày 1/7/2017 của HĐND tỉnh Gia Lai", "/akn/vn-30/act/nghi-quyet/hdnd/2017-07-01/3"),
        ("Nghị định số 58/2024/NĐ-CP", "/akn/vn/act/nghi-dinh/cp/2024/58"),
    ],
)
def test_the_citing_documents_province_stands_in(text: str, expected: str) -> None:
    assert iri(text, "VN-34") == expected


def test_a_short_form_has_the_iri_of_what_it_stands_for() -> None:
    forms = ShortForms()
    read("Nghị định số 5/2020/NĐ-CP về phí (sau đây gọi tắt là Nghị định 5).", short_forms=forms)
    (match,) = read("theo khoản 1 Điều 3 Nghị định 5", short_forms=forms)
    assert citation_iri(match) == "/akn/vn/act/nghi-dinh/cp/2020/5"
    text = "Nghị định số 5/2020/NĐ-CP (sau đây gọi là Nghị định số 5).\n\ntheo Nghị định số 5"
    assert {c.iri for c in find_citations(text)} == {"/akn/vn/act/nghi-dinh/cp/2020/5"}


def test_own_document_is_a_value() -> None:
    assert OwnDocument() == OwnDocument("nghi_quyet", None, frozenset())


PROVINCE = Issuer(name="Hội đồng nhân dân tỉnh Khánh Hòa", level="province", province_code="VN-34")
COMMUNE = Issuer(name="Hội đồng nhân dân xã Đông Á", level="commune", locality="xã Đông Á", province_code="VN-66")


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        (
            Meta(number="86/NQ-HĐND", issuer=PROVINCE, issued="2025-12-09"),
            "/akn/vn-34/act/nghi-quyet/hdnd/2025-12-09/86",
        ),
        (
            Meta(number="37/2025/NQ-HĐND", issuer=PROVINCE, adopted="2025-11-18"),
            "/akn/vn-34/act/nghi-quyet/hdnd/2025-11-18/37",
        ),
        (Meta(number="37/2025/NQ-HĐND", issuer=PROVINCE), "/akn/vn-34/act/nghi-quyet/hdnd/2025/37"),
        (
            Meta(number="5/NQ-HĐND", issuer=COMMUNE, issued="2026-01-05"),
            "/akn/vn-66/act/nghi-quyet/hdnd-xa-dong-a/2026-01-05/5",
        ),
        (Meta(number="86/NQ-HĐND", issuer=PROVINCE), None),
        (Meta(number=None, issuer=PROVINCE, issued="2025-12-09"), None),
        (Meta(number="86/NQ-HĐND", issuer=Issuer(name="HĐND tỉnh"), issued="2025-12-09"), None),
        (Meta(number="86/NQ-HĐND", issued="2025-12-09"), None),
    ],
)
def test_resolution_iri(meta: Meta, expected: str | None) -> None:
    assert resolution_iri(meta) == expected


def test_a_cited_resolution_is_called_as_it_calls_itself() -> None:
    meta = Meta(number="86/NQ-HĐND", issuer=PROVINCE, issued="2025-12-09")
    cited = iri("Nghị quyết số 86/NQ-HĐND ngày 09 tháng 12 năm 2025 của HĐND tỉnh Khánh Hoà")
    assert cited == resolution_iri(meta)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("37/2025/NQ-HĐND", "37"),
        ("05-CT/TW", "05"),
        ("30a/2008/NQ-CP", "30a"),
        ("12 /2017/QĐ", "12"),
        ("NQ-HĐND", None),
        ("", None),
    ],
)
def test_number_slug(number: str, expected: str | None) -> None:
    assert number_slug(number) == expected

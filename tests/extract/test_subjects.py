"""What a resolution is about, from titles as they are printed."""

from __future__ import annotations

import pytest

import vn_resolution as vr
from vn_resolution.extract.subjects import (
    find_subjects,
    fixes_norms,
    settles_accounts,
    subject_kinds,
)
from vn_resolution.grammar import load_grammar

TITLES = [
    ("Về kế hoạch phát triển kinh tế - xã hội năm 2025", "kinh_te_xa_hoi"),
    ("VỀ NHIỆM VỤ PHÁT TRIỂN KINH TẾ - XÃ HỘI, BẢO ĐẢM QUỐC PHÒNG - AN NINH NĂM 2013", "kinh_te_xa_hoi"),
    ("Về dự toán thu ngân sách nhà nước, chi ngân sách địa phương năm 2021", "du_toan_quyet_toan_ngan_sach"),
    ("Phê chuẩn quyết toán thu, chi ngân sách năm 2019", "du_toan_quyet_toan_ngan_sach"),
    ("Về kế hoạch đầu tư công trung hạn giai đoạn 2021 - 2025", "dau_tu_cong"),
    ("Quyết định chủ trương đầu tư Dự án cầu Bến Mới", "dau_tu_cong"),
    ("Quy định mức thu, chế độ thu, nộp lệ phí hộ tịch trên địa bàn tỉnh", "phi_le_phi"),
    ("Quy định mức học phí năm học 2023 - 2024", "phi_le_phi"),
    ("Quy định nội dung, mức chi tổ chức các kỳ thi", "dinh_muc_che_do_chi"),
    ("Ban hành chính sách hỗ trợ phát triển hợp tác xã", "chinh_sach_ho_tro"),
    ("Thông qua quy hoạch sử dụng đất đến năm 2020", "quy_hoach_dat_dai"),
    ("Thông qua danh mục dự án cần thu hồi đất năm 2024", "quy_hoach_dat_dai"),
    ("Về việc bầu Phó Chủ tịch Ủy ban nhân dân tỉnh khóa XVI", "nhan_su_bau_cu"),
    ("Về việc miễn nhiệm Hội thẩm nhân dân", "nhan_su_bau_cu"),
    ("Về chương trình giám sát năm 2024 của Hội đồng nhân dân", "giam_sat_chat_van"),
    ("Về hoạt động chất vấn tại kỳ họp thứ 8", "giam_sat_chat_van"),
    ("Về đặt tên đường, phố trên địa bàn thị xã", "dia_gioi_dat_ten"),
    ("Về việc sáp nhập thôn, tổ dân phố", "dia_gioi_dat_ten"),
    ("Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Nghị quyết", "sua_doi_bai_bo"),
    ("Quy định mức nộp tiền trồng rừng thay thế trên địa bàn tỉnh", "nong_nghiep_moi_truong"),
    ("Thay thế Phụ lục I ban hành kèm theo Nghị quyết số 12/2019/NQ-HĐND", "sua_doi_bai_bo"),
    ("Bãi bỏ một số nghị quyết của Hội đồng nhân dân tỉnh", "sua_doi_bai_bo"),
    ("Về giao biên chế công chức năm 2023", "to_chuc_bien_che"),
    ("Về xây dựng nông thôn mới giai đoạn 2021-2025", "chuong_trinh_muc_tieu"),
    ("Về Đề án bảo tồn di sản và phát triển thư viện", "giao_duc_y_te_van_hoa"),
    ("Về việc xử lý vi phạm hành chính và hòa giải ở cơ sở", "xay_dung_phap_luat_hanh_chinh"),
    ("Về xét tặng kỷ niệm chương của tỉnh", "thi_dua_khen_thuong"),
    ("Về nâng cấp bến xe và chiếu sáng công cộng", "giao_thong_xay_dung_do_thi"),
    ("Về công tác cai nghiện và bình đẳng giới", "an_sinh_xa_hoi"),
    ("Về nhiệm vụ quân sự và lực lượng biên phòng", "quoc_phong_an_ninh"),
]
OPENINGS = [
    ("Quy định mức chi cho công tác phổ biến pháp luật", True, False),
    ("Về mức chi tiếp khách của các cơ quan", True, False),
    ("Ban hành quy chế quản lý chợ", True, False),
    ("Về việc phê chuẩn quyết toán ngân sách địa phương năm 2020", False, True),
    ("Về quyết toán năm 2019 và dự toán năm 2021", False, False),
    ("Về kế hoạch phát triển kinh tế - xã hội năm 2025", False, False),
]


@pytest.mark.parametrize(("title", "slug"), TITLES)
def test_title(title: str, slug: str) -> None:
    assert slug in find_subjects(title)


def test_several_hold_at_once_in_the_order_of_the_grammar() -> None:
    found = find_subjects("Sửa đổi mức thu phí bảo vệ môi trường đối với nước thải")
    assert set(found) == {"phi_le_phi", "sua_doi_bai_bo", "nong_nghiep_moi_truong"}
    assert list(found) == [slug for slug in load_grammar().rules("subjects", "subject") if slug in found]


@pytest.mark.parametrize("title", [None, "", "   ", "Nghị quyết kỳ họp"])
def test_none_without_a_word_for_it(title: str | None) -> None:
    assert find_subjects(title) == ()


def test_one_subject_and_no_other() -> None:
    assert find_subjects("Về dự toán ngân sách năm 2006") == ("du_toan_quyet_toan_ngan_sach",)
    assert find_subjects("VỀ  KẾ HOẠCH\nPHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM 2022") == ("kinh_te_xa_hoi",)


def test_kinds_tell_what_the_numbers_are() -> None:
    assert subject_kinds(find_subjects("Về dự toán ngân sách năm 2006")) == {"money"}
    assert "norm" in subject_kinds(find_subjects("Quy định mức thu phí thư viện"))
    assert subject_kinds(()) == frozenset()
    assert subject_kinds(("of another grammar",)) == frozenset()


@pytest.mark.parametrize(("title", "norms", "accounts"), OPENINGS)
def test_openings_of_a_title(title: str, norms: bool, accounts: bool) -> None:
    grammar = load_grammar()
    assert (fixes_norms(title, grammar), settles_accounts(title, grammar)) == (norms, accounts)


def test_no_title_opens_nothing() -> None:
    assert not fixes_norms(None, load_grammar())
    assert not settles_accounts(None, load_grammar())


SUPERVISION = """HỘI ĐỒNG NHÂN DÂN TỈNH HẠ SƠN
NGHỊ QUYẾT
{title}
QUYẾT NGHỊ:
Điều 1. Hội đồng nhân dân tỉnh tán thành báo cáo với các nội dung sau:
1. Kết quả đạt được
a) Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,2%.
Điều 2. Hội đồng nhân dân tỉnh yêu cầu thực hiện các nhiệm vụ sau:
1. Đối với Ủy ban nhân dân các xã, phường
a) Phấn đấu đến hết năm 2026 tỷ lệ hồ sơ nộp trực tuyến đạt 90%.
b) Bố trí công chức có năng lực tại bộ phận một cửa.
"""


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Về kết quả giám sát việc thực hiện chính sách, pháp luật về thủ tục hành chính", True),
        ("Về giám sát chuyên đề tình hình quản lý đất đai", True),
        ("Về chất vấn và trả lời chất vấn tại kỳ họp thứ 5", True),
        ("Về kết quả giám sát việc giải quyết kiến nghị của cử tri", True),
        ("Quy định mức chi cho hoạt động giám sát", False),
    ],
)
def test_what_a_supervision_found_and_demands(title: str, told: bool) -> None:
    doc = vr.parse(SUPERVISION.format(title=title).encode(), media_type="text/plain")
    tasks = [(task.agents, task.text[:15]) for task in doc.tasks if task.node and task.node.startswith("art_2")]
    body = ("Ủy ban nhân dân các xã, phường",)
    assert (tasks == [(body, "Phấn đấu đến hế"), (body, "Bố trí công chứ")]) == told
    assert ([item.status for item in doc.indicators] == ["actual", "target"]) == told

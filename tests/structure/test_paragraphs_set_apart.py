"""Texts whose paragraphs stand between empty lines: a line break inside one is the copy's, wherever it falls."""

from __future__ import annotations

import vn_resolution as vr
from vn_resolution.model import Node

BODY = """Điều 1. Đối tượng và mức hỗ
trợ

1. Hội viên các hội quần chúng trên địa bàn các xã và phường được hỗ trợ một lần khi
tham gia lớp học.

2. Trách nhiệm của các cơ quan:

a) Sở Y tế thành phố
Hải Phòng:

Tiếp nhận hồ sơ và thẩm định.

Tổng hợp kết quả, báo cáo hằng quý.

b) Ủy ban nhân dân thành phố
Hải Phòng phân bổ kinh phí cho các phường, xã theo số người được hưởng.

3. Kinh phí được bảo đảm từ ngân
sách địa phương.

Điều 2. Hiệu lực thi hành

1. Nghị quyết có hiệu lực từ ngày 01 tháng
02 năm 2026.

2. Hồ sơ theo Mẫu số
03: áp dụng cho cả những hồ sơ
đã nộp.

3. Các quy định trước đây trái với Nghị
quyết này hết hiệu lực.

4. Giao Ủy ban nhân dân thành phố triển khai.

5. Sở Tài chính hướng dẫn việc lập dự
toán.

6. Các hội quần chúng gửi danh sách trước mỗi lớp.
"""


def read(text: str) -> dict[str, Node]:
    doc = vr.parse("QUYẾT NGHỊ:\n\n" + text, media_type="text/plain")
    return {node.id: node for node in doc.walk()}


def test_a_capital_after_a_line_break_opens_no_paragraph() -> None:
    nodes = read(BODY)
    assert nodes["art_1__para_2__point_a"].heading == "Sở Y tế thành phố Hải Phòng"
    assert nodes["art_1__para_2__point_b"].text.startswith("Ủy ban nhân dân thành phố Hải Phòng phân bổ")
    assert nodes["art_1__para_2__point_b"].heading is None


def test_figures_after_a_line_break_open_no_unit() -> None:
    nodes = read(BODY)
    assert nodes["art_2__para_1"].text == "Nghị quyết có hiệu lực từ ngày 01 tháng 02 năm 2026."
    assert nodes["art_2__para_2"].text.startswith("Hồ sơ theo Mẫu số 03: áp dụng")
    assert [child.num for child in nodes["art_2"].children] == ["1", "2", "3", "4", "5", "6"]


def test_without_the_empty_lines_a_short_line_stays_a_title() -> None:
    nodes = read(BODY.replace("\n\n", "\n"))
    assert nodes["art_2"].heading == "Hiệu lực thi hành"
    assert nodes["art_1__para_2__point_a"].heading != "Sở Y tế thành phố Hải Phòng"


def test_a_chapter_whose_number_stands_on_the_next_line() -> None:
    nodes = read(BODY.replace("Điều 2.", "Chương\nII\n\nĐIỀU KHOẢN THI HÀNH\n\nĐiều 2."))
    chapter = nodes["chp_II"]
    assert (chapter.num, chapter.heading) == ("II", "ĐIỀU KHOẢN THI HÀNH")
    assert [child.id for child in chapter.children] == ["chp_II__art_2"]


def test_the_preamble_tells_how_a_short_body_is_set() -> None:
    bases = "".join(f"Căn cứ Luật số {k}/2025/QH15 về\nđầu tư;\n\n" for k in range(9))
    body = "Điều 1. Giao Thường trực Hội đồng nhân dân\nThành phố giám sát.\n\nĐiều 2. Đối với phát triển kinh tế\n- xã hội.\n"
    doc = vr.parse(f"NGHỊ QUYẾT\n\nVề đầu tư\n\n{bases}QUYẾT NGHỊ:\n\n{body}", media_type="text/plain")
    assert [node.text for node in doc.walk()] == [
        "Giao Thường trực Hội đồng nhân dân Thành phố giám sát.",
        "Đối với phát triển kinh tế - xã hội.",
    ]


def test_what_looks_like_a_label_after_a_line_break_goes_on() -> None:
    nodes = read(
        BODY.replace(
            "lập dự\ntoán.", "lập dự toán trong quý\nI/2027 theo\nmục II Điều 1 của Quy định kèm theo."
        ).replace("cho các phường, xã theo", "cho các phường Tân An\n1, Tân An 2, các xã trồng cây\nđiều 98.700 ha và")
    )
    assert [child.num for child in nodes["art_2"].children] == ["1", "2", "3", "4", "5", "6"]
    assert nodes["art_2__para_5"].text.endswith("trong quý I/2027 theo mục II Điều 1 của Quy định kèm theo.")
    assert "phường Tân An 1, Tân An 2, các xã trồng cây điều 98.700 ha" in nodes["art_1__para_2__point_b"].text
    assert list(nodes) == list(read(BODY))


def test_sentences_that_end_at_line_breaks_leave_paragraphs_set_apart() -> None:
    text = BODY.replace("khi\ntham gia", "đến\nhạn.\nMức khác do hội quyết định khi\ntham gia")
    nodes = read(text.replace("hằng quý.", "hằng quý.\nHồ sơ thiếu được trả lại."))
    assert nodes["art_1__para_1"].text.endswith("một lần đến hạn. Mức khác do hội quyết định khi tham gia lớp học.")
    assert nodes["art_1__para_2__point_a"].heading == "Sở Y tế thành phố Hải Phòng"

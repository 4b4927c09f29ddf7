"""The outline of the small resolution, as a person reads it."""

from __future__ import annotations

from render.small import SMALL
from vn_resolution.model import Diagnostic, Node, Resolution, Source
from vn_resolution.render.outline import WIDTH, to_outline

OUTLINE = """\
NGHỊ QUYẾT 12/2024/NQ-HĐND
Về kế hoạch phát triển kinh tế năm 2025

issuer      Hội đồng nhân dân tỉnh An Lạc (VN-99)
term        khóa 17, kỳ họp Bảy
issued      2024-07-05, An Lạc
adopted     2024-07-05
in force    2024-07-15
signed by   Nguyễn Văn A, Chủ tịch
subject     kinh tế - xã hội
source      small.txt, 1,135 characters

PREAMBLE · 2 bases
├─ Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;
├─ Xét Tờ trình số 9/TTr-UBND của Ủy ban nhân dân tỉnh An Lạc;
└─ QUYẾT NGHỊ:

BODY · 5 articles, 2 clauses, 3 points, 1 bullet, 2 paragraphs, 1 table
Điều 1. Mục tiêu · Phấn đấu đạt các chỉ tiêu sau:
├─ 1. GRDP tăng 8,5-9,0%; tạo việc làm cho 34.500 lao động trở lên.
│  ├─ a) Giao Ủy ban nhân dân tỉnh thực hiện khoản 1 Điều này & báo cáo.
│  ├─ đ) Dân số <ổn định>.
│  └─ - Một gạch đầu dòng
├─ ¶ Một đoạn văn không đánh số.
├─ ▦ 2 × 2  STT | Chỉ tiêu
└─ ¶ Các chỉ tiêu trên là tối thiểu.
Điều 2. Sửa đổi Nghị quyết số 5/2020/NQ-HĐND như sau:
└─ » “2. Các sở phối hợp.
   └─ » a) Sở Tài chính.”
Điều 3. Nghị quyết này có hiệu lực.
Điều 4. Thay cụm từ “các sở” bằng “các ban” tại điểm a, điểm đ khoản 1 Điều 1.
Điều 5. Bầu bà Trần Thị Bình, Phó Giám đốc Sở Y tế (sau đây gọi là Ủy viên).

CLOSING
adoption    Nghị quyết được thông qua ngày 05 tháng 7 năm 2024./.
recipients  Như Điều 3; Lưu: VT
capacity    TM. HỘI ĐỒNG NHÂN DÂN
role        CHỦ TỊCH
name        Nguyễn Văn A

APPENDICES · 1 appendix, 1 clause, 1 table
Phụ lục I DANH MỤC DỰ ÁN
├─ 1. Dự án cầu An Lạc
└─ ▦ 1 × 2  Tổng mức | 100 tỷ

FOUND · 4 citations, 2 quantities, 2 dates, 7 names, 1 indicator, 1 task, 2 amendments
"""


def test_the_small_resolution_reads_well() -> None:
    assert to_outline(SMALL) == OUTLINE


def test_doubts_stand_at_the_end() -> None:
    doubts = (
        Diagnostic(code="N001", severity="warning", message="3. follows 1.: 2. is missing"),
        Diagnostic(code="D005", severity="info", message="the header has no date"),
    )
    assert to_outline(SMALL.model_copy(update={"diagnostics": doubts})).endswith(
        "\nDOUBTS · 1 warning, 1 info\n"
        "N001  warning  3. follows 1.: 2. is missing\n"
        "D005  info     the header has no date\n"
    )


def test_long_and_deep_things_are_cut() -> None:
    node = Node(id="x", kind="clause", num="1", text="lá " * 100, span=(0, 0), own=(0, 0))
    for _ in range(60):
        node = node.model_copy(update={"children": (node,)})
    lines = to_outline(Resolution(source=Source(sha256="", text=""), body=(node,))).split("\n")
    assert max(map(len, lines)) == WIDTH
    assert sum("lá" in line for line in lines) == 61


def test_an_empty_resolution_says_so() -> None:
    outline = to_outline(Resolution(source=Source(sha256="", text="")))
    assert outline == "Unnamed document\n\nsource      text/plain, 0 characters\n\nBODY · empty\n"

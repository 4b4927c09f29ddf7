"""The normal printed form: what it looks like, and that it is read back as the same tree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

import vn_resolution as vr
from render.models import resolutions, tidy_resolutions
from render.small import SMALL
from support.texts import media_type_of, sample_paths, shared_paths, text_of
from vn_resolution.model import Block, Cell, Node, Resolution, Source
from vn_resolution.render.text import Printer, to_text

SMALL_TEXT = """\
HỘI ĐỒNG NHÂN DÂN TỈNH AN LẠC

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 12/2024/NQ-HĐND

An Lạc, ngày 05 tháng 7 năm 2024

NGHỊ QUYẾT

Về kế hoạch phát triển kinh tế năm 2025

KHÓA XVII, KỲ HỌP THỨ BẢY

Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;

Xét Tờ trình số 9/TTr-UBND của Ủy ban nhân dân tỉnh An Lạc;

QUYẾT NGHỊ:

Điều 1. Mục tiêu

Phấn đấu đạt các chỉ tiêu sau:

1. GRDP tăng 8,5-9,0%; tạo việc làm cho 34.500 lao động trở lên.

a) Giao Ủy ban nhân dân tỉnh thực hiện khoản 1 Điều này & báo cáo.

đ) Dân số <ổn định>.

- Một gạch đầu dòng

Một đoạn văn không đánh số.

| STT | Chỉ tiêu |
| | |

Các chỉ tiêu trên là tối thiểu.

Điều 2. Sửa đổi Nghị quyết số 5/2020/NQ-HĐND như sau:

“2. Các sở phối hợp.

a) Sở Tài chính.”

Điều 3. Nghị quyết này có hiệu lực.

Điều 4. Thay cụm từ “các sở” bằng “các ban” tại điểm a, điểm đ khoản 1 Điều 1.

Điều 5. Bầu bà Trần Thị Bình, Phó Giám đốc Sở Y tế (sau đây gọi là Ủy viên).

Nghị quyết được thông qua ngày 05 tháng 7 năm 2024./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.

TM. HỘI ĐỒNG NHÂN DÂN

CHỦ TỊCH

Nguyễn Văn A

Phụ lục I

DANH MỤC DỰ ÁN

(Kèm theo Nghị quyết số 12/2024/NQ-HĐND)

1. Dự án cầu An Lạc

| Tổng mức | 100 tỷ |
"""

LONG = "Quy mô và vị trí của các công trình thủy lợi nhỏ trên địa bàn các xã miền núi"
TEXTS = pytest.mark.parametrize("path", [*sample_paths(), *shared_paths()], ids=lambda path: path.name)


def unit(kind: str, num: str | None = None, text: str = "", **fields: Any) -> Node:
    return Node(id="x", kind=kind, num=num, text=text, span=(0, 9), own=(0, 9), **fields)  # type: ignore[arg-type]


def note(text: str, at: int) -> Block:
    return Block(kind="note", text=text, span=(at, at + 1))


def doc(**parts: Any) -> Resolution:
    return Resolution(source=Source(sha256="", text=""), **parts)


def tree(resolution: Resolution) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    stack = [(node, 0) for node in reversed((*resolution.body, *resolution.attachments))]
    while stack:
        node, depth = stack.pop()
        cells = [[cell.text for cell in row] for row in node.rows]
        found.append((depth, node.kind, node.num, node.marker, node.heading, node.text, node.quoted, cells))
        stack += [(child, depth + 1) for child in reversed(node.children)]
    return found


def again(text: str) -> Resolution:
    return vr.parse(text, media_type="text/plain")


def test_the_small_resolution() -> None:
    assert SMALL.to_text() == SMALL_TEXT


@TEXTS
def test_the_text_is_read_back_as_the_same_tree(path: Any) -> None:
    read = vr.parse(text_of(path), media_type=media_type_of(path))
    assert tree(again(read.to_text())) == tree(read)


@TEXTS
def test_the_text_of_the_text_is_the_same(path: Any) -> None:
    read = vr.parse(text_of(path), media_type=media_type_of(path))
    text = read.to_text()
    assert again(text).to_text() == text


@TEXTS
def test_bases_and_identity_are_read_back(path: Any) -> None:
    read = vr.parse(text_of(path), media_type=media_type_of(path))
    same = again(read.to_text())
    assert [(b.kind, b.text) for b in same.preamble.bases] == [(b.kind, b.text) for b in read.preamble.bases]
    assert (same.meta.number, same.meta.issued, same.meta.adopted) == (
        read.meta.number, read.meta.issued, read.meta.adopted,
    )  # fmt: skip


def test_an_empty_resolution_is_no_text() -> None:
    assert to_text(doc()) == ""


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (unit("bullet", "-", marker="-", heading="Mức chi", children=(unit("bullet", "+", "Cấp xã.", marker="+"),)),
         "- Mức chi:\n\n+ Cấp xã.\n"),
        (unit("article", "2", marker="Điều 2.", heading=LONG), f"**Điều 2. {LONG}**\n"),
        (unit("article", "2", marker="Điều 2.", heading="Phạm vi"), "Điều 2. Phạm vi\n"),
        (unit("article", "2", "Nội dung.", marker="Điều 2"), "Điều 2\n\nNội dung.\n"),
        (unit("chapter", "I", marker="Chương I", heading="QUY ĐỊNH CHUNG"), "Chương I\n\nQUY ĐỊNH CHUNG\n"),
        (unit("clause", "1", "tỷ lệ 3 | 4", marker="1."), "1. tỷ lệ 3 \\| 4\n"),
        (unit("paragraph", None, "# 5"), "\\# 5\n"),
        (unit("clause", "7"), "7\n"),
        (unit("table", rows=((Cell(text="a|b", span=(0, 0)), Cell(text="", span=(0, 0))), ())), "| a\\|b | |\n"),
        (unit("appendix", "1", marker="Phụ lục 1", heading="DANH MỤC", heading_span=(5, 6),
              notes=(note("(SỬA ĐỔI)", 3), note("(Kèm theo)", 7))),
         "Phụ lục 1 (SỬA ĐỔI)\n\nDANH MỤC\n\n(Kèm theo)\n"),
        (unit("appendix", "1", marker="Phụ lục 1", heading="Danh mục", heading_span=(5, 6)),
         "Phụ lục 1\n\n**Danh mục**\n"),
        (unit("appendix", "", marker="QUY ĐỊNH", notes=(note("QUY ĐỊNH", 0),)), "QUY ĐỊNH\n"),
    ],
)  # fmt: skip
def test_forms(node: Node, text: str) -> None:
    assert to_text(doc(body=(node,))) == text


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ([("recipients_label", "Nơi nhận:"), ("recipient", "-"), ("recipient", "Như Điều 3;")],
         "Nơi nhận:\n- Như Điều 3;\n"),
        ([("signature_role", "CHỦ TỊCH"), ("signature_name", "A")], "CHỦ TỊCH\n\nA\n"),
    ],
)  # fmt: skip
def test_closings(blocks: list[tuple[str, str]], text: str) -> None:
    closing = tuple(Block(kind=kind, text=words, span=(at, at)) for at, (kind, words) in enumerate(blocks))
    assert to_text(doc(closing=closing)) == text


def test_two_columns_of_a_header_stand_on_two_lines() -> None:
    title = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    block = Block(kind="national_title", text=f"{title} Độc lập - Tự do - Hạnh phúc", span=(0, 1))
    assert to_text(doc(header=(block,))) == f"{title}\n\nĐộc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize(
    "words",
    [
        "a * b", "*a* và **b**", r"*mức \*thu*", r"\\* \# \_", "_x_ a_b __", "`x`", "<b>đậm</b> <br>", "x<5 và y>6",
        "a|b", "&nbsp;", "(*) 5%", "# 5", "> 6", "*Ghi chú", "a <br> b", "R&D; Q&A",
    ],
)  # fmt: skip
def test_signs_of_the_text_are_read_back(words: str) -> None:
    nodes = (
        unit("clause", "1", f"Đã thu {words} đồng.", marker="1."), unit("bullet", "*", f"Đã chi {words}.", marker="*"),
        unit("table", rows=((Cell(text=words, span=(0, 0)),) * 2,)),
    )  # fmt: skip
    read = [node for top in again(to_text(doc(body=nodes))).body for node in top.walk()]
    assert [node.text for node in read[:2]] == [f"Đã thu {words} đồng.", f"Đã chi {words}."]
    assert [cell.text for cell in read[2].rows[0]] == [words, words]


@given(resolutions)
def test_anything_has_a_text_that_can_be_parsed(made: Resolution) -> None:
    text = to_text(made)
    vr.parse(text, media_type="text/plain")


@given(tidy_resolutions)
def test_places_are_those_of_the_words(made: Resolution) -> None:
    printer = Printer()
    printer.document(made)
    text = printer.text()
    nodes = [*(n for top in made.body for n in top.walk()), *(n for top in made.attachments for n in top.walk())]
    for node, places in zip(nodes, printer.units, strict=True):
        shown = [(node.heading or "", places.heading), (node.text, places.text)]
        shown += zip((cell.text for row in node.rows for cell in row), places.cells, strict=True)
        for words, place in shown:
            escapes = {start for (start, _), kind in printer.marks if kind == "markdown"}
            assert "".join(text[k] for k in range(*place) if k not in escapes) == words

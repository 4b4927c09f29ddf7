"""Labels and anchor lines that a recogniser misread are put right where the words around them say what they were."""

from __future__ import annotations

import pytest

from vn_resolution.sources.pdf_columns import Line, PageItems
from vn_resolution.sources.pdf_words import PageWords, Word
from vn_resolution.sources.scan_anchors import drop_specks, mend_anchors
from vn_resolution.sources.scan_labels import mend_labels


def items(*texts: str, confidence: float = 80.0) -> PageItems:
    page = PageItems(PageWords(1, 595, 842, []))
    for k, text in enumerate(texts):
        words = [
            Word(w, 80.0 + 30 * n, 105.0 + 30 * n, 100.0 + 20 * k, 13, False, confidence)
            for n, w in enumerate(text.split())
        ]
        page.items.append(Line(words, 1))
    return page


def labels(page: PageItems) -> list[str]:
    return [item.text.split()[0] for item in page.items if isinstance(item, Line)]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        (["I. Mục tiêu", "H. Nhiệm vụ", "II. Tổ chức"], ["I.", "II.", "III."]),
        (["a) Rừng", "b) Nước", "c) Đường", "d) Trường", "d) Trạm"], ["a)", "b)", "c)", "d)", "đ)"]),
        (["d) Trường", "ä) Trạm", "e) Chợ", "ø) Cầu"], ["d)", "đ)", "e)", "g)"]),
        (["4. Rừng", "S. Nước"], ["4.", "5."]),
        (["1. Rừng", "2, Nước"], ["1.", "2."]),
        (["L. Kết quả", "H. Tồn tại"], ["I.", "II."]),
        (["4. Rừng", "9. Nước", "6. Đường"], ["4.", "5.", "6."]),
        (["“1. Rừng", "“3, Nước"], ["“1.", "“3."]),
    ],
)
def test_labels(seen: list[str], meant: list[str]) -> None:
    page = items(*seen)
    mend_labels([page])
    assert labels(page) == meant


@pytest.mark.parametrize(
    "texts",
    [
        ["A. Đánh giá", "B. Nhiệm vụ", "C. Tổ chức"],
        ["1. Rừng", "2. Nước", "1. Đường"],
        ["c) Một", "d) Hai", "đ) Ba", "e) Bốn", "g) Năm", "h) Sáu", "i) Bảy"],
        ["B. Nhiệm vụ", "I. Kinh tế", "II. Xã hội"],
        ["- Một", "Không nhãn gì cả", "Điều 1. Phạm vi"],
    ],
)
def test_sound_labels_stay(texts: list[str]) -> None:
    page = items(*texts)
    before = labels(page)
    mend_labels([page])
    assert labels(page) == before


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("HỘI ĐÓNG NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"),
        ("PHO CHU TỊCH", "PHÓ CHỦ TỊCH"),
        ("NGHỊ QUYÉT", "NGHỊ QUYẾT"),
        ("(Ð ã ký)", "(Đã ký)"),
        ("HỌI ĐỒNG NHÂN DÂN TỈNH SƠN HẢI", "HỘI ĐỒNG NHÂN DÂN TỈNH SƠN HẢI"),
        ("QUYÊT NGHI:", "QUYẾT NGHỊ:"),
        ("Hội đồng nhân dân giao sở", "Hội đồng nhân dân giao sở"),
        ("CHỦ TRÌ", "CHỦ TRÌ"),
    ],
)
def test_anchor_lines(seen: str, meant: str) -> None:
    page = items(seen)
    mend_anchors([page])
    assert [item.text for item in page.items if isinstance(item, Line)] == [meant]


def in_columns(left: list[str], right: list[str]) -> PageItems:
    page = items(*left, *right)
    for k, item in enumerate(page.items):
        assert isinstance(item, Line)
        item.column = 1 if k < len(left) else 2
    return page


def test_the_head_of_the_recipients_is_known_by_its_place() -> None:
    page = in_columns(["NuinNAuU", "- Chính phủ;", "- Lưu: VT."], ["CHỦ TỊCH", "Lò Thị Mận"])
    mend_anchors([page])
    assert next(item.text for item in page.items if isinstance(item, Line)) == "Nơi nhận:"
    page = in_columns(["v2 kê Ã h", "- Chính phủ;", "- Lưu: VT."], ["CHỦ TỊCH", "Lò Thị Mận"])
    mend_anchors([page])
    assert next(item.text for item in page.items if isinstance(item, Line)) == "Nơi nhận:"
    page = in_columns(["Thi hành Nghị quyết này", "- Chính phủ;"], ["CHỦ TỊCH", "Lò Thị Mận"])
    mend_anchors([page])
    assert next(item.text for item in page.items if isinstance(item, Line)) == "Thi hành Nghị quyết này"
    page = in_columns(["Biểu số 1", "- Chính phủ;"], ["Lò Thị Mận"])
    mend_anchors([page])
    assert next(item.text for item in page.items if isinstance(item, Line)) == "Biểu số 1"


def test_specks_between_lines_are_dropped_and_counted() -> None:
    page = items("CHỦ TỊCH", "~ l", "a)", confidence=50.0)
    page.items += items("12", confidence=96.0).items
    drop_specks([page])
    assert [item.text for item in page.items if isinstance(item, Line)] == ["CHỦ TỊCH", "12"]
    assert page.page.lost["specks"] == 3


def test_what_was_read_is_kept() -> None:
    page = items("I. Mục tiêu", "H. Nhiệm vụ")
    mend_labels([page])
    line = page.items[1]
    assert isinstance(line, Line) and line.words[0].seen == "H."

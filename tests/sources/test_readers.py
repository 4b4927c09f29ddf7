"""Every format goes the same way: `parse` tells what it is, its reader makes text of it, one parser reads that."""

from __future__ import annotations

import io

import pytest

import vn_resolution as vr

PAGE = """<html><head><meta charset="utf-8"></head><body><p>HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ LÂM</p><p>Số: 12/NQ-HĐND</p>
<p>NGHỊ QUYẾT</p><p>Về nhiệm vụ năm 2024</p><p>QUYẾT NGHỊ:</p><p>Điều 1. Chỉ tiêu chủ yếu</p>
<ol><li>Tốc độ tăng trưởng kinh tế đạt 8,5%.</li><li>Thu ngân sách 900 tỷ đồng.</li></ol></body></html>"""


@pytest.mark.parametrize("kind", [None, "text/html", "text/html; charset=utf-8"])
def test_html_with_the_numbers_that_only_the_browser_shows(kind: str | None) -> None:
    doc = vr.parse(PAGE.encode(), name="nghi-quyet.html", media_type=kind)
    first, second = doc.body[0].children
    assert (first.kind, first.num, first.generated) == ("clause", "1", True)
    assert second.text == "Thu ngân sách 900 tỷ đồng."
    assert doc.source.text[slice(*second.text_span or (0, 0))] == second.text
    assert [q.text for q in doc.quantities] == ["8,5%", "900 tỷ đồng"]


def test_a_stream_and_bytes_are_read_alike() -> None:
    assert vr.parse(io.BytesIO(PAGE.encode()), name="a.html") == vr.parse(PAGE.encode(), name="a.html")


def test_a_string_is_text_whatever_it_looks_like() -> None:
    assert vr.parse(PAGE, media_type="text/plain").source.text == PAGE

"""Sentences of resolutions: what ends one, and the full stops that end none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_resolution.extract.sentences import split_sentences

WHOLE = [
    "Các phường của TP. Huế hoàn thành trong năm.",
    "Thực hiện Chỉ thị CT.08 của Ban Thường vụ.",
    "Đ/c. Nguyễn Văn A chủ trì cuộc họp.",
    "Theo TT. Bộ Tài chính, mức này được giữ nguyên.",
    "Thu ngân sách 9.878,5 tỷ đồng.",
    "Diện tích 12. 500 ha được trồng mới.",
    "1. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.",
    "a. Sở Tài chính báo cáo.",
    "II. Nhiệm vụ và giải pháp",
    "Trước ngày 14.5.2016 phải hoàn thành.",
    "Các công trình (cầu, đường. Trường học) được đầu tư.",
    "Thay cụm từ “tỉnh. Huyện” bằng cụm từ khác.",
    "Đường, cầu, cống… được nâng cấp.",
    "Đường, cầu, cống ... được nâng cấp.",
    "PGS.TS. Trần Văn B phát biểu",
    "Đoạn từ Q.1 đến Q. Bình Thạnh được mở rộng.",
    "Kinh phí 1.200 tr.đ. Do ngân sách tỉnh bảo đảm.",
    "UBND Tp. Hồ Chí Minh phối hợp thực hiện.",
    "UBND TP.Huế và Sở GTVT.TP phối hợp.",
    "Các hội nghị, hội thảo, v.v. Tùy tình hình thực tế.",
    "Đường ĐT.605 nối QL.14B tại nhà A.1. Trụ sở Ủy ban.",
    "H. Đông Anh, X. Hải Bối, TT. Đông Anh.",
    "Thông báo số 12.TB/TU của Tỉnh ủy.",
    "Rà soát quy hoạch…; Báo cáo kết quả",
    "",
    "   ",
    ".",
    "…",
]
SPLIT = [
    ("Giao Sở Y tế báo cáo. Sở Tài chính bố trí vốn.", ["Giao Sở Y tế báo cáo.", "Sở Tài chính bố trí vốn."]),
    ("Thực hiện theo Điều 3. Nghị quyết này có hiệu lực.", ["Thực hiện theo Điều 3.", "Nghị quyết này có hiệu lực."]),
    ("Thu đạt 12%. Chi đạt 8%.", ["Thu đạt 12%.", "Chi đạt 8%."]),
    ("Đầu tư cầu, đường, điện… Tập trung giải ngân.", ["Đầu tư cầu, đường, điện…", "Tập trung giải ngân."]),
    ("Đầu tư cầu, đường... Tập trung giải ngân.", ["Đầu tư cầu, đường...", "Tập trung giải ngân."]),
    ("Thực hiện theo khoản 1.2. Giao Sở Y tế.", ["Thực hiện theo khoản 1.2.", "Giao Sở Y tế."]),
    ("Làm gì? Làm ngay!", ["Làm gì?", "Làm ngay!"]),
    ("Nâng cao hiệu quả.Tập trung giải ngân.", ["Nâng cao hiệu quả.", "Tập trung giải ngân."]),
    ("Thu đạt 95%.Chi đúng dự toán năm 2025.Báo cáo.", ["Thu đạt 95%.", "Chi đúng dự toán năm 2025.", "Báo cáo."]),
    ("Hoàn thành năm 2025. 2. Giao Sở Y tế.", ["Hoàn thành năm 2025.", "2. Giao Sở Y tế."]),
    ("Làm tốt công tác này . Đẩy mạnh tuyên truyền .", ["Làm tốt công tác này .", "Đẩy mạnh tuyên truyền ."]),
    ("Theo Nghị quyết số 57-NQ/TW. Giao Sở Nội vụ.", ["Theo Nghị quyết số 57-NQ/TW.", "Giao Sở Nội vụ."]),
    ("Bổ sung: “Điều 5. Mức chi.” Khoản 2 giữ nguyên.", ["Bổ sung: “Điều 5. Mức chi.” Khoản 2 giữ nguyên."]),
    ("Rà soát (theo quy định). Hoàn thành trước năm 2025. Báo cáo.",
     ["Rà soát (theo quy định).", "Hoàn thành trước năm 2025.", "Báo cáo."]),
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_no_end_inside(text: str) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == ([text.strip()] if text.strip() else [])


@pytest.mark.parametrize(("text", "sentences"), SPLIT)
def test_ends(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text(alphabet='aĐA1 .…:;()“”"?!', max_size=60))
def test_sentences_are_in_order_and_lose_no_word(text: str) -> None:
    spans = split_sentences(text)
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()

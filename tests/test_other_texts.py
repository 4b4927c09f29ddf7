"""Texts that are no resolution, or half of one: a result that says so, nothing lost, valid XML."""

from __future__ import annotations

from pathlib import Path

import pytest

import vn_resolution as vr
from support.promises import all_faults
from support.texts import sample_paths, text_of

NOVEL = """Chương một

Buổi sáng hôm ấy, ông lão ngồi bên hiên nhà, nhìn ra con đường đất đỏ chạy dài về phía núi. Đã ba năm rồi, kể từ
ngày người con trai cả xuống tàu, ông không nhận được lá thư nào.

— Cha đợi gì thế? — cô con gái hỏi.

— Đợi mưa, — ông đáp, rồi cười. Cô biết ông nói dối: năm nay mưa đến từ tháng 4, ruộng nhà ai cũng đủ nước.

Cô đặt chén trà xuống bàn. 20 đồng bạc, số tiền cuối cùng của cả nhà, nằm dưới đáy chén.
"""
LAW = """WATER ACT 2011

PART I
PRELIMINARY

1. Short title
This Act may be cited as the Water Act 2011.

2. Interpretation
(1) In this Act, unless the context otherwise requires—
(a) "authority" means the authority established under section 4;
(b) "licence" means a licence issued under this Act.
(2) A fee of $1,250.50 is payable within 30 days.

PART II
THE AUTHORITY

3. Establishment
There is established a Water Authority.
"""


@pytest.mark.parametrize("text", [NOVEL, LAW], ids=["novel", "English law"])
def test_what_is_no_resolution_is_said_to_be_none(text: str) -> None:
    doc = vr.parse(text, media_type="text/plain")
    assert not all_faults(doc)
    assert {"D001", "D002"} <= {d.code for d in doc.diagnostics}
    assert doc.meta.number is None
    assert doc.meta.issuer is None
    assert doc.indicators == doc.tasks == ()


def test_an_english_law_has_its_tree_all_the_same() -> None:
    doc = vr.parse(LAW, media_type="text/plain")
    assert [(n.kind, n.marker) for n in doc.walk() if n.num] == [
        ("clause", "1."), ("clause", "2."), ("clause", "(1)"), ("point", "(a)"), ("point", "(b)"), ("clause", "(2)"),
        ("clause", "3."),
    ]  # fmt: skip


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
@pytest.mark.parametrize("share", [0.15, 0.5, 0.85])
def test_half_a_resolution(path: Path, share: float) -> None:
    text = text_of(path)
    half = text[: int(len(text) * share)]
    doc = vr.parse(half, media_type="text/plain")
    assert not all_faults(doc)
    adopted = vr.parse(path).meta.adopted
    assert ("D004" in {d.code for d in doc.diagnostics}) == (doc.meta.adopted != adopted)


@pytest.mark.slow
def test_ten_megabytes() -> None:
    text = NOVEL * (10_000_000 // len(NOVEL))
    doc = vr.parse(text, media_type="text/plain")
    assert not all_faults(doc)

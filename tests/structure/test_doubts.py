"""What the structure stage doubts: labels out of step, and lines of which it does not know what they are."""

from __future__ import annotations

import pytest

import vn_resolution as vr
from tests.structure.support import HEAD as FRAME
from tests.structure.support import TAIL, parse

HEAD = "HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\n"


def doubts(text: str) -> list[tuple[str, str, str]]:
    doc = vr.parse(text, media_type="text/plain")
    found = [(d.code, d.message, d.span) for d in doc.diagnostics if d.code[0] == "N"]
    return [(code, message, text[slice(*span)].strip() if span else "") for code, message, span in found]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("Điều 1. | Điều 2.", []),
        ("Điều 1. | Điều 3.", [("N001", "Điều 3. follows Điều 1.: 1 missing in between", "Điều 3.")]),
        ("Điều 1. | Điều 5.", [("N001", "Điều 5. follows Điều 1.: 3 missing in between", "Điều 5.")]),
        ("Điều 1. | Điều 2. | Điều 2.", [("N002", "Điều 2. appears again", "Điều 2.")]),
        ("Điều 1. | Điều 3. | Điều 2.", [
            ("N001", "Điều 3. follows Điều 1.: 1 missing in between", "Điều 3."),
            ("N010", "Điều 2. stands after Điều 3., which comes later", "Điều 2."),
        ]),
        ("Chương I | Chương III", [("N001", "Chương III follows Chương I: 1 missing in between", "Chương III")]),
        ("Chương I | Chương II | Chương II", [("N002", "Chương II appears again", "Chương II")]),
    ],
)  # fmt: skip
def test_labels_out_of_step(labels: str, expected: list[tuple[str, str, str]]) -> None:
    units = "".join(f"{label} Nội dung.\n\n" for label in labels.split(" | "))
    assert doubts(HEAD + units) == expected


def test_a_line_that_nothing_explains_has_a_doubt_at_its_place() -> None:
    text = "Trang chủ tin tức\n\nNGHỊ QUYẾT\n\nVề việc x\n\nĐiều 1. Nội dung.\n"
    assert doubts(text) == [("N009", "this text stands outside every unit that was recognised", "Trang chủ tin tức")]


def told(text: str, code: str) -> list[str]:
    doc = parse(text)
    return [doc.source.text[slice(*found.span)] for found in doc.diagnostics if found.code == code and found.span]


def test_text_outside_every_unit_is_told_once_a_run() -> None:
    text = (
        FRAME.replace("NGHỊ", "Bản lưu hành\nnội bộ\nNGHỊ", 1)
        + "Lời nói đầu.\n\nĐoạn hai.\n\nĐiều 1. Giao Sở.\nTiếp.\n"
        + TAIL
    )
    assert told(text, "N009") == ["Bản lưu hành\nnội bộ", "Lời nói đầu.\n\nĐoạn hai."]


def test_a_resolution_of_known_parts_has_no_such_doubt() -> None:
    assert told(FRAME + "Điều 1. Giao Sở Tài chính.\n" + TAIL, "N009") == []


def test_a_flattened_table_of_uneven_rows_is_doubtful() -> None:
    even = "|\nTT\n|\nMức\n|\n|\n1\n|\n5\n|\n|\n2\n|\n|\n"
    assert told("Điều 1. Bảng:\n" + even, "N008") == []
    assert told("Điều 1. Bảng:\n" + even.replace("1\n|\n5", "1\n|\n5\n|\n6"), "N008") == [
        "TT\n|\nMức\n|\n|\n1\n|\n5\n|\n6\n|\n|\n2"
    ]

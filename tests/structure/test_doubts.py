"""Doubts that are told: what stands outside all that is known, and tables whose rows cannot be told apart."""

from __future__ import annotations

from tests.structure.support import HEAD, TAIL, parse


def told(text: str, code: str) -> list[str]:
    doc = parse(text)
    return [doc.source.text[slice(*found.span)] for found in doc.diagnostics if found.code == code and found.span]


def test_text_outside_every_unit_is_told_once_a_run() -> None:
    text = (
        HEAD.replace("NGHỊ", "Bản lưu hành\nnội bộ\nNGHỊ", 1)
        + "Lời nói đầu.\n\nĐoạn hai.\n\nĐiều 1. Giao Sở.\nTiếp.\n"
        + TAIL
    )
    assert told(text, "N009") == ["Bản lưu hành\nnội bộ", "Lời nói đầu.\n\nĐoạn hai."]


def test_a_resolution_of_known_parts_has_no_such_doubt() -> None:
    assert told(HEAD + "Điều 1. Giao Sở Tài chính.\n" + TAIL, "N009") == []


def test_a_flattened_table_of_uneven_rows_is_doubtful() -> None:
    even = "|\nTT\n|\nMức\n|\n|\n1\n|\n5\n|\n|\n2\n|\n|\n"
    assert told("Điều 1. Bảng:\n" + even, "N008") == []
    assert told("Điều 1. Bảng:\n" + even.replace("1\n|\n5", "1\n|\n5\n|\n6"), "N008") == [
        "TT\n|\nMức\n|\n|\n1\n|\n5\n|\n6\n|\n|\n2"
    ]

"""The eIds of sentences that close a unit: paragraphs of its wrapUp."""

from __future__ import annotations

import pytest

import vn_resolution as vr
from vn_resolution.structure.eids import closing_from

HEAD = "HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\n"


@pytest.mark.parametrize(
    ("kind", "plain", "first"),
    [
        ("article", [False, False, True], 2),
        ("article", [False, True, True], 1),
        ("article", [True, False], 2),
        ("article", [True, True], 2),
        ("article", [], 0),
        (None, [False, True], 2),
        ("appendix", [False, True], 2),
    ],
)
def test_where_closing_sentences_begin(kind: str | None, plain: list[bool], first: int) -> None:
    assert closing_from(kind, plain) == first


def test_the_parser_names_them_as_akoma_ntoso_does() -> None:
    text = (
        HEAD
        + "Điều 1. Mức thu như sau:\n\n| Loại | Mức |\n| --- | --- |\n| A | 5 |\n\nMức trên gồm thuế.\n\nĐiều 2. Hết.\n"
    )
    doc = vr.parse(text, media_type="text/plain")
    assert [node.id for node in doc.walk()] == ["art_1", "art_1__hcontainer_1__table_1", "art_1__wrapup__p_1", "art_2"]
    assert b'<wrapUp><p eId="art_1__wrapup__p_1">' in doc.to_akn()
    assert vr.Resolution.from_akn(doc.to_akn()) == doc

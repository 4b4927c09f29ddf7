"""The gazette that a resolution stands in, from the heads of its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import vn_resolution as vr
from vn_resolution.extract.publication import find_publication
from vn_resolution.grammar import load_grammar
from vn_resolution.model import Artifact, Source


def found(head: str, kind: str = "running_header") -> tuple[str, str | None, str | None] | None:
    source = Source(sha256="", text=f"x {head}", artifacts=(Artifact(kind=kind, span=(2, 2 + len(head))),))
    published = find_publication(source, load_grammar())
    return published and (published.name, published.number, published.date)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("CÔNG BÁO/Số 15/Ngày 10-01-2024", ("Công báo", "15", "2024-01-10")),
        ("2   CÔNG BÁO/HÀ NỘI/Số 12 + 13/Ngày 10-02-2017", ("Công báo Hà Nội", "12 + 13", "2017-02-10")),
        ("CÔNG BÁO TỈNH AN LẠC   Số 35 - 15/6/2009", ("Công báo Tỉnh An Lạc", "35", "2009-06-15")),
        ("Công báo thành phố Huế, số 7, ngày 01/02/2020", ("Công báo thành phố Huế", "7", "2020-02-01")),
        ("CÔNG BÁO/Số 15/Ngày 31-02-2024", None),
        ("CÔNG BÁO/Số 15", None),
        ("HỘI ĐỒNG NHÂN DÂN", None),
    ],
)
def test_page_heads(head: str, expected: tuple[str, str, str] | None) -> None:
    assert found(head) == expected


def test_only_heads_of_pages_count() -> None:
    assert found("CÔNG BÁO/Số 15/Ngày 10-01-2024", "rule") is None


def test_without_the_rule_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "effective.toml").write_text('[[gazette]]\nid = "gazette"\nremove = true\n', encoding="utf-8")
    head = "CÔNG BÁO/Số 15/Ngày 10-01-2024"
    source = Source(sha256="", text=head, artifacts=(Artifact(kind="running_header", span=(0, len(head))),))
    assert find_publication(source, load_grammar(tmp_path)) is None


def test_a_copy_from_the_gazette() -> None:
    text = (
        "CÔNG BÁO/Số 15/Ngày 10-01-2024\n\nHỘI ĐỒNG NHÂN DÂN\nTỈNH AN LẠC\n\nSố: 3/NQ-HĐND\n\nNGHỊ QUYẾT\n"
        "Về thu phí\n\nQUYẾT NGHỊ:\n\nĐiều 1. Quy định mức thu phí như sau:\n\n"
        "2   CÔNG BÁO/Số 15/Ngày 10-01-2024\n\nĐiều 2. Hết.\n"
    )
    doc = vr.parse(text, media_type="text/plain")
    published = doc.meta.publication
    assert published is not None
    assert (published.name, published.number, published.date) == ("Công báo", "15", "2024-01-10")
    assert text[slice(*published.span)] == "CÔNG BÁO/Số 15/Ngày 10-01-2024"
    assert doc.meta.number == "3/NQ-HĐND"
    assert [node.text for node in doc.body] == ["Quy định mức thu phí như sau:", "Hết."]
    assert b'<publication date="2024-01-10" name="C\xc3\xb4ng b\xc3\xa1o"' in doc.to_akn()
    assert vr.Resolution.from_akn(doc.to_akn()) == doc

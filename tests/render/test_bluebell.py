"""bluebell as a judge: it finds no eId to change, and its plain text leads back to the same words.

bluebell-akn 5 needs Python 3.12 or later: elsewhere these tests skip.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from lxml import etree

import vn_resolution as vr
from render.models import printed, resolutions
from render.small import SMALL
from support.promises import loss, misprints, tree_faults, value_faults
from support.texts import sample_paths, shared_paths
from vn_resolution.model import Node, Resolution
from vn_resolution.render.akn import AKN, to_akn
from vn_resolution.structure.eids import clean_number

bluebell_xml = pytest.importorskip("bluebell.xml")
bluebell_parser = pytest.importorskip("bluebell.parser")
APART = [f"{{{AKN}}}{tag}" for tag in ("p", "num", "heading", "subheading", "br", "listIntroduction")]
PARTS = ("preface", "preamble", "body", "conclusions", "attachment")


def changed(doc: Resolution) -> list[str]:
    """The eIds that bluebell would change, or add. It takes the whole label for the number and knows no words like
    "Điều", so it is given the number alone wherever the eId shows another one than the label."""
    root = etree.fromstring(to_akn(doc))
    numbers = {node.id: node.num for node in doc.walk()}
    for element in root.iter():
        label = element.find(f"{{{AKN}}}num")
        number = numbers.get(element.get("eId"))
        if label is not None and number and clean_number(label.text or "") != clean_number(number):
            label.text = number
    before = [element.get("eId") for element in root.iter()]
    bluebell_xml.IdGenerator().rewrite_all_eids(root)
    after = [element.get("eId") for element in root.iter()]
    return [f"{old} → {new}" for old, new in zip(before, after, strict=True) if old != new]


def words(root: Any, part: str) -> list[str]:
    """The words of a part; text that spans and marks cut is whole again."""
    for element in root.iter(*APART):
        element.tail = f" {element.tail or ''}"
    text = " ".join("".join(element.itertext()) for element in root.iter(f"{{{AKN}}}{part}"))
    return re.findall(r"\w+", text)


def test_bluebell_finds_no_eid_to_change_in_the_small_resolution() -> None:
    assert changed(SMALL) == []


@given(resolutions)
def test_bluebell_finds_no_eid_to_change_anywhere(doc: Resolution) -> None:
    # Labels are taken away here: a label that contradicts its number makes another eId for one who sees it alone.
    data = to_akn(_labelled_by_number(doc))
    root = etree.fromstring(data)
    before = [element.get("eId") for element in root.iter()]
    bluebell_xml.IdGenerator().rewrite_all_eids(root)
    assert [element.get("eId") for element in root.iter()] == before


@pytest.mark.parametrize("path", [*sample_paths(), *shared_paths()], ids=lambda path: path.name)
def test_bluebell_finds_no_eid_to_change_in_real_texts(path: Any) -> None:
    assert changed(vr.parse(path)) == []


TEXTS = [*sample_paths(), *shared_paths()]
SHORT = 20_000
"""Bytes: bluebell's parser takes seconds for longer texts, which are for the long form."""


def through_bluebell(data: bytes) -> Any:
    """The document, unparsed to bluebell's plain text and parsed again."""
    uri = pytest.importorskip("cobalt").FrbrUri.parse("/akn/vn/act/nghi-quyet/hdnd/2024/1")
    parser = bluebell_parser.AkomaNtosoParser(uri)
    return parser.parse_to_xml(parser.unparse(data), "act")


def check_text(path: Any) -> None:
    """The text of all parts survives, and what bluebell made of it is read by this library without a word lost."""
    data = to_akn(vr.parse(path))
    again = through_bluebell(data)
    made = etree.tostring(again)
    for part in PARTS:
        assert words(again, part) == words(etree.fromstring(data), part), part
    read = Resolution.from_akn(made)
    assert loss(read) + misprints(read) + tree_faults(read) + value_faults(read) == []
    shown = Counter(re.findall(r"\w+", " ".join(printed(read))))
    assert not Counter(word for part in PARTS for word in words(etree.fromstring(made), part)) - shown


@pytest.mark.parametrize("path", [p for p in TEXTS if p.stat().st_size < SHORT], ids=lambda path: path.name)
def test_words_survive_bluebell(path: Any) -> None:
    check_text(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", [p for p in TEXTS if p.stat().st_size >= SHORT], ids=lambda path: path.name)
def test_words_of_long_texts_survive_bluebell(path: Any) -> None:
    check_text(path)


def _labelled_by_number(doc: Resolution) -> Resolution:
    """Without labels, and without rows where the model has none (in nodes that are no tables)."""

    def bare(node: Node) -> Node:
        children = tuple(map(bare, node.children))
        rows = node.rows if node.kind == "table" else ()
        return node.model_copy(update={"marker": None, "children": children, "rows": rows})

    return doc.model_copy(update={"body": tuple(map(bare, doc.body)), "attachments": tuple(map(bare, doc.attachments))})

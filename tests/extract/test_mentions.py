"""The suite of names (data/mentions.txt), what makes a list of definitions, and the names of a whole document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr
from vn_resolution.extract.mentions import find_mentions, opens_definitions
from vn_resolution.grammar import Grammar, fold, load_grammar

Found = tuple[str, str, str]


def read_suite(path: Path) -> list[tuple[str, list[Found]]]:
    cases: list[tuple[str, list[Found]]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("    "):
            quote, kind, name = [*map(str.strip, line.split("|")), ""][:3]
            cases[-1][1].append((kind, quote, name or quote))
        elif line and not line.startswith("#"):
            cases.append((line, []))
    return cases


SUITE = read_suite(Path(__file__).parent / "data" / "mentions.txt")


def found(case: str, grammar: Grammar) -> list[Found]:
    text = case.removeprefix("defines: ")
    matches = find_mentions(text, fold(text), grammar, defining=text != case)
    return [(match.kind, text[match.start : match.end], match.name) for match in matches]


@pytest.mark.parametrize(("case", "expected"), SUITE, ids=[case[:60] for case, _ in SUITE])
def test_the_suite(case: str, expected: list[Found]) -> None:
    assert found(case, load_grammar()) == expected


def _without(tmp_path: Path, section: str, id_: str) -> Grammar:
    (tmp_path / "mentions.toml").write_text(f'[[{section}]]\nid = "{id_}"\nremove = true\n', encoding="utf-8")
    return load_grammar(tmp_path)


RULES = [(section, rule.id) for file, section, rule in load_grammar().all_rules() if file == "mentions"]


@pytest.mark.parametrize(("section", "id_"), RULES)
def test_no_rule_is_idle(tmp_path: Path, section: str, id_: str) -> None:
    """Without any one rule the suite, or what is taken for a list of definitions, is another."""
    grammar = _without(tmp_path, section, id_)
    if section == "definitions":
        assert not all(opens_definitions(fold(text), grammar) for text in DEFINING)
        return
    assert not all(found(case, grammar) == expected for case, expected in SUITE)


DEFINING = ["Giải thích từ ngữ", "Trong Nghị quyết này, các từ ngữ dưới đây được hiểu như sau:"]


@pytest.mark.parametrize("text", DEFINING)
def test_what_stands_over_definitions(text: str) -> None:
    assert opens_definitions(fold(text), load_grammar())


@pytest.mark.parametrize("text", ["Phạm vi điều chỉnh", "Thay cụm từ “a” bằng cụm từ “b”.", "nâng cao hiểu biết", ""])
def test_what_does_not(text: str) -> None:
    assert not opens_definitions(fold(text), load_grammar())


@given(st.text(st.sampled_from("ôngbàtỉhxãNVAđ.,()“”: \n-3sauđâygiltắ"), max_size=80))
def test_any_text_has_names_in_order_and_inside_it(text: str) -> None:
    matches = find_mentions(text, fold(text), load_grammar(), defining=True)
    assert all(0 <= match.start <= match.end <= len(text) for match in matches)
    assert matches == sorted(matches, key=lambda match: (match.start, -match.end))


TEXT = """\
HỘI ĐỒNG NHÂN DÂN TỈNH AN LẠC
NGHỊ QUYẾT
Về nhân sự

Căn cứ Nghị định số 8/2016/NĐ-CP ngày 25 tháng 01 năm 2016 của Chính phủ;

QUYẾT NGHỊ:

Điều 1. Bầu bà Trần Thị Bình giữ chức vụ Ủy viên.

Điều 2. Giải thích từ ngữ

1. Nhân sự là người được bầu tại tỉnh An Lạc.

Điều 3. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.
"""


def test_the_names_of_a_document() -> None:
    doc = vr.parse(TEXT, media_type="text/plain")
    assert [(m.kind, m.name, m.node) for m in doc.mentions] == [
        ("organization", "Chính phủ", "preamble__cits_1__cit_1"),
        ("person", "Trần Thị Bình", "art_1"),
        ("role", "Ủy viên", "art_1"),
        ("term", "Nhân sự", "art_2__para_1"),
        ("location", "tỉnh An Lạc", "art_2__para_1"),
        ("organization", "Ủy ban nhân dân tỉnh", "art_3"),
    ]
    assert all(doc.source.text[slice(*m.span)] == m.text for m in doc.mentions)
    assert [m.id for m in doc.mentions] == [f"name_{n}" for n in range(1, 7)]

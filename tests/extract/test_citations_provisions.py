"""Provisions: the paths that a reference names, and the units of a document that they resolve to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.test_citations import read
from vn_resolution.extract.provisions import provision_reader
from vn_resolution.extract.resolve import Places, resolve
from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import Node, NodeKind


def path(text: str) -> list[str]:
    """The paths of the provisions that begin a text, as "article 5 > clause 2 > point a"."""
    reader = provision_reader(load_grammar())
    folded = fold(text)
    provision = reader.read(text, folded, 0)
    assert provision is not None
    return [" > ".join(" ".join(step) for step in steps) for steps in reader.paths(folded, provision)]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Điều 5", ["article 5"]),
        ("điểm a khoản 2 Điều 5", ["article 5 > clause 2 > point a"]),
        ("Điều 5 khoản 2 điểm đ", ["article 5 > clause 2 > point đ"]),
        ("khoản 1, 2 và 5 Điều 7", ["article 7 > clause 1", "article 7 > clause 2", "article 7 > clause 5"]),
        ("Điều 3 đến Điều 6", ["article 3", "article 4", "article 5", "article 6"]),
        ("Khoản 3-5 Điều 2", ["article 2 > clause 3", "article 2 > clause 4", "article 2 > clause 5"]),
        ("khoản 1, điểm b khoản 2 Điều 13", ["article 13 > clause 1", "article 13 > clause 2 > point b"]),
        ("Điều 5, khoản 2 Điều 6", ["article 5", "article 6 > clause 2"]),
        ("Điều 5 khoản 2, khoản 3", ["article 5 > clause 2", "article 5 > clause 3"]),
        (
            "điểm c, d khoản 1 Điều 5 và điểm a khoản 2 Điều 9",
            ["article 5 > clause 1 > point c", "article 5 > clause 1 > point d", "article 9 > clause 2 > point a"],
        ),
        ("khoản 1 Điều này", ["article this > clause 1"]),
        ("điểm a khoản này", ["clause this > point a"]),
        ("khoản 4 mục II Điều 1", ["article 1 > section ii > clause 4"]),
        ("Chương II Mục 1 Điều 5", ["chapter ii > section 1 > article 5"]),
        ("Mục 1 Chương II", ["chapter ii > section 1"]),
        ("điểm c khoản 1.1 Điều 1", ["article 1 > clause 1.1 > point c"]),
        ("Mục I Phần IV Phụ lục I", ["appendix i > part iv > section i"]),
        ("điểm 2 mục II phần B", ["part b > section ii > point 2"]),
        ("gạch đầu dòng thứ 2 khoản 1 Điều 3", ["article 3 > clause 1 > bullet 2"]),
        ("dấu (+) thứ 3 điểm b khoản 2 Điều 1", ["article 1 > clause 2 > point b > bullet 3"]),
        ("dấu sao thứ 2 của khoản 4 Điều 1", ["article 1 > clause 4 > bullet 2"]),
        (
            "tiểu tiết (+) thứ 1, tiết (-) thứ 3 điểm b khoản 2 Điều 1",
            ["article 1 > clause 2 > point b > bullet 3 > bullet 1"],
        ),
        ("phần thứ nhất", ["part nhất"]),
    ],
)
def test_paths(text: str, paths: Sequence[str]) -> None:
    assert path(text) == list(paths)


def node(
    kind: NodeKind, num: str | None, eid: str, *children: Node, quoted: bool = False, heading: str | None = None
) -> Node:
    return Node(id=eid, kind=kind, num=num, span=(0, 0), own=(0, 0), children=children, quoted=quoted, heading=heading)


BODY = (
    node(
        "article", "1", "art_1",
        node("roman", "I", "art_1__sec_I", node("clause", "1", "art_1__sec_I__para_1")),
        node(
            "roman", "II", "art_1__sec_II",
            node("clause", "1", "art_1__sec_II__para_1"),
            node(
                "clause", "4", "art_1__sec_II__para_4",
                node("bullet", "-", "b1"), node("bullet", "-", "b2"),
            ),
        ),
    ),
    node(
        "article", "2", "art_2",
        node(
            "clause", "1", "art_2__para_1",
            node("clause", "1.1", "art_2__para_1__para_1-1", node("point", "c", "art_2__para_1__para_1-1__point_c")),
            node("point", "a", "art_2__para_1__point_a"),
            node("point", "đ", "art_2__para_1__point_đ"),
        ),
        node("clause", "2", "art_2__para_2"),
        node(
            "clause", "3", "art_2__para_3",
            node("article", "9", "q_art_9", node("clause", "2", "q_art_9__para_2", quoted=True), quoted=True),
        ),
    ),
)  # fmt: skip

ATTACHMENTS = (
    node("appendix", "I", "att_1", node("clause", "2", "att_1__para_2"), node("roman", "II", "att_1__sec_II")),
    node(
        "appendix", "02", "att_2",
        node("article", "2", "att_2__art_2", node("clause", "1", "att_2__art_2__para_1")),
        node("article", "5", "att_2__art_5", node("clause", "1", "att_2__art_5__para_1")),
    ),
    node("appendix", "03.1", "att_3"),
)  # fmt: skip

PLACES = Places(BODY, ATTACHMENTS)


TARGETS = [
    ("theo Điều 1", "art_2", "art_1"),
    ("tại Điều này", "art_2__para_1__point_a", "art_2"),
    ("khoản 2 Điều này", "art_2__para_1__point_a", "art_2__para_2"),
    ("điểm a khoản này", "art_2__para_1__point_đ", "art_2__para_1__point_a"),
    ("điểm đ khoản 1 Điều này", "art_2__para_2", "art_2__para_1__point_đ"),
    ("điểm d khoản 1 Điều này", "art_2__para_2", None),
    ("khoản 2 Điều 2 Nghị quyết này", "art_1", "art_2__para_2"),
    ("Điều 2 của Nghị quyết", "art_1", "art_2"),
    ("mục II Điều 1 Nghị quyết này", "art_2", "art_1__sec_II"),
    ("khoản 4 mục II Điều 1", "art_2", "art_1__sec_II__para_4"),
    ("gạch đầu dòng thứ 2 khoản 4 mục II Điều 1", "art_2", "b2"),
    ("gạch đầu dòng thứ 7 khoản 4 mục II Điều 1", "art_2", None),
    ("dấu (-) thứ 2 khoản 4 mục II Điều 1", "art_2", "b2"),
    ("tiết (-) thứ 1 khoản 4 mục II Điều 1", "art_2", "b1"),
    ("điểm c khoản 1.1 Điều 2 Nghị quyết này", "art_1", "art_2__para_1__para_1-1__point_c"),
    ("theo khoản 2", "art_2__para_1__point_a", "art_2__para_2"),
    ("theo khoản 4", "art_1__sec_II__para_1", "art_1__sec_II__para_4"),
    ("khoản 1 Điều 1", "art_2", None),
    ("theo Điều 7", "art_2", None),
    ("theo Điều 9", "art_2", None),
    ("tại Điều này", None, None),
    ("theo Điều 2", None, "art_2"),
    ("(Phụ lục I kèm theo)", "art_1", "att_1"),
    ("(Phụ lục 1 kèm theo)", "art_1", "att_1"),
    ("(phụ lục số 2)", "art_1", "att_2"),
    ("(phụ lục 03)", "art_1", None),
    ("Phụ lục kèm theo Nghị quyết này", "art_1", None),
    ("khoản 2 Phụ lục I kèm theo Nghị quyết này", "art_1", "att_1__para_2"),
    ("mục II Phụ lục I", "art_1", "att_1__sec_II"),
    ("Điều 5 Quy định này", "att_2__art_2", "att_2__art_5"),
    ("khoản 1 Điều 2 Quy định này", "att_2__art_5", "att_2__art_2__para_1"),
    ("khoản 1 Điều 2", "att_2__art_5", "att_2__art_2__para_1"),
    ("Điều 5 Quy chế ban hành kèm theo Nghị quyết này", "art_1", "att_2__art_5"),
    ("Điều 1 Nghị quyết này", "att_2__art_5", "art_1"),
    ("Điều 2 Nghị quyết này", "att_2__art_5", "art_2"),
    ("Điều 5 Nghị quyết này", "att_2__art_2", "att_2__art_5"),
    ("khoản 1 của mục này", "art_1__sec_II__para_4", "art_1__sec_II__para_1"),
    ("(phụ lục số 3.1)", "art_1", "att_3"),
    ("khoản 2 Điều 2 Nghị định này", "art_1", None),
    ("Điều 2 Luật Đất đai", "art_1", None),
    ("Sửa đổi khoản 2 Điều 2", "art_1", None),
]


def target(text: str, at: str | None, grammar: Grammar | None = None) -> str | None:
    """The eId that the first citation of a text in the node `at` points at."""
    matches = read(text, grammar)
    return resolve(PLACES, matches[0], at) if matches else None


@pytest.mark.parametrize(("text", "at", "eid"), TARGETS)
def test_targets(text: str, at: str | None, eid: str | None) -> None:
    assert target(text, at) == eid


def test_the_only_appendix_needs_no_number() -> None:
    (match,) = read("Phụ lục kèm theo Nghị quyết này")
    assert Places(BODY, ATTACHMENTS[:1]).resolve(match, "art_1") == "att_1"


def test_all_targets_of_a_list() -> None:
    (match,) = read("khoản 1, 2 và 7 Điều 2 Nghị quyết này")
    assert PLACES.resolve_all(match, "art_1") == ("art_2__para_1", "art_2__para_2")

"""No rule of citations.toml or document_types.toml is idle: without any one of them a case of the suite goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extract.test_citations import CASES, ISSUERS, SHORT_FORMS, TITLES, found, issuer_of, meant_by, read, title_of
from extract.test_citations_provisions import TARGETS, target
from vn_resolution.extract.citations import find_citations, opens_amendment
from vn_resolution.grammar import Grammar, fold, load_grammar

RULES = [
    (name, section, rule.id)
    for name, section, rule in load_grammar().all_rules()
    if name in ("citations", "document_types")
]
SPLITS = [("theo Luật Cây xanh\n\nđô thị năm 2030", 1, None), ("theo Luật Cây xanh\n- đô thị năm 2030", 1, None)]


def outcomes(grammar: Grammar) -> Iterator[bool]:
    """Whether each case comes out right, one after the other."""
    yield from (found(text, grammar) == expected for text, expected in CASES)
    yield from (issuer_of(text, grammar) == issuer for text, issuer in ISSUERS)
    yield from (title_of(text, grammar) == title for text, title in TITLES)
    yield from (meant_by(definition, use, grammar) == number for definition, use, number in SHORT_FORMS)
    yield from (target(text, at, grammar) == eid for text, at, eid in TARGETS)
    for text, count, date in SPLITS:
        citations = find_citations(text, grammar)
        yield len(citations) == count and citations[0].date == date
    clause = "Sửa đổi, bổ sung một số điều của Nghị quyết số 5/2019/NQ-HĐND"
    yield opens_amendment(fold(clause), grammar, read(clause, grammar))


def test_all_cases_hold_with_the_whole_grammar() -> None:
    assert all(outcomes(load_grammar()))


@pytest.mark.parametrize(("name", "section", "rule_id"), RULES)
def test_without_a_rule_a_case_goes_wrong(name: str, section: str, rule_id: str) -> None:
    assert not all(outcomes(load_grammar().without(name, section, rule_id)))

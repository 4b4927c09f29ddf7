"""No rule is idle: where one of them never matches, a golden text, a sample or a suite of sentences is read otherwise.

The rules of citations, quantities, units, dates and tasks have such tests beside their suites."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from extract.statement_suites import read_indicators
from extract.test_indicators import BY_YEAR, PLAN, SUITE
from extract.test_indicators_table_forms import FORMS, FRAME, ROWS
from extract.test_subjects import OPENINGS, TITLES
from golden.test_golden import TEXTS
from support.texts import sample_paths
from vn_resolution.extract.subjects import find_subjects, fixes_norms, settles_accounts
from vn_resolution.grammar import Grammar, load_grammar
from vn_resolution.parser import Parser
from vn_resolution.sources.readers import load

FILES = ("amendments", "indicators", "markers", "subjects", "zones")
WHOLE = load_grammar()
RULES = [
    pytest.param(name, section, rule.id, id=f"{name}.{section}.{rule.id}")
    for name, section, rule in WHOLE.all_rules()
    if name in FILES and section != "concept"
]
SOURCES = [load(path) for path in (*TEXTS, *sample_paths())]


def outcomes(name: str, grammar: Grammar) -> Iterator[str]:
    """What is read, one case after the other, those that this file of the grammar is about first."""
    if name == "subjects":
        yield from (repr(find_subjects(title, grammar)) for title, _ in TITLES)
        yield from (repr((fixes_norms(t, grammar), settles_accounts(t, grammar))) for t, _, _ in OPENINGS)
    parser = Parser(grammar)
    if name == "indicators":
        yield from (repr(read_indicators(s.text, s.role, grammar)) for s in SUITE)
        texts = (FRAME.format(table=table) for table in (ROWS, *(table for table, _ in FORMS.values())))
        yield from (parser.parse(text, media_type="text/markdown").to_json() for text in texts)
        plan = PLAN.format(title="Về kế hoạch năm 2026", article="Các chỉ tiêu chủ yếu", body=BY_YEAR)
        yield parser.parse(plan, media_type="text/plain").to_json()
    yield from (parser.read_extract(extract).to_json() for extract in SOURCES)


@cache
def with_all_rules(name: str) -> list[str]:
    return list(outcomes(name, WHOLE))


@pytest.mark.parametrize(("name", "section", "rule_id"), RULES)
def test_without_a_rule_something_is_read_otherwise(name: str, section: str, rule_id: str) -> None:
    without = outcomes(name, WHOLE.without(name, section, rule_id))
    assert any(now != then for now, then in zip(without, with_all_rules(name), strict=True))

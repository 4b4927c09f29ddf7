"""No rule is idle: where one of them never matches, a golden text, a sample or a suite of sentences is read otherwise.

The rules of citations, quantities, units and dates have such tests beside their suites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from functools import cache

import pytest

from extract.statement_suites import directions, read_indicators, read_tasks, statements
from extract.test_subjects import OPENINGS, TITLES
from golden.test_golden import TEXTS
from support.texts import sample_paths
from vn_resolution.extract.enrich import Enricher
from vn_resolution.extract.subjects import find_subjects, fixes_norms, settles_accounts
from vn_resolution.grammar import Grammar, load_grammar
from vn_resolution.sources.readers import load
from vn_resolution.structure.assemble import Structurer

FILES = ("amendments", "markers", "subjects", "zones")
WHOLE = load_grammar()
WHOLE.all_rules()
RULES = [
    pytest.param(name, section, rule.id, id=f"{name}.{section}.{rule.id}")
    for name, section, rule in WHOLE.all_rules()
    if name in FILES and section != "concept"
]
SOURCES = [load(path) for path in (*TEXTS, *sample_paths())]


class Without(Grammar):
    """The grammar, but one of its rules never matches."""

    def __init__(self, name: str, section: str, rule_id: str) -> None:
        super().__init__(WHOLE.folders)
        self._files = WHOLE._files
        self._rules = {key: copy(rules) for key, rules in WHOLE._rules.items()}
        rules = self._rules[name, section]
        rules[rule_id] = replace(rules[rule_id], regex=re.compile(r"(?!)"))


def outcomes(name: str, grammar: Grammar) -> Iterator[str]:
    """What is read, one case after the other, those that this file of the grammar is about first."""
    if name == "subjects":
        yield from (repr(find_subjects(title, grammar)) for title, _ in TITLES)
        yield from (repr((fixes_norms(t, grammar), settles_accounts(t, grammar))) for t, _, _ in OPENINGS)
    if name == "tasks":
        suite = [d for part in ("tasks", "tasks_more", "tasks_third") for d in directions(part)]
        yield from (repr(read_tasks(d.text, d.mode, grammar)) for d in suite)
    if name == "indicators":
        figures = [s for part in ("indicators", "indicators_more", "indicators_third") for s in statements(part)]
        yield from (repr(read_indicators(s.text, s.role, grammar)) for s in figures)
    structurer, enricher = Structurer(grammar), Enricher(grammar)
    for extract in SOURCES:
        tree = structurer.read(extract.source, list(extract.diagnostics), dict(extract.generated), extract.tables)
        yield enricher.enrich(tree).to_json()


@cache
def with_all_rules(name: str) -> list[str]:
    return list(outcomes(name, WHOLE))


@pytest.mark.parametrize(("name", "section", "rule_id"), RULES)
def test_without_a_rule_something_is_read_otherwise(name: str, section: str, rule_id: str) -> None:
    without = outcomes(name, Without(name, section, rule_id))
    assert any(now != then for now, then in zip(without, with_all_rules(name), strict=True))

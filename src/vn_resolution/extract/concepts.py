"""Gives the name of a measure its concept from the catalogue, so that provinces and years can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.grammar import Grammar, Rule, fold, load_grammar

_LONGEST = 300
"""Characters of a name; what is longer is a sentence and names no measure."""


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of the catalogue: its id and its labels in Vietnamese and English."""

    id: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class _Rule:
    concept: str
    hints: tuple[str, ...]
    name: Rule
    units: tuple[str, ...]
    changes: frozenset[str]
    group: re.Pattern[str] | None
    but_group: re.Pattern[str] | None


@lru_cache(maxsize=4096)
def concept_of(name: str, unit: str, change: str, group: str = "", grammar: Grammar | None = None) -> str | None:
    """The id of the concept that this name, with its unit and change, stands for; None when the catalogue has none.

    `group` is the label over the name ("Cơ cấu kinh tế" for "dịch vụ").
    """
    if len(name) > _LONGEST:
        return None
    name, group = fold(name), fold(group)
    for rule in _rules(grammar or load_grammar()):
        if not any(hint in name for hint in rule.hints):
            continue
        if rule.units and not unit.startswith(rule.units):
            continue
        if rule.changes and change not in rule.changes:
            continue
        if rule.group is not None and not rule.group.search(group) and not rule.group.search(name):
            continue
        if rule.but_group is not None and rule.but_group.search(group):
            continue
        if rule.name.regex.search(name):
            return rule.concept
    return None


def concepts(grammar: Grammar | None = None) -> tuple[Concept, ...]:
    """The catalogue, each concept once, in the order of the grammar."""
    found: dict[str, Concept] = {}
    for rule in (grammar or load_grammar()).rules("indicators", "concept").values():
        concept = rule.data.get("concept", rule.id)
        found.setdefault(concept, Concept(concept, rule.data["vi"], rule.data["en"]))
    return tuple(found.values())


@lru_cache(maxsize=1)
def concept_labels() -> dict[str, str]:
    """The Vietnamese labels of the packaged catalogue, by the ids of the concepts."""
    return {concept.id: concept.vi for concept in concepts()}


@lru_cache(maxsize=8)
def _rules(grammar: Grammar) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            concept=rule.data.get("concept", rule.id),
            hints=tuple(rule.data["hints"]),
            name=rule,
            units=tuple(rule.data.get("units", ())),
            changes=frozenset(rule.data.get("changes", ())),
            group=re.compile(rule.data["group"]) if "group" in rule.data else None,
            but_group=re.compile(rule.data["but_group"]) if "but_group" in rule.data else None,
        )
        for rule in grammar.rules("indicators", "concept").values()
    )

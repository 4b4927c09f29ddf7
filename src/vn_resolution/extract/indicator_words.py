"""The word lists and rules of grammars/indicators.toml, compiled once, and phrases looked up from either end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal

from vn_resolution.grammar import Grammar, Rule, fold

Change = Literal["level", "increase", "decrease"]

_MAX_PHRASE = 6
_ENDS, _OPENS = ",;:.", ",;:(.-"


class Phrases(frozenset[str]):
    """Phrases that are looked for at the beginning or the end of a stretch of text: most words begin or end none."""

    firsts: frozenset[str]
    lasts: frozenset[str]

    def __new__(cls, phrases: Iterable[str]) -> Phrases:
        """The phrases, with the first and the last words that they have."""
        made = super().__new__(cls, phrases)
        made.firsts = frozenset(phrase.split(" ", 1)[0].rstrip(_ENDS) for phrase in made)
        made.lasts = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in made)
        return made


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists and rules of grammars/indicators.toml, ready for use: each field is the list or the only rule of
    its name, but for those that `indicator_words` makes of others."""

    predicates: Phrases
    changes: dict[str, Change | None]
    labelled: Phrases
    compounds: Phrases
    doubled: tuple[str, ...]
    auxiliaries: Phrases
    lead_words: Phrases
    heads: Phrases
    measure_heads: Phrases
    title_heads: Phrases
    outputs: Phrases
    weak_outputs: Phrases
    at_least: Phrases
    raising: Phrases
    supports: Phrases
    verb_tails: Phrases
    helpers: Phrases
    no_verbs: Phrases
    no_leads: Phrases
    task_predicates: Phrases
    bounds: Phrases
    places: Phrases
    wholes: Phrases
    having_words: Phrases
    anew: Phrases
    finishing: Phrases
    norm_measures: tuple[str, ...]
    works: Phrases
    among: tuple[str, ...]
    handling: Phrases
    own_plan: re.Pattern[str]
    by_time: re.Pattern[str]
    by_then: re.Pattern[str]
    grows: re.Pattern[str]
    dealing: re.Pattern[str]
    size: re.Pattern[str]
    beyond: re.Pattern[str]
    inside: re.Pattern[str]
    grade: re.Pattern[str]
    carrying_out: Phrases
    time_bases: Phrases
    cost_words: tuple[str, ...]
    ratio_heads: Phrases
    lengths: Phrases
    per_base: re.Pattern[str]
    standard: re.Pattern[str]
    estimate: re.Pattern[str]
    measure_gap: re.Pattern[str]
    clause_marks: Phrases
    approved: re.Pattern[str]
    place_lead: re.Pattern[str]
    state: re.Pattern[str]
    conditional: re.Pattern[str]
    sum_object: re.Pattern[str]
    capacities: Phrases
    inner_measure: re.Pattern[str]
    pointed: re.Pattern[str]
    distance: re.Pattern[str]
    reaching: Phrases
    not_counted: Phrases
    time_units: Phrases
    time_measures: tuple[str, ...]
    list_nouns: Phrases
    averages: Phrases
    handing: Phrases
    vague: re.Pattern[str]
    norm_cues: re.Pattern[str]
    comparisons: Phrases
    stops: re.Pattern[str]
    no_stop: re.Pattern[str]
    lead: re.Pattern[str]
    cue: re.Pattern[str]
    drop_bracket: re.Pattern[str]
    qualifier: re.Pattern[str]
    adjusted: re.Pattern[str]
    worth_tail: re.Pattern[str]
    preposed: tuple[tuple[re.Pattern[str], Change, bool, bool], ...]
    past_subject: re.Pattern[str]
    planned_subject: re.Pattern[str]
    planned_before: re.Pattern[str]
    planned_name: re.Pattern[str]
    joiners: tuple[str, ...]
    joint: re.Pattern[str]
    compared: re.Pattern[str]
    trail: re.Pattern[str]
    period: re.Pattern[str]
    evaluated: re.Pattern[str]
    enclosing: tuple[str, ...]
    part_words: tuple[str, ...]
    within_words: tuple[str, ...]
    having: tuple[str, ...]
    aim_words: tuple[str, ...]
    origins: Phrases
    more: Phrases
    number_words: tuple[str, ...]
    separator: re.Pattern[str]
    conjunction: re.Pattern[str]
    joined_end: re.Pattern[str]
    joined_name: re.Pattern[str]
    place_stop: re.Pattern[str]
    at_place: re.Pattern[str]
    per_unit: re.Pattern[str]
    actor: re.Pattern[str]
    about: re.Pattern[str]
    elsewhere: re.Pattern[str]
    purposes: tuple[str, ...]
    denials: tuple[str, ...]
    towards: tuple[str, ...]
    listed_first: re.Pattern[str]
    verbal: re.Pattern[str]
    passive: re.Pattern[str]
    whereabouts: re.Pattern[str]
    repeated: Phrases
    conjunction_end: re.Pattern[str]
    with_: re.Pattern[str]
    arrives: re.Pattern[str]
    enumerates: re.Pattern[str]
    worth: re.Pattern[str]
    of: re.Pattern[str]
    upwards: re.Pattern[str]
    against: re.Pattern[str]
    per_head: re.Pattern[str]
    money_title: re.Pattern[str]
    ratios: Phrases
    existence: Phrases
    comparing: Phrases
    weak_predicates: Phrases
    multiples: Phrases
    unit_kinds: dict[str, str]
    dittos: Phrases
    totals: tuple[str, ...]
    persons: Phrases
    dimensions: tuple[str, ...]
    funding: tuple[str, ...]
    holders: Phrases
    measures: Phrases
    money_nouns: Phrases
    criteria: Phrases
    actual: re.Pattern[str]
    existing: re.Pattern[str]
    target: re.Pattern[str]


def suffix(folded: str, start: int, end: int, phrases: Phrases) -> int:
    """Where the longest phrase begins that ends at `end`, or -1."""
    at = folded.rfind(" ", start, end)
    if folded[at + 1 if at >= 0 else start : end].lstrip(_OPENS) not in phrases.lasts:
        return -1
    best = -1
    for _ in range(_MAX_PHRASE):
        begin = at + 1 if at >= 0 else start
        while begin < end and folded[begin] in _OPENS:
            begin += 1
        if folded[begin:end] in phrases:
            best = begin
        if at < 0:
            break
        at = folded.rfind(" ", start, at)
    return best


def prefix(folded: str, start: int, end: int, phrases: Phrases) -> int:
    """Where the longest phrase ends that begins at `start`, or -1."""
    at = folded.find(" ", start, end)
    if folded[start : at if at >= 0 else end].rstrip(_ENDS) not in phrases.firsts:
        return -1
    best = -1
    for _ in range(_MAX_PHRASE):
        word = folded[start : at if at >= 0 else end].rstrip(_ENDS)
        if word in phrases:
            best = start + len(word)
        if at < 0:
            break
        at = folded.find(" ", at + 1, end)
    return best


@lru_cache(maxsize=8)
def indicator_words(grammar: Grammar) -> Words:
    """The words and rules of a grammar, compiled once."""

    def words(key: str) -> list[str]:
        return [fold(word) for word in grammar.words("indicators", key)]

    def pattern(section: str) -> re.Pattern[str]:
        return grammar.rules("indicators", section).sole.regex

    changes: dict[str, Change | None] = dict.fromkeys(words("fillers"))
    kinds: tuple[Change, ...] = ("level", "increase", "decrease")
    for change in kinds:
        changes.update(dict.fromkeys(words(change), change))
    status = grammar.rules("indicators", "status")
    made: dict[str, Any] = {
        "predicates": Phrases(changes),
        "changes": changes,
        "doubled": tuple(f" {word}" for word in words("doubled")),
        "among": tuple(f"{word} " for word in words("among")),
        "list_nouns": Phrases(_counted_nouns(grammar).union(words("list_nouns"))),
        "vague": re.compile("(?:" + "|".join(word.replace("$", r"\Z") for word in words("vague")) + ")"),
        "norm_cues": _alternatives(words("norm_cues")),
        "stops": re.compile(
            r"[,;:.()\x00]| và (?=\d)|\s(?:" + "|".join(_longest(words("complement_stops"))) + r")(?![^\s\d,;.:()])"
        ),
        "preposed": tuple(_changes(grammar)),
        "joiners": tuple(f" {word}" for word in words("joiners")),
        "with_": pattern("with"),
        "dimensions": tuple(f" {word}" for word in words("dimensions")),
        "unit_kinds": {word: kind for kind in ("factor", "scale") for word in words(f"{kind}_units")},
        "actual": status["actual"].regex,
        "existing": status["existing"].regex,
        "target": status["target"].regex,
    }
    lists: dict[Any, Callable[[list[str]], Any]] = {"Phrases": Phrases, "tuple[str, ...]": tuple}
    for field in fields(Words):
        if field.name not in made:
            kind = lists.get(field.type)
            made[field.name] = kind(words(field.name)) if kind else pattern(field.name)
    return Words(**made)


def _counted_nouns(grammar: Grammar) -> frozenset[str]:
    """The nouns of people and things that grammars/units.toml counts."""
    return frozenset(fold(word) for table in grammar.file("units").get("noun", ()) for word in table["words"])


def _changes(grammar: Grammar) -> Iterator[tuple[re.Pattern[str], Change, bool, bool]]:
    rules: list[Rule] = list(grammar.rules("indicators", "preposed").values())
    for rule in rules:
        yield rule.regex, rule.data["change"], bool(rule.data.get("keeps")), bool(rule.data.get("reaching"))


def _alternatives(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_longest(words)) + r")\b")


def _longest(words: list[str]) -> list[str]:
    return [re.escape(word.strip()) for word in sorted(words, key=len, reverse=True)]

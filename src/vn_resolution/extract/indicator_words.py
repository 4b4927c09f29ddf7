"""The word lists and rules of grammars/indicators.toml, compiled once, and phrases looked up from either end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from vn_resolution.grammar import Grammar, Rule, fold

Change = Literal["level", "increase", "decrease"]

_MAX_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists and rules of grammars/indicators.toml, ready for use."""

    predicates: dict[str, Change | None]
    labelled: frozenset[str]
    compounds: frozenset[str]
    doubled: tuple[str, ...]
    auxiliaries: frozenset[str]
    lead_words: frozenset[str]
    heads: frozenset[str]
    measure_heads: frozenset[str]
    title_heads: frozenset[str]
    outputs: frozenset[str]
    weak_outputs: frozenset[str]
    raising: frozenset[str]
    supports: frozenset[str]
    verb_tails: frozenset[str]
    helpers: frozenset[str]
    no_verbs: frozenset[str]
    task_predicates: frozenset[str]
    bounds: frozenset[str]
    places: frozenset[str]
    wholes: frozenset[str]
    having_words: frozenset[str]
    anew: frozenset[str]
    finishing: frozenset[str]
    norm_measures: tuple[str, ...]
    works: frozenset[str]
    among: tuple[str, ...]
    handling: frozenset[str]
    own_plan: re.Pattern[str]
    by_time: re.Pattern[str]
    grows: re.Pattern[str]
    dealing: re.Pattern[str]
    size: re.Pattern[str]
    beyond: re.Pattern[str]
    inside: re.Pattern[str]
    grade: re.Pattern[str]
    carrying_out: frozenset[str]
    time_bases: frozenset[str]
    cost_words: tuple[str, ...]
    ratio_heads: frozenset[str]
    lengths: frozenset[str]
    per_base: re.Pattern[str]
    standard: re.Pattern[str]
    estimate: re.Pattern[str]
    measure_gap: re.Pattern[str]
    clause_marks: frozenset[str]
    approved: re.Pattern[str]
    place_lead: re.Pattern[str]
    conditional: re.Pattern[str]
    sum_object: re.Pattern[str]
    capacities: frozenset[str]
    inner_measure: re.Pattern[str]
    pointed: re.Pattern[str]
    distance: re.Pattern[str]
    reaching: frozenset[str]
    not_counted: frozenset[str]
    time_units: frozenset[str]
    time_measures: tuple[str, ...]
    list_nouns: frozenset[str]
    averages: frozenset[str]
    handing: frozenset[str]
    vague: re.Pattern[str]
    norm_cues: re.Pattern[str]
    comparisons: frozenset[str]
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
    joiners: tuple[str, ...]
    compared: re.Pattern[str]
    trail: re.Pattern[str]
    period: re.Pattern[str]
    evaluated: re.Pattern[str]
    enclosing: tuple[str, ...]
    part_words: tuple[str, ...]
    within_words: tuple[str, ...]
    having: tuple[str, ...]
    aim_words: tuple[str, ...]
    origins: frozenset[str]
    more: frozenset[str]
    number_words: tuple[str, ...]
    separator: re.Pattern[str]
    conjunction: re.Pattern[str]
    joined_end: re.Pattern[str]
    joined_name: re.Pattern[str]
    place_stop: re.Pattern[str]
    per_unit: re.Pattern[str]
    actor: re.Pattern[str]
    about: re.Pattern[str]
    elsewhere: re.Pattern[str]
    purposes: tuple[str, ...]
    towards: tuple[str, ...]
    listed_first: re.Pattern[str]
    verbal: re.Pattern[str]
    conjunction_end: re.Pattern[str]
    bound_end: re.Pattern[str]
    with_: re.Pattern[str]
    arrives: re.Pattern[str]
    enumerates: re.Pattern[str]
    worth: re.Pattern[str]
    of: re.Pattern[str]
    upwards: re.Pattern[str]
    against: re.Pattern[str]
    per_head: re.Pattern[str]
    money_title: re.Pattern[str]
    ratios: frozenset[str]
    existence: frozenset[str]
    comparing: frozenset[str]
    weak_predicates: frozenset[str]
    multiples: frozenset[str]
    unit_kinds: dict[str, str]
    dittos: frozenset[str]
    totals: tuple[str, ...]
    persons: frozenset[str]
    dimensions: tuple[str, ...]
    funding: tuple[str, ...]
    holders: frozenset[str]
    measures: frozenset[str]
    money_nouns: frozenset[str]
    criteria: frozenset[str]
    actual: re.Pattern[str]
    existing: re.Pattern[str]
    target: re.Pattern[str]


def suffix(folded: str, start: int, end: int, phrases: dict[str, Change | None] | frozenset[str]) -> int:
    """Where the longest phrase begins that ends at `end`, or -1."""
    best = -1
    at = end
    for _ in range(_MAX_PHRASE):
        at = folded.rfind(" ", start, at)
        begin = at + 1 if at >= 0 else start
        while begin < end and folded[begin] in ",;:(.-":
            begin += 1
        if folded[begin:end] in phrases:
            best = begin
        if at < 0:
            break
    return best


def prefix(folded: str, start: int, end: int, phrases: dict[str, Change | None] | frozenset[str]) -> int:
    """Where the longest phrase ends that begins at `start`, or -1."""
    best = -1
    at = start
    for _ in range(_MAX_PHRASE):
        at = folded.find(" ", at, end)
        stop = at if at >= 0 else end
        word = folded[start:stop].rstrip(",;:.")
        if word in phrases:
            best = start + len(word)
        if at < 0:
            break
        at += 1
    return best


@lru_cache(maxsize=8)
def indicator_words(grammar: Grammar) -> Words:
    """The words and rules of a grammar, compiled once."""

    def words(key: str) -> list[str]:
        return [fold(word) for word in grammar.words("indicators", key)]

    def pattern(section: str) -> re.Pattern[str]:
        return grammar.rules("indicators", section).sole.regex

    predicates: dict[str, Change | None] = dict.fromkeys(words("fillers"))
    changes: tuple[Change, ...] = ("level", "increase", "decrease")
    for change in changes:
        predicates.update(dict.fromkeys(words(change), change))
    status = grammar.rules("indicators", "status")
    return Words(
        predicates=predicates,
        labelled=frozenset(words("labelled")),
        compounds=frozenset(words("compounds")),
        doubled=tuple(f" {word}" for word in words("doubled")),
        auxiliaries=frozenset(words("auxiliaries")),
        lead_words=frozenset(words("lead_words")),
        heads=frozenset(words("heads")),
        measure_heads=frozenset(words("measure_heads")),
        title_heads=frozenset(words("title_heads")),
        outputs=frozenset(words("outputs")),
        weak_outputs=frozenset(words("weak_outputs")),
        raising=frozenset(words("raising")),
        supports=frozenset(words("supports")),
        verb_tails=frozenset(words("verb_tails")),
        helpers=frozenset(words("helpers")),
        no_verbs=frozenset(words("no_verbs")),
        task_predicates=frozenset(words("task_predicates")),
        bounds=frozenset(words("bounds")),
        places=frozenset(words("places")),
        wholes=frozenset(words("wholes")),
        having_words=frozenset(words("having_words")),
        anew=frozenset(words("anew")),
        finishing=frozenset(words("finishing")),
        norm_measures=tuple(words("norm_measures")),
        works=frozenset(words("works")),
        among=tuple(f"{word} " for word in words("among")),
        handling=frozenset(words("handling")),
        own_plan=pattern("own_plan"),
        by_time=pattern("by_time"),
        grows=pattern("grows"),
        dealing=pattern("dealing"),
        size=pattern("size"),
        beyond=pattern("beyond"),
        inside=pattern("inside"),
        grade=pattern("grade"),
        carrying_out=frozenset(words("carrying_out")),
        time_bases=frozenset(words("time_bases")),
        cost_words=tuple(words("cost_words")),
        ratio_heads=frozenset(words("ratio_heads")),
        lengths=frozenset(words("lengths")),
        per_base=pattern("per_base"),
        standard=pattern("standard"),
        estimate=pattern("estimate"),
        measure_gap=pattern("measure_gap"),
        clause_marks=frozenset(words("clause_marks")),
        approved=pattern("approved"),
        place_lead=pattern("place_lead"),
        conditional=pattern("conditional"),
        sum_object=pattern("sum_object"),
        capacities=frozenset(words("capacities")),
        inner_measure=pattern("inner_measure"),
        pointed=pattern("pointed"),
        distance=pattern("distance"),
        reaching=frozenset(words("reaching")),
        not_counted=frozenset(words("not_counted")),
        time_units=frozenset(words("time_units")),
        time_measures=tuple(words("time_measures")),
        list_nouns=frozenset(words("list_nouns")) | _counted_nouns(grammar),
        averages=frozenset(words("averages")),
        handing=frozenset(words("handing")),
        vague=re.compile("(?:" + "|".join(word.replace("$", r"\Z") for word in words("vague")) + ")"),
        norm_cues=_alternatives(words("norm_cues")),
        comparisons=frozenset(words("comparisons")),
        stops=re.compile(
            r"[,;:.()\x00]| và (?=\d)|\s(?:" + "|".join(_longest(words("complement_stops"))) + r")(?![^\s\d,;.:()])"
        ),
        no_stop=pattern("no_stop"),
        lead=pattern("lead"),
        cue=pattern("cue"),
        drop_bracket=pattern("drop_bracket"),
        qualifier=pattern("qualifier"),
        adjusted=pattern("adjusted"),
        worth_tail=pattern("worth_tail"),
        preposed=tuple(_changes(grammar)),
        past_subject=pattern("past_subject"),
        planned_subject=pattern("planned_subject"),
        planned_before=pattern("planned_before"),
        joiners=tuple(f" {word}" for word in words("joiners")),
        compared=pattern("compared"),
        trail=pattern("trail"),
        period=pattern("period"),
        evaluated=pattern("evaluated"),
        enclosing=tuple(words("enclosing")),
        part_words=tuple(words("part_words")),
        having=tuple(words("having")),
        within_words=tuple(words("within_words")),
        aim_words=tuple(words("aim_words")),
        origins=frozenset(words("origins")),
        more=frozenset(words("more")),
        number_words=tuple(words("number_words")),
        separator=pattern("separator"),
        conjunction=pattern("conjunction"),
        joined_end=pattern("joined_end"),
        joined_name=pattern("joined_name"),
        place_stop=pattern("place_stop"),
        per_unit=pattern("per_unit"),
        actor=pattern("actor"),
        about=pattern("about"),
        elsewhere=pattern("elsewhere"),
        purposes=tuple(words("purposes")),
        towards=tuple(words("towards")),
        listed_first=pattern("listed_first"),
        verbal=pattern("verbal"),
        conjunction_end=pattern("conjunction_end"),
        bound_end=pattern("bound_end"),
        with_=pattern("with"),
        arrives=pattern("arrives"),
        enumerates=pattern("enumerates"),
        worth=pattern("worth"),
        of=pattern("of"),
        upwards=pattern("upwards"),
        against=pattern("against"),
        per_head=pattern("per_head"),
        money_title=pattern("money_title"),
        ratios=frozenset(words("ratios")),
        existence=frozenset(words("existence")),
        comparing=frozenset(words("comparing")),
        weak_predicates=frozenset(words("weak_predicates")),
        multiples=frozenset(words("multiples")),
        dittos=frozenset(words("dittos")),
        totals=tuple(words("totals")),
        persons=frozenset(words("persons")),
        dimensions=tuple(f" {word}" for word in words("dimensions")),
        funding=tuple(words("funding")),
        unit_kinds={word: kind for kind in ("factor", "scale") for word in words(f"{kind}_units")},
        holders=frozenset(words("holders")),
        measures=frozenset(words("measures")),
        money_nouns=frozenset(words("money_nouns")),
        criteria=frozenset(words("criteria")),
        actual=status["actual"].regex,
        existing=status["existing"].regex,
        target=status["target"].regex,
    )


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

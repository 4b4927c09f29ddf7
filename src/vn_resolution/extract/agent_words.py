"""The word lists and rules of grammars/agents.toml by which the names of bodies are found, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.grammar import Grammar, fold


@dataclass(frozen=True, slots=True)
class Body:
    """What the name of a body opens with: `capital` = printed with a capital, `collective` = a plural that is a whole
    name, `named` = alone it is no name, `whole` = only places and proper names go on with it, `person` = an office,
    `proper` = only before a proper name."""

    regex: re.Pattern[str]
    capital: bool
    collective: bool
    named: bool
    whole: bool
    person: bool
    proper: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a grammar about bodies, ready for use."""

    heads: re.Pattern[str]
    bodies: tuple[Body, ...]
    strong: frozenset[str]
    strong_first: frozenset[str]
    weak: frozenset[str]
    closing: frozenset[str]
    name_verbs: frozenset[str]
    name_phrases: frozenset[str]
    stops: frozenset[str]
    no_predicates: frozenset[str]
    compounds: frozenset[str]
    prepositions: frozenset[str]
    charge: re.Pattern[str]
    direct: re.Pattern[str]
    together: re.Pattern[str]
    adverbial: re.Pattern[str]
    later: re.Pattern[str]
    inner: re.Pattern[str]
    responsible: re.Pattern[str]
    council: re.Pattern[str]
    address: re.Pattern[str]
    topic: re.Pattern[str]
    place: re.Pattern[str]
    honorific: re.Pattern[str]
    adverb: re.Pattern[str]
    join: re.Pattern[str]
    aside: re.Pattern[str]
    when: re.Pattern[str]
    plural: re.Pattern[str]
    plural_tail: re.Pattern[str]
    tail: re.Pattern[str]
    seat: re.Pattern[str]
    listing: re.Pattern[str]
    belonging: re.Pattern[str]
    field: re.Pattern[str]
    conjunctions: frozenset[str]
    places: frozenset[str]
    listed_places: frozenset[str]
    short_named: tuple[str, ...]


@lru_cache(maxsize=8)
def agent_words(grammar: Grammar) -> Lexicon:
    """The words and rules of a grammar, compiled once."""
    bodies = tuple(
        Body(
            rule.regex,
            *(bool(rule.data.get(key)) for key in ("capital", "collective", "named", "whole", "person", "proper")),
        )
        for rule in grammar.rules("agents", "body").values()
    )
    weak = _words(grammar, "weak_verbs")
    directives = frozenset(fold(word) for word in grammar.words("tasks", "directives"))
    strong = (directives - weak - _words(grammar, "inner_verbs")) | _words(grammar, "further_verbs")
    adverbials = "|".join(sorted(map(fold, grammar.words("tasks", "adverbials")), key=len, reverse=True))
    heads = "|".join(f"({rule.pattern})" for rule in grammar.rules("agents", "body").values())
    return Lexicon(
        heads=re.compile(heads),
        bodies=bodies,
        strong=strong,
        strong_first=frozenset(word.split(" ")[0].rstrip(",") for word in strong),
        weak=weak,
        closing=_words(grammar, "closing_words"),
        name_verbs=_words(grammar, "name_verbs"),
        name_phrases=_words(grammar, "name_phrases"),
        stops=_words(grammar, "stops"),
        no_predicates=_words(grammar, "no_predicates") | _words(grammar, "conjunctions"),
        compounds=_words(grammar, "name_compounds"),
        prepositions=_words(grammar, "prepositions"),
        charge=_rule(grammar, "charge", "charge"),
        direct=_rule(grammar, "charge", "direct"),
        together=_rule(grammar, "coagents", "together"),
        adverbial=re.compile(f"(?:{adverbials})\\b"),
        later=_rule(grammar, "later", "later"),
        inner=_rule(grammar, "later", "inner"),
        responsible=_rule(grammar, "responsible", "responsible"),
        council=_rule(grammar, "charge", "council"),
        address=_rule(grammar, "charge", "address"),
        topic=_rule(grammar, "charge", "topic"),
        place=_rule(grammar, "charge", "place"),
        honorific=_rule(grammar, "charge", "honorific"),
        adverb=_rule(grammar, "charge", "adverb"),
        join=_rule(grammar, "join", "join"),
        aside=_rule(grammar, "aside", "above-all"),
        when=_rule(grammar, "when", "when"),
        plural=_rule(grammar, "plural", "plural"),
        plural_tail=_rule(grammar, "plural", "tail"),
        tail=_rule(grammar, "name", "place"),
        seat=_rule(grammar, "name", "seat"),
        listing=_rule(grammar, "name", "listing"),
        belonging=_rule(grammar, "name", "belonging"),
        field=_rule(grammar, "name", "field"),
        conjunctions=_words(grammar, "conjunctions"),
        places=_words(grammar, "places"),
        listed_places=_words(grammar, "listed_places"),
        short_named=tuple(f"{word} " for word in _words(grammar, "short_named")),
    )


def _words(grammar: Grammar, key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in grammar.words("agents", key))


def _rule(grammar: Grammar, section: str, name: str) -> re.Pattern[str]:
    return grammar.rules("agents", section)[name].regex

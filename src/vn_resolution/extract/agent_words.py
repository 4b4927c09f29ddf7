"""The word lists and rules of grammars/tasks.toml by which the names of bodies are found, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.grammar import Grammar, fold


@dataclass(frozen=True, slots=True)
class Body:
    """What the name of a body opens with: `capital` = printed with a capital, `collective` = a plural that is a whole
    name, `named` = alone it is no name."""

    regex: re.Pattern[str]
    capital: bool
    collective: bool
    named: bool


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
    compounds: frozenset[str]
    prepositions: frozenset[str]
    charge: re.Pattern[str]
    direct: re.Pattern[str]
    together: re.Pattern[str]
    adverbial: re.Pattern[str]
    later: re.Pattern[str]
    council: re.Pattern[str]
    join: re.Pattern[str]
    plural: re.Pattern[str]
    conjunctions: frozenset[str]
    places: frozenset[str]
    listed_places: frozenset[str]
    short_named: tuple[str, ...]


@lru_cache(maxsize=8)
def agent_words(grammar: Grammar) -> Lexicon:
    """The words and rules of a grammar, compiled once."""
    bodies = tuple(
        Body(
            rule.regex, bool(rule.data.get("capital")), bool(rule.data.get("collective")), bool(rule.data.get("named"))
        )
        for rule in grammar.rules("tasks", "body").values()
    )
    charges = grammar.rules("tasks", "charge")
    strong = frozenset(fold(word) for word in grammar.words("tasks", "strong_verbs"))
    adverbials = "|".join(sorted(map(fold, grammar.words("tasks", "adverbials")), key=len, reverse=True))
    heads = "|".join(f"(?:{rule.pattern})" for rule in grammar.rules("tasks", "body").values())
    return Lexicon(
        heads=re.compile(heads),
        bodies=bodies,
        strong=strong,
        strong_first=frozenset(word.split(" ")[0] for word in strong),
        weak=frozenset(fold(word) for word in grammar.words("tasks", "weak_verbs")),
        closing=frozenset(fold(word) for word in grammar.words("tasks", "closing_words")),
        name_verbs=frozenset(fold(word) for word in grammar.words("tasks", "name_verbs")),
        compounds=frozenset(fold(word) for word in grammar.words("tasks", "name_compounds")),
        prepositions=frozenset(fold(word) for word in grammar.words("tasks", "prepositions")),
        charge=charges["charge"].regex,
        direct=charges["direct"].regex,
        together=grammar.rules("tasks", "coagents")["together"].regex,
        adverbial=re.compile(f"(?:{adverbials})\\b"),
        later=grammar.rules("tasks", "later")["later"].regex,
        council=charges["council"].regex,
        join=grammar.rules("tasks", "join")["join"].regex,
        plural=grammar.rules("tasks", "plural")["plural"].regex,
        conjunctions=frozenset(grammar.words("tasks", "conjunctions")),
        places=frozenset(grammar.words("tasks", "places")),
        listed_places=frozenset(grammar.words("tasks", "listed_places")),
        short_named=tuple(f"{word} " for word in grammar.words("tasks", "short_named")),
    )

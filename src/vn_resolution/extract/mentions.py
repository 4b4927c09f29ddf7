"""Finds who and what a text names: persons, offices, places, and the terms that it defines or gives short names to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.grammar import Grammar, Rule, fold
from vn_resolution.model import MentionKind

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_NUMBER = re.compile(r"\d{1,2}")
_HYPHEN = re.compile(r" ?[-–] ?")
_MOST_WORDS = 6
_FEWEST_WORDS = 2
_QUOTES = "\"'“”‘’ "


@dataclass(frozen=True, slots=True)
class MentionMatch:
    """`text[start:end]` names a thing of this kind; `name` is how it is called in running text."""

    kind: MentionKind
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    """The rules and word lists of a grammar about names."""

    honorific: re.Pattern[str]
    further: re.Pattern[str]
    introduced: re.Pattern[str]
    office: re.Pattern[str]
    places: tuple[tuple[bool, re.Pattern[str]], ...]
    definitions: tuple[Rule, ...]
    meanings: tuple[re.Pattern[str], ...]
    aliases: tuple[tuple[str, re.Pattern[str]], ...]
    family: frozenset[str]
    not_names: frozenset[str]
    not_openings: tuple[str, ...]
    name_ends: frozenset[str]


def find_mentions(text: str, folded: str, grammar: Grammar, *, defining: bool = False) -> list[MentionMatch]:
    """The names in a text, in order. `defining`: it is one of a list of definitions ("Hộ nghèo là …")."""
    words = _words(grammar)
    found = [*_persons(text, folded, words), *_offices(text, folded, words), *_places(text, folded, words)]
    found += _terms(text, folded, words, defining)
    return sorted(found, key=lambda match: (match.start, -match.end))


def opens_definitions(folded: str, grammar: Grammar) -> bool:
    """Whether the units below this heading or text are definitions ("Giải thích từ ngữ")."""
    return any(rule.data["hint"] in folded and rule.find(folded, folded) for rule in _words(grammar).definitions)


@lru_cache(maxsize=8)
def _words(grammar: Grammar) -> _Words:
    def rules(section: str) -> tuple[Rule, ...]:
        return tuple(grammar.rules("mentions", section).values())

    def any_of(section: str) -> re.Pattern[str]:
        return re.compile("|".join(rule.regex.pattern for rule in rules(section)) or "(?!)")

    def folded(key: str) -> tuple[str, ...]:
        return tuple(map(fold, grammar.words("mentions", key)))

    return _Words(
        honorific=any_of("honorific"),
        further=any_of("further_person"),
        introduced=any_of("introduced"),
        office=any_of("office"),
        places=tuple((bool(rule.data.get("numbered")), rule.regex) for rule in rules("place")),
        definitions=rules("definitions"),
        meanings=tuple(rule.regex for rule in rules("definition")),
        aliases=tuple((rule.data["hint"], rule.regex) for rule in rules("alias")),
        family=frozenset(folded("family_names")),
        not_names=frozenset(folded("not_names")),
        not_openings=folded("not_openings"),
        name_ends=frozenset(folded("name_ends")),
    )


# -- persons and offices -------------------------------------------------------------------------------------


def _persons(text: str, folded: str, words: _Words) -> Iterator[MentionMatch]:
    """Names behind an honorific, those that follow in a list, and one with which an item opens."""
    if _WORD.match(text) and _first(folded, 0) in words.family:
        end, count = _capitals(text, folded, 0, words)
        if count >= _FEWEST_WORDS and words.introduced.match(folded, end):
            yield _person(text, 0, end)
    at = 0
    for match in words.honorific.finditer(folded):
        if match.end() < at:
            continue
        at = match.end()
        while True:
            end, count = _capitals(text, folded, at, words)
            if count < _FEWEST_WORDS:
                break
            yield _person(text, at, end)
            further = words.further.match(folded, end)
            at = further.end() if further else end


def _person(text: str, start: int, end: int) -> MentionMatch:
    name = text[start:end]
    return MentionMatch("person", name.title() if name.isupper() else name, start, end)


def _capitals(text: str, folded: str, start: int, words: _Words) -> tuple[int, int]:
    """The end of the words with capitals from here on, and how many they are; none where they open another name."""
    if folded.startswith(words.not_openings, start):
        return start, 0
    end = at = start
    count = 0
    while count < _MOST_WORDS:
        word = _WORD.match(text, at)
        if not word or not word[0][0].isupper() or words.office.match(folded, at):
            break
        if count and folded[at : word.end()] in words.name_ends:
            break
        end, count = word.end(), count + 1
        if text[end : end + 1] != " ":
            break
        at = end + 1
    return (start, 0) if count == 1 and folded[start:end] in words.not_names else (end, count)


def _first(folded: str, at: int) -> str:
    word = _WORD.match(folded, at)
    return word[0] if word else ""


def _offices(text: str, folded: str, words: _Words) -> Iterator[MentionMatch]:
    for match in words.office.finditer(folded):
        start, end = match.span()
        if text[start].isupper():
            printed = text[start:end]
            yield MentionMatch("role", printed.capitalize() if printed.isupper() else printed, start, end)


# -- places --------------------------------------------------------------------------------------------------


def _places(text: str, folded: str, words: _Words) -> Iterator[MentionMatch]:
    """Places by their units. In a line of capitals nothing tells where a name ends: it is left out."""
    for numbered, place in words.places:
        for match in place.finditer(folded):
            unit, at = text[match.start() : match.end()], match.end()
            if unit.isupper() and not folded.startswith("tp", match.start()):
                continue
            number = _NUMBER.match(text, at) if numbered else None
            end = number.end() if number else 0 if numbered else _place_end(text, folded, at, words)
            if end:
                name = unit if unit.isupper() else f"{unit[0].lower()}{unit[1:]}"
                yield MentionMatch("location", f"{name}{text[at:end]}", match.start(), end)


def _place_end(text: str, folded: str, at: int, words: _Words) -> int:
    """Where the name of a place that begins here ends, "Bà Rịa - Vũng Tàu" to its second half; 0 where none begins."""
    end, count = _capitals(text, folded, at, words)
    hyphen = _HYPHEN.match(text, end) if count else None
    if hyphen:
        further, more = _capitals(text, folded, hyphen.end(), words)
        end = further if more > 1 else end
    return end if count else 0


# -- terms ---------------------------------------------------------------------------------------------------


def _terms(text: str, folded: str, words: _Words, defining: bool) -> Iterator[MentionMatch]:
    meanings = words.meanings if defining else ()
    if match := next(filter(None, (meaning.match(folded) for meaning in meanings)), None):
        yield _term(text, *match.span("term"))
    for hint, alias in words.aliases:
        if hint in folded:
            for found in alias.finditer(folded):
                yield _term(text, *found.span("term"))


def _term(text: str, start: int, end: int) -> MentionMatch:
    """The term without quotation marks and white space around it."""
    printed = text[start:end]
    start += len(printed) - len(printed.lstrip(_QUOTES))
    name = printed.strip(_QUOTES)
    return MentionMatch("term", name, start, start + len(name))


__all__ = ["MentionMatch", "find_mentions", "opens_definitions"]

"""Reads document_types.toml: the types of documents, the bodies that issue them, and the codes that name both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.grammar import Grammar, Rule, fold

CODE = re.compile(r"[^\W\d_]+\d*")
"""One code of a number, with its figures: the QH15 of 72/2025/QH15."""

_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One entry of document_types.toml; the attributes are explained there."""

    type: str
    slug: str
    act: bool
    codes: frozenset[str]
    named: bool
    own: bool
    common: bool
    short: bool
    plain: bool
    verb: bool


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that a number's code names; `slug` is what it is called in an IRI."""

    slug: str
    local: bool = False
    party: bool = False


@lru_cache(maxsize=4)
def document_types(grammar: Grammar) -> dict[str, DocumentType]:
    """The types of document_types.toml by their ids."""
    return {rule.id: _document_type(rule) for rule in grammar.rules("document_types", "type").values()}


@lru_cache(maxsize=4)
def issuers_by_code(grammar: Grammar) -> dict[str, Issuer]:
    """The issuers of document_types.toml by their folded codes."""
    content = grammar.file("document_types")
    found = {fold(code): Issuer(slug(code)) for code in content.get("issuers", {}).get("central", ())}
    for entry in content.get("issuer", ()):
        issuer = Issuer(str(entry["id"]), bool(entry.get("local", False)), bool(entry.get("party", False)))
        found.update({fold(code): issuer for code in entry["codes"]})
    return found


@lru_cache(maxsize=4096)
def slug(words: str) -> str:
    """The words in lower-case ASCII with dashes: "BNNPTNT" → "bnnptnt", "xã Đông Á" → "xa-dong-a"."""
    plain = unicodedata.normalize("NFD", fold(words).replace("đ", "d"))
    return _OTHER.sub("-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")


@lru_cache(maxsize=256)
def any_of_rules(grammar: Grammar, section: str) -> re.Pattern[str]:
    """One pattern for all rules of a section of citations.toml."""
    return re.compile(
        "|".join(f"(?:{r.regex.pattern})" for r in grammar.rules("citations", section).values()) or r"(?!)"
    )


def first_of(patterns: Mapping[str, str]) -> str:
    """The source of one pattern for all of these, the first that matches: its name is the `lastgroup` of the match. The
    named groups are empty and stand behind, so that a pattern is passed over by its first letter."""
    return "|".join(f"(?:{pattern})(?P<{name}>)" for name, pattern in patterns.items()) or r"(?!)"


def number_codes(number: str) -> list[str]:
    """The codes of a number, folded and without figures: "37/2025/NQ-HĐND8" → ["nq", "hđnd"]."""
    folded = fold(number)
    return codes_in(folded, 0, len(folded))


def codes_in(folded: str, start: int, end: int) -> list[str]:
    """The same for `folded[start:end]`."""
    found = CODE.finditer(folded, start, end)
    return [m[0].rstrip("0123456789") for m in found if m.start() == start or not folded[m.start() - 1].isdigit()]


def _document_type(rule: Rule) -> DocumentType:
    data = rule.data
    return DocumentType(
        type=str(data.get("type", rule.id)),
        slug=str(data["slug"]),
        act=data["akn"] == "act",
        codes=frozenset(fold(code) for code in data["codes"]),
        **{flag: bool(data.get(flag, False)) for flag in ("named", "own", "common", "short", "plain", "verb")},
    )

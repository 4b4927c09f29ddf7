"""Finds where the name of a law ends: by the list of names, by the words of an amending law, or by its capital."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vn_resolution.extract.document_types import any_of_rules
from vn_resolution.grammar import Grammar, fold

_MAX_WORDS = 18
_MAX_LAWS = 24
_FIRST_WORD = re.compile(r"\W.*", re.DOTALL)
_WORD = re.compile(r"[^\s,;:.()“”\"\[\]|<>*]+")


class LawNames:
    """Reads names of laws with the rules of one grammar; `types` matches the word of any document type. A closed type
    has no names but the listed ones, and with a capital its word alone is one ("Hiến pháp")."""

    def __init__(self, grammar: Grammar, types: re.Pattern[str]) -> None:
        content = grammar.file("document_types")
        short = {fold(long): fold(abbreviation) for long, abbreviation in content.get("abbreviations", {}).items()}
        forms: dict[str, str] = content.get("name_forms", {})
        self._names = {kind: _Names(names, short, **forms) for kind, names in content.get("names", {}).items()}
        self._closed = frozenset(content.get("closed_names", ()))
        self._types = types
        self._rules = {
            section: any_of_rules(grammar, section)
            for section in (
                "law_amending",
                "law_amended",
                "law_and",
                "law_stop",
                "law_inside",
                "law_dated",
                "law_number",
            )
        }
        self._words = [(rule.regex, str(rule.data["type"])) for rule in grammar.rules("citations", "law_word").values()]

    def catalogued(self, kind: str, folded: str, at: int) -> int | None:
        """Where the listed name that begins here, after white space, ends."""
        names = self._names.get(kind)
        return names.read(folded, at) if names else None

    def read(self, text: str, folded: str, start: int, at: int, kind: str, amending_only: bool) -> int | None:
        """Where the name ends that begins at `at`, behind the word "Luật" at `start`; None where there is none.

        The laws that an amending law names are part of its name. A name that is not listed needs the capital of the
        type word, and its own or a date or number behind it.
        """
        amending = self._match("law_amending", folded, at)
        if amending:
            named = self._amended(text, folded, amending.end())
            other = self._match("law_amended", folded, amending.end()) if named is None else None
            return other.end() if other else named
        if amending_only:
            return None
        listed = self.catalogued(kind, folded, at)
        if listed:
            return listed
        if text[start].islower():
            return None
        return at if kind in self._closed else self._unlisted(text, folded, at)

    def _amended(self, text: str, folded: str, at: int) -> int | None:
        """Where the last of the laws ends that an amending law names, the first of them at `at`. Behind ";" a law goes
        on with the name only where the name as a whole has a date or number; else it is the next law of a list."""
        end: int | None = None
        listed: int | None = None
        for _ in range(_MAX_LAWS):
            word = next(((m.end(), kind) for pattern, kind in self._words if (m := pattern.match(folded, at))), None)
            if word is None:
                break
            name = self.catalogued(word[1], folded, word[0]) or self._unlisted(text, folded, word[0])
            if name is None:
                break
            end = name
            joined = self._match("law_and", folded, end)
            if joined is None:
                break
            if ";" in joined[0] and listed is None:
                listed = end
            at = joined.end()
        if listed is not None and end is not None and not self._match("law_number", folded, end):
            return listed
        return end

    def _unlisted(self, text: str, folded: str, at: int) -> int | None:
        while folded.startswith(" ", at):
            at += 1
        first = end = at
        for _ in range(_MAX_WORDS):
            word = _WORD.match(folded, at)
            if word is None or self._match("law_stop", folded, at) or self._types.match(folded, at):
                break
            if not self._match("law_inside", folded, at):
                end = word.end()
            at = word.end() + 1
            if folded.startswith(",", word.end()) and self._match("law_dated", folded, word.end()):
                at += 1
            elif not folded.startswith(" ", word.end()):
                break
        named = end > first and (text[first].isupper() or self._match("law_dated", folded, end) is not None)
        return end if named else None

    def _match(self, section: str, folded: str, at: int) -> re.Match[str] | None:
        return self._rules[section].match(folded, at)


class _Names:
    """The listed names of one type of document, each with its abbreviations and whatever the separators are. Those that
    begin with one word are one pattern, the longest first, compiled when the word is met."""

    def __init__(
        self, names: Sequence[str], short: Mapping[str, str], separator: str = r"\s+", before: str = r"\s+"
    ) -> None:
        self._before = re.compile(rf"{before}(?=(\w*))")
        self._sources: dict[str, list[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for name in sorted({fold(name) for name in names}, key=lambda name: (-len(name), name)):
            variants = {name}
            for long, abbreviation in short.items():
                variants |= {variant.replace(long, abbreviation) for variant in variants}
            for variant in sorted(variants, key=lambda v: (-len(v), v)):
                source = f"(?:{separator})".join(map(re.escape, re.split(separator, variant)))
                self._sources.setdefault(_FIRST_WORD.sub("", variant), []).append(source)

    def read(self, folded: str, at: int) -> int | None:
        """Where the name ends that begins here, after what may stand before one; None where none does."""
        opened = self._before.match(folded, at)
        if opened is None or opened[1] not in self._sources:
            return None
        if opened[1] not in self._patterns:
            self._patterns[opened[1]] = re.compile(rf"(?:{'|'.join(self._sources[opened[1]])})(?!\w)")
        match = self._patterns[opened[1]].match(folded, opened.end())
        return match.end() if match else None

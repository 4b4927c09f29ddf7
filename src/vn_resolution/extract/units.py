"""Reads the unit that stands at a place of the text: currency, percent, measure, time span or counted noun, and what
it is counted per ("đồng/người/tháng")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from vn_resolution.grammar import Grammar, fold

_SYLLABLE = r"(?:%o(?![^\W_])|[^\W_]+%?|[%‰₫$€°])"
_CHUNK = re.compile(rf"{_SYLLABLE}(?: (?:- )?{_SYLLABLE}){{0,6}}")
_SLASH = re.compile(r" ?/ ?(?:(?P<count>[0-9][0-9.]*)(?: ?\([^()]{1,20}\))? ?)?")
_TAIL = re.compile(r"(?: [^\W\d_]+){1,8} ?(?=/)")
_TAILED = frozenset({"measure", "count"})
_RATED = frozenset({"money", "percent", "measure", "count"})
_BASE = re.compile(r"0*1[0.]*")
_OWN = re.compile(r" (?:\d|[^\W\d_](?<=[A-ZĐÀ-ÝĂƠƯẠ-Ỵ]))")
"""What makes a noun one of its own: a number or a proper name behind it."""
_MAX_RATES = 3

DEFAULT_CURRENCY = "VND"


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry of units.toml. `name` is None where the unit's name is the noun as printed; `exact` is set where it
    counts only as printed so; `alone` = only where no further word follows."""

    kind: str
    group: str
    name: str | None = None
    exact: str | None = None
    alone: bool = False


class UnitMatch(NamedTuple):
    """A unit that ends at `end`. `base` is its name without the rate; kind is money, percent, measure, time or
    count; `group` the id of its entry in units.toml, "" for a noun that no entry knows."""

    end: int
    name: str
    kind: str
    group: str
    base: str


class _Node(dict[str, "_Node"]):
    """The entries whose next syllable is the key; `unit` is set where an entry ends."""

    unit: Unit | None = None


class UnitTable:
    """The units of a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        data = grammar.file("units")
        self._root = _Node()
        for table in data.get("unit", ()):
            self._add_unit(table)
        for table in data.get("noun", ()):
            for word in table["words"]:
                self._add(word, Unit("count", table["id"], alone=table.get("alone", False)))
        self._classifiers: dict[str, set[str]] = {}
        for table in data.get("classifier", ()):
            for word in table["words"]:
                self._classifiers.setdefault(word, set()).add(table["before"])
        self._together: dict[str, re.Pattern[str]] = {}
        for table in data.get("coordinated", ()):
            either = "|".join(sorted(map(re.escape, map(fold, table["words"])), key=len, reverse=True))
            nouns = re.compile(rf"(?: ?, | và )(?:{either})(?![^\W_])")
            self._together.update(dict.fromkeys(table["words"], nouns))
        self._function = frozenset(grammar.words("units", "function"))
        self._limits = frozenset(grammar.words("units", "limits"))
        self._titles = frozenset(grammar.words("units", "titles"))
        self._divisible = frozenset(grammar.words("units", "divisible"))
        rates = [(word, frozenset(table["before"])) for table in data.get("rate", ()) for word in table["words"]]
        self._per_kinds = dict(rates)
        of = [table for table in data.get("rate", ()) if "of" in table]
        self._per_of = {word: frozenset(table["of"]) for table in of for word in table["words"]}
        words = sorted((word for word, _ in rates), key=len, reverse=True)
        either = "|".join(map(re.escape, words))
        self._per = re.compile(rf" (?P<per>{either}) (?:(?P<count>10[0.]*) )?") if words else None
        self._bases = frozenset(grammar.words("units", "base_units"))
        self._planned = frozenset(grammar.words("units", "planned"))
        self._pairs = frozenset(grammar.words("units", "pairs"))

    def read(
        self, text: str, folded: str, at: int, limit: int, *, guess: bool = False, capital: bool = False
    ) -> UnitMatch | None:
        """The unit at `at` with its rates, not reaching beyond `limit`. `guess`: an unknown noun may be one;
        `capital`: a counted noun may be printed with a capital."""
        found = self._simple(text, folded, at, limit, guess=guess, rate=False)
        if found is None or (found.kind == "count" and not capital and self._is_heading(text, at, found)):
            return None
        if found.kind == "count" and folded[found.end : found.end + 1] in (",", " "):
            found = self._coordinated(text, folded, found, limit)
        return self._rates(text, folded, found, limit)

    def _coordinated(self, text: str, folded: str, found: UnitMatch, limit: int) -> UnitMatch:
        """The unit with the nouns that are counted together with its own ("106 xã, phường, thị trấn"), where neither a
        number of their own nor a proper name follows them."""
        nouns = self._together.get(found.base)
        if nouns is None:
            return found
        end = found.end
        while (match := nouns.match(folded, end, limit)) and not _OWN.match(text, match.end()):
            end = match.end()
        if end == found.end:
            return found
        name = found.name + ", ".join(text[found.end : end].lower().split(" , "))
        return found._replace(end=end, name=name)

    def _is_heading(self, text: str, at: int, found: UnitMatch) -> bool:
        """Whether a counted noun is printed with a capital as no noun inside a sentence is."""
        return text[at].isupper() and found.group not in self._titles and not text[at : found.end].isupper()

    def divides(self, unit: UnitMatch) -> bool:
        """Whether there are halves of this unit."""
        return unit.kind in ("time", "measure") or unit.base in self._divisible

    def money(self, text: str, folded: str, at: int, limit: int) -> UnitMatch:
        """The unit of an amount that names no currency ("5 tỷ", "3.000 triệu/năm"): đồng."""
        return self._rates(text, folded, UnitMatch(at, DEFAULT_CURRENCY, "money", "", DEFAULT_CURRENCY), limit)

    def _simple(self, text: str, folded: str, at: int, limit: int, *, guess: bool, rate: bool) -> UnitMatch | None:
        chunk = _CHUNK.match(folded, at, limit)
        if chunk is None:
            return None
        words = chunk.group().split(" ")
        unit, length = self._longest(words, text, at)
        if unit is None:
            return self._unknown(text, at, words) if guess else None
        end = at + sum(map(len, words[:length])) + length - 1
        name = unit.name or text[at:end].lower()
        if length == 1 and words[0] in self._classifiers:
            end = self._counted(text, words, at, end, rate)
            name = text[at:end].lower() if end > at + len(words[0]) else name
        return UnitMatch(end, name, unit.kind, unit.group, name)

    def _longest(self, words: list[str], text: str, at: int) -> tuple[Unit | None, int]:
        """The longest entry that these syllables begin with, and how many of them it has; none that tears a word in two
        where a shorter one does not ("hộ | dân cư")."""
        node, best, length = self._root, None, 0
        for count, word in enumerate(words, 1):
            following = node.get(word)
            if following is None:
                break
            node = following
            unit = node.unit
            if unit is None or (unit.exact is not None and not text.startswith(unit.exact, at)):
                continue
            rest = count < len(words)
            torn = rest and best is not None and f"{word} {words[count]}" in self._pairs
            if not torn and not (rest and unit.alone):
                best, length = unit, count
        if best is None and len(words) > 1 and words[0] in self._classifiers:
            return Unit("count", ""), 1
        return best, length

    def _counted(self, text: str, words: list[str], at: int, end: int, rate: bool) -> int:
        """Where the noun ends that a classifier counts; `end` when none follows."""
        before = self._classifiers[words[0]]
        noun, length = self._longest(words[1:], text, end + 1)
        short = {"syllable"} if length == 1 else frozenset[str]()
        if noun is not None and noun.kind == "count" and before & {"noun", "any", *short}:
            return end + sum(map(len, words[1 : 1 + length])) + length
        if "any" in before or (rate and "rate" in before):
            stops = self._function if rate else self._function | self._limits
            for word in words[1:3]:
                if word in stops or not word.isalpha():
                    break
                end += 1 + len(word)
        return end

    def _unknown(self, text: str, at: int, words: list[str]) -> UnitMatch | None:
        first = words[0]
        if len(first) < 2 or not first.isalpha() or first in self._function or first in self._limits:
            return None
        end = at + len(first)
        if len(words) > 1 and words[1].isalpha() and not {words[1]} & (self._function | self._limits):
            end += 1 + len(words[1])
        printed = text[at:end]
        if printed.isascii() or not (printed.islower() or printed.isupper()):
            return None
        name = printed.lower()
        return UnitMatch(end, name, "count", "", name)

    def _rates(self, text: str, folded: str, found: UnitMatch, limit: int) -> UnitMatch:
        name, end = found.name, found.end
        for _ in range(_MAX_RATES):
            slash = _SLASH.match(folded, end, limit)
            if slash is None and end == found.end and found.kind in _TAILED:
                tail = _TAIL.match(folded, end, limit)
                slash = _SLASH.match(folded, tail.end(), limit) if tail else None
            if slash is not None:
                per = self._simple(text, folded, slash.end(), limit, guess=True, rate=True)
                count = slash["count"] or "1"
                if per is None or per.kind == "money" or not _BASE.fullmatch(count):
                    break
                if per.name in self._planned and folded[per.end + 1 : per.end + 2].isdigit():
                    break
                shown = "" if count.lstrip("0") == "1" else f"{count} "
                name, end = f"{name}/{shown}{per.name}", per.end
                continue
            per = self._per_one(text, folded, end, limit, found.kind) if found.kind in _RATED else None
            if per is None:
                break
            name, end = f"{name}/{per.name}", per.end
        return UnitMatch(end, name, found.kind, found.group, found.base) if end > found.end else found

    def _per_one(self, text: str, folded: str, end: int, limit: int, kind: str) -> UnitMatch | None:
        match = self._per.match(folded, end, limit) if self._per else None
        if match is None:
            return None
        per = self._simple(text, folded, match.end(), limit, guess=False, rate=True)
        if per is None:
            return None
        kinds = self._per_kinds[match["per"]]
        if kind not in self._per_of.get(match["per"], (kind,)):
            return None
        if "base" in kinds:
            count = f"{match['count']} " if match["count"] else ""
            return per._replace(name=count + per.name) if per.name in self._bases else None
        return per if match["count"] is None and per.kind in kinds else None

    def _add_unit(self, table: dict[str, Any]) -> None:
        exact = frozenset(table.get("exact", ()))
        for word in table["words"]:
            name, printed = table.get("unit", word), word if word in exact else None
            self._add(word, Unit(table["kind"], table["id"], name, printed))

    def _add(self, word: str, unit: Unit) -> None:
        node = self._root
        for syllable in fold(word).split(" "):
            node = node.setdefault(syllable, _Node())
        if node.unit is None:
            node.unit = unit


@lru_cache(maxsize=8)
def unit_table(grammar: Grammar) -> UnitTable:
    """The compiled units of a grammar."""
    return UnitTable(grammar)

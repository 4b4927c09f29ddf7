"""Turns the name of a provincial unit, as documents print it, into the dated entry of `grammars/provinces.toml`.

Names are compared blind to case, tone placement, spaces and dashes, with their listed variants.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from vn_resolution.errors import GrammarError
from vn_resolution.grammar.fold import fold
from vn_resolution.grammar.load import Grammar

_SEPARATORS = re.compile(r"[\s.\-]+")


@dataclass(frozen=True, slots=True)
class Province:
    """One provincial unit: `kind` is "tỉnh" or "thành phố", `code` its ISO 3166-2:VN code or None where the table
    vouches for none, `valid_from` and `valid_to` its first and last day (ISO; None = older than 1992, today),
    `merged_into` the id of the unit that took its territory over."""

    id: str
    name: str
    kind: str
    code: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    merged_into: str | None = None

    def stands_on(self, day: str) -> bool:
        """Whether the unit exists on this ISO date. A shorter date ("2025") is asked about its first day."""
        day = day + "-01-01"[len(day) - 4 :] if len(day) in (4, 7) else day
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Provinces:
    """The table of provincial units of one grammar. Raises GrammarError for an entry that cannot be used."""

    def __init__(self, grammar: Grammar) -> None:
        content = grammar.file("provinces")
        words: dict[str, list[str]] = content.get("words", {})
        self._by_id: dict[str, Province] = {}
        self._by_key: dict[str, list[Province]] = {}
        spellings: set[str] = set()
        for entry in content.get("unit", []):
            province = _read(entry)
            self._by_id[province.id] = province
            for spelling in (province.name, *entry.get("variants", ())):
                spellings.add(fold(spelling))
                same = self._by_key.setdefault(_key(spelling), [])
                if province not in same:
                    same.append(province)
        self._kinds = {_key(word): fold(kind) for kind, forms in content.get("kinds", {}).items() for word in forms}
        kinds = _any_of(fold(word) for forms in content.get("kinds", {}).values() for word in forms)
        self._kind = re.compile(rf"\s*({kinds})(?!\w)")
        lower = _any_of(map(fold, words.get("lower", ())))
        longer = _any_of(map(fold, words.get("not_after", ())))
        self._lower = re.compile(rf"(?<!\w)(?:{lower})\s+[^,;.()]+")
        self._phrase = re.compile(
            rf"(?<!\w)(?:(?P<kind>{kinds})|(?P<lower>{lower})\s)?"
            rf"[\s.]{{0,3}}(?P<name>{_any_of(spellings)})(?!\w)(?!\s*(?:{longer})(?!\w))"
        )

    def __iter__(self) -> Iterator[Province]:
        return iter(self._by_id.values())

    def get(self, unit_id: str) -> Province | None:
        """The unit with this id."""
        return self._by_id.get(unit_id)

    def heir(self, province: Province) -> Province | None:
        """The unit that holds its territory today: itself, or what it was merged into; None where it was divided."""
        found: Province | None = province
        while found and found.valid_to:
            found = self._by_id.get(found.merged_into or "")
        return found

    def on(self, day: str) -> tuple[Province, ...]:
        """The units that exist on this ISO date, in the order of the table."""
        return tuple(province for province in self if province.stands_on(day))

    def lookup(self, name: str, on: str | None = None) -> Province | None:
        """The unit of this name ("Hoà Bình", "tỉnh Hòa Bình", "TP. Huế") that exists on the date; with no date the
        one that bore the name last. None for a name that the table lacks or that no unit bore on that day."""
        folded = fold(name)
        prefix = self._kind.match(folded)
        if prefix:
            found = self._choose(folded[prefix.end() :], on, self._kinds[_key(prefix[1])])
            if found:
                return found
        return self._choose(folded, on, None)

    def find_in(self, text_folded: str, on: str | None = None) -> Province | None:
        """The unit in a running phrase, given folded: "hội đồng nhân dân tỉnh bà rịa-vũng tàu", "phường huế, thành
        phố huế". A name behind tỉnh wins, then the first behind thành phố or alone; the name of a lower unit
        ("xã hòa bình") is none."""
        best: Province | None = None
        for match in self._phrase.finditer(text_folded):
            if match["lower"]:
                continue
            kind = self._kinds[_key(match["kind"])] if match["kind"] else None
            found = self._choose(match["name"], on, kind)
            if found and kind == "tỉnh":
                return found
            best = best or found
        return best

    def lower_unit(self, text_folded: str) -> str | None:
        """The first unit below the province in a phrase, given folded: "xã đông á" of "hội đồng nhân dân xã đông á,
        tỉnh hưng yên"."""
        found = self._lower.search(text_folded)
        return found[0].strip() if found else None

    def _choose(self, name: str, on: str | None, kind: str | None) -> Province | None:
        found = self._by_key.get(_key(name), [])
        if on is not None:
            found = [province for province in found if province.stands_on(on)]
        found = [province for province in found if province.kind == kind] or found
        return max(found, key=lambda province: province.valid_to or "9999", default=None)


def _read(entry: dict[str, Any]) -> Province:
    try:
        return Province(**{key: value for key, value in entry.items() if key != "variants"})
    except TypeError as error:
        raise GrammarError(f"provinces.toml, unit {entry.get('id')!r}: {error}") from None


def _key(name: str) -> str:
    return _SEPARATORS.sub("", fold(name))


def _any_of(spellings: Iterable[str]) -> str:
    """An alternation, the longest first; where a spelling has spaces or dashes the text may have any or none."""
    longest = sorted(spellings, key=lambda word: (-len(word), word))
    return "|".join(r"[\s.\-]{0,3}".join(map(re.escape, _SEPARATORS.split(word))) for word in longest) or r"(?!)"

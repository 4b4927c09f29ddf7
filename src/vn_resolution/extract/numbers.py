"""Reads numbers as Vietnamese documents print them, in figures and in words, into Decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from vn_resolution.grammar import Grammar

FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
"""A run of figures with inner separators."""


def digits_pattern(glued: Sequence[str] = ()) -> re.Pattern[str]:
    """Matches such a run that continues no word, label, file number or scale (1:500), before what may make it a
    quantity. Words that are `glued` to it, a blank having been lost ("đạt58,2%"), are no words that it continues."""
    free = "|".join([r"(?<![^\W_²³].)", *(rf"(?<=\b{re.escape(word)}.)" for word in glued)])
    return re.compile(
        rf"[0-9](?:{free})(?<![^\W_][.].)(?<!\d[,:/].)(?<![^\W\d_]-.)[0-9]*+(?:[.,][0-9]++)*+"
        r"(?= ?[^\W_]| ?[%‰₫$€°(÷~-]|[.,] ?[0-9]| [.,][0-9]|[/)])"
    )


_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_POINT = re.compile(r"[0-9]+\.[0-9]+")
_COMMA_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_POINT_GROUP = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_TORN = re.compile(r"[0-9]{1,3}(?:(?:\. | \.| )[0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]+ ?, ?[0-9]{1,2}(?= ?%)")
_MAY_BE_TORN = re.compile(r"[.,]? ?[.,]?[0-9]")
_LONGEST = 24

ENGLISH, SPACED = "V002", "V003"
"""Doubt codes: separators read the English way; blanks inside the number."""


def parse_number(figures: str, *, whole: bool = False, share: bool = False) -> tuple[Decimal, str | None] | None:
    """The value of figures with separators, and the doubt about it; None for a thing that is no number ("1.2.3", a
    run of more than 24 characters).

    Points group thousands and a comma opens the decimals (9.878; 1.234,5). The other way round is read only where
    nothing else is possible (8.5; 1,234.5; 1,234,567) or where the unit decides: `whole` for things that are counted
    whole (34,500 people), `share` for percentages (12.345 %).
    """
    if len(figures) > _LONGEST:
        return None
    if figures.isdigit():
        return Decimal(figures), None
    if _GROUPED.fullmatch(figures):
        if figures[0] == "0" or (share and _POINT_GROUP.fullmatch(figures) and not figures.endswith("00")):
            return (Decimal(figures), ENGLISH) if figures.count(".") == 1 and "," not in figures else None
        return Decimal(figures.replace(".", "").replace(",", ".")), None
    if _PLAIN.fullmatch(figures):
        if whole and _COMMA_GROUP.fullmatch(figures):
            return Decimal(figures.replace(",", "")), ENGLISH
        return Decimal(figures.replace(",", ".")), None
    if _ENGLISH.fullmatch(figures):
        return Decimal(figures.replace(",", "")), ENGLISH
    if _POINT.fullmatch(figures):
        return Decimal(figures), ENGLISH
    return None


def torn_number(text: str, start: int, end: int) -> int:
    """Where the number ends that `text[start:end]` begins when blanks tear it ("9. 878", "34 500"), else `end`.

    "2. 100 %" after a sentence's end is a list label and a number: only a number inside a sentence is joined, and
    after a colon, where a list would begin with 1.
    """
    if not _MAY_BE_TORN.match(text, end):
        return end
    match = _TORN.match(text, start)
    if match is None or match.end() <= end:
        return end
    before = text[:start].rstrip()[-1:] if start < 2 else text[start - 2 : start].strip()[-1:]
    inside = before.isalpha() or (before == ":" and text[start:end].lstrip("0") != "1")
    return match.end() if inside else end


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of numbers, from the table [number_words] and the scales of the grammar."""

    digits: dict[str, int]
    ten: frozenset[str]
    tens: frozenset[str]
    hundreds: frozenset[str]
    fillers: frozenset[str]
    scales: dict[str, int]

    def knows(self, word: str) -> bool:
        return (
            word in self.digits or word in self.ten or word in self.tens or word in self.hundreds or word in self.scales
        )

    def value(self, words: Sequence[str]) -> Decimal | None:
        """The number that these words say ("mười lăm nghìn bốn trăm tám mươi sáu tỷ"), None when they say none."""
        total = part = group = 0
        digit: int | None = None
        known = False
        for word in words:
            if word in self.fillers:
                continue
            if not self.knows(word):
                return None
            known = True
            if word in self.digits:
                if digit is not None:
                    return None
                digit = self.digits[word]
            elif word in self.ten:
                group, digit = group + 10 + (digit or 0), None
            elif word in self.tens:
                group, digit = group + 10 * (digit or 1), None
            elif word in self.hundreds:
                group, digit = group + 100 * (1 if digit is None else digit), None
            else:
                group, digit = group + (digit or 0), None
                total, part = _scaled(total, part, group, self.scales[word])
                group = 0
        return Decimal(total + part + group + (digit or 0)) if known else None


def _scaled(total: int, part: int, group: int, factor: int) -> tuple[int, int]:
    """(total, part) after a scale word: thousands wait for the billions ("bảy nghìn không trăm chín mươi ba tỷ")."""
    if factor < 1_000_000:
        return total, part + group * factor
    amount = part + group
    return (total + amount * factor, 0) if amount else (total * factor, 0)


@lru_cache(maxsize=8)
def number_words(grammar: Grammar) -> NumberWords:
    """The number words of a grammar."""
    table = grammar.file("quantities").get("number_words", {})
    scales = {
        word: int(scale["factor"]) for scale in grammar.file("quantities").get("scale", ()) for word in scale["words"]
    }
    hundreds = frozenset(table.get("hundreds", ()))
    return NumberWords(
        digits=dict(table.get("digits", {})),
        ten=frozenset(table.get("ten", ())),
        tens=frozenset(table.get("tens", ())),
        hundreds=hundreds,
        fillers=frozenset(table.get("fillers", ())),
        scales={word: factor for word, factor in scales.items() if word not in hundreds},
    )

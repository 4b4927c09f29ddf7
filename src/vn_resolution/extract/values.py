"""Reads one value at a place of the text: a number in figures, with its words in brackets, scale words and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from vn_resolution.extract.numbers import ENGLISH, SPACED, NumberWords, number_words, parse_number, torn_number
from vn_resolution.extract.units import UnitMatch, UnitTable, unit_table
from vn_resolution.grammar import Grammar

MISMATCH, NO_CURRENCY = "V004", "V005"
"""Doubt codes: figures and words disagree; an amount in millions or billions names no currency."""

GRAVITY = (MISMATCH, ENGLISH, SPACED, NO_CURRENCY)
"""Doubt codes, the gravest first: a quantity carries one."""

_WORD = re.compile(r"[^\W_]+")
_BRACKET = re.compile(r" ?\(([^\W\d_][^()\d]{0,60})\)")
_LETTERS = re.compile(r" ?\((?:([^():\d]{4,30}):)? ?([^()\d]{6,200})\)?")
_FRACTION = re.compile(r"/([0-9]+(?:[.,][0-9]+)*)(?![0-9/-]|[^\W\d_])")
_COMPOUND = re.compile(r" ([0-9]{1,3}(?:,[0-9]+)?) ?([^\W\d_]+)")
_SPOKEN = 64
_SAID = 2
_SMALL_PARTS = 10


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale word: its factor, the syllables before which it is another word, whether it alone means money."""

    factor: Decimal
    not_before: frozenset[str]
    money: bool


@dataclass(slots=True)
class Value:
    """One number with what directly follows it. `amount` is scaled; `plain` = bare figures that could be a label;
    `assumed` = the currency is not printed."""

    start: int
    end: int
    number: Decimal
    factor: Decimal
    extra: Decimal
    unit: UnitMatch | None
    plain: bool
    assumed: bool
    doubts: list[str]

    @property
    def amount(self) -> Decimal:
        return self.number * self.factor + self.extra


@dataclass(frozen=True, slots=True)
class ValueReader:
    """The tables of one grammar for reading values."""

    units: UnitTable
    words: NumberWords
    scales: dict[str, Scale]
    in_letters: frozenset[str]

    def read(self, text: str, folded: str, start: int, end: int, limit: int) -> Value | None:
        """The value whose figures are `text[start:end]`, not reaching beyond `limit`. None where nothing follows the
        figures that could make them a quantity; a value without unit may still open a range."""
        following = folded[end : end + 1]
        if following == ")":
            return None
        doubts: list[str] = []
        if following in (".", ",", " "):
            torn = torn_number(folded, start, end)
            if end < torn <= limit:
                end = torn
                doubts.append(SPACED)
            elif following != " ":
                return None
        figures, over = folded[start:end], None
        if following == "/":
            over = _FRACTION.match(folded, end)
            if over is None:
                return None
            end = over.end()
        return self._measured(text, folded, start, end, limit, figures.replace(" ", ""), doubts, over)

    def read_bracketed(self, text: str, folded: str, start: int, end: int, limit: int, floor: int) -> Value | None:
        """The value whose figures stand in brackets ("hai mươi lăm (25) hộ"): it has number words before them, after
        `floor`, and a unit after them; else None."""
        if folded[start - 1 : start] != "(" or folded[end : end + 1] != ")":
            return None
        before = folded[max(floor, start - _SPOKEN) : start - 1].rstrip().split(" ")
        spoken: list[str] = []
        while before and self._is_number_word(before[-1]):
            spoken.insert(0, before.pop())
        while spoken and spoken[0] in self.words.fillers:
            spoken.pop(0)
        if not spoken:
            return None
        value = self._measured(text, folded, start, end + 1, limit, folded[start:end], [], None)
        if value is None or value.unit is None:
            return None
        value.start = folded.rfind(" ".join(spoken), 0, start)
        value.plain = False
        if self.words.value(spoken) != value.number:
            value.doubts.append(MISMATCH)
        return value

    def check_letters(self, folded: str, value: Value) -> None:
        """Notes a doubt where "(Bằng chữ: …)" after an amount says another amount."""
        if "(" not in folded[value.end : value.end + 2]:
            return
        bracket = _LETTERS.match(folded, value.end)
        if bracket is None:
            return
        spoken: list[str] = []
        for word in _WORD.findall(bracket[2]):
            if not self._is_number_word(word):
                break
            spoken.append(word)
        announced = bracket[1] is not None and bracket[1].strip() in self.in_letters
        if not spoken or not (announced or len(spoken) > _SAID):
            return
        said = self.words.value(spoken)
        if said is not None and said != value.amount:
            value.doubts.append(MISMATCH)

    def _measured(
        self,
        text: str,
        folded: str,
        start: int,
        end: int,
        limit: int,
        figures: str,
        doubts: list[str],
        over: re.Match[str] | None,
    ) -> Value | None:
        at, said = self._said_again(folded, end)
        factor, money, at = self._scaled(folded, at, limit)
        extra, at = self._compound(folded, at, limit, factor)
        place = at + 1 if folded[at : at + 1] == " " else at
        guess = place > at and not money and over is None
        inside = text[start - 1 : start] == " " and text[start - 2 : start - 1].islower()
        capital = figures[0] == "0" or over is not None or inside
        unit = self.units.read(text, folded, place, limit, guess=guess, capital=capital) if place < limit else None
        assumed = unit is None and money
        if assumed:
            unit = self.units.money(text, folded, at, limit)
            doubts.append(NO_CURRENCY)
        whole = unit is not None and factor == 1 and unit.kind in ("count", "money")
        parsed = parse_number(figures, whole=whole, share=unit is not None and unit.kind == "percent")
        if parsed is None:
            return None
        number = parsed[0]
        if parsed[1]:
            doubts.append(parsed[1])
        if said is not None and said != number:
            doubts.append(MISMATCH)
        if over is not None:
            part = self._part(number, over[1], unit)
            if part is None:
                return None
            number = part
        end = unit.end if unit else (at if factor != 1 else end)
        plain = factor == 1 and figures.isdigit()
        return Value(start, end, number, factor, extra, unit, plain, assumed, doubts)

    def _said_again(self, folded: str, end: int) -> tuple[int, Decimal | None]:
        """Past the bracket that says the number in words ("01 (một) bộ"), and what it says."""
        if "(" not in folded[end : end + 2]:
            return end, None
        bracket = _BRACKET.match(folded, end)
        said = self.words.value(_WORD.findall(bracket[1])) if bracket else None
        return (bracket.end(), said) if bracket and said is not None else (end, None)

    def _scaled(self, folded: str, at: int, limit: int) -> tuple[Decimal, bool, int]:
        """The scale words at `at` ("nghìn tỷ"): their factor, whether they mean money, where they end."""
        factor, money = Decimal(1), False
        while True:
            word = _WORD.match(folded, at + (folded[at : at + 1] == " "), limit)
            scale = self.scales.get(word.group()) if word else None
            if word is None or scale is None:
                return factor, money, at
            end = word.end()
            after = _WORD.match(folded, end + 1, limit) if folded[end : end + 1] == " " else None
            if after and after.group() in scale.not_before:
                return factor, money, at
            factor, money = factor * scale.factor, scale.money
            at = end + 1 if folded[end : end + 1] == "." and folded[end + 1 : end + 2].isalpha() else end

    def _compound(self, folded: str, at: int, limit: int, factor: Decimal) -> tuple[Decimal, int]:
        """The lesser amount that goes on from the greater ("2 triệu 500 nghìn"), and where it ends."""
        extra = Decimal(0)
        while factor != 1 and (match := _COMPOUND.match(folded, at, limit)):
            scale = self.scales.get(match[2])
            parsed = parse_number(match[1])
            if scale is None or scale.factor >= factor or parsed is None:
                break
            extra, factor, at = extra + parsed[0] * scale.factor, scale.factor, match.end()
        return extra, at

    def _part(self, number: Decimal, figures: str, unit: UnitMatch | None) -> Decimal | None:
        """What a fraction measures: "1/2 ngày" is half a day, "15/20 xã" fifteen communes, "24/24 giờ" nothing."""
        parsed = parse_number(figures)
        if parsed is None or unit is None or unit.kind == "percent":
            return None
        whole = parsed[0]
        if whole == 0 or (unit.kind == "time" and number == whole):
            return None
        halves = self.units.divides(unit) and number == int(number) and number < whole <= _SMALL_PARTS
        return number / whole if halves else number

    def _is_number_word(self, word: str) -> bool:
        return self.words.knows(word) or word in self.words.fillers


@lru_cache(maxsize=8)
def value_reader(grammar: Grammar) -> ValueReader:
    """The compiled reader of a grammar."""
    scales = {
        word: Scale(Decimal(table["factor"]), frozenset(table.get("not_before", ())), bool(table.get("money")))
        for table in grammar.file("quantities").get("scale", ())
        for word in table["words"]
    }
    in_letters = frozenset(grammar.words("quantities", "in_letters"))
    return ValueReader(unit_table(grammar), number_words(grammar), scales, in_letters)

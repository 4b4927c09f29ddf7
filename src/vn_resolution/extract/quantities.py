"""Finds the numbers with a unit in reading text: value or range in base units, comparator, unit, doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from vn_resolution.extract.citations import scan_citations
from vn_resolution.extract.comparators import Before, Bound, Context, context_words
from vn_resolution.extract.dates import scan_dates
from vn_resolution.extract.numbers import FIGURES, digits_pattern
from vn_resolution.extract.units import UnitMatch
from vn_resolution.extract.values import GRAVITY, NO_CURRENCY, Value, ValueReader, value_reader
from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import Comparator, Quantity
from vn_resolution.reading import Reader

_GAP = re.compile(r"(?: [^\W\d_]+){0,9},? ([^\W\d_]+) |, ")
_ROUND = frozenset({Decimal(10**power) for power in range(6)})
_BOUNDS_FROM = frozenset({"money", "percent", "measure", "time"})
_SMALL, _TELEPHONE, _HOURS, _ALL = 20, 10**8, 24, 100


class QuantityMatch(NamedTuple):
    """A quantity at `text[start:end]`, comparator words outside. `low`/`high` are in base units (đồng, people,
    percent); None on the open side. `kind` is money, percent, measure, time or count. `doubt` is a diagnostic code."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    comparator: Comparator
    unit: str
    kind: str
    doubt: str | None = None


def scan_quantities(
    text: str, folded: str, grammar: Grammar, taken: Sequence[tuple[int, int]] = ()
) -> list[QuantityMatch]:
    """The quantities of a reading text (given with its fold), in reading order, none overlapping another or `taken`,
    the spans of dates and citations."""
    return _Scan(text, folded, _compiled(grammar), taken).run()


def find_quantities(text: str, grammar: Grammar | None = None) -> tuple[Quantity, ...]:
    """The quantities of any string, with spans into it."""
    grammar = grammar or load_grammar()
    reading = Reader(text).read((0, len(text)))
    folded = fold(reading.text)
    dates = scan_dates(reading.text, folded, grammar)
    citations = scan_citations(reading.text, folded, grammar, dates)
    taken = [(date.start, date.end) for date in dates] + [(cited.start, cited.end) for cited in citations]
    return tuple(
        Quantity(
            id=f"qty_{number}",
            text=reading.text[match.start : match.end],
            span=reading.span(match.start, match.end),
            low=match.low,
            high=match.high,
            comparator=match.comparator,
            unit=match.unit,
        )
        for number, match in enumerate(scan_quantities(reading.text, folded, grammar, taken), 1)
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    digits: re.Pattern[str]
    values: ValueReader
    context: Context
    range: re.Pattern[str]
    joiners: frozenset[str]
    either: frozenset[str]
    base_units: frozenset[str]
    reached: re.Pattern[str]
    place_units: frozenset[str]
    clock_units: frozenset[str]
    clock: re.Pattern[str]
    stations: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=8)
def _compiled(grammar: Grammar) -> _Tables:
    names = ("range_words", "range_fillers", "minutes", "day_parts")
    to, between, minutes, parts = (_either(grammar, name) for name in names)
    return _Tables(
        digits=digits_pattern([fold(word) for word in grammar.words("quantities", "glued")]),
        values=value_reader(grammar),
        context=context_words(grammar),
        range=re.compile(rf"(?: ?[-÷~] ?| (?:{to}) ?(?:(?:{between}) ?)?)(?=[0-9])"),
        joiners=frozenset(grammar.words("quantities", "joiners")),
        either=frozenset(grammar.words("quantities", "either")),
        base_units=frozenset(grammar.words("units", "base_units")),
        reached=re.compile(" (?:" + "|".join(map(re.escape, grammar.words("quantities", "reached"))) + r")\b"),
        place_units=frozenset(grammar.words("units", "place_units")),
        clock_units=frozenset(grammar.words("quantities", "clock_units")),
        clock=re.compile(rf"(?: ?[0-9]{{1,2}}(?: (?:{minutes}))?(?![0-9]))?(?P<part> (?:{parts})(?![^\W_]))?"),
        stations=tuple(rule.regex for rule in grammar.rules("quantities", "station").values()),
    )


def _either(grammar: Grammar, name: str) -> str:
    """The words of this list as alternatives of a pattern, the longest first; what never matches for none."""
    words = sorted(grammar.words("quantities", name), key=len, reverse=True)
    return "|".join(map(re.escape, words)) or "(?!)"


class _Scan:
    """One pass over one reading text."""

    __slots__ = ("_done", "_ends", "_folded", "_last", "_starts", "_tables", "_text")

    def __init__(self, text: str, folded: str, tables: _Tables, taken: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._folded = folded
        self._tables = tables
        spans = sorted(taken)
        self._starts = [span[0] for span in spans]
        self._ends = [span[1] for span in spans]
        self._done = 0
        self._last: QuantityMatch | None = None

    def run(self) -> list[QuantityMatch]:
        found = []
        starts, ends = self._starts, self._ends
        index, size, length = 0, len(starts), len(self._folded)
        for digits in self._tables.digits.finditer(self._folded):
            start = digits.start()
            if start < self._done:
                continue
            while index < size and ends[index] <= start:
                index += 1
            if index < size and starts[index] <= start:
                continue
            match = self._quantity(start, digits.end(), starts[index] if index < size else length)
            if match is not None:
                found.append(match)
                self._done = match.end
                self._last = match
        return found

    def _quantity(self, start: int, end: int, limit: int) -> QuantityMatch | None:
        values, text, folded = self._tables.values, self._text, self._folded
        if folded[end : end + 1] == ")":
            value = values.read_bracketed(text, folded, start, end, limit, self._done)
        else:
            value = values.read(text, folded, start, end, limit)
        if value is None:
            return None
        second = self._second(value, limit)
        unit = value.unit or (second.unit if second else None)
        if unit is None:
            return None
        before = self._tables.context.before(folded, value.start)
        if self._is_clock(value, second, before) or self._is_label(value, unit, before):
            return None
        values.check_letters(folded, second or value)
        return self._judged(value, second, unit, before)

    def _second(self, value: Value, limit: int) -> Value | None:
        """The other end of the range that `value` opens, if it does; the scale and currency of the second count for
        the first too where it has none."""
        connector = self._tables.range.match(self._folded, value.end, limit)
        figures = FIGURES.match(self._folded, connector.end(), limit) if connector else None
        if figures is None:
            return None
        second = self._tables.values.read(self._text, self._folded, figures.start(), figures.end(), limit)
        if second is None or second.unit is None:
            return None
        unit, factor = value.unit, value.factor
        if value.assumed and second.unit.kind == "money":
            unit = None
        if unit is not None and unit.base != second.unit.base:
            return None
        if unit is None and factor == 1 and value.number * second.factor <= second.amount:
            factor = second.factor
        if value.number * factor + value.extra > second.amount:
            return None
        if value.assumed and not second.assumed:
            value.doubts.remove(NO_CURRENCY)
        value.factor = factor
        return second

    def _is_label(self, value: Value, unit: UnitMatch, before: Before) -> bool:
        """Whether the words before the number make it a label: "khoản 2", "lần thứ 28", "quốc lộ 19"."""
        guard = before.guard
        if guard is not None and before.guard_at >= self._done and value.number <= guard.max:
            if guard.blocks == "all":
                return True
            blocked = unit.kind in ("count", "time") if guard.blocks == "time" else unit.kind == guard.blocks
            if blocked and value.plain and unit.group not in guard.spares:
                return True
        if unit.kind == "measure":
            return self._is_station(value)
        if unit.kind != "count" or not value.plain:
            return False
        return value.number >= _TELEPHONE or (value.number <= _SMALL and self._after_name(value.start))

    def _is_clock(self, value: Value, second: Value | None, before: Before) -> bool:
        """Whether this is a time of the day ("lúc 7 giờ 30 phút"); if so its minutes are passed over."""
        tables, last = self._tables, second or value
        if value.unit is None or value.number > _HOURS or value.unit.name not in tables.clock_units:
            return False
        match = tables.clock.match(self._folded, last.end)
        assert match is not None
        guarded = before.guard is not None and before.guard.blocks == "clock"
        opening = before.from_ and tables.context.after(self._folded, last.end) is None
        if not (guarded or match["part"] or opening):
            return False
        self._done = match.end()
        return True

    def _is_station(self, value: Value) -> bool:
        """Whether these metres stand after a kilometre stone ("Km63 + 100m")."""
        before = self._folded[max(0, value.start - 12) : value.start]
        return "+" in before and any(pattern.search(before) for pattern in self._tables.stations)

    def _after_name(self, start: int) -> bool:
        """Whether a proper name stands before this small number, which then belongs to it ("Vĩnh Ninh 1")."""
        words = self._text[max(0, start - 24) : start].split()
        return len(words) > 1 and self._text[start] != "0" and all(w.istitle() and w.isalpha() for w in words[-2:])

    def _judged(self, value: Value, second: Value | None, unit: UnitMatch, before: Before) -> QuantityMatch:
        doubts = value.doubts + (second.doubts if second else [])
        doubt = min(doubts, key=GRAVITY.index) if doubts else None
        amount = value.amount
        if second is not None and second.unit is not None:
            name, kind = second.unit.name, second.unit.kind
            return QuantityMatch(value.start, second.end, amount, second.amount, "range", name, kind, doubt)
        op = self._comparator(value, unit, before)
        low = None if op in ("le", "lt") else amount
        high = None if op in ("ge", "gt") else amount
        return QuantityMatch(value.start, value.end, low, high, op, unit.name, unit.kind, doubt)

    def _comparator(self, value: Value, unit: UnitMatch, before: Before) -> Comparator:
        bound, context = before.bound, self._tables.context
        op = self._bound(value, unit, before, bound) if bound else None
        if op in ("gt", "lt") and not (bound and bound.gap and before.from_):  # "vượt từ 5 % trở lên"
            return op
        after = context.after(self._folded, value.end, opened=before.from_)
        if after is not None or op is not None:
            return after or op or "eq"
        if bound is not None or before.guard is not None:
            return "eq"
        if before.from_:
            one = unit.kind == "measure" and value.amount == 1  # "thu nhập từ 01 ha rừng" is no bound
            still = unit.kind in _BOUNDS_FROM and not one and not context.moves(self._folded, value.end)
            return "ge" if still else "eq"
        return self._joined(value, unit)

    def _bound(self, value: Value, unit: UnitMatch, before: Before, bound: Bound) -> Comparator | None:
        """What the bound means for this value; None where its words mean something else here."""
        if bound.gap and self._tables.context.measured(self._folded, value.end):
            return None
        if bound.bounded and (before.moved or (unit.kind == "count" and not before.opens)):
            return None
        everyone = bound.bounded and unit.kind == "percent" and value.amount == _ALL
        if everyone and self._tables.reached.match(self._folded, value.end):
            return None
        if bound.op == "gt" and not bound.gap:
            base = unit.base in self._tables.base_units and value.amount in _ROUND
            if base or unit.base in self._tables.place_units or (value.amount == 1 and unit.kind != "percent"):
                return None
        return bound.op

    def _joined(self, value: Value, unit: UnitMatch) -> Comparator:
        """The comparator of the value before, where this one is joined to it ("tối đa 3,5 lần và 2,0 lần")."""
        last = self._last
        if last is None or last.comparator in ("eq", "range"):
            return "eq"
        if value.amount in (last.low, last.high) or self._tables.context.after(self._folded, last.end):
            return "eq"
        gap = _GAP.fullmatch(self._folded, last.end, value.start)
        if last.unit.split("/")[0] != unit.base:
            other = self._folded[last.end : value.start].strip() in self._tables.either
            return last.comparator if other else "eq"
        joined = gap is not None and (gap[1] is None or gap[1] in self._tables.joiners)
        return last.comparator if joined else "eq"

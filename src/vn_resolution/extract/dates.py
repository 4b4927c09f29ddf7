"""Finds dates and calendar periods in reading text and turns them into ISO dates of the printed precision."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import DateMention
from vn_resolution.reading import Reader

FIRST_YEAR, LAST_YEAR = 1900, 2100
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date or period at `text[start:end]`.

    `date` and `end_date` are ISO with the printed precision ("2015", "2015-06"); both are None for a date whose year
    is not printed ("ngày 31 tháng 01 hằng năm") and for an impossible one, where `valid` is False.
    """

    start: int
    end: int
    date: str | None
    end_date: str | None
    kind: Literal["date", "period"]
    valid: bool = True


def scan_dates(text: str, folded: str, grammar: Grammar) -> list[DateMatch]:
    """The dates and periods of a reading text, in reading order, none overlapping another."""
    rules = _compiled(grammar)
    found: list[DateMatch] = []
    done = 0
    for cue in rules.cue.finditer(folded):
        at = cue.start()
        if at < done:
            continue
        starts = _openings(folded, at, done, rules.openers)
        if rules.bare.match(folded, at):
            starts.append(at)
        match = next((m for start in starts if (m := rules.regex.match(folded, start)) and m.end() > at), None)
        if match is None:
            continue
        groups, shape, strict = rules.shapes[match.lastgroup or ""]
        said = {name: value for name, group in groups if (value := match[group]) is not None}
        read = _read(match, said, shape, strict)
        if read is not None:
            found.append(read)
            done = read.end
    return found


def find_dates(text: str, grammar: Grammar | None = None) -> tuple[DateMention, ...]:
    """The dates and periods of any string, with spans into it. An impossible date has no value."""
    reading = Reader(text).read((0, len(text)))
    matches = scan_dates(reading.text, fold(reading.text), grammar or load_grammar())
    return tuple(
        DateMention(
            id=f"date_{number}",
            text=reading.text[match.start : match.end],
            span=reading.span(match.start, match.end),
            date=match.date,
            end=match.end_date,
            kind=match.kind,
        )
        for number, match in enumerate(matches, 1)
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    """All rules as one alternation, the groups of rule k renamed to `name_k`, its last group the empty `rule_k`;
    `shapes` has (its groups as (name, name_k), shape, strict) by the name of that last group. `cue` finds where a date
    may begin or an opener word end, `bare` tells whether one may begin there without an opener."""

    regex: re.Pattern[str]
    cue: re.Pattern[str]
    bare: re.Pattern[str]
    shapes: dict[str, tuple[list[tuple[str, str]], str, bool]]
    openers: frozenset[str]


@lru_cache(maxsize=8)
def _compiled(grammar: Grammar) -> _Rules:
    sources = []
    shapes: dict[str, tuple[list[tuple[str, str]], str, bool]] = {}
    for number, rule in enumerate(grammar.rules("dates", "date").values()):
        source = _GROUP.sub(rf"(?P<\1_{number}>", rule.regex.pattern)
        sources.append(f"{source}(?P<rule_{number}>)")
        groups = [(name, f"{name}_{number}") for name in rule.regex.groupindex]
        shapes[f"rule_{number}"] = (groups, str(rule.data["shape"]), bool(rule.data.get("strict", False)))
    tails = "|".join(map(re.escape, grammar.words("dates", "tails"))) or "(?!)"
    romans = "|".join(map(re.escape, grammar.words("dates", "roman_openers"))) or "(?!)"
    begin = rf"[0-9]{{1,2}} ?(?:{tails})|(?:19|20)[0-9]{{2}}(?![0-9])|(?:{romans}) (?=[ivx])"
    first = "".join(sorted({word[0] for word in grammar.words("dates", "roman_openers")}))
    # One set of characters comes first, so that the search runs from figure to figure.
    after_word = r"(?<=[^\W\d_:][0-9])|(?<=[^\W\d_] [0-9])|(?<=:[0-9])|(?<=: [0-9])"
    return _Rules(
        regex=re.compile("|".join(sources) or r"(?!)"),
        cue=re.compile(
            rf"[0-9{re.escape(first)}](?:{after_word}|(?<![0-9.,][0-9])(?<!\w[^\W\d_])(?<=(?=(?:{begin})).))"
        ),
        bare=re.compile(begin),
        shapes=shapes,
        openers=frozenset(grammar.words("dates", "openers")),
    )


def _openings(folded: str, at: int, done: int, openers: frozenset[str]) -> list[int]:
    """Where the opener words before this figure begin ("giai đoạn" 2021), the longer opener first."""
    floor = max(done, at - 16)
    words = folded[floor:at].rstrip(": ").split(" ")
    found = []
    for opener in (" ".join(words[-2:]), words[-1]):
        if opener in openers:
            start = folded.rfind(opener, floor, at)
            if start not in found:
                found.append(start)
    return found


def _read(match: re.Match[str], groups: dict[str, str], shape: str, strict: bool) -> DateMatch | None:
    start, end = match.span()
    if shape == "open":
        return DateMatch(start, end, None, None, "date")
    if shape == "year":
        return DateMatch(start, end, groups["y"], None, "date")
    if shape == "years":
        return _years(start, end, groups["y"], groups["y2"])
    if shape == "quarter":
        first, last = _QUARTERS[groups["q"]], _QUARTERS[groups.get("q2") or groups["q"]]
        year = groups["y"]
        return DateMatch(start, end, f"{year}-{3 * first - 2:02}", f"{year}-{3 * last:02}", "period")
    if shape == "part":
        return _part(start, end, int(groups["n"]), "late" in groups, groups.get("y"))
    return _day_or_month(start, end, groups, strict)


def _day_or_month(start: int, end: int, groups: dict[str, str], strict: bool) -> DateMatch | None:
    month = int(groups.get("m") or groups.get("m2") or groups["m3"])
    year = int(groups["y"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    possible = FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
    if "d" not in groups:
        return DateMatch(start, end, f"{year}-{month:02}" if possible else None, None, "date", possible)
    days = [int(groups[name]) for name in ("d", "d2") if name in groups]
    if strict and not (1 <= days[0] <= 31 and 1 <= month <= 12):
        return None
    if not possible or not all(1 <= day <= monthrange(year, month)[1] for day in days):
        return DateMatch(start, end, None, None, "date", False)
    dates = [f"{year}-{month:02}-{day:02}" for day in days]
    if len(dates) == 1:
        return DateMatch(start, end, dates[0], None, "date")
    return DateMatch(start, end, dates[0], dates[1], "period")


def _years(start: int, end: int, first: str, last: str) -> DateMatch:
    if len(last) == 2:
        last = first[:2] + last
    if int(first) > int(last):
        return DateMatch(start, end, None, None, "period", False)
    return DateMatch(start, end, first, last, "period")


def _part(start: int, end: int, months: int, late: bool, year: str | None) -> DateMatch:
    """Months that run from January on ("6 tháng đầu năm 2017") or to December ("6 tháng cuối năm 2017")."""
    if year is None:
        return DateMatch(start, end, None, None, "period")
    if not 1 <= months <= 12:
        return DateMatch(start, end, None, None, "period", False)
    first = 13 - months if late else 1
    return DateMatch(start, end, f"{year}-{first:02}", f"{year}-{first + months - 1:02}", "period")

"""Finds the time limit that a sentence prints ("trước ngày 30 tháng 6 năm 2024") and its last day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.extract.sentences import LABEL
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Deadline, trusted

_deadline = trusted(Deadline)
_YEAR = re.compile(r"\d{4}")
_NUMBERS = re.compile(r"\d+")
_BRACKET = re.compile(r"\([^()]*\)")
_NAME_BACK = 260
_TOLD_BACK = 80
_RECURRING_BACK = 40
_PARTS = {"quý": "quarter", "tháng": "month"}


@dataclass(frozen=True, slots=True)
class _Rules:
    cue: re.Pattern[str]
    opening: re.Pattern[str]
    condition: re.Pattern[str]
    openers: re.Pattern[str]
    pattern: re.Pattern[str]
    kinds: dict[str, str]
    by_name: frozenset[str]
    arising: tuple[str, ...]
    arisen: tuple[str, ...]
    names: tuple[str, ...]
    goal: re.Pattern[str]
    recurring: re.Pattern[str]
    shortfall: re.Pattern[str]
    told: Callable[[str], re.Match[str] | None]
    done: Callable[[str], re.Match[str] | None]
    quarters: dict[str, int]


def find_deadline(text: str, folded: str, grammar: Grammar) -> Deadline | None:
    """The first time limit of this sentence, or None. `date` is its last day (ISO, as precise as the words)."""
    rules = _rules(grammar)
    if not rules.cue.search(folded):
        return None
    phase = _opening_phase(folded, rules)
    if phase:
        return Deadline(text=text[phase.start() : phase.end()], date=_due("phase", phase[0], rules))
    condition = rules.condition.match(folded)
    open_text = _BRACKET.sub(lambda bracket: _opened(bracket, rules), folded) if "(" in folded else folded
    done = condition.end() if condition else 0
    for opener in rules.openers.finditer(open_text):
        at = opener.start()
        if at < done or open_text[at - 1 : at].isalpha():
            continue
        match = rules.pattern.match(open_text, at)
        if match is None:
            continue
        done = match.end()
        rule = match.lastgroup or ""
        if folded[max(0, at - _TOLD_BACK) : at].rstrip().endswith(rules.arisen):
            continue
        if rule in rules.by_name and _belongs_to_a_name(folded, match, rules):
            continue
        if rules.kinds[rule] == "session" and rules.told(folded[max(0, at - _TOLD_BACK) : at]):
            continue
        if rules.shortfall.match(folded, match.end()):
            continue
        words = text[match.start() : match.end()].rstrip(" ,.;")
        return _deadline(text=words, date=_due(rules.kinds[rule], folded[match.start() : match.end()], rules))
    return None


def _opened(bracket: re.Match[str], rules: _Rules) -> str:
    """What counts of a bracket: the time limit of what comes again and again, else nothing."""
    again = rules.recurring.search(bracket.string, max(0, bracket.start() - _RECURRING_BACK), bracket.start())
    return bracket[0] if again else " " * len(bracket[0])


def _opening_phase(folded: str, rules: _Rules) -> re.Match[str] | None:
    """The phase with which the sentence, or what stands behind its label, begins."""
    label = LABEL.match(folded)
    return rules.opening.match(folded) or (rules.opening.match(folded, label.end()) if label else None)


def _belongs_to_a_name(folded: str, match: re.Match[str], rules: _Rules) -> bool:
    """Whether "đến năm 2030" is part of the name of a plan, or tells when something arose."""
    before = folded[max(0, match.start() - _NAME_BACK) : match.start()].rstrip()
    if before.endswith(rules.arising) or rules.done(before[-_TOLD_BACK:]):
        return True
    if not rules.goal.match(match.group()):
        return False
    clause = before.rsplit(";", 1)[-1].rsplit(",", 1)[-1]
    return any(name in clause for name in rules.names)


def _due(kind: str, folded: str, rules: _Rules) -> str | None:
    years = _YEAR.findall(folded)
    if not years:
        return None
    if kind == "phase":
        kind = next((name for sign, name in _PARTS.items() if sign in folded), "year")
    year = years[0] if "trước" in folded else years[-1]
    if kind == "day":
        numbers = [int(n) for n in _NUMBERS.findall(folded)]
        if len(numbers) >= 3 and 1 <= numbers[1] <= 12 and 1 <= numbers[0] <= _days(numbers[2], numbers[1]):
            return f"{numbers[2]:04d}-{numbers[1]:02d}-{numbers[0]:02d}"
        return None
    if kind == "month":
        month = next((int(n) for n in _NUMBERS.findall(folded) if len(n) <= 2), 0)
        return f"{year}-{month:02d}" if 1 <= month <= 12 else None
    if kind == "quarter":
        quarter = next((rules.quarters[w] for w in re.findall(r"\w+", folded) if w in rules.quarters), 0)
        return f"{year}-{quarter * 3:02d}" if quarter else None
    return year if kind == "year" else None


def _days(year: int, month: int) -> int:
    return monthrange(year, month)[1] if 1 <= year <= 9999 else 0


@lru_cache(maxsize=8)
def _rules(grammar: Grammar) -> _Rules:
    rules = {rule.id.replace("-", "_"): rule for rule in grammar.rules("tasks", "deadline").values()}
    words = grammar.file("tasks")["words_before_no_deadline"]
    return _Rules(
        opening=grammar.rules("tasks", "opening_deadline")["phase"].regex,
        condition=grammar.rules("tasks", "condition")["condition"].regex,
        cue=grammar.rules("tasks", "deadline_cue")["deadline-cue"].regex,
        openers=re.compile("|".join(map(fold, grammar.words("tasks", "deadline_openers")))),
        pattern=re.compile("|".join(f"(?P<{name}>{rule.pattern})" for name, rule in rules.items())),
        kinds={name: rule.data["kind"] for name, rule in rules.items()},
        by_name=frozenset(name for name, rule in rules.items() if rule.data.get("by_name")),
        arising=tuple(fold(word) for word in words["arising"]),
        arisen=tuple(fold(word) for word in words["arisen"]),
        names=tuple(fold(word) for word in words["names"]),
        done=grammar.rules("tasks", "done")["done"].regex.search,
        shortfall=grammar.rules("tasks", "shortfall").sole.regex,
        recurring=grammar.rules("tasks", "recurring")["recurring"].regex,
        told=grammar.rules("tasks", "told")["told"].regex.search,
        goal=grammar.rules("tasks", "goal")["goal"].regex,
        quarters={"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4},
    )

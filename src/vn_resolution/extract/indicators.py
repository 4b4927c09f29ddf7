"""Finds the indicators in running text: which values are targets or results of a named measure, and what they say.

A sentence is read value by value. Before a value stand its name and a predicate ("tỷ lệ hộ nghèo giảm còn dưới");
where no name stands, the value says more of the measure before it ("…, bằng 49,6% dự toán, tăng 7% so với cùng kỳ").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from vn_resolution.extract.agents import find_charge
from vn_resolution.extract.indicator_findings import BEFORE, Finding, Sentence, measure_of
from vn_resolution.extract.indicator_names import names_measure, printed_name, qualifiers_of, strip_lead
from vn_resolution.extract.indicator_rules import Amount
from vn_resolution.extract.indicator_sentence import read_sentence
from vn_resolution.extract.indicator_words import Change, Words, indicator_words
from vn_resolution.extract.sections import Section, sentence_section
from vn_resolution.extract.sentences import split_sentences
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Node

_TAIL = 40
_LONGEST = 4_000
"""Characters of a sentence that are read together; a sentence that goes on longer is read piece by piece."""


class Value(Protocol):
    """A quantity found in the text: `[start, end)` of number and unit there; `kind` is money, percent, measure, time or
    count."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def comparator(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of running text (a heading or a node's own text, for reading) with the quantities found in it."""

    node: Node
    text: str
    quantities: Sequence[Value]
    section: Section


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """One indicator. `passage` and `quantity` index the passages and the quantities of that passage; `[start, end)` is
    the statement in the passage's text; `parent` indexes the list of matches; `group` is the label over its name."""

    passage: int
    quantity: int
    start: int
    end: int
    name: str
    change: Change
    status: Literal["target", "actual"]
    period: str | None = None
    qualifiers: tuple[str, ...] = ()
    parent: int | None = None
    group: str = ""


def find_indicators(passages: Sequence[Passage], grammar: Grammar) -> list[IndicatorMatch]:
    """The indicators of all passages of a resolution, which come in reading order."""
    words = indicator_words(grammar)
    found: list[IndicatorMatch] = []
    parents: dict[str, int] = {}
    led = ("", "")
    for number, passage in enumerate(passages):
        if passage.section.figures == "closed" or not passage.quantities:
            continue
        before = len(found)
        parent = parents.get(passage.node.id)
        _read_passage(number, passage, words, grammar, found, parent, led)
        if len(found) > before and (passage.text.endswith(":") or passage.text == passage.section.heading):
            led = passage.text, found[-1].name
        if len(found) > before and passage.node.children and words.enumerates.search(fold(passage.text[-_TAIL:])):
            whole = _enumerated(found, before, parent)
            parents.update((child.id, whole) for child in passage.node.children)
    return found


def _enumerated(found: list[IndicatorMatch], before: int, parent: int | None) -> int:
    """The indicator whose parts a list under its passage gives ("Thu nội địa: 12 tỷ đồng, trong đó:")."""
    for index in range(len(found) - 1, before - 1, -1):
        same = found[index].name == found[index - 1].name if index > before else False
        if found[index].parent == parent and not same:
            return index
    return before


def _read_passage(
    number: int, passage: Passage, words: Words, grammar: Grammar, found: list[IndicatorMatch], parent: int | None,
    led: tuple[str, str],
) -> None:  # fmt: skip
    """Adds the indicators of a passage to `found`; `led` is the last text before it that leads into a list, and what
    was counted there."""
    kinds = words.unit_kinds
    amounts = [
        Amount(q.start, q.end, i, q.unit, kinds.get(q.unit, q.kind), q.comparator)
        for i, q in enumerate(passage.quantities)
    ]
    previous = _of_heading(passage, words)
    leads = passage.section.leads
    counted = led[0] == passage.section.heading or (leads and led[0].endswith(leads[-1]))
    lead = led[1] if counted else _of_lead(leads, words)
    whole = parent
    starts = [a.start for a in amounts]
    for start, end in _pieces(passage.text, split_sentences(passage.text, grammar)):
        here = [a.moved(start) for a in amounts[bisect_left(starts, start) : bisect_left(starts, end)]]
        if not here:
            continue
        text = passage.text[start:end].replace("*", " ")
        folded = fold(text)
        section = sentence_section(passage.section, folded, grammar)
        if section.closed and section.figures != "open":
            continue
        verbs = _after_the_charged(text, folded, grammar) if section.figures == "strict" else ()
        findings = read_sentence(Sentence(text, folded, tuple(here), section, previous, verbs, lead), words)
        if findings:
            place = _append(findings, number, start, found, parent, whole)
            main = _main(findings)
            if main is not None:
                previous, whole = findings[main], place[main]


def _pieces(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, what is too long to be one cut behind a semicolon, a comma or a blank."""
    for start, end in sentences:
        while end - start > _LONGEST:
            cuts = (text.rfind(sign, start + _LONGEST // 2, start + _LONGEST) + len(sign) for sign in ("; ", ", ", " "))
            cut = next((cut for cut in cuts if cut > start), start + _LONGEST)
            yield start, cut
            start = cut
        yield start, end


def _of_heading(passage: Passage, words: Words) -> Finding | None:
    """The measure that the heading over a text names, for values in it that name none ("Về diện tích. Toàn tỉnh có
    20.000 ha")."""
    heading = passage.section.heading
    low = fold(heading)
    start = strip_lead(low, 0, len(low), words)[0]
    if passage.text == heading or not names_measure(low, start, len(low), words) or words.period.search(low):
        return None
    name = printed_name(heading, low, start, _before_times(low, start, words), words)
    return measure_of(name, qualifiers_of(heading, low, start, len(low), words))


def _of_lead(leads: Sequence[str], words: Words) -> str:
    """The measure that a lead-in names, for items of a time and a value only ("Tỷ lệ hộ nghèo theo các năm:")."""
    lead = leads[-1].rstrip(" :") if leads else ""
    low = fold(lead)
    start = strip_lead(low, 0, len(low), words)[0]
    if not names_measure(low, start, len(low), words):
        return ""
    return printed_name(lead, low, start, _before_times(low, start, words), words)


def _before_times(low: str, start: int, words: Words) -> int:
    """Where a name ends before the words that tell that its values of several times follow ("… | qua các năm")."""
    by_time = words.by_time.search(low, start)
    return by_time.start() if by_time else len(low)


def _main(findings: list[Finding]) -> int | None:
    """What the next sentence goes on about where it names nothing: the last whole of this one, not its parts; None
    where all are parts of what the sentence before spoke of."""
    last = len(findings) - 1
    while (parent := findings[last].parent) is not None and parent < last:
        if parent == BEFORE:
            return None
        last = parent
    while last and findings[last - 1].name == findings[last].name:
        last -= 1
    return last


def _after_the_charged(text: str, folded: str, grammar: Grammar) -> tuple[int, ...]:
    """Where a sentence goes on after those whom it charges ("Giao Sở Y tế phối hợp với … | xây dựng …")."""
    charge = find_charge(text, folded, grammar)
    return tuple(end for _, end in (*charge.agents, *charge.coagents))


def _append(
    findings: list[Finding],
    number: int,
    offset: int,
    found: list[IndicatorMatch],
    parent: int | None,
    whole: int | None,
) -> dict[int, int]:
    """Adds the findings of a sentence in the order of their values, and tells where each is now: their parents were
    counted as they were found. `parent` is that of all of them, `whole` what the sentence before spoke of."""
    order = sorted(range(len(findings)), key=lambda k: findings[k].at)
    place = {old: len(found) + new for new, old in enumerate(order)}
    for old in order:
        finding = findings[old]
        of = finding.parent
        found.append(
            IndicatorMatch(
                passage=number,
                quantity=finding.index,
                start=offset + finding.start,
                end=offset + finding.end,
                name=finding.name,
                change=finding.change,
                status=finding.status,
                period=finding.period,
                qualifiers=finding.qualifiers,
                parent=parent if of is None else whole if of == BEFORE else place[of],
                group=finding.group,
            )
        )
    return place

"""Finds the amending instructions: what each does, to which provision of which document, with which words.

An instruction whose document is not named in it ("Sửa đổi, bổ sung khoản 2 Điều 5 như sau:") amends the one named in
the nearest heading or text above it, or in the title.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from vn_resolution.extract.sentences import split_sentences
from vn_resolution.grammar import Grammar, Rule
from vn_resolution.model import Action, Node

_APPENDIX = "phu_luc"
_REPLACING_WORDS = 20
_MOST_TARGETS = 100
"""As many citations behind an instruction may be what it changes."""


class Cited(Protocol):
    """A citation found in a text: `[start, end)` there, the document's number, the provision, whether it is of this
    document."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def provision(self) -> str | None: ...
    @property
    def internal(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Clause:
    """A running text with its citations: the title (`node` is None), a heading or a node's own text."""

    node: Node | None
    text: str
    folded: str
    citations: Sequence[Cited]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class AmendmentMatch:
    """One instruction, `[start, end)` in the text of `clauses[clause]`. `citation` is the index there of the provision
    (or of the whole document) that it changes; `document` is (clause, citation) of the document when that one is named
    elsewhere. `quoted` is the id of the node with the new wording, or the words themselves."""

    clause: int
    start: int
    end: int
    action: Action
    provision: str | None
    citation: int | None
    document: tuple[int, int] | None
    quoted: str | None


def find_amendments(clauses: Sequence[Clause], grammar: Grammar) -> list[AmendmentMatch]:
    """The amending instructions in the texts of a resolution, which come in reading order, the title first."""
    rules = _rules(grammar)
    found: list[AmendmentMatch] = []
    contexts: dict[str, tuple[int, int]] = {}
    title: tuple[int, int] | None = None
    for index, clause in enumerate(clauses):
        own = _document(index, clause)
        if clause.node is None:
            title = title or (own if rules.amends.search(clause.folded) else None)
            continue
        if clause.node.quoted:
            continue
        context = contexts.get(clause.node.id, title)
        found += _in_clause(index, clause, context, rules, grammar)
        if own is not None and rules.amends.search(clause.folded):
            context = own
        if context is not None:
            contexts[clause.node.id] = context
            contexts.update((child.id, context) for child in clause.node.children)
    return found


@dataclass(frozen=True, slots=True)
class _Rules:
    instructions: tuple[Rule, ...]
    opening: re.Pattern[str]
    wording: re.Pattern[str]
    quotation: re.Pattern[str]
    amends: re.Pattern[str]
    replacing: re.Pattern[str]


def _in_clause(
    index: int, clause: Clause, context: tuple[int, int] | None, rules: _Rules, grammar: Grammar
) -> list[AmendmentMatch]:
    if not rules.amends.search(clause.folded):
        return []
    found: list[AmendmentMatch] = []
    quotes = [m.span() for m in rules.quotation.finditer(clause.folded)]
    targets = _Targets(clause, quotes)
    for start, end in split_sentences(clause.text, grammar):
        openings = _instructions(clause.folded, start, end, quotes, rules)
        for position, (at, rule) in enumerate(openings):
            stop = openings[position + 1][0] if position + 1 < len(openings) else end
            begin = start if rule.data.get("passive") else at
            found += _instruction(index, clause, rule, begin, stop, end, context, targets, rules)
    return found


def _instructions(
    folded: str, start: int, end: int, quotes: list[tuple[int, int]], rules: _Rules
) -> list[tuple[int, Rule]]:
    """Where in a sentence instructions begin, none inside quotation marks."""
    found: list[tuple[int, Rule]] = []
    done = start
    places = [start, *(opening.end() for opening in rules.opening.finditer(folded, start, end))]
    for at in places:
        if at < done or _within(at, quotes):
            continue
        for rule in rules.instructions:
            match = rule.regex.match(folded, at, end)
            if match:
                found.append((at, rule))
                done = match.end()
                break
    return found


def _instruction(
    index: int, clause: Clause, rule: Rule, start: int, stop: int, end: int, context: tuple[int, int] | None,
    targets: _Targets, rules: _Rules,
) -> list[AmendmentMatch]:  # fmt: skip
    """The amendments of one instruction: one for each citation that it changes and each new wording."""
    wordings = _wordings(clause, rule, start, stop, targets, rules)
    named = targets.between(start, stop) or targets.between(stop, end)[:_MOST_TARGETS]
    named = [k for k in named if not _replaces(clause, clause.citations[k].start, start, rules)]
    provisions = [k for k in named if _provision(clause, clause.citations[k])]
    documents = [k for k in named if _provision(clause, clause.citations[k]) is None]
    if rule.id == "insert" and len(provisions) == 2:
        provisions = _place_of_insertion(clause, provisions)
    document = (index, documents[0]) if documents else context
    action = rule.data["action"]
    if not provisions:
        if document is None and wordings == [None]:
            return []
        whole = documents[0] if documents else None
        named_above = None if documents else context
        return [AmendmentMatch(index, start, stop, action, None, whole, named_above, words) for words in wordings]
    found = []
    for target in provisions:
        citation = clause.citations[target]
        own = citation.number is not None and citation.type != _APPENDIX
        provision = _provision(clause, citation)
        place = None if own else document
        found += [AmendmentMatch(index, start, stop, action, provision, target, place, words) for words in wordings]
    return found


def _replaces(clause: Clause, at: int, start: int, rules: _Rules) -> bool:
    """Whether what is cited at `at` takes the place of something ("thay Phụ lục I bằng Phụ lục II")."""
    return rules.replacing.search(clause.folded, max(start, at - _REPLACING_WORDS), at) is not None


def _provision(clause: Clause, citation: Cited) -> str | None:
    """What a citation names within a document; an appendix is a part of one."""
    if citation.provision is None and citation.type == _APPENDIX:
        return clause.text[citation.start : citation.end]
    return citation.provision


class _Targets:
    """The citations of a clause that an instruction may change: provisions and documents, none within words quoted."""

    def __init__(self, clause: Clause, quotes: list[tuple[int, int]]) -> None:
        self._numbers = [
            k
            for k, c in enumerate(clause.citations)
            if not (c.internal and c.provision is None and c.type != _APPENDIX) and not _within(c.start, quotes)
        ]
        self._starts = [clause.citations[k].start for k in self._numbers]
        self._node = clause.node

    def between(self, start: int, stop: int) -> list[int]:
        """The indexes of those that begin in `[start, stop)`."""
        return self._numbers[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]

    @cached_property
    def quoted(self) -> str | None:
        """The first unit of quoted new wording at or below the clause's own."""
        return next((child.id for child in self._node.walk() if child.quoted), None) if self._node else None


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    """Whether `at` lies in one of these spans, which are in order and apart."""
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


def _place_of_insertion(clause: Clause, targets: list[int]) -> list[int]:
    """ "Bổ sung điểm d vào sau điểm c khoản 2 Điều 6": the new unit stands before the place where it goes."""
    full = [k for k in targets if " " in (clause.citations[k].provision or "").strip().replace(" ", "", 1)]
    return (full or targets)[-1:]


def _wordings(clause: Clause, rule: Rule, start: int, stop: int, targets: _Targets, rules: _Rules) -> list[str | None]:
    """The new wording: the words in quotation marks, one for each pair ("“A” thành “B”"), or the node that follows."""
    new = [
        clause.text[match.start("new") : match.end("new")]
        for match in rules.wording.finditer(clause.folded, start, stop)
    ]
    if new:
        return list(new)
    words = rules.quotation.search(clause.folded, start, stop)
    if words:
        return [clause.text[words.start("words") : words.end("words")]]
    return [None if rule.data["action"] in ("repeal", "suspend", "extend") else targets.quoted]


def _document(index: int, clause: Clause) -> tuple[int, int] | None:
    """The document that a clause is about: the first one it names by number and not as its own."""
    for k, citation in enumerate(clause.citations):
        if citation.number and not citation.internal and citation.type != _APPENDIX:
            return index, k
    return None


@lru_cache(maxsize=8)
def _rules(grammar: Grammar) -> _Rules:
    def one(section: str) -> re.Pattern[str]:
        return grammar.rules("amendments", section).sole.regex

    return _Rules(
        instructions=tuple(grammar.rules("amendments", "instruction").values()),
        opening=one("opening"),
        wording=one("wording"),
        quotation=one("quotation"),
        amends=one("amends"),
        replacing=one("replacing"),
    )

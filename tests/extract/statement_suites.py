"""Reads data/indicators*.txt and data/tasks*.txt, and what a grammar makes of their sentences in a given section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from vn_resolution.extract.citations import scan_citations
from vn_resolution.extract.dates import scan_dates
from vn_resolution.extract.indicators import IndicatorMatch, Passage, find_indicators
from vn_resolution.extract.quantities import QuantityMatch, scan_quantities
from vn_resolution.extract.sections import Section
from vn_resolution.extract.tasks import TaskMatch, find_tasks
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Node

DATA = Path(__file__).parent / "data"
NAME_F1 = 0.8  # the bench's own measure of a name

FIGURES: dict[str, Section] = {
    "targets": Section("explicit", "open", "target", frozenset({"targets"})),
    "results": Section("explicit", "open", "actual", frozenset({"results"})),
    "tasks": Section("all", "strict", "target", frozenset({"tasks"})),
    "money": Section("body", "open", "target", frozenset({"figures"}), path=("về dự toán ngân sách năm 2024",)),
    "open": Section("body", "open", None),
    "dated": Section("all", "strict", "target", frozenset({"tasks"}), issued="2024-07-12"),
}
DIRECTIONS: dict[str, Section] = {
    "all": Section("all", "strict", "target", frozenset({"tasks"})),
    "directive": Section("directive"),
    "body": Section("body"),
    "explicit": Section("explicit"),
    "dated": Section("all", "strict", "target", frozenset({"tasks"}), issued="2024-07-12"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An indicator that a careful reader finds in a sentence."""

    name: str
    change: str
    quote: str
    status: str


@dataclass(slots=True)
class Statement:
    """A sentence of a section with its indicators."""

    role: str
    text: str
    wanted: list[Wanted] = field(default_factory=list)


@dataclass(slots=True)
class Direction:
    """A sentence of a section, and whether it directs; if so, whom, with whom and until when."""

    mode: str
    kind: Literal["T", "N"]
    text: str
    said: dict[str, str] = field(default_factory=dict)

    def names(self, key: str) -> list[str]:
        return [name.strip() for name in self.said.get(key, "").split(";") if name.strip()]


def statements(name: str) -> list[Statement]:
    """The sentences of data/`name`.txt."""
    found: list[Statement] = []
    role = ""
    for line in _lines(name):
        if line[0] == "@":
            role = line[1:]
        elif line[0] == ">":
            found.append(Statement(role, line[2:]))
        else:
            cells = [cell.strip() for cell in line.split("|")]
            status = cells[3] if len(cells) > 3 else "actual" if role == "results" else "target"
            found[-1].wanted.append(Wanted(cells[0], cells[1], cells[2], status))
    return found


def directions(name: str) -> list[Direction]:
    """The sentences of data/`name`.txt."""
    found: list[Direction] = []
    mode = ""
    for line in _lines(name):
        if line[0] == "@":
            mode = line[1:]
        elif line[:2] in ("T ", "N "):
            found.append(Direction(mode, "T" if line[0] == "T" else "N", line[2:]))
        else:
            key, _, value = line.strip().partition(": ")
            found[-1].said[key] = value
    return found


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def node_of(text: str, number: int = 1, children: tuple[Node, ...] = ()) -> Node:
    """A clause of this text, as if it were the whole source."""
    span = (0, len(text))
    return Node(id=f"clause_{number}", kind="clause", text=text, span=span, own=span, text_span=span, children=children)


def quantities_of(text: str, grammar: Grammar) -> list[QuantityMatch]:
    folded = fold(text)
    dates = scan_dates(text, folded, grammar)
    cited = scan_citations(text, folded, grammar, dates)
    taken = sorted([(d.start, d.end) for d in dates] + [(c.start, c.end) for c in cited])
    return scan_quantities(text, folded, grammar, taken)


def read_indicators(text: str, role: str, grammar: Grammar) -> list[tuple[IndicatorMatch, str]]:
    """The indicators of one sentence, each with the words of its quantity."""
    quantities = quantities_of(text, grammar)
    found = find_indicators([Passage(node_of(text), text, quantities, FIGURES[role])], grammar)
    return [(m, text[quantities[m.quantity].start : quantities[m.quantity].end]) for m in found]


def read_tasks(text: str, mode: str, grammar: Grammar) -> list[TaskMatch]:
    return find_tasks(text, node_of(text), DIRECTIONS[mode], grammar)


def same_name(one: str, other: str) -> bool:
    """Whether two names agree, by the F1 of their words."""
    left, right = (Counter(re.findall(r"\w+", name.lower())) for name in (one, other))
    total = sum(left.values()) + sum(right.values())
    return total > 0 and 2 * sum((left & right).values()) / total >= NAME_F1

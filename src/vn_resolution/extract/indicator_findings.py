"""What the reader of a sentence takes in and gives out: the sentence with its amounts, and what each says of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vn_resolution.extract.indicator_rules import Amount
from vn_resolution.extract.indicator_words import Change
from vn_resolution.extract.sections import Section

Status = Literal["target", "actual"]

BEFORE = -1
"""As a parent: what the sentence before spoke of."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator of a sentence. `index` is that of its quantity, `at` where its value stands, `[start, end)` the
    statement, `parent` the position of another finding of the sentence, or BEFORE."""

    index: int
    at: int
    start: int
    end: int
    name: str
    change: Change
    status: Status
    period: str | None
    qualifiers: tuple[str, ...]
    parent: int | None
    group: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its fold, the amounts in it, what it is for, and the measure that was spoken of before it. The
    names of those whom it charges with a task end at `verbs`; `lead` is the measure that leads into its list."""

    text: str
    folded: str
    amounts: tuple[Amount, ...]
    section: Section
    before: Finding | None = None
    verbs: tuple[int, ...] = ()
    lead: str = ""


def measure_of(name: str, qualifiers: tuple[str, ...], at: int = 0) -> Finding:
    """A measure that is named without a value, so that values after it may be of it."""
    return Finding(
        index=-1, at=at, start=at, end=at, name=name, change="level", status="target", period=None,
        qualifiers=qualifiers, parent=None, group="",
    )  # fmt: skip

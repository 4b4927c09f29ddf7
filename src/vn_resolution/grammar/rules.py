"""What one rule of the grammar is: a compiled pattern with its examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it is for. `case` = it is matched against the text as printed, else against its fold.
    `anchor` says how: "start" (re.match), "whole" (re.fullmatch) or "any" (re.search)."""

    id: str
    source: str
    regex: re.Pattern[str]
    case: bool
    anchor: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    data: Mapping[str, Any]

    def find(self, text: str, folded: str) -> re.Match[str] | None:
        """The match in a text, given with its fold."""
        subject = text if self.case else folded
        if self.anchor == "start":
            return self.regex.match(subject)
        if self.anchor == "whole":
            return self.regex.fullmatch(subject)
        return self.regex.search(subject)


@dataclass(frozen=True, slots=True)
class MarkerRule:
    """An opener of units: which kind it opens, in which style, and how its number counts on."""

    rule: Rule
    kind: str
    style: str
    counting: str

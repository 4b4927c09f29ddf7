"""What a rule of the grammar is: a pattern with its examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vn_resolution.errors import GrammarError


@dataclass(frozen=True)
class Rule:
    """A pattern and what it is for. `source` is the pattern as it stands in the file, `pattern` with its fragments put
    in. `case` = it is matched against the text as printed, else against its fold. `anchor` says how: "start"
    (re.match), "whole" (re.fullmatch) or "any" (re.search)."""

    id: str
    file: str
    source: str
    pattern: str
    case: bool
    anchor: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    data: Mapping[str, Any]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first asked for, since most rules are never tried on most documents. Raises
        GrammarError."""
        try:
            return re.compile(self.pattern)
        except re.error as error:
            raise GrammarError(f"{self.file}, rule {self.id!r}: the pattern does not compile: {error}") from None

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

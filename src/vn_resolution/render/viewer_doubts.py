"""Says a diagnostic's message in Vietnamese: the same words put into the Vietnamese sentence of its code."""

from __future__ import annotations

import re
from functools import lru_cache
from string import Formatter

from vn_resolution.diagnostics import CODES
from vn_resolution.model import Diagnostic
from vn_resolution.render.viewer_markup import sentences


def in_vietnamese(doubt: Diagnostic) -> str | None:
    """The message in Vietnamese; None where its code has no Vietnamese sentence or its message another form."""
    sentence = sentences().get(doubt.code)
    pattern = _patterns().get(doubt.code)
    if sentence is None or pattern is None or (found := pattern.fullmatch(doubt.message)) is None:
        return None
    return re.sub(r"\{(\w+)\}", lambda name: found.groupdict().get(name.group(1)) or "…", sentence)


@lru_cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(_pattern(message), re.DOTALL) for code, (_, message) in CODES.items()}


def _pattern(message: str) -> str:
    parts = []
    for literal, name, _, _ in Formatter().parse(message):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P<{name}>.*)")
    return "".join(parts)


__all__ = ["in_vietnamese"]

"""Says a diagnostic's message in Vietnamese: the same words put into the Vietnamese sentence of its code."""

from __future__ import annotations

import re
from functools import lru_cache
from string import Formatter

from vn_resolution.diagnostics import CODES
from vn_resolution.model import Diagnostic
from vn_resolution.render.viewer_markup import sentences, words_of


def in_vietnamese(doubt: Diagnostic) -> str | None:
    """The message in Vietnamese; None where its code has no Vietnamese sentence or its message another form."""
    sentence = sentences().get(doubt.code)
    pattern = _patterns().get(doubt.code)
    if sentence is None or pattern is None or (found := pattern.fullmatch(doubt.message)) is None:
        return None
    told = {name: _told(words or "…") for name, words in found.groupdict().items()}
    return re.sub(r"\{(\w+)\}", lambda name: told.get(name.group(1), "…"), sentence)


def _told(words: str) -> str:
    """What a message tells in words of its own, in Vietnamese ("*" stands for any other words); what it quotes from the
    document, as it is."""
    for said, (vietnamese, _) in words_of("told").items():
        before, star, after = said.partition("*")
        if words == said:
            return vietnamese
        if star and words.startswith(before) and words.endswith(after) and len(words) >= len(said):
            return vietnamese.replace("*", words[len(before) : len(words) - len(after)])
    return words


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

"""Tells Markdown from plain text by its marks: `looks_like_markdown(text)`."""

from __future__ import annotations

import re

_SAMPLE = 200_000
_MARKS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"(?<![\w*])\*\*[^\s*](?:[^*\n]|\n(?!\s*\n)){0,300}?(?<!\s)\*\*(?!\*)"),
    re.compile(r"^\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.MULTILINE),
)


def looks_like_markdown(text: str) -> bool:
    """Whether at least two of its stretches bear marks that plain text does not: headings (#), bold, table rules."""
    sample = text[:_SAMPLE]
    found = 0
    for mark in _MARKS:
        for _ in mark.finditer(sample):
            found += 1
            if found == 2:
                return True
    return False

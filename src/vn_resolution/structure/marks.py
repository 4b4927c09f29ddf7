"""Finds the marks of Markdown and HTML in a stretch of text: layout that is no word of the law."""

from __future__ import annotations

import re
from collections.abc import Iterator

Mark = tuple[int, int, str]
"""(start, end, artifact kind)."""

TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][A-Za-z0-9]{0,14}(?:\s[^<>]{0,400})?/?>|<!--|-->")
LINE_TAG = re.compile(r"</?(?:br|p|div|tr|li|ul|ol|h[1-6]|table|tbody|thead|td|th|hr|center|blockquote)\b", re.I)
OPENING = re.compile(r"\s{0,3}#{1,6}(?=\s|$)|\s{0,3}(?:>\s?)+")
"""What opens a line: the hashes of a heading, the angles of a quotation."""

_RULE = re.compile(
    r"(?:[\s\\]*[-_=*~.…·•–—─━═+:]){3,}[\s\\]*"
    r"|[*_]{2,4}(?:\s+[*_]{1,4})*|[*_](?:\s+[*_])+|_{2,}|[-–—]{2,}"
)
_EMPHASIS = re.compile(
    r"[*_\\`](?:(?<=\*)\**|(?<=_)(?:(?<!\w_)_{0,2}(?=\S)|(?<=\S_)_{0,2}(?!\w))|(?<=\\)(?=\W|$)|(?<=`)`*)"
)
_INVISIBLE = re.compile("[\ufeff\u00ad\u200b-\u200f\u2060][\ufeff\u00ad\u200b-\u200f\u2060]*")
_SPACE_ENTITY = re.compile(r"&nbsp;|&ensp;|&emsp;|&#160;|&#xa0;", re.I)
_HASHES_AT_END = re.compile(r"\s(#+)\s*$")
_STAR_LINE = re.compile(r"\s+[^*]*\S\s*\*")
_INNER_STAR = re.compile(r"\S[ \t]*\*")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_PARAGRAPH = 4000


def rule_kind(text: str, left: int, right: int) -> str | None:
    """The artifact kind of a stretch that is nothing but a rule, an empty emphasis or a fence; else None."""
    if text[left + 2 : min(left + 3, right)].isalnum() and text[left] != "`":
        return None  # "- Giao": in a rule stands no letter
    if _RULE.fullmatch(text, left, right):
        signs = text[left:right].strip("*_ \\\t")
        return "markdown" if not signs and "*" in text[left:right] else "rule"
    return "markdown" if text.startswith("```", left) and " " not in text[left:right] else None


def inline_marks(text: str, left: int, right: int, bullet: int, *, segmented: bool) -> Iterator[Mark]:
    """The marks inside `text[left:right]`. `bullet` is the offset of a star that is a bullet (-1: none); in a
    word-segmented text underscores are no emphasis."""
    for match in _EMPHASIS.finditer(text, left, right):
        start, end = match.span()
        if text[start] == "*":
            if start == bullet:
                start += 1
            elif _is_literal(text, start, end):
                continue
        elif text[start] == "_" and segmented:
            continue
        if start < end:
            yield start, end, "markdown"
    for match in _INVISIBLE.finditer(text, left, right):
        yield *match.span(), "invisible"
    for match in _SPACE_ENTITY.finditer(text, left, right):
        yield *match.span(), "space"


def closing_hashes(text: str, left: int, right: int) -> Mark | None:
    """The hashes that close a Markdown heading."""
    match = _HASHES_AT_END.search(text, left, right)
    return (*match.span(1), "markdown") if match else None


def _is_literal(text: str, start: int, end: int) -> bool:
    """A star that is a sign of the text: a note mark "(*)", or one that stands alone between spaces."""
    if end - start <= 3 and text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]"):
        return True
    return end - start == 1 and text[start - 1 : start] == " " and text[end : end + 1] == " "


class StarBullets:
    """Tells the star that opens a line as a bullet from the one that opens an emphasis."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._until = 0
        self._open_lines = False

    def at(self, left: int, right: int) -> int:
        """The offset of a star that is the bullet of the line `[left, right)`, else -1.

        A star with a space behind it is a bullet where nothing closes it on the line; one without, where every star
        of its paragraph opens a line. Each paragraph is looked at once.
        """
        text = self._text
        if text[left : left + 1] != "*":
            return -1
        if text[left + 1 : left + 2].isspace():
            rest = text[left + 1 : right]
            return left if rest.strip(" *\t") and not _STAR_LINE.fullmatch(rest) else -1
        if left >= self._until:
            end = _EMPTY_LINE.search(text, left, left + _PARAGRAPH)
            self._until = end.start() if end else left + _PARAGRAPH
            self._open_lines = not _INNER_STAR.search(text, left, self._until)
        return left if self._open_lines else -1

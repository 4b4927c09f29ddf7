"""Finds the marks of Markdown and HTML in a stretch of text: layout that is no word of the law."""

from __future__ import annotations

import re

Mark = tuple[int, int, str]
"""(start, end, artifact kind)."""

LINE_TAG = re.compile(r"</?(?:br|p|div|tr|li|ul|ol|h[1-6]|table|tbody|thead|td|th|hr|center|blockquote)\b", re.I)
OPENING = re.compile(r"\s{0,3}#{1,6}(?=\s|$)|\s{0,3}(?:>\s?)+")
"""What opens a line: the hashes of a heading, the angles of a quotation."""

_RULE = re.compile(
    r"(?:[\s\\]*[-_=*~.…·•–—─━═+:]){3,}[\s\\]*"
    r"|[*_]{2,4}(?:\s+[*_]{1,4})*|[*_](?:\s+[*_])+|_{2,}|[-–—]{2,}"
)
_UNSEEN = r"\ufeff\u00ad\u200b-\u200f\u2060"
_INVISIBLE = rf"(?P<invisible>[{_UNSEEN}]+)"
_ATTRIBUTE = r"""\s+[a-z][\w:-]{0,30}\s?=\s?(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s"'<>]{1,300})"""
_MARKS = (
    rf"(?P<markup><!--.{{0,2000}}?-->|</?[a-z][a-z0-9]{{0,14}}(?:{_ATTRIBUTE}){{0,12}}\s*/?>|<!--|-->)"
    r"|(?P<escape>\\)[!-/:-@\[-`{-~]|(?P<markdown>\\(?=\s|$)|\*+|_+|`+)"
    rf"|(?P<space>&(?:nbsp|ensp|emsp|\#160|\#xa0);)|{_INVISIBLE}"
)
_TOKEN_GAPS = r"(?P<tokenization>(?<=[^\s]) (?=[,;:.!?)%](?:\s|$))|(?<=\s\() (?=\S))"
"""The spaces that a word segmenter puts around punctuation."""
_IN_TEXT = (re.compile(r"[-*_\\<`&" + _UNSEEN + "]"), re.compile(_MARKS, re.I))
_IN_SEGMENTED_TEXT = (re.compile(r"[-*_\\<`& " + _UNSEEN + "]"), re.compile(rf"{_MARKS}|{_TOKEN_GAPS}", re.I))
_ELSEWHERE = (re.compile(f"[{_UNSEEN}]"), re.compile(_INVISIBLE))
_SPECIAL = re.compile(rf"[*_\\#<>|`&{_UNSEEN}]")
_HASHES_AT_END = re.compile(r"\s(#+)\s*$")
_STAR_LINE = re.compile(r"\s+[^*]*[^*\s\\]\s*\*")
_INNER_STAR = re.compile(r"\S[ \t]*\*")
_EMPTY_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]")
_WORDS_BELOW = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*[^\W\d_]")
_WORD_JOINT = re.compile(r"(?<=[^\W_])_(?=[^\W_])")
_PARAGRAPH = 4000


class MarkReader:
    """Finds the marks of one text. `markdown`: it may bear marks of Markdown and HTML, as texts and Markdown files do;
    in every other format a star or a hash is the author's own sign, and only invisible characters are marks.
    `segmented`: underscores join the syllables of its words, as word segmenters print them."""

    def __init__(self, text: str, *, markdown: bool = True) -> None:
        self._text = text
        self._stars = StarBullets(text)
        self.markdown = markdown
        self.segmented = markdown and text.count("_") > 8 and len(_WORD_JOINT.findall(text)) * 60 > len(text)
        self._sign, self._mark = _IN_SEGMENTED_TEXT if self.segmented else _IN_TEXT if markdown else _ELSEWHERE
        self._special = _SPECIAL if markdown else self._sign

    def possible(self, left: int, right: int) -> bool:
        """Whether marks may stand in a stretch (fast)."""
        return self.segmented or self._special.search(self._text, left, right) is not None

    def between(self, left: int, right: int) -> list[Mark]:
        """The marks inside a line or a part of one, in order and apart. An escape ("\\*", "1\\.") is a mark that makes
        the sign behind it one of the text."""
        text = self._text
        bullet = self._stars.at(left, right) if self.markdown else -1
        found: list[Mark] = []
        at = left
        while sign := self._sign.search(text, at, right):
            match = self._mark.match(text, sign.start(), right)
            if match is None:
                at = sign.end()
                continue
            start, at = match.span()
            kind = match.lastgroup or ""
            end = at
            if kind == "escape":
                end, kind = start + 1, "markdown"
            elif text[start] == "*":
                if start == bullet:
                    start += 1
                elif _is_literal(text, start, end, left, right):
                    continue
            elif text[start] == "_":
                if self.segmented:
                    kind = "segmentation"
                elif not _is_emphasis(text[start - 1 : start], end - start, text[end : end + 1]):
                    continue
            if start < end:
                found.append((start, end, kind))
        return found

    def rule_kind(self, left: int, right: int) -> str | None:
        """The artifact kind of a stretch that is nothing but a rule, an empty emphasis or a fence; else None."""
        text = self._text
        if text[left + 2 : min(left + 3, right)].isalnum() and text[left] != "`":
            return None  # "- Giao": in a rule stands no letter
        if _RULE.fullmatch(text, left, right):
            signs = text[left:right].strip("*_ \\\t")
            if signs or "*" not in text[left:right]:
                return "rule"
            alone = right == left + 1 and self.markdown and self._stars.at(left, right) == left
            return None if alone else "markdown"
        return "markdown" if text.startswith("```", left) and " " not in text[left:right] else None


def closing_hashes(text: str, left: int, right: int) -> Mark | None:
    """The hashes that close a Markdown heading."""
    match = _HASHES_AT_END.search(text, left, right)
    return (*match.span(1), "markdown") if match else None


def _is_literal(text: str, start: int, end: int, left: int, right: int) -> bool:
    """A star that is a sign of the text: a note mark "(*)", or one that stands alone between words."""
    if end - start <= 3 and text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]"):
        return True
    return end - start == 1 and left < start and end < right and text[start - 1] == " " == text[end]


def _is_emphasis(before: str, count: int, after: str) -> bool:
    """Whether so many underscores between these characters are a mark: inside a word, or one alone, they are none."""
    if before.isalnum() and after.isalnum():
        return False
    return count > 1 or bool(before.strip() or after.strip())


class StarBullets:
    """Tells the star that opens a line as a bullet from the one that opens an emphasis."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._until = 0
        self._open_lines = False

    def at(self, left: int, right: int) -> int:
        """The offset of a star that is the bullet of the line `[left, right)`, else -1.

        A star with a space behind it is a bullet where nothing closes it on the line; one without, or alone on the line
        above its words, where every star of its paragraph opens a line. Each paragraph is looked at once, from the
        first of its lines that is asked about (each with a star must be).
        """
        text = self._text
        if left >= self._until:
            end = _EMPTY_LINE.search(text, left, left + _PARAGRAPH)
            self._until = end.start() if end else left + _PARAGRAPH
            self._open_lines = not _INNER_STAR.search(text, left, self._until)
        if text[left : left + 1] != "*":
            return -1
        if left + 1 == right:
            return left if self._open_lines and _WORDS_BELOW.match(text, right) else -1
        if text[left + 1 : left + 2].isspace():
            rest = text[left + 1 : right]
            return left if rest.strip(" *\t") and not _STAR_LINE.fullmatch(rest) else -1
        return left if self._open_lines else -1

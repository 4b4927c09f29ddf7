"""Finds names of bodies and lists of them: where each begins and ends ("các Ban của Hội đồng nhân dân | giám sát")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vn_resolution.extract.agent_words import Body, Lexicon

_WORD = re.compile(r"[^\s,;:.()“”\"…]+")
_SPACE = re.compile(r"\s*")
_MAX_WORDS = 22
_MAX_BODIES = 24
_DESCRIPTION = 7
_BRACKET = 160

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The names listed at one place; `end` is where the last of them ends. `whole` = that name can go on with places
    only, so that whatever else follows is no part of it."""

    names: tuple[Span, ...]
    end: int
    whole: bool = False


def find_bodies(text: str, folded: str, start: int, lex: Lexicon) -> Bodies:
    """The bodies listed from `start` on; no names when none begins there."""
    found: list[Span] = []
    at = end = start
    whole = False
    while len(found) < _MAX_BODIES:
        head = _head(text, folded, at, lex)
        if head is None:
            break
        end, whole = _Name(text, folded, at, lex).end(*head)
        found.append((at, end))
        join = lex.join.match(folded, _past_aside(folded, end, lex))
        if not join:
            break
        at = join.end()
    return Bodies(tuple(found), end, whole)


def acts(folded: str, bodies: Bodies, lex: Lexicon) -> bool:
    """Whether a predicate follows the names: a verb, or an adverbial between commas or a time and then one."""
    at = _past_aside(folded, bodies.end, lex)
    when = lex.when.match(folded, at)
    if when:
        after = skip_space(folded, when.end() + folded.startswith(",", when.end()))
        return opens_with_verb(folded, after, lex)
    at = skip_space(folded, at)
    comma = folded[at : at + 1] == ","
    if comma:
        at = skip_space(folded, at + 1)
    if is_strong(folded, at, lex):
        return True
    word = _WORD.match(folded, at)
    if word is None or word[0] in lex.no_predicates:
        return False
    return (bodies.whole and not comma and word[0].isalpha()) or opens_with_verb(folded, at, lex)


def opens_with_verb(folded: str, at: int, lex: Lexicon) -> bool:
    """Whether a verb or an adverb that goes before one begins at `at`."""
    return is_strong(folded, at, lex) or _phrase(folded, at, lex.weak, None) > 0


def is_strong(folded: str, at: int, lex: Lexicon) -> bool:
    """Whether a verb begins at `at` that stands in no name."""
    return _phrase(folded, at, lex.strong, lex.strong_first) > 0


def skip_space(folded: str, at: int) -> int:
    match = _SPACE.match(folded, at)
    return match.end() if match else at


def _past_aside(folded: str, at: int, lex: Lexicon) -> int:
    """Past what is told of the names before it, in brackets ("(sau đây gọi tắt là …)") or between commas."""
    opened = skip_space(folded, at)
    if folded[opened : opened + 1] == "(":
        close = folded.find(")", opened, opened + _BRACKET)
        at = close + 1 if close >= 0 else at
    aside = lex.aside.match(folded, at)
    return aside.end() if aside else at


def _head(text: str, folded: str, at: int, lex: Lexicon) -> tuple[Body, int] | None:
    """What the name of a body opens with when one begins at `at`, and where that ends."""
    first = lex.heads.match(folded, at)
    if first is None or first.lastindex is None:
        return None
    for body in lex.bodies[first.lastindex - 1 :]:
        match = body.regex.match(folded, at)
        if not match:
            continue
        plural = lex.plural.match(folded, at)
        if body.capital and not text[plural.end() if plural else at : match.end()][:1].isupper():
            continue
        if body.proper and not text[skip_space(folded, match.end()) :][:1].isupper():
            continue
        return body, match.end() - folded[match.end() - 1].isspace()
    return None


class _Name:
    """One name that begins at `start`."""

    def __init__(self, text: str, folded: str, start: int, lex: Lexicon) -> None:
        self.text, self.folded, self.start, self.lex = text, folded, start, lex

    def end(self, body: Body, head_end: int) -> tuple[int, bool]:
        """Where the name ends, and whether it is then whole, by what it opens with."""
        end = head_end
        at = end
        for _ in range(_MAX_WORDS):
            at = skip_space(self.folded, end)
            mark = self.folded[at : at + 1]
            if mark == ":" and (body.collective or self.lex.plural_tail.search(self.folded[self.start : end])):
                members = self._members(at + 1)
                return (members, True) if members else (end, body.whole)
            if not mark or mark in ':;.(“"…':
                return end, body.whole
            inner = self._inner(at)
            if inner:
                body, end = inner
                head_end = end
                continue
            seat = None if body.whole or body.collective else self.lex.seat.match(self.folded, at)
            if seat and not self._inside_word(at, self.start):
                body, end = replace(body, whole=True), seat.end()
                continue
            further = self._after_comma(at, end, body) if mark == "," else self._word(at, end, head_end, body)
            if not further:
                break
            end = further
        if body.collective and not self._ends_name(at, end):
            end = self._described_end(end, at)
        return end, body.whole

    def _inner(self, at: int) -> tuple[Body, int] | None:
        """The head of a further name that the name goes on with: "Thủ trưởng | các sở, ban, ngành"; nobody's office
        ("Tỉnh ủy | lãnh đạo …")."""
        link = self.lex.belonging.match(self.folded, at)
        head = _head(self.text, self.folded, link.end() if link else at, self.lex)
        return None if head and head[0].person else head

    def _after_comma(self, comma: int, end: int, body: Body) -> int:
        """The end of what goes on with the name behind this comma, or 0."""
        after = skip_space(self.folded, comma + 1)
        if self._ends_list(after):
            return 0
        if body.collective or body.whole:
            return self._place(after) or (self._proper(after) if self._proper_before(end) else 0)
        following = _WORD.match(self.folded, after)
        return following.end() if following else 0

    def _word(self, at: int, end: int, head_end: int, body: Body) -> int:
        """The end of the word or phrase at `at` when it goes on with the name, else 0."""
        word = _WORD.match(self.folded, at)
        if not word:
            return 0
        if word[0] in self.lex.conjunctions:
            return self._after_conjunction(skip_space(self.folded, word.end()), word.end(), end, body)
        if body.whole:
            return self._place(at) or self._proper(at)
        if not body.collective:
            verb = _phrase(self.folded, at, self.lex.name_verbs, None) if end == head_end and body.named else 0
            verb = verb or _phrase(self.folded, at, self.lex.name_phrases, None)
            if verb:
                return verb
        if word[0] in self.lex.stops or self._ends_name(at, end) or self.lex.when.match(self.folded, end):
            return 0
        if body.collective and not (self.text[at].isupper() or word[0] in self.lex.places):
            return 0
        return word.end()

    def _after_conjunction(self, after: int, word_end: int, end: int, body: Body) -> int:
        if body.collective:
            if not self._proper_before(end) or self._ends_list(after):
                return 0
            head = _head(self.text, self.folded, after, self.lex)
            return self._proper(after) or (self._place(after) if head and self._is_listed(head[0], after) else 0)
        if self._ends_list(after):
            return 0
        return self._place(after) or self._proper(after) if body.whole else word_end

    def _place(self, at: int) -> int:
        match = self.lex.tail.match(self.folded, at)
        return match.end() if match else 0

    def _proper(self, at: int) -> int:
        """The end of the proper name or the field of work ("Y tế", "An Lão") at `at`, or 0."""
        if not self.text[at : at + 1].isupper():
            sign = _WORD.match(self.folded, at)
            if not sign or sign[0].isalnum():
                return 0
            after = skip_space(self.folded, sign.end())
            return self._proper(after) if sign.end() < after else 0
        field = self.lex.field.match(self.folded, at)
        word = field or _WORD.match(self.folded, at)
        return word.end() if word else 0

    def _proper_before(self, end: int) -> bool:
        return self.text[self.start : end].rsplit(" ", 1)[-1][:1].isupper()

    def _members(self, at: int) -> int:
        """The end of the members listed after a colon ("các huyện: An Lão, Hoài Ân"), or 0 when these are none."""
        end = 0
        at = skip_space(self.folded, at)
        for _ in range(_MAX_BODIES):
            head = _head(self.text, self.folded, at, self.lex)
            if head and head[0].person:
                break
            item = _Name(self.text, self.folded, at, self.lex).end(*head)[0] if head else self._proper_words(at)
            if not item:
                break
            end = item
            join = self.lex.join.match(self.folded, end)
            if not join:
                break
            at = join.end()
        return end

    def _proper_words(self, at: int) -> int:
        if is_strong(self.folded, at, self.lex) and not self.lex.field.match(self.folded, at):
            return 0
        end = 0
        while at < len(self.text) and self.text[at].isupper():
            end = self._proper(at)
            at = skip_space(self.folded, end)
        return end

    def _described_end(self, end: int, at: int) -> int:
        """ "các đơn vị dự toán | cắt giảm": the few words between a collective and its verb belong to its name."""
        for _ in range(_DESCRIPTION):
            word = _WORD.match(self.folded, at)
            if not word or word[0] in self.lex.prepositions or self.lex.when.match(self.folded, at):
                return end
            after = skip_space(self.folded, word.end())
            if is_strong(self.folded, after, self.lex) and not self._inside_word(after, at):
                return word.end()
            at = after
        return end

    def _ends_name(self, at: int, end: int) -> bool:
        """Whether a verb begins at `at` that ends the name `[start, end)`."""
        if is_strong(self.folded, at, self.lex) and not self._inside_word(at, self.start):
            return True
        return self._is_weak(at, end)

    def _ends_list(self, at: int) -> bool:
        """Whether what follows a comma or "và" is another body or a verb, not more of the same name."""
        if _phrase(self.folded, at, self.lex.name_phrases, None):
            return False
        if is_strong(self.folded, at, self.lex) and not self.text[at : at + 1].isupper():
            return True
        head = _head(self.text, self.folded, at, self.lex)
        if head is None or self._is_listed(head[0], at):
            return False
        if head[0].collective:
            first = self.folded[at : head[1]].split(",")[0].split(" ")[0]
            plural = self.lex.plural.match(self.folded, at) is not None
            return plural or self.text[at].isupper() or first not in self.lex.listed_places
        return True

    def _is_listed(self, body: Body, at: int) -> bool:
        """Whether the body that begins at `at` is a place, with its proper name, of those which the name lists."""
        return body.proper and self.lex.listing.search(self.folded, self.start, at) is not None

    def _inside_word(self, at: int, start: int) -> bool:
        """ "Sở Kế hoạch và Đầu tư": a capital, or the second half of a word, belongs to the name."""
        if at <= start:
            return False
        if self.text[at].isupper():
            return True
        word = _WORD.match(self.folded, at)
        before = self.folded[start:at].rsplit(None, 1)[-1]
        return word is not None and f"{before} {word[0]}" in self.lex.compounds

    def _is_weak(self, at: int, end: int) -> bool:
        """A verb that may also be part of a name ends the name when the name is complete before it."""
        if self.text[at].isupper() or not _phrase(self.folded, at, self.lex.weak, None):
            return False
        before = self.folded[self.start : end].rsplit(" ", 1)[-1]
        if before in self.lex.closing:
            return True
        tail = self.text[self.start : end].rsplit(" ", 2)
        if tail[-1][:1].isupper():
            return True
        short = self.folded.startswith(self.lex.short_named, self.start)
        return short and len(tail) >= 2 and tail[-2][:1].isupper()


def _phrase(folded: str, at: int, phrases: frozenset[str], first: frozenset[str] | None) -> int:
    """The end of the phrase of one to four words at `at` that is one of `phrases`, or 0."""
    end = folded.find(" ", at)
    word = folded[at : end if end >= 0 else len(folded)].rstrip(",;.:")
    if word in phrases:
        return at + len(word)
    if first is not None and word not in first:
        return 0
    for _ in range(3):
        if end < 0:
            return 0
        end = folded.find(" ", end + 1)
        words = folded[at : end if end >= 0 else len(folded)].rstrip(",;.:")
        if words in phrases:
            return at + len(words)
    return 0

"""Finds the bodies that a sentence charges: "Giao Sở Y tế, Sở Tài chính chủ trì, phối hợp với …" names several."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vn_resolution.extract.agent_words import Lexicon, agent_words
from vn_resolution.grammar import Grammar

_WORD = re.compile(r"[^\s,;:.()“”\"…]+")
_SPACE = re.compile(r"\s*")
_MAX_WORDS = 22
_MAX_BODIES = 24
_ADVERBIAL = 420
_DESCRIPTION = 5
_BRACKET = 160

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Charge:
    """Who a sentence charges, as spans of its text; `verb` is where the name of the last of them ended. `explicit` = by
    "Giao", "Đề nghị" …; `named` = as the subject or the object of a verb; `council` = it is the council that acts."""

    agents: tuple[Span, ...] = ()
    coagents: tuple[Span, ...] = ()
    verb: int = 0
    explicit: bool = False
    named: bool = False
    council: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """The opener of a name ends at `end`; `named` = alone it is no name."""

    end: int
    collective: bool
    named: bool


def find_charge(text: str, folded: str, grammar: Grammar) -> Charge:
    """Who this sentence charges. `agents` is empty where nobody is named; `explicit` = it says "Giao", "Đề nghị" …."""
    lex = agent_words(grammar)
    start = _opening(folded)
    charge = lex.charge.match(folded, start)
    if charge:
        agents, end = _bodies(text, folded, _skip(folded, charge.end()), lex)
        if agents:
            return Charge(agents, _coagents(text, folded, end, lex), end, explicit=True, named=True)
        return Charge(verb=charge.end(), explicit=True)
    direct = lex.direct.match(folded, start)
    if direct:
        agents, end = _bodies(text, folded, _skip(folded, direct.end()), lex)
        if agents and _acts(folded, end, lex):
            return Charge(agents, _coagents(text, folded, end, lex), end, named=True)
        return Charge(verb=direct.end())
    agents, end = _bodies(text, folded, start, lex)
    if agents and _acts(folded, end, lex):
        council = len(agents) == 1 and lex.council.match(folded, start) is not None
        return Charge(agents, _coagents(text, folded, end, lex), end, named=True, council=council)
    return _later_charge(text, folded, start, lex)


def _later_charge(text: str, folded: str, start: int, lex: Lexicon) -> Charge:
    """A body named after an adverbial ("Trường hợp …, Ủy ban nhân dân tỉnh trình …") or in "…, giao X …"."""
    adverbial = lex.adverbial.match(folded, start) is not None
    for match in lex.later.finditer(folded, start):
        if match["sep"] not in ",;" and folded[match.start() - 1 : match.start()].isalpha():
            continue
        if not adverbial and match["charge"] is None and match["sep"] != ";":
            continue
        at = _skip(folded, match.end())
        if match["charge"]:
            agents, end = _bodies(text, folded, at, lex)
            if agents:
                return Charge(agents, _coagents(text, folded, end, lex), end, explicit=True, named=True)
            continue
        clause = match["sep"] == ";"
        if not (clause or (adverbial and match.start() - start < _ADVERBIAL)):
            continue
        agents, end = _bodies(text, folded, at, lex)
        if agents and _acts(folded, end, lex) and (not clause or text[agents[0][0]].isupper()):
            return Charge(agents, _coagents(text, folded, end, lex), end, named=True)
    return Charge(verb=start)


def _coagents(text: str, folded: str, start: int, lex: Lexicon) -> tuple[Span, ...]:
    match = lex.together.search(folded, start, start + 80)
    if not match:
        return ()
    return _bodies(text, folded, _skip(folded, match.end()), lex)[0]


def _bodies(text: str, folded: str, start: int, lex: Lexicon) -> tuple[tuple[Span, ...], int]:
    """The bodies listed from here on and where the last one ends; () when none begins here."""
    found: list[Span] = []
    at = start
    end = start
    while len(found) < _MAX_BODIES:
        body = _head(text, folded, at, lex)
        if body is None:
            break
        end = _name_end(text, folded, at, body, lex)
        found.append((at, end))
        join = lex.join.match(folded, _past_bracket(folded, end))
        if not join:
            break
        at = join.end()
    return tuple(found), end


def _head(text: str, folded: str, at: int, lex: Lexicon) -> _Head | None:
    """The opener of a body's name when one begins at `at`."""
    if at >= len(folded) or not lex.heads.match(folded, at):
        return None
    for body in lex.bodies:
        match = body.regex.match(folded, at)
        if not match or match.end() == at:
            continue
        plural = lex.plural.match(folded, at)
        if body.capital and not text[plural.end() if plural else at : match.end()][:1].isupper():
            continue
        return _Head(match.end() - folded[match.end() - 1].isspace(), body.collective, body.named)
    return None


def _name_end(text: str, folded: str, start: int, head: _Head, lex: Lexicon) -> int:
    """Where the name that begins at `start` ends."""
    end = head.end
    collective = head.collective
    words = 0
    while words < _MAX_WORDS:
        gap = _SPACE.match(folded, end)
        at = gap.end() if gap else end
        mark = folded[at : at + 1]
        if not mark or mark in ';:.(“"…':
            break
        if mark == ",":
            after = _skip(folded, at + 1)
            if _ends_list(text, folded, after, lex) or collective:
                break
            following = _WORD.match(folded, after)
            if not following:
                break
            end = following.end()
            words += 1
            continue
        word = _WORD.match(folded, at)
        if not word:
            break
        inner = 0 if collective else _collective(folded, at, lex)
        if inner:
            end = inner
            words += 1
            continue
        if word[0] in lex.conjunctions:
            if collective or _ends_list(text, folded, _skip(folded, word.end()), lex):
                break
        elif not (head.named and end == head.end and _phrase(folded, at, lex.name_verbs, None)) and _ends_name(
            text, folded, at, start, end, lex
        ):
            break
        if collective and not (text[at].isupper() or word[0] in lex.places):
            return _described_end(text, folded, end, at, lex)
        end = word.end()
        words += 1
    return end


def _collective(folded: str, at: int, lex: Lexicon) -> int:
    """The end of a plural of bodies that is part of a name ("Thủ trưởng | các sở, ban, ngành"), or 0."""
    if not lex.plural.match(folded, at):
        return 0
    ends = (match.end() for body in lex.bodies if body.collective and (match := body.regex.match(folded, at)))
    return max(ends, default=0)


def _described_end(text: str, folded: str, end: int, at: int, lex: Lexicon) -> int:
    """ "các đơn vị dự toán | cắt giảm": the few words between a collective and its verb belong to its name."""
    for _ in range(_DESCRIPTION):
        word = _WORD.match(folded, at)
        if not word or word[0] in lex.prepositions:
            return end
        after = _skip(folded, word.end())
        if _is_strong(folded, after, lex) and not _inside_name(text, folded, after, at, lex):
            return word.end()
        at = after
    return end


def _ends_name(text: str, folded: str, at: int, start: int, end: int, lex: Lexicon) -> bool:
    """Whether a verb begins at `at` that ends the name `[start, end)`."""
    if _is_strong(folded, at, lex) and not _inside_name(text, folded, at, start, lex):
        return True
    return _is_weak(text, folded, at, start, end, lex)


def _ends_list(text: str, folded: str, at: int, lex: Lexicon) -> bool:
    """Whether what follows a comma or "và" is another body or a verb, not more of the same name."""
    if _is_strong(folded, at, lex) and not text[at : at + 1].isupper():
        return True
    head = _head(text, folded, at, lex)
    if head is None:
        return False
    if head.collective:
        first = folded[at : head.end].split(",")[0].split(" ")[0]
        return lex.plural.match(folded, at) is not None or text[at].isupper() or first not in lex.listed_places
    return True


def _inside_name(text: str, folded: str, at: int, start: int, lex: Lexicon) -> bool:
    """ "Sở Kế hoạch và Đầu tư", "Giáo dục và Đào tạo": a capital, or the second half of a word, belongs to the name."""
    if at <= start:
        return False
    if text[at].isupper():
        return True
    word = _WORD.match(folded, at)
    before = folded[start:at].rsplit(None, 1)[-1]
    return word is not None and f"{before} {word[0]}" in lex.compounds


def _is_strong(folded: str, at: int, lex: Lexicon) -> bool:
    return _phrase(folded, at, lex.strong, lex.strong_first)


def _is_weak(text: str, folded: str, at: int, start: int, end: int, lex: Lexicon) -> bool:
    """A verb that may also be part of a name ends the name when the name is complete before it."""
    if text[at].isupper() or not _phrase(folded, at, lex.weak, None):
        return False
    before = folded[start:end].rsplit(" ", 1)[-1]
    if before in lex.closing:
        return True
    tail = text[start:end].rsplit(" ", 2)
    if tail[-1][:1].isupper():
        return True
    return len(tail) >= 2 and tail[-2][:1].isupper() and folded.startswith(lex.short_named, start)


def _acts(folded: str, at: int, lex: Lexicon) -> bool:
    """Whether a predicate follows the names: a verb, or an adverbial between commas and then one."""
    at = _skip(folded, _past_bracket(folded, at))
    if folded[at : at + 1] == ",":
        at = _skip(folded, at + 1)
    return _is_strong(folded, at, lex) or _phrase(folded, at, lex.weak, None)


def _phrase(folded: str, at: int, phrases: frozenset[str], first: frozenset[str] | None) -> bool:
    end = folded.find(" ", at)
    word = folded[at : end if end >= 0 else len(folded)].rstrip(",;.:")
    if word in phrases:
        return True
    if first is not None and word not in first:
        return False
    for _ in range(3):
        if end < 0:
            return False
        end = folded.find(" ", end + 1)
        if folded[at : end if end >= 0 else len(folded)].rstrip(",;.:") in phrases:
            return True
    return False


def _skip(folded: str, at: int) -> int:
    match = _SPACE.match(folded, at)
    return match.end() if match else at


def _past_bracket(folded: str, at: int) -> int:
    """Past what a name has in brackets after it: "(sau đây gọi tắt là …)"."""
    opened = _skip(folded, at)
    if folded[opened : opened + 1] != "(":
        return at
    close = folded.find(")", opened, opened + _BRACKET)
    return close + 1 if close >= 0 else at


def _opening(folded: str) -> int:
    """Past quotation marks and bullets at the beginning."""
    at = 0
    while at < len(folded) and not folded[at].isalnum():
        at += 1
    return at

"""Finds the bodies that a sentence charges: "Giao Sở Y tế, Sở Tài chính chủ trì, phối hợp với …" names several."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vn_resolution.extract.agent_words import Lexicon, agent_words
from vn_resolution.extract.body_names import Bodies, Span, acts, find_bodies, is_strong, opens_with_verb, skip_space
from vn_resolution.extract.sentences import LABEL, NUMERAL
from vn_resolution.grammar import Grammar

_BEFORE = re.compile(rf"\W*(?:{NUMERAL}[.)/]\s+)?")
_ITEM = rf"(?:\(?{NUMERAL}\)|[-+])\s*"
_CLAUSE = re.compile(rf";\s*(?:và )?(?:{_ITEM})?(?:đồng thời,? )?(?=\w)")
_LISTED = re.compile(rf" ?:\s*(?:{_ITEM})?(?=\w)")
_ADVERBIAL = 420
_ORDERS = ("giao", "giao cho", "giao nhiệm vụ", "giao trách nhiệm", "phân công")


@dataclass(frozen=True, slots=True)
class Charge:
    """Who a sentence charges, as spans of its text; `verb` is where the name of the last of them ended. `explicit` = by
    "Giao", "Đề nghị" …; `named` = as the subject or the object of a verb; `council` = it is the council that acts;
    `described` = no body is named, but a place, or those who "có trách nhiệm"."""

    agents: tuple[Span, ...] = ()
    coagents: tuple[Span, ...] = ()
    verb: int = 0
    explicit: bool = False
    named: bool = False
    council: bool = False
    described: bool = False


def find_charge(text: str, folded: str, grammar: Grammar) -> Charge:
    """Who this sentence charges. `agents` is empty where nobody is named; `explicit` = it says "Giao", "Đề nghị" …."""
    lex = agent_words(grammar)
    start = _opening(folded)
    for before in (lex.adverb, lex.honorific):
        match = before.match(folded, start)
        start = match.end() if match else start
    charge = lex.charge.match(folded, start)
    if charge:
        listed = _LISTED.match(folded, charge.end())
        whom = listed.end() if listed else skip_space(folded, charge.end())
        polite = lex.honorific.match(folded, whom)
        bodies = find_bodies(text, folded, polite.end() if polite else whom, lex)
        if bodies.names and (not listed or acts(folded, bodies, lex)):
            return _charge(text, folded, bodies, lex, explicit=True)
        return Charge(verb=charge.end(), explicit=True)
    direct = lex.direct.match(folded, start)
    if direct:
        bodies = find_bodies(text, folded, skip_space(folded, direct.end()), lex)
        if bodies.names and (acts(folded, bodies, lex) or _told(folded, bodies, lex)):
            return _charge(text, folded, bodies, lex)
        return Charge(verb=direct.end())
    bodies = find_bodies(text, folded, start, lex)
    if bodies.names and acts(folded, bodies, lex):
        council = len(bodies.names) == 1 and lex.council.match(folded, start) is not None
        place = lex.place.match(folded, start) is not None
        if not (council or place) or is_strong(folded, skip_space(folded, bodies.end), lex):
            return replace(_charge(text, folded, bodies, lex, council=council), described=place)
    return _labelled_charge(text, folded, start, lex) or _later_charge(text, folded, start, lex)


def find_addressed(text: str, folded: str, grammar: Grammar) -> tuple[Span, ...]:
    """The bodies that a heading or a lead-in names and nothing else: "Sở Tài chính", "Đối với các huyện:"."""
    lex = agent_words(grammar)
    start = _opening(folded)
    if lex.topic.match(folded, start):
        return ()
    bodies = _addressed(text, folded, start, lex)
    return bodies.names if not folded[bodies.end :].strip(" .:;") else ()


def _charge(
    text: str, folded: str, bodies: Bodies, lex: Lexicon, explicit: bool = False, council: bool = False
) -> Charge:
    helpers = _coagents(text, folded, bodies.end, lex)
    names = (*bodies.names, *_further(text, folded, bodies, lex))
    return Charge(names, helpers, bodies.end, explicit=explicit, named=True, council=council)


def _further(text: str, folded: str, first: Bodies, lex: Lexicon) -> list[Span]:
    """The bodies that later clauses of the sentence charge: "Giao A thực hiện; B giám sát"."""
    said = {folded[start:end] for start, end in first.names}
    found: list[Span] = []
    for clause in _CLAUSE.finditer(folded, first.end):
        order = lex.charge.match(folded, clause.end())
        bodies = find_bodies(text, folded, skip_space(folded, order.end()) if order else clause.end(), lex)
        if not bodies.names or not (order or _acts_alone(text, folded, clause.end(), bodies, lex)):
            continue
        for start, end in bodies.names:
            if folded[start:end] not in said:
                said.add(folded[start:end])
                found.append((start, end))
    return found


def _told(folded: str, bodies: Bodies, lex: Lexicon) -> bool:
    """Whether a colon follows the names and then what they are told to do, or nothing more."""
    at = skip_space(folded, bodies.end)
    after = skip_space(folded, at + 1)
    return folded[at : at + 1] == ":" and (after >= len(folded) or opens_with_verb(folded, after, lex))


def _acts_alone(text: str, folded: str, start: int, bodies: Bodies, lex: Lexicon) -> bool:
    """Whether a clause of its own begins with the bodies; in small letters a verb must follow."""
    if text[start].isupper():
        return acts(folded, bodies, lex)
    return lex.plural.match(folded, start) is not None and is_strong(folded, skip_space(folded, bodies.end), lex)


def _addressed(text: str, folded: str, start: int, lex: Lexicon) -> Bodies:
    prefix = lex.address.match(folded, start)
    return find_bodies(text, folded, prefix.end() if prefix else start, lex)


def _labelled_charge(text: str, folded: str, start: int, lex: Lexicon) -> Charge | None:
    """ "Sở Y tế: Chủ trì …" charges the label, "Về y tế: Sở Y tế bảo đảm …" the subject behind it, "Đối với các ngành:
    Đề nghị Công an tỉnh …" whom the words behind it charge."""
    label = LABEL.match(folded, start)
    if not label:
        return None
    order = lex.charge.match(folded, label.end())
    bodies = find_bodies(text, folded, skip_space(folded, order.end()), lex) if order else None
    if bodies and bodies.names:
        return _charge(text, folded, bodies, lex, explicit=True)
    bodies = _addressed(text, folded, start, lex)
    if (
        bodies.names
        and not lex.topic.match(folded, start)
        and not folded[bodies.end : label.end()].strip(" :")
        and opens_with_verb(folded, label.end(), lex)
    ):
        return _charge(text, folded, bodies, lex)
    bodies = find_bodies(text, folded, label.end(), lex)
    if not bodies.names or not (bodies.whole or text[label.end()].isupper()) or not acts(folded, bodies, lex):
        return None
    return _charge(text, folded, bodies, lex)


def _later_charge(text: str, folded: str, start: int, lex: Lexicon) -> Charge:
    """A body named after an adverbial ("Trường hợp …, Ủy ban nhân dân tỉnh trình …") or in "…, giao X …"."""
    adverbial = lex.adverbial.match(folded, start) is not None
    for match in lex.later.finditer(folded, start):
        if match["sep"] not in ",;" and folded[match.start() - 1 : match.start()].isalpha():
            continue
        if not adverbial and match["charge"] is None and match["sep"] != ";":
            continue
        bodies = find_bodies(text, folded, skip_space(folded, match.end()), lex)
        if not bodies.names or lex.place.match(folded, bodies.names[0][0]):
            continue
        if match["charge"]:
            if match["sep"] == "," and not adverbial and not match["charge"].endswith(_ORDERS):
                continue  # "…, yêu cầu các doanh nghiệp …" is what those do who are charged
            return _charge(text, folded, bodies, lex, explicit=True)
        clause = match["sep"] == ";"
        if not (clause or (adverbial and match.start() - start < _ADVERBIAL)):
            continue
        if acts(folded, bodies, lex) and (not clause or text[bodies.names[0][0]].isupper()):
            return _charge(text, folded, bodies, lex)
    inner = lex.inner.search(folded, start)
    if inner:
        bodies = find_bodies(text, folded, inner.end(), lex)
        if bodies.names and acts(folded, bodies, lex):
            return _charge(text, folded, bodies, lex, explicit=True)
    responsible = lex.responsible.match(folded, start) if text[start : start + 1].isupper() else None
    if responsible and not is_strong(folded, start, lex):
        who = responsible.start("who"), responsible.start("who") + len(responsible["who"].rstrip(" ,"))
        return Charge((who,), verb=responsible.end("who"), named=True, described=True)
    return Charge(verb=start)


def _coagents(text: str, folded: str, start: int, lex: Lexicon) -> tuple[Span, ...]:
    match = lex.together.search(folded, start, start + 80)
    if not match:
        return ()
    return find_bodies(text, folded, skip_space(folded, match.end()), lex).names


def _opening(folded: str) -> int:
    """Past quotation marks, bullets and a label at the beginning."""
    match = _BEFORE.match(folded)
    return match.end() if match else 0

"""Tells of every node of a tree what its sentences are for: targets, results, tasks, norms … and what leads into it.

The heading of a node decides for all that stands under it; so does a sentence that leads into a list, for the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from vn_resolution.extract.agents import find_addressed, find_charge
from vn_resolution.extract.sentences import split_sentences
from vn_resolution.extract.subjects import (
    find_subjects,
    fixes_norms,
    regulates,
    settles_accounts,
    subject_kinds,
)
from vn_resolution.grammar import Grammar, Rule, fold
from vn_resolution.model import Node

TaskMode = Literal["all", "directive", "body", "explicit"]
"""Which sentences are tasks: all; those that open with a directing verb; those with a body as their subject; only
those that charge somebody ("Giao …")."""

Figures = Literal["open", "strict", "closed"]
"""Whether numbers are indicators: as a rule; only in the forms of a target within a task; never."""

_FORWARD = frozenset({"tasks", "execution"})
_LIMITS = frozenset({"scope", "norms"})
_MEASURED = frozenset({"targets", "results", "objectives", "figures"})
_PLANNING = frozenset({"plan", "money"})
_FIXING = frozenset({"norm", "form"})
_DESCRIBING = frozenset({"people", "place"})
_DIVISIONS = frozenset({"part", "chapter", "section", "subsection", "article", "appendix"})
_LEAD_LENGTH = 700
_MOST_LEADS = 24
_END = 14
_CONTENTS = 60
_ADDRESS = 240
_ENDS = ".;:!?…"


@dataclass(frozen=True, slots=True)
class Section:
    """What stands at a place. `leads` are the sentences that lead into the list that it belongs to, the nearest last;
    `path` are the folded title and headings above it, `above` these and the lead-ins, the nearest last; `heading` is
    the nearest heading as printed. `closed` = the
    resolution fixes norms or describes, so that only a section of targets or results holds indicators. `goes_on` = the
    text goes on with a sentence that a page break cut off before it. `issued` is the day on which the resolution was
    adopted or issued (ISO), "" where it does not say."""

    tasks: TaskMode = "body"
    figures: Figures = "strict"
    status: Literal["target", "actual"] | None = None
    roles: frozenset[str] = frozenset()
    leads: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    heading: str = ""
    above: tuple[str, ...] = ()
    closed: bool = False
    quoted: bool = False
    goes_on: bool = False
    issued: str = ""


def root_section(title: str | None, grammar: Grammar, issued: str = "") -> Section:
    """What a resolution of this title and day is about, before any of its headings was read."""
    kinds = subject_kinds(find_subjects(title, grammar), grammar)
    measured = bool(kinds & _PLANNING)
    if "watch" in kinds:  # what was watched over may be a policy or a place, but nothing is set here
        kinds -= _DESCRIBING | _FIXING
    closed = bool(kinds & _DESCRIBING) or (fixes_norms(title, grammar) if measured else bool(kinds & _FIXING))
    if regulates(title, grammar):
        closed = True
    elif measured and "norm" not in kinds and not kinds & _DESCRIBING:
        closed = False
    figures: Figures = "closed" if closed else "open" if measured else "strict"
    status: Literal["target", "actual"] | None = "actual" if settles_accounts(title, grammar) else None
    path = (fold(title or ""),)
    return Section(figures=figures, status=status, closed=closed, path=path, above=path, issued=issued)


def read_sections(nodes: Sequence[Node], root: Section, grammar: Grammar) -> dict[str, Section]:
    """The section of the running text of every node, by the node's id."""
    found: dict[str, Section] = {}
    stack: list[tuple[Sequence[Node], Section]] = [(nodes, root)]
    while stack:
        level, section = stack.pop()
        current = section
        before = "."
        for node in level:
            if node.kind == "paragraph":
                goes_on = node.text[:1].islower() and before[-1:] not in _ENDS
                quoted = node.quoted or current.quoted
                same = quoted == current.quoted and not goes_on
                found[node.id] = current if same else replace(current, quoted=quoted, goes_on=goes_on)
                before = node.text or before
                current = _after_lead(current, node.text, grammar)
                continue
            before = node.text or "."
            own = _under_heading(section if node.kind in _DIVISIONS else current, node, grammar)
            found[node.id] = own
            if node.children:
                stack.append((node.children, _after_lead(own, node.text, grammar)))
            if node.kind in _DIVISIONS:
                current = section
    return found


def sentence_section(section: Section, folded: str, grammar: Grammar, *, directs: bool = False) -> Section:
    """The section for one sentence: its own first words may say that it sets targets or tells of results, as does a
    time that had passed; so may one that does not direct (`directs`), where it tells how little was reached."""
    for rule in grammar.rules("tasks", "sentence_role").values():
        if rule.data["role"] == "targets" and "results" in section.roles:
            continue
        if rule.regex.match(folded):
            return _with_roles(section, frozenset({rule.data["role"]}))
    if section.closed or "results" in section.roles:
        return section
    told = grammar.rules("tasks", "told_result").sole
    tells = not directs and any(hint in folded for hint in told.data["hints"]) and told.regex.search(folded) is not None
    if tells or _had_passed(folded, section.issued, grammar):
        return _with_roles(section, frozenset({"results"}))
    return section


def _had_passed(folded: str, issued: str, grammar: Grammar) -> bool:
    """Whether a sentence opens with a time that lay before the day of the resolution."""
    if not issued:
        return False
    by = grammar.rules("tasks", "by_time").sole.regex.match(folded)
    if by is None:
        return False
    year, month, day = by["year"], by["month"], by["day"]
    parts = [year, *(part.zfill(2) for part in (month, day) if part)]
    return "-".join(parts) < issued[: 4 + 3 * (len(parts) - 1)]


def _under_heading(section: Section, node: Node, grammar: Grammar) -> Section:
    quoted = section.quoted or node.quoted
    if not node.heading:
        if node.children and settles_accounts(node.text, grammar):
            section = replace(section, status="actual")
        opening = node.text[:120]
        cut = opening.find(":")
        if 0 < cut < 90 and not section.quoted and not section.roles & _MEASURED and len(opening[:cut].split()) <= 12:
            label = fold(opening[:cut])
            ordered = "tasks" in section.roles
            roles = (
                _roles(label, "label", grammar, ordered, section.closed)
                if cut + 1 < len(node.text)
                else frozenset[str]()
            )
            if roles & _LIMITS:
                return _with_roles(replace(section, quoted=quoted), roles)
        return replace(section, quoted=quoted) if quoted != section.quoted else section
    folded = fold(node.heading)
    base = replace(
        section, path=(*section.path, folded), above=(*section.above, folded), heading=node.heading, quoted=quoted
    )
    if find_addressed(node.heading, folded, grammar):
        base = replace(base, leads=(*base.leads, node.heading))
    roles = _roles(folded, "heading", grammar, "tasks" in section.roles, section.closed)
    if section.status == "actual" and "figures" in roles and _plans(folded, section, grammar):
        base = replace(base, status=None)
    elif settles_accounts(node.heading, grammar):
        base = replace(base, status="actual")
    if roles == {"tasks"} and section.roles & {"targets", "objectives"} and _is_horizon(folded, grammar):
        return _with_roles(base, frozenset({"targets"}))
    section = _with_roles(base, roles)
    works = roles <= {"figures"} and section.tasks == "body" and not section.closed
    if works and grammar.rules("tasks", "works")["works"].regex.match(folded):
        return replace(section, tasks="directive")
    return section


def _plans(folded: str, section: Section, grammar: Grammar) -> bool:
    """Whether a heading opens the figures of a plan, in a resolution that settles no accounts ("DỰ TOÁN NĂM 2014")."""
    planned = grammar.rules("indicators", "planned_heading")["planned-heading"].regex
    return planned.match(folded) is not None and not settles_accounts(section.path[0], grammar)


def _is_horizon(folded: str, grammar: Grammar) -> bool:
    """Whether a heading names a time only: the targets over it go on ("Định hướng đến năm 2030")."""
    return grammar.rules("indicators", "horizon")["horizon"].regex.fullmatch(folded) is not None


def _after_lead(section: Section, text: str, grammar: Grammar) -> Section:
    """The section of the list that this text leads into."""
    opened = grammar.rules("tasks", "open_end")["open-end"].regex.search(fold(text[-_END:])) is not None
    # "Giao Ủy ban nhân dân tỉnh" leads in without a colon.
    if not opened and not (len(text) <= _ADDRESS and find_addressed(text, fold(text), grammar)):
        return section
    start, end = split_sentences(text[-_LEAD_LENGTH:], grammar)[-1]
    lead = text[-_LEAD_LENGTH:][start:end]
    folded = fold(lead).rstrip(" .;")
    if not folded.endswith(":"):
        folded += ":"
    leads, above = (*section.leads, lead)[-_MOST_LEADS:], (*section.above, folded)[-_MOST_LEADS:]
    status = "actual" if settles_accounts(lead, grammar) else section.status
    base = replace(section, leads=leads, above=above, status=status)
    if is_contents(lead, folded, grammar):
        return replace(base, tasks="explicit")
    roles = _lead_roles(lead, folded, section, grammar)
    if section.closed and not _charges(lead, grammar):
        # Among norms a list of tasks stands only under a lead-in that charges somebody.
        return base if section.roles & _LIMITS else _with_roles(base, roles - {"tasks"})
    return _with_roles(base, roles)


def _lead_roles(lead: str, folded: str, section: Section, grammar: Grammar) -> frozenset[str]:
    """The roles of a lead-in. An order may name what went wrong ("Yêu cầu … khắc phục những hạn chế, tập trung vào các
    nội dung sau:"), and what comes last leads in ("Thống nhất đánh giá tình hình …; đồng thời nhấn mạnh nhiệm vụ:")."""
    roles = _roles(folded, "lead", grammar, "tasks" in section.roles, section.closed)
    if not {"tasks", "results"} <= roles:
        return roles
    if find_charge(lead, folded, grammar).explicit:
        return roles - {"results"}
    last = _roles(folded.rsplit(";", 1)[-1].strip(), "lead", grammar, "tasks" in section.roles, section.closed)
    return last if "tasks" in last else roles


def is_contents(lead: str, folded: str, grammar: Grammar) -> bool:
    """Whether a lead-in charges a body with a thing, of which the list under it tells what it consists of."""
    contents = grammar.rules("tasks", "contents")["contents"].regex.search(folded[-_CONTENTS:])
    return contents is not None and bool(find_charge(lead, folded, grammar).agents)


def _charges(lead: str, grammar: Grammar) -> bool:
    """Whether a lead-in names who is charged, or ends in "giao:", so that the list names them."""
    charge = find_charge(lead, fold(lead), grammar)
    return (bool(charge.agents) and not charge.described) or (charge.explicit and not lead[charge.verb :].strip(" :"))


def _with_roles(section: Section, roles: frozenset[str]) -> Section:
    if not roles:
        return section
    forward = roles & _FORWARD
    measured = roles & _MEASURED
    if forward:
        tasks: TaskMode = "directive" if measured - {"figures"} or "tasks" not in roles else "all"
        figures: Figures = "open" if measured else "strict"
    elif measured:
        ordered = section.tasks in ("all", "directive")
        tasks = ("directive" if ordered else "body") if "figures" in roles else "explicit"
        figures = "open"
    elif "validity" in roles:
        tasks, figures = "body", "closed"
    else:
        tasks, figures = "explicit", "closed"
    if section.closed and not measured - {"figures"}:
        figures = "closed"
    status: Literal["target", "actual"] | None = section.status
    if "results" in roles:
        status = None if forward or roles & {"targets", "objectives"} else "actual"
    elif forward or measured:
        status = section.status if section.status == "actual" and "figures" in roles else "target"
    return replace(section, tasks=tasks, figures=figures, status=status, roles=roles)


@lru_cache(maxsize=4096)
def _roles(folded: str, where: str, grammar: Grammar, ordered: bool, closed: bool) -> frozenset[str]:
    """The roles of a heading or a lead-in; `ordered` = it stands in a section of tasks, `closed` = in norms."""
    found: set[str] = set()
    for rule in _role_rules(grammar, "heading" if where == "label" else where):
        if ordered and rule.data.get("soft"):
            continue
        if rule.regex.match(folded) if rule.anchor == "start" else rule.regex.search(folded):
            found.add(rule.data["role"])
    if closed and where == "heading" and not grammar.rules("tasks", "ordering")["ordering"].regex.match(folded):
        found -= {"tasks", "targets", "results"}
    if "results" in found:
        found -= _LIMITS
    if "targets" in found and "objectives" in found:
        found.discard("objectives")
    if found & {"tasks", "targets"}:
        found -= _LIMITS | {"figures"}
    return frozenset(found)


@lru_cache(maxsize=16)
def _role_rules(grammar: Grammar, where: str) -> tuple[Rule, ...]:
    return tuple(r for r in grammar.rules("tasks", "role").values() if r.data["where"] in (where, "both"))

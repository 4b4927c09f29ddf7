"""Finds the sentences that direct future work, with who is charged, who helps, and by when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vn_resolution.extract.agents import Charge, find_addressed, find_charge
from vn_resolution.extract.deadlines import find_deadline
from vn_resolution.extract.sections import Section, is_contents, sentence_section
from vn_resolution.extract.sentences import LABEL, NUMERAL, split_sentences
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Deadline, Node

_LIST_KINDS = frozenset({"bullet", "point"})
_ITEM_KINDS = _LIST_KINDS | {"clause"}
_ADVERBIAL = 260
_BEFORE = rf"\W*(?:{NUMERAL}[.)/]\s*)?"  # a label that the structure did not know
_END = 14
_OPENING = 40
_CLAUSE = re.compile(r", | thì ")

_Test = Callable[[str], re.Match[str] | None]
_Opening = Callable[[str, int], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class TaskMatch:
    """One task: `[start, end)` in the text that it was found in; the names of bodies as printed."""

    start: int
    end: int
    agents: tuple[str, ...] = ()
    coagents: tuple[str, ...] = ()
    deadline: Deadline | None = None


def find_tasks(text: str, node: Node, section: Section, grammar: Grammar) -> list[TaskMatch]:
    """The tasks in the running text of one node, in their order; `text` is that text for reading."""
    if section.quoted or not text:
        return []
    rules = _rules(grammar)
    found: list[TaskMatch] = []
    handed_down: tuple[str, ...] | None = None
    folded_text = fold(text)
    for start, end in split_sentences(text, grammar):
        if section.goes_on and start == 0:
            continue
        sentence, folded = text[start:end], folded_text[start:end]
        charge = find_charge(sentence, folded, grammar)
        if not _is_task(sentence, folded, charge, node, section, bool(found), rules, grammar):
            continue
        agents = tuple(sentence[a:b] for a, b in charge.agents)
        if not agents:
            if handed_down is None:
                handed_down = _lead_agents(section, rules, grammar)
            agents = handed_down
        coagents = tuple(sentence[a:b] for a, b in charge.coagents)
        found.append(TaskMatch(start, end, agents, coagents, find_deadline(sentence, folded, grammar)))
    return found


@dataclass(frozen=True, slots=True)
class _NoTask:
    """A form of sentence that is no task. `hints` are words of which one must occur; `past_only` = it tells of the
    past, which a directing sentence may mention; `articles_only` = not in a section of tasks or on execution;
    `undirected` = only where the sentence opens with no directing verb; `uncharged` = only where it charges nobody."""

    test: _Test
    hints: tuple[str, ...]
    past_only: bool
    articles_only: bool
    undirected: bool
    uncharged: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    no_task: tuple[_NoTask, ...]
    decides: _Test
    introduction: _Test
    open_end: _Test
    directive: re.Pattern[str]
    misread: _Test
    prefix: _Opening
    phase: _Opening
    acting: _Test
    modal: _Test
    adverbial: re.Pattern[str]
    past: tuple[str, ...]


def _is_task(
    sentence: str,
    folded: str,
    charge: Charge,
    node: Node,
    section: Section,
    follows: bool,
    rules: _Rules,
    grammar: Grammar,
) -> bool:
    """Whether a sentence directs; `follows` = one before it in the same node does."""
    if rules.open_end(folded[-_END:]) and (node.children or folded[-1] == ":"):
        contents = charge.named and is_contents(sentence, folded, grammar)
        if not contents and not _list_item(folded, node, rules):
            return False
    if (charge.explicit or charge.named) and not folded[charge.verb :].strip(" .:"):
        return False  # "Giao Ủy ban nhân dân tỉnh", "Chỉ đạo Sở Y tế:" lead in
    directive = charge.named or _opens_with_directive(folded, rules)
    here = sentence_section(section, folded, grammar, directs=directive)
    for form in rules.no_task:
        if form.past_only and directive and (here.tasks == "all" or charge.named):
            continue
        if form.articles_only and (section.tasks == "all" or "execution" in section.roles):
            continue
        if form.undirected and (directive or charge.explicit):
            continue
        if form.uncharged and charge.named:
            continue
        if form.hints and not any(hint in folded for hint in form.hints):
            continue
        if form.test(folded):
            return False
    if charge.explicit and (charge.named or here.tasks != "explicit"):
        return True
    if here.tasks == "explicit" or (charge.described and here.tasks == "body"):
        return False
    if charge.named:
        return True
    if here.tasks == "body":
        return follows and directive
    if directive:
        return True
    acting = rules.acting(folded) is not None
    if here.tasks == "directive":
        return acting and _opens_with_phase(folded, rules)
    if folded.startswith(rules.past):
        return False
    if not follows and node.kind in _ITEM_KINDS and section.leads and _lead_agents(section, rules, grammar):
        return True  # what stands in the list of one who is charged
    # What only names or tells something ("Quặng vàng: Yên Thang, Đan Đon.") directs nothing.
    return rules.modal(folded) is not None or (acting and (follows or _opens_with_phase(folded, rules)))


def _list_item(folded: str, node: Node, rules: _Rules) -> bool:
    """A bullet "Xóa cầu tạm theo thứ tự sau:" is a task; "Tập trung thực hiện các nhiệm vụ sau:" only introduces."""
    if node.kind not in _LIST_KINDS or rules.introduction(folded):
        return False
    return _opens_with_directive(folded, rules)


def _opens_with_directive(folded: str, rules: _Rules) -> bool:
    """Whether a directing verb comes first, after a label ("Về giống: …") or after adverbials ("Trong quý I, …")."""
    if _directs(folded, 0, rules):
        return True
    label = LABEL.match(folded)
    if label and _directs(folded, label.end(), rules):
        return True
    if not rules.adverbial.match(folded):
        return False
    return any(_directs(folded, clause.end(), rules) for clause in _CLAUSE.finditer(folded, 0, _ADVERBIAL))


def _opens_with_phase(folded: str, rules: _Rules) -> bool:
    label = LABEL.match(folded)
    return rules.phase(folded, label.end() if label and not rules.phase(folded, 0) else 0) is not None


def _directs(folded: str, at: int, rules: _Rules) -> bool:
    """Whether a directing verb begins at `at`, also behind a phase or an adverb, or with its marks misread."""
    if rules.directive.match(folded, at):
        return True
    prefix = rules.prefix(folded, at)
    if prefix and rules.directive.match(folded, prefix.end()):
        return True
    return not at and rules.misread(_without_marks(folded[:_OPENING])) is not None


def _without_marks(folded: str) -> str:
    """The text without its diacritics, of which a scanner loses or mistakes many."""
    plain = unicodedata.normalize("NFD", folded).replace("đ", "d")
    return "".join(char for char in plain if not unicodedata.combining(char))


def _lead_agents(section: Section, rules: _Rules, grammar: Grammar) -> tuple[str, ...]:
    """The bodies charged by the sentence that leads into the list ("Giao Ủy ban nhân dân tỉnh:")."""
    for lead in reversed(section.leads):
        folded = fold(lead)
        charge = find_charge(lead, folded, grammar)
        agents = charge.agents or find_addressed(lead, folded, grammar)
        if agents and not (charge.council and rules.decides(folded)):
            return tuple(lead[a:b] for a, b in agents)
    return ()


@lru_cache(maxsize=8)
def _rules(grammar: Grammar) -> _Rules:
    forms = grammar.rules("tasks", "no_task")
    nouns = "(?!" + _openings(grammar.words("tasks", "nouns"), "").pattern + ")"
    words = (*grammar.words("tasks", "directives"), *grammar.words("tasks", "opening_verbs"))
    return _Rules(
        no_task=tuple(
            _NoTask(
                test=rule.regex.match if rule.anchor == "start" else rule.regex.search,
                hints=tuple(rule.data.get("hints", ())),
                past_only=bool(rule.data.get("past_only")),
                articles_only=bool(rule.data.get("articles_only")),
                undirected=bool(rule.data.get("undirected")),
                uncharged=bool(rule.data.get("uncharged")),
            )
            for rule in forms.values()
        ),
        decides=forms["council-decides"].regex.match,
        introduction=grammar.rules("tasks", "introduction")["introduction"].regex.match,
        open_end=grammar.rules("tasks", "open_end")["open-end"].regex.search,
        directive=_openings(words, _BEFORE + nouns),
        misread=_openings(
            [_without_marks(fold(word)) for word in words if " " in word], _BEFORE + _without_marks(nouns)
        ).match,
        prefix=grammar.rules("tasks", "opening")["prefix"].regex.match,
        phase=grammar.rules("tasks", "opening_deadline")["phase"].regex.match,
        acting=_openings([word for word in words if " " in word], r"(?<!\w)").search,
        modal=_openings(grammar.words("tasks", "modals"), r"(?<!\w)").search,
        adverbial=_openings(grammar.words("tasks", "adverbials"), ""),
        past=tuple(fold(word) for word in grammar.words("tasks", "past_openings")),
    )


def _openings(words: Sequence[str], before: str) -> re.Pattern[str]:
    return re.compile(before + "(?:" + "|".join(sorted(map(fold, words), key=len, reverse=True)) + r")\b")

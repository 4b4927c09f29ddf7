"""Reads from its title what a resolution is about: slugs such as "kinh_te_xa_hoi", and the kinds that they are of."""

from __future__ import annotations

from functools import lru_cache

from vn_resolution.grammar import Grammar, fold, load_grammar


@lru_cache(maxsize=64)
def find_subjects(title: str | None, grammar: Grammar | None = None) -> tuple[str, ...]:
    """The slugs of grammars/subjects.toml that hold for this trích yếu, in the order of the file; () when none does."""
    if not title:
        return ()
    rules = (grammar or load_grammar()).rules("subjects", "subject")
    folded = fold(" ".join(title.split()))
    return tuple(rule.id for rule in rules.values() if rule.regex.search(folded))


def subject_kinds(subjects: tuple[str, ...], grammar: Grammar | None = None) -> frozenset[str]:
    """What the numbers of such a resolution are: plan, money, norm, form, watch, people, place, topic."""
    rules = (grammar or load_grammar()).rules("subjects", "subject")
    return frozenset(rules[subject].data["kind"] for subject in subjects if subject in rules)


def fixes_norms(title: str | None, grammar: Grammar | None = None) -> bool:
    """Whether the title opens like that of norms ("Mức chi …", "Quy định …"), whatever they are for."""
    return any(_opens(title, "closing", name, grammar) for name in ("regulation", "norms"))


def regulates(title: str | None, grammar: Grammar | None = None) -> bool:
    """Whether the title opens like that of a regulation ("Quy định …")."""
    return _opens(title, "closing", "regulation", grammar)


def settles_accounts(title: str | None, grammar: Grammar | None = None) -> bool:
    """Whether the resolution approves accounts ("Phê chuẩn quyết toán …"), so that its figures were reached."""
    return _opens(title, "settled", "settled", grammar)


def _opens(title: str | None, section: str, rule: str, grammar: Grammar | None) -> bool:
    regex = (grammar or load_grammar()).rules("subjects", section)[rule].regex
    return bool(title) and regex.match(fold(" ".join((title or "").split()))) is not None

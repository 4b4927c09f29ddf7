"""Reads from the words on entry into force when a resolution enters and leaves force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vn_resolution.extract.dates import DateMatch, scan_dates
from vn_resolution.extract.numbers import number_words
from vn_resolution.grammar import Grammar, Rule, fold

_SENTENCE_END = re.compile(r"[;.](?=\s|/|$)")
_FULL_DATE = 10


@dataclass(frozen=True, slots=True)
class EffectMatch:
    """`text[start:end]` says when the resolution enters (`effective_from`) and leaves (`effective_to`) force: ISO
    dates, None where these words do not settle them."""

    start: int
    end: int
    effective_from: str | None
    effective_to: str | None


def scan_effect(
    text: str,
    folded: str,
    grammar: Grammar,
    adopted: str | None,
    issued: str | None = None,
    *,
    application: bool = False,
) -> EffectMatch | None:
    """The first sentence of the reading text that settles the dates of this resolution's force.

    `adopted` is the ISO date of adoption, `issued` that of signing where it is known (else adoption counts as both).
    Sentences on the force of other resolutions are passed over. `application` = read what tells from when it applies
    ("Thời gian áp dụng: …") instead of the sentences on force.
    """
    cues = grammar.words("effective", "application_cue" if application else "cue")
    if not any(cue in folded for cue in cues):
        return None
    subjects = tuple(grammar.rules("effective", "application" if application else "subject").values())
    for start, end in _sentences(folded, cues, grammar):
        found = _read(text, folded, start, end, subjects, grammar, adopted, issued or adopted)
        if found is not None:
            return found
    return None


def effective_dates(
    texts: Iterable[str], grammar: Grammar, adopted: str | None, issued: str | None = None
) -> tuple[str | None, str | None]:
    """(effective_from, effective_to) as these reading texts settle them; the first text that speaks of each counts.
    What only tells from when it applies counts where no sentence on force does."""
    texts = tuple(texts)
    begins: str | None = None
    ends: str | None = None
    for application in (False, True):
        for text in texts if begins is None else ():
            found = scan_effect(text, fold(text), grammar, adopted, issued, application=application)
            if found is not None:
                begins, ends = begins or found.effective_from, ends or found.effective_to
    return begins, ends


def speaks_of_effect(folded: str, grammar: Grammar) -> bool:
    """Whether a folded text may settle when this resolution is in force."""
    return any(cue in folded for key in ("cue", "application_cue") for cue in grammar.words("effective", key))


def _sentences(folded: str, cues: tuple[str, ...], grammar: Grammar) -> Iterator[tuple[int, int]]:
    """The sentences that hold a cue."""
    goes_on = grammar.rules("effective", "goes_on")["goes-on"].regex
    marks = (mark.span() for mark in _SENTENCE_END.finditer(folded))
    ends = [(start, end) for start, end in marks if goes_on.match(folded, end) is None]
    start = 0
    for stop, following in [*ends, (len(folded), len(folded))]:
        if any(cue in folded[start:stop] for cue in cues):
            yield start, stop
        start = following


def _read(
    text: str,
    folded: str,
    start: int,
    end: int,
    subjects: tuple[Rule, ...],
    grammar: Grammar,
    adopted: str | None,
    issued: str | None,
) -> EffectMatch | None:
    sentence, printed = folded[start:end], text[start:end]
    for rule in subjects:
        subject = rule.regex.search(sentence)
        if subject is not None:
            break
    else:
        return None
    ends_only = bool(rule.data.get("ends_only", False))
    begins = None if ends_only else _begins(printed, sentence, subject.end(), grammar, adopted, issued)
    ends = _ends(printed, sentence, subject.start(), grammar)
    if begins is None and ends is None:
        return None
    return EffectMatch(start, end, begins, ends)


def _begins(
    printed: str, sentence: str, at: int, grammar: Grammar, adopted: str | None, issued: str | None
) -> str | None:
    for rule in grammar.rules("effective", "start").values():
        match = rule.regex.match(sentence, at)
        if match is None:
            continue
        if rule.data["from"] == "date":
            return _date_at(printed, sentence, match.start(), grammar)
        day = adopted if rule.data["from"] == "adopted" else issued
        days = match.groupdict().get("days")
        return _later(day, days, grammar) if days else day
    return None


def _ends(printed: str, sentence: str, at: int, grammar: Grammar) -> str | None:
    for rule in grammar.rules("effective", "end").values():
        match = rule.regex.search(sentence, at)
        if match is None:
            continue
        if rule.data.get("year_end"):
            year = re.compile(r"\d{4}").search(sentence, match.end())
            return f"{year[0]}-12-31" if year else None
        return _date_at(printed, sentence, match.start(), grammar)
    return None


def _date_at(printed: str, sentence: str, at: int, grammar: Grammar) -> str | None:
    """The first full date from `at` on."""
    dates: list[DateMatch] = scan_dates(printed[at:], sentence[at:], grammar)
    return next((found.date for found in dates if found.date and len(found.date) == _FULL_DATE), None)


def _later(day: str | None, days: str, grammar: Grammar) -> str | None:
    """The ISO date so many days (figures or words) after a full ISO date."""
    if day is None or len(day) != _FULL_DATE:
        return None
    count = int(days) if days.isdigit() else number_words(grammar).value(days.split())
    try:
        return (date.fromisoformat(day) + timedelta(days=int(count))).isoformat() if count is not None else None
    except (ValueError, OverflowError):
        return None

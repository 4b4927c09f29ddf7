"""Finds every mention of a document and every reference to a provision in reading text, and what each one names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vn_resolution.extract.citation_scanner import CitationMatch, OwnDocument, Place, ShortForms, citation_scanner
from vn_resolution.extract.dates import DateMatch, scan_dates
from vn_resolution.extract.document_types import any_of_rules
from vn_resolution.extract.iri import citation_iri
from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import Citation, trusted
from vn_resolution.reading import Reader

_citation = trusted(Citation)


def scan_citations(
    text: str,
    folded: str,
    grammar: Grammar,
    dates: Sequence[DateMatch],
    *,
    amending: bool = False,
    quoted: bool = False,
    own: OwnDocument | None = None,
    short_forms: ShortForms | None = None,
) -> list[CitationMatch]:
    """The citations of a reading text, given with its fold and its dates, in reading order, none overlapping another.

    `amending`: the text stands under an amending clause, so that its bare provisions are those of another document
    (a text that is itself an amending instruction is known as such). `quoted`: it is the quoted new wording of one, in
    which "Nghị quyết này" is the amended document too.
    """
    scanner = citation_scanner(grammar)
    starts = {date.start: date for date in dates}
    return scanner.scan(Place(text, folded, starts, amending, quoted, own or OwnDocument(), short_forms))


def opens_amendment(folded: str, grammar: Grammar, citations: Sequence[CitationMatch]) -> bool:
    """Whether this text, with its citations, amends another document, so that what stands under it is `amending`:
    "Sửa đổi, bổ sung một số điều của Nghị quyết số …"."""
    clause = any_of_rules(grammar, "amending_clause").match(folded)
    return clause is not None and any(match.number and not match.internal for match in citations)


def find_citations(text: str, grammar: Grammar | None = None) -> tuple[Citation, ...]:
    """The citations of any string, with spans into it. Short forms are known from where they are defined."""
    grammar = grammar or load_grammar()
    reader = Reader(text)
    forms = ShortForms()
    found: list[Citation] = []
    for start, end in _paragraphs(text, grammar):
        reading = reader.read((start, end))
        folded = fold(reading.text)
        dates = scan_dates(reading.text, folded, grammar)
        for match in scan_citations(reading.text, folded, grammar, dates, short_forms=forms):
            found.append(
                to_citation(
                    match, f"cit_{len(found) + 1}", reading.text, reading.span(match.start, match.end),
                    iri=citation_iri(match, grammar),
                )
            )  # fmt: skip
    return tuple(found)


def to_citation(
    match: CitationMatch,
    citation_id: str,
    text: str,
    span: tuple[int, int],
    node: str | None = None,
    iri: str | None = None,
    target: str | None = None,
) -> Citation:
    """The model's citation: `text` is the reading text that was scanned, `span` the match's place in the source."""
    return _citation(
        id=citation_id, type=match.type, number=match.number, date=match.date, issuer=match.issuer, title=match.title,
        provision=match.provision, internal=match.internal, text=text[match.start : match.end], span=span, node=node,
        iri=iri, target=target,
    )  # fmt: skip


def _paragraphs(text: str, grammar: Grammar) -> list[tuple[int, int]]:
    folded = fold(text)
    cuts = sorted(
        {0, len(text)}
        | {m.start() for rule in grammar.rules("citations", "split").values() for m in rule.regex.finditer(folded)}
    )
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


__all__ = [
    "CitationMatch",
    "OwnDocument",
    "ShortForms",
    "find_citations",
    "opens_amendment",
    "scan_citations",
    "to_citation",
]

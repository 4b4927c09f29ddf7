"""The readers of quantities, citations and dates on any bare string, without a document around it."""

from __future__ import annotations

from vn_resolution.extract.citations import scan_citations, to_citation
from vn_resolution.extract.dates import scan_dates
from vn_resolution.extract.iri import citation_iri
from vn_resolution.extract.quantities import scan_quantities
from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import Citation, DateMention, Quantity


def find_quantities(text: str, grammar: Grammar | None = None) -> tuple[Quantity, ...]:
    """The numbers with a unit in `text`, in order; spans are offsets into it."""
    grammar = grammar or load_grammar()
    folded = fold(text)
    dates = scan_dates(text, folded, grammar)
    citations = scan_citations(text, folded, grammar, dates)
    taken = [(d.start, d.end) for d in dates] + [(c.start, c.end) for c in citations]
    return tuple(
        Quantity(
            id=f"qty_{number}", text=text[m.start : m.end], span=(m.start, m.end), low=m.low, high=m.high,
            comparator=m.comparator, unit=m.unit,
        )
        for number, m in enumerate(scan_quantities(text, folded, grammar, taken), 1)
    )  # fmt: skip


def find_citations(text: str, grammar: Grammar | None = None) -> tuple[Citation, ...]:
    """The citations in `text`, in order; spans are offsets into it. What only a document can tell (its own number,
    short forms that it defined elsewhere, the unit that an internal citation leads to) is left open."""
    grammar = grammar or load_grammar()
    folded = fold(text)
    found = scan_citations(text, folded, grammar, scan_dates(text, folded, grammar))
    return tuple(
        to_citation(m, f"cit_{number}", text, (m.start, m.end), None, citation_iri(m, grammar, None), None)
        for number, m in enumerate(found, 1)
    )


def find_dates(text: str, grammar: Grammar | None = None) -> tuple[DateMention, ...]:
    """The dates and periods in `text`, in order; spans are offsets into it."""
    grammar = grammar or load_grammar()
    return tuple(
        DateMention(
            id=f"date_{number}", text=text[m.start : m.end], span=(m.start, m.end), date=m.date, end=m.end_date,
            kind=m.kind,
        )
        for number, m in enumerate(scan_dates(text, fold(text), grammar), 1)
    )  # fmt: skip

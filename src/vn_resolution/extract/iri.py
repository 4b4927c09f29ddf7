"""Turns a citation, or the identity of a resolution, into the work IRI of the AKN naming convention, or into None.

`/akn/{place}/{act|doc}/{type}/{issuer}/{date}/{number}`, all in lower-case ASCII:

- place: `vn` for a central body, `vn-34` (the ISO 3166-2:VN code of the province) for a local one;
- date: for a central body the year that its number carries (72/2025/QH15 → 2025), so that a law has one IRI whether its
  day is printed or not; in every other case the day (its number counts anew in each province, or runs beside another
  series), and where only the year is known the year;
- number: the figures before the first stroke (86/NQ-HĐND → 86), as printed.

Nothing is guessed: where type, number, date, a listed issuer or, for a local body, the province is missing there is
no IRI. A law known by its name alone has none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vn_resolution.extract.citation_scanner import CitationMatch
from vn_resolution.extract.document_types import (
    DocumentType,
    Issuer,
    document_types,
    issuers_by_code,
    number_codes,
    slug,
)
from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.grammar.provinces import Province, Provinces
from vn_resolution.model import Meta

_LEADING = re.compile(r"\s*(\d+[a-zđ]?)(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"[/\-]\s?((?:19|20)\d\d)(?!\d)")
_COUNCIL = Issuer("hdnd", local=True)


def citation_iri(match: CitationMatch, grammar: Grammar | None = None, province_code: str | None = None) -> str | None:
    """The work IRI of the cited document; `province_code` is that of the citing one ("VN-34"), whose "Ủy ban nhân dân
    tỉnh" needs no name."""
    match = match.refers or match
    if match.this or match.number is None or match.type is None:
        return None
    grammar = grammar or load_grammar()
    kind = _types(grammar).get(match.type)
    issuers = _issuers(match, kind, grammar) if kind else []
    number = number_slug(match.number)
    if kind is None or not issuers or number is None:
        return None
    local = issuers[0].local
    date = _date(match.number, match.date, local)
    place = _local_place(match, grammar, province_code) if local else "vn"
    if date is None or place is None:
        return None
    actor = "-".join(issuer.slug for issuer in issuers) + (_lower_unit(match.issuer, grammar) if local else "")
    form = "act" if kind.act and not issuers[0].party else "doc"
    return f"/akn/{place}/{form}/{kind.slug}/{actor}/{date}/{number}"


def resolution_iri(meta: Meta, grammar: Grammar | None = None) -> str | None:
    """The work IRI of a resolution of a People's Council. Its date is that of issue, else of adoption, else the year in
    its number; a council below the province is named with its locality (`hdnd-xa-dong-a`)."""
    number = number_slug(meta.number) if meta.number else None
    code = meta.issuer.province_code if meta.issuer else None
    day = next((date for date in (meta.issued, meta.adopted) if date and len(date) == 10), None)
    date = _date(meta.number or "", day, True)
    if meta.issuer is None or number is None or code is None or date is None:
        return None
    actor = _COUNCIL.slug
    if meta.issuer.level in ("district", "commune"):
        if not meta.issuer.locality:
            return None
        actor += f"-{slug(meta.issuer.locality)}"
    return f"/akn/{code.lower()}/act/nghi-quyet/{actor}/{date}/{number}"


def number_slug(number: str) -> str | None:
    """The figures of a number, with their letter: "37/2025/NQ-HĐND" → "37", "30a/2008/NQ-CP" → "30a"."""
    found = _LEADING.match(number)
    return slug(found[1]) if found else None


def _issuers(match: CitationMatch, kind: DocumentType, grammar: Grammar) -> list[Issuer]:
    """The bodies that the number names: all those behind its type ("TTLT-BTC-BNV"), or the first where it names no type
    (the BNN of 3215/BNN-TCTS). Empty where one of them is not listed."""
    codes = number_codes(match.number or "")
    if codes and codes[0] in _type_codes(grammar):
        codes = codes[1:]
    elif not kind.named:
        codes = codes[:1]
    known = issuers_by_code(grammar)
    return [known[code] for code in codes] if codes and all(code in known for code in codes) else []


def _date(number: str, date: str | None, local: bool) -> str | None:
    year = _YEAR.search(number)
    if year and (not local or date is None):
        return year[1]
    return date


def _local_place(match: CitationMatch, grammar: Grammar, province_code: str | None) -> str | None:
    named = _named_province(match, grammar)
    code = named.code if named else province_code
    return code.lower() if code else None


def _named_province(match: CitationMatch, grammar: Grammar) -> Province | None:
    if not match.issuer:
        return None
    folded = fold(match.issuer)
    provinces = _provinces(grammar)
    return (provinces.find_in(folded, match.date) if match.date else None) or provinces.find_in(folded)


def _lower_unit(issuer: str | None, grammar: Grammar) -> str:
    """ "-xa-dong-a" for a council or committee below the province, else ""."""
    unit = _provinces(grammar).lower_unit(fold(issuer)) if issuer else None
    return f"-{slug(unit)}" if unit else ""


@lru_cache(maxsize=4)
def _provinces(grammar: Grammar) -> Provinces:
    return Provinces(grammar)


@lru_cache(maxsize=4)
def _types(grammar: Grammar) -> dict[str, DocumentType]:
    return {kind.type: kind for kind in document_types(grammar).values() if not kind.short}


@lru_cache(maxsize=4)
def _type_codes(grammar: Grammar) -> frozenset[str]:
    return frozenset(code for kind in _types(grammar).values() for code in kind.codes)

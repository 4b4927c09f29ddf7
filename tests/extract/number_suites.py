"""Reads the suites of data/*.tsv and what a grammar makes of their strings, for the tests of numbers and dates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from vn_resolution.extract.dates import DateMatch, scan_dates
from vn_resolution.extract.effective import scan_effect
from vn_resolution.extract.quantities import QuantityMatch, scan_quantities
from vn_resolution.grammar import Grammar, fold

DATA = Path(__file__).parent / "data"
ADOPTED, ISSUED = "2024-12-27", "2024-12-30"

QuantityValue = tuple[str, Decimal | None, Decimal | None, str, str | None]
"""Comparator, low, high, unit, doubt."""


def suite(name: str) -> Iterator[tuple[str, str]]:
    """(string, what is expected) for every line of data/`name`.tsv."""
    for line in (DATA / f"{name}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, expected = line.partition("\t")
            yield text, expected


def expected_quantities(cell: str) -> list[QuantityValue]:
    values = []
    for part in [] if cell == "-" else cell.split(" ; "):
        op, *rest = part.split(" ")
        doubt = rest.pop()[1:] if rest[-1].startswith("!") else None
        amounts = [Decimal(rest.pop(0)) for _ in range(2 if op == "range" else 1)]
        low = None if op in ("le", "lt") else amounts[0]
        high = None if op in ("ge", "gt") else amounts[-1]
        values.append((op, low, high, " ".join(rest), doubt))
    return values


def read_matches(text: str, grammar: Grammar) -> list[QuantityMatch]:
    folded = fold(text)
    taken = [(date.start, date.end) for date in scan_dates(text, folded, grammar)]
    return scan_quantities(text, folded, grammar, taken)


def read_quantities(text: str, grammar: Grammar) -> list[QuantityValue]:
    return [(m.comparator, m.low, m.high, m.unit, m.doubt) for m in read_matches(text, grammar)]


def read_dates(text: str, grammar: Grammar) -> str:
    """The dates of a text as data/dates.tsv writes them."""
    return " ; ".join(map(_shown, scan_dates(text, fold(text), grammar))) or "-"


def read_effect(text: str, grammar: Grammar) -> tuple[str | None, str | None]:
    """(effective_from, effective_to) of a text adopted on ADOPTED and signed on ISSUED."""
    found = scan_effect(text, fold(text), grammar, ADOPTED, ISSUED)
    return (found.effective_from, found.effective_to) if found else (None, None)


def _shown(match: DateMatch) -> str:
    if not match.valid:
        return "!"
    if match.date is None:
        return "?"
    return f"{match.date}/{match.end_date}" if match.end_date else match.date

"""Lays the indicators of many documents side by side: readings of one measure by province and period."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from vn_resolution.corpus.answers import Answer
from vn_resolution.corpus.plain import plain
from vn_resolution.extract.concepts import concepts

By = Literal["province", "year", "document"]
_CONDITIONS: Final = ("name", "status", "change", "unit")
_SIGNS: Final = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}
_CHANGES: Final = {"increase": "+", "decrease": "-"}
_SCALES: Final = ((10**9, "billion "), (10**6, "million "), (1, ""))
_COLUMNS: Final = (
    "province", "year", "document", "eid", "start", "end", "concept", "name", "status", "change", "low", "high",
    "comparator", "unit", "value", "period", "qualifiers",
)  # fmt: skip


class Measured(NamedTuple):
    """One reading of an indicator. `year` is what its period means: "2022", "2021–2025" or "2018-01–2018-06"; None
    where it has none that names a year. `low` and `high` are in base units. The rest is as in the table `indicators`;
    `document`, `eid` and the code points `start` to `end` tell where it stands."""

    province: str | None
    year: str | None
    document: str
    eid: str | None
    start: int | None
    end: int | None
    concept: str | None
    name: str
    status: str
    change: str
    low: float | None
    high: float | None
    comparator: str | None
    unit: str | None
    value: str | None
    period: str | None
    qualifiers: tuple[str, ...]

    @property
    def measure(self) -> tuple[str | None, str, str | None]:
        """What may be compared with it: the same concept, change and unit."""
        return self.concept, self.change, self.unit

    @property
    def middle(self) -> float | None:
        """One number for it: the middle of a range, the bound that it has, or the value."""
        known = [bound for bound in (self.low, self.high) if bound is not None]
        return sum(known) / len(known) if known else None


class Indicators(Sequence[Measured]):
    """Readings in the order of province, year and document.

    >>> growth = corpus.indicators("grdp_growth")
    >>> growth.table()
    province   2004  2005    2024
    Bình Định                7.5–8 *
    Sóc Trăng  10.8  ≥ 11 *
    >>> growth.unit, growth.others
    ('%', ('1 in %/năm',))
    >>> growth["Bình Định", "2024"][0].value
    '7,5-8,0%'
    """

    def __init__(self, readings: Iterable[Measured]) -> None:
        self.readings = tuple(readings)

    def __len__(self) -> int:
        return len(self.readings)

    def __iter__(self) -> Iterator[Measured]:
        return iter(self.readings)

    def __getitem__(self, index: Any) -> Any:
        """The reading at an index; or the readings of `main` in the cell (province, year) of the table."""
        if not isinstance(index, tuple):
            return self.readings[index]
        province, year = index
        return tuple(r for r in self.main if (r.province, r.year) == (province, str(year)))

    @property
    def main(self) -> tuple[Measured, ...]:
        """Those that can be compared: of each concept, the change and the unit that most readings have."""
        most: dict[str | None, tuple[str | None, str, str | None]] = {}
        for measure, _ in Counter(r.measure for r in self.readings).most_common():
            most.setdefault(measure[0], measure)
        return tuple(r for r in self.readings if r.measure == most[r.concept])

    @property
    def unit(self) -> str | None:
        """The unit of the table, with its scale ("billion VND"), where it is of one concept."""
        main = self.main
        return scale_of(main)[1] if len({r.measure for r in main}) == 1 else None

    @property
    def others(self) -> tuple[str, ...]:
        """What the table leaves out, since it cannot be compared: "6 in %/năm", "2 increase in %"."""
        left = Counter(r.measure for r in self.readings) - Counter(r.measure for r in self.main)
        several = len({r.concept for r in self.readings}) > 1
        return tuple(
            f"{count} {f'{concept} ' if several else ''}{'' if change == 'level' else f'{change} '}in {unit}"
            for (concept, change, unit), count in left.most_common()
        )

    def table(self, by: By = "year") -> Answer:
        """One row a province, and a concept where there are several, and one column a year; or, `by` "province" or
        "document", one row a year and one column each of these. A cell holds the different values of its `main`
        readings; * marks targets, + an increase, - a decrease, ≥ ≤ > < bounds, – a range."""
        main = self.main
        several = len({r.concept for r in main}) > 1
        scales = {concept: scale_of([r for r in main if r.concept == concept]) for concept in {r.concept for r in main}}
        cells: dict[tuple[str | None, str | None], dict[str, list[str]]] = {}
        for r in main:
            row, column = {
                "year": (r.province, r.year), "province": (r.year, r.province), "document": (r.year, r.document),
            }[by]  # fmt: skip
            values = cells.setdefault((r.concept if several else None, row), {}).setdefault(column or "—", [])
            shown = shown_value(r, scales[r.concept][0])
            if shown not in values:
                values.append(shown)
        columns = sorted({column for row in cells.values() for column in row}, key=lambda c: (c == "—", len(c) > 4, c))
        order = sorted(cells, key=lambda key: (key[0] or "", key[1] is None, key[1] or ""))
        rows = []
        for concept, row in order:
            label = (f"{concept or '—'} [{scales[concept][1]}]",) if several else ()
            found = cells[concept, row]
            rows.append((*label, row, *("; ".join(found[c]) if c in found else None for c in columns)))
        first = "province" if by == "year" else "year"
        return Answer((*(("concept",) if several else ()), first, *columns), rows)

    def to_rows(self) -> Answer:
        """All readings as flat rows."""
        return Answer(_COLUMNS, self.readings)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def find_indicators(
    db: sqlite3.Connection,
    concept: str | Iterable[str] | None,
    condition: str = "",
    values: Sequence[Any] = (),
    **conditions: str | None,
) -> Indicators:
    """The readings of one concept, of several or, with None, of all indicators. `condition` is one of SQL on
    `document`. Raises ValueError for a concept that the catalogue lacks, TypeError for an unknown condition."""
    unknown = sorted(set(conditions) - set(_CONDITIONS))
    if unknown:
        raise TypeError(f"indicators have no condition {', '.join(unknown)}; they have {', '.join(_CONDITIONS)}")
    wanted = None if concept is None else [concept] if isinstance(concept, str) else list(concept)
    where, given = ([condition], list(values)) if condition else ([], [])
    if wanted is not None:
        where.append(f"concept IN ({', '.join('?' * len(wanted))})")
        given += _known(db, wanted)
    name = conditions.pop("name", None)
    if name:
        where.append("instr(plain(name), plain(?)) > 0")
        given.append(name)
    for column, value in conditions.items():
        if value is not None:
            where.append(f"{column} = ?")
            given.append(value)
    rows = db.execute(
        'SELECT province, document, eid, start, "end", concept, name, status, change, low, high, comparator, unit, '
        "value, period, years, qualifiers FROM indicators JOIN documents USING (document) "
        f"{'WHERE ' if where else ''}{' AND '.join(where)} ORDER BY document, seq",
        given,
    )
    found = [Measured._make((row[0], row[-2], *row[1:-2], tuple(json.loads(row[-1])))) for row in rows]
    return Indicators(sorted(found, key=lambda r: (r.province or "\uffff", r.year or "\uffff")))


def shown_value(reading: Measured, scale: int = 1) -> str:
    """The value of a reading for a cell, in units of `scale`: "7.5–8 *"."""
    low, high = reading.low, reading.high
    if low is not None and high is not None and low != high:
        number = f"{_number(low / scale)}–{_number(high / scale)}"
    else:
        bound = low if low is not None else high
        number = _number(bound / scale) if bound is not None else reading.value or ""
        number = _SIGNS.get(reading.comparator or "", "") + number
    sign = _CHANGES.get(reading.change, "")
    return f"{sign}{number}{' *' if reading.status == 'target' else ''}"


def _number(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 10**6 else f"{value:,.0f}"


def _known(db: sqlite3.Connection, wanted: list[str]) -> list[str]:
    """The ids as they are; an id is one of the catalogue or of the corpus, that a user's grammar may have added to."""
    for concept in wanted:
        if (
            concept not in _labels()
            and not db.execute("SELECT 1 FROM indicators WHERE concept = ? LIMIT 1", (concept,)).fetchone()
        ):
            near = [c for c, label in _labels().items() if plain(concept).replace("_", " ") in plain(f"{label} {c}")]
            tip = f"; do you mean {', '.join(near[:8])}?" if near else ""
            raise ValueError(f"there is no concept {concept!r}{tip} (grammars/indicators.toml has the catalogue)")
    return wanted


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    return {concept.id: f"{concept.en} {concept.vi}" for concept in concepts()}


def scale_of(readings: Sequence[Measured]) -> tuple[int, str]:
    """In what the values of one measure are shown: (so many base units, its name)."""
    unit = readings[0].unit or "" if readings else ""
    sizes = sorted(abs(r.middle) for r in readings if r.middle) if unit.startswith(("VND", "USD")) else []
    middle = sizes[len(sizes) // 2] if sizes else 0
    return next((size, name + unit) for size, name in _SCALES if middle >= 10 * size or size == 1)


__all__ = ["By", "Indicators", "Measured", "find_indicators", "scale_of", "shown_value"]

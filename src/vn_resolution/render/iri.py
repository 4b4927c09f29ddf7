"""Names the FRBR work that a resolution is: by its IRI where it has one, else by as much of it as is known."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from vn_resolution.extract.iri import number_slug, resolution_iri
from vn_resolution.model import Meta
from vn_resolution.render.xml import full_date

_PLACE: Final = re.compile(r"VN-([0-9A-Z]{1,3})")
_YEAR: Final = re.compile(r"/\s*((?:19|20)[0-9]{2})(?![0-9])")
_WORK: Final = re.compile(
    r"/akn/(?P<place>vn(?:-[a-z0-9]+)?)/act/[a-z][a-z0-9-]*/[a-z][a-z0-9-]*/"
    r"(?P<date>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)/(?P<number>[a-z0-9-]+)"
)

NO_DATE: Final = "0001-01-01"
"""Stands where the schema demands a date and the document has none."""


class Work(NamedTuple):
    """`iri` of the work, its `place` ("vn-34", or "vn" where the province is not certain), its `date` (a full date) and
    what that date is: "issued", "adopted", "year" (only the year is known, 1 January stands for it) or "unknown"."""

    iri: str
    place: str
    date: str
    date_is: str


def work(meta: Meta) -> Work:
    """The identity of a resolution; `meta.iri` when it is set and well formed."""
    date, date_is = _date(meta)
    for iri in (meta.iri, resolution_iri(meta)):
        found = _WORK.fullmatch(iri) if iri else None
        if iri and found:
            return Work(iri, found["place"], date, date_is)
    code = _PLACE.fullmatch(meta.issuer.province_code) if meta.issuer and meta.issuer.province_code else None
    place = f"vn-{code[1].lower()}" if code else "vn"
    in_iri = {"year": date[:4], "unknown": NO_DATE[:4]}.get(date_is, date)
    number = (number_slug(meta.number) if meta.number else None) or "nn"
    return Work(f"/akn/{place}/act/nghi-quyet/hdnd/{in_iri}/{number[:80]}", place, date, date_is)


def _date(meta: Meta) -> tuple[str, str]:
    issued, adopted = full_date(meta.issued), full_date(meta.adopted)
    if issued:
        return issued, "issued"
    if adopted:
        return adopted, "adopted"
    year = _YEAR.search(meta.number or "")
    return (f"{year[1]}-01-01", "year") if year else (NO_DATE, "unknown")


__all__ = ["NO_DATE", "Work", "work"]

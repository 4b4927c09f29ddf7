"""Reads from the heads of its pages in which official gazette (Công báo) a resolution was published."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from unicodedata import normalize

from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Publication, Source

_HEAD = "running_header"
_BETWEEN = " /,-–"


def find_publication(source: Source, grammar: Grammar) -> Publication | None:
    """The gazette, its issue and day, from the first page head that tells them ("CÔNG BÁO/Số 15/Ngày 10-01-2024")."""
    rules = grammar.rules("effective", "gazette").values()
    for artifact in source.artifacts:
        if artifact.kind != _HEAD:
            continue
        printed = normalize("NFC", " ".join(source.text[slice(*artifact.span)].split()))
        for rule in rules:
            found = rule.find(printed, fold(printed))
            if not found:
                continue
            with suppress(ValueError):  # a day that no calendar has
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
                place = printed[found.start("place") : found.end("place")].strip(_BETWEEN)
                name = f"Công báo {place.title() if place.isupper() else place}".strip()
                return Publication(name=name, number=found["number"], date=day.isoformat(), span=artifact.span)
    return None


__all__ = ["find_publication"]

"""Reads what the meta block of a document and the marks in its preface say of its identity, and tells beforehand what
they will say of a resolution that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from vn_resolution.model import Issuer, Publication, Resolution
from vn_resolution.render.akn_frame import place_in_header
from vn_resolution.render.akn_parse import tag_of
from vn_resolution.render.iri import NO_DATE, Work
from vn_resolution.render.xml import as_attribute, full_date

NOTHING: Final = "?"
"""Stands where the schema demands a name and the document has none."""

_UNSURE: Final = object()
"""What is equal to no value: what will be read is not known beforehand."""

_PROVINCE: Final = re.compile(r"vn-([0-9a-z]{1,3})")
_EVENTS: Final = {"#entry-into-force": "effective_from", "#end-of-force": "effective_to"}


def said_of(doc: Resolution, work: Work, title: str) -> dict[str, Any]:
    """What `read_said` will read of a resolution with this identity and this title in its metadata: values of `Meta`,
    by the names of its fields."""
    meta = doc.meta
    said: dict[str, Any] = {
        "doc_type": _value(meta.doc_type),
        "number": _value(meta.number),
        "title": _known(title),
        "iri": work.iri,
        "subject": tuple([as_attribute(subject) for subject in meta.subject]),
        "effective_from": full_date(meta.effective_from),
        "effective_to": full_date(meta.effective_to),
        "place": _UNSURE if _names_other_places(doc) else place_in_header(doc),
        "issuer": _issuer(meta.issuer.name if meta.issuer else None, work.place),
    }
    if work.date_is in ("issued", "adopted"):
        said[work.date_is] = work.date
    if any(block.kind == "session" for block in doc.header):
        said["legislature"] = meta.legislature
        said["session"] = _value(meta.session)
    return _without_none(said)


def read_said(root: Any) -> dict[str, Any]:
    """What a document says; what it does not say is left out."""
    found = _First(root)
    work = found.of("FRBRWork")
    identity = _First(work) if work is not None else found
    said: dict[str, Any] = {
        "doc_type": _text(identity.value("FRBRname")),
        "number": _text(identity.value("FRBRnumber")),
        "title": _known(identity.named("FRBRalias", "title", "value") or NOTHING),
        "iri": _text(identity.value("FRBRuri")),
        "subject": tuple([e.get("value") or "" for e in found.all("keyword")]),
        "issuer": _issuer(found.organization("issuer"), identity.value("FRBRcountry") or ""),
    }
    for date in identity.all("FRBRdate"):
        day = full_date(date.get("date"))
        name = "adopted" if date.get("name") == "adopted" else "issued"
        if day and day != NO_DATE and date.get("name") != "year":
            said.setdefault(name, day)
    for published in found.all("publication")[:1]:
        name = published.get("showAs") or published.get("name")
        date = full_date((published.get("date") or "")[:10])
        if name:
            said["publication"] = Publication(name=name, number=published.get("number"), date=date, span=(0, 0))
    for event in found.all("eventRef"):
        if event.get("refersTo") in _EVENTS:
            said.setdefault(_EVENTS[event.get("refersTo")], full_date(event.get("date")))
        elif event.get("type") == "repeal":
            said.setdefault("effective_to", full_date(event.get("date")))
    preface = found.of("preface")
    if preface is not None:
        said |= _read_preface(_First(preface))
    return _without_none(said)


def _read_preface(found: _First) -> dict[str, Any]:
    committee, session = found.of("docCommittee"), found.of("session")
    said: dict[str, Any] = {}
    for location in found.all("location"):
        if _is_beside_date(location.getparent()):  # others are names in a title
            said["place"] = "".join(location.itertext())
            break
    if committee is not None and re.fullmatch(r"-?[0-9]{1,4}", committee.get("value") or ""):
        said["legislature"] = int(committee.get("value"))
    if session is not None:
        said["session"] = _text(session.get("value"))
    return said


def _is_beside_date(paragraph: Any) -> bool:
    dated = any(tag_of(part) in ("docDate", "date") for part in paragraph)
    return tag_of(paragraph) == "p" and (dated or paragraph.get("class") == "place_date")


def _names_other_places(doc: Resolution) -> bool:
    """Whether a name of a place is marked where place and date are printed, besides the place itself."""
    lines = [block.span for block in doc.header if block.kind == "place_date"]
    return any(
        name.kind == "location" and name.span[0] <= end and name.span[1] >= start
        for name in doc.mentions
        for start, end in lines
    )


class _First:
    """The elements below one element by their names, the first of each found in one pass."""

    def __init__(self, root: Any) -> None:
        self._all: dict[str, list[Any]] = {}
        for element in _heads(root):
            self._all.setdefault(tag_of(element), []).append(element)

    def all(self, tag: str) -> list[Any]:
        return self._all.get(tag, [])

    def of(self, tag: str) -> Any:
        found = self.all(tag)
        return found[0] if found else None

    def value(self, tag: str) -> str | None:
        element = self.of(tag)
        return element.get("value") if element is not None else None

    def named(self, tag: str, name: str, attribute: str) -> str | None:
        """The attribute of the first such element with this name."""
        return next((e.get(attribute) for e in self.all(tag) if e.get("name") == name), None)

    def organization(self, eid: str) -> str | None:
        """What the organization with this eId, or the author, is shown as."""
        author = self.of("FRBRauthor")
        wanted = (eid, (author.get("href") or "").lstrip("#") if author is not None else "")
        shown = {e.get("eId"): e.get("showAs") for e in self.all("TLCOrganization")}
        return next((shown[e] for e in wanted if e in shown), None)


def _heads(root: Any) -> Iterator[Any]:
    """The elements of the first meta block and of the preface, or of the element itself where it is one of these."""
    if tag_of(root) in ("preface", "FRBRWork"):
        yield from root.iter()
        return
    for child in root:
        for part in child if tag_of(root) == "akomaNtoso" else (child,):
            if tag_of(part) in ("meta", "preface"):
                yield from part.iter()


def _issuer(name: str | None, place: str) -> Issuer | None:
    if name is None or name == NOTHING:
        return None
    province = _PROVINCE.fullmatch(place)
    return Issuer(name=as_attribute(name), province_code=f"VN-{province[1].upper()}" if province else None)


def _value(value: str | None) -> str | None:
    """What is read of a value that is written where there is one, and left out where it is empty."""
    return as_attribute(value) if value else None


def _text(value: str | None) -> str | None:
    return value or None


def _known(value: str) -> str | None:
    return None if value == NOTHING else as_attribute(value)


def _without_none(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


__all__ = ["NOTHING", "read_said", "said_of"]

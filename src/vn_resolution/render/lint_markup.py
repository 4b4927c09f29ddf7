"""Finds in the XML of an Akoma Ntoso document what the schema cannot see: references that lead nowhere, eIds against
the naming convention, language codes, IRIs, days that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from vn_resolution.diagnostics import Finding, diagnostic, finding
from vn_resolution.render.akn_parse import tag_of
from vn_resolution.render.xml import full_date
from vn_resolution.structure.eids import clean_number, short_form

_POINTERS: Final = frozenset(
    {"href", "refersTo", "source", "as", "by", "start", "end", "of", "from", "upTo", "citations"}
    | {"quantities", "quantity"}
)
_WITHOUT_EID: Final = frozenset(
    {"akomaNtoso", "act", "bill", "doc", "statement", "body", "mainBody", "attachments", "content", "num", "heading"}
    | {"subheading", "b", "i", "u", "sub", "sup", "span", "br", "tr", "td", "th"}
)
_PASSING_ON: Final = frozenset({"preface", "preamble", "intro", "wrapUp", "conclusions"})
_LANGUAGE: Final = re.compile(r"[a-z]{3}")
_IRI: Final = re.compile(r"/akn/[a-z]{2}(?:-[a-z0-9]+)?/[a-z]+(?:/[^/\s]+)+")
_LEVELS: Final = ("FRBRWork", "FRBRExpression", "FRBRManifestation")


def markup_findings(root: Any) -> Iterator[Finding]:
    """The findings about a document, in no particular order."""
    yield from _dangling(root)
    yield from _eids(root)
    yield from _identification(root)
    yield from _dates(root)


def lines_of(root: Any) -> dict[str, int]:
    """The line of the first element with each eId."""
    lines: dict[str, int] = {}
    for element in root.iter():
        if eid := element.get("eId"):
            lines.setdefault(eid, element.sourceline)
    return lines


def _found(element: Any, code: str, **words: object) -> Finding:
    return finding(diagnostic(code, None, **words), element.sourceline, element.get("eId"))


def _dangling(root: Any) -> Iterator[Finding]:
    known: set[str] = set()
    for element in root.iter():
        if eid := element.get("eId"):
            if eid in known:
                yield _found(element, "A005", eid=eid)
            known.add(eid)
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in _POINTERS and "#" in value:
                for link in value.split():
                    if link.startswith("#") and link[1:] not in known:
                        yield _found(element, "A002", attribute=name, value=link)


def _eids(root: Any) -> Iterator[Finding]:
    """Each eId against the naming convention: the eId of what encloses it, "__", the short form, "_", a number."""
    stack: list[tuple[Any, str]] = [(root, "")]
    while stack:
        element, prefix = stack.pop()
        tag = tag_of(element)
        if tag in ("", "meta"):
            continue
        if tag in _PASSING_ON:
            inner = f"{prefix}__{tag.lower()}" if prefix else tag.lower()
        elif tag in _WITHOUT_EID:
            inner = prefix
        else:
            inner = element.get("eId") or ""
            stem = f"{prefix}__{short_form(tag)}_" if prefix else f"{short_form(tag)}_"
            number = inner.removeprefix(stem)
            label = next(("".join(child.itertext()) for child in element if tag_of(child) == "num"), "")
            if not inner.startswith(stem) or not number or "__" in number:
                yield _found(element, "A003", eid=inner, stem=stem)
            elif not _shows(label, number):
                yield _found(element, "A004", eid=inner, label=label)
        stack.extend((child, inner) for child in reversed(element))


def _shows(label: str, number: str) -> bool:
    """Whether the number is that of the label. A label's words ("Điều") and case are no part of it, and where it has
    no digit (“Phần thứ nhất”) there is nothing to compare."""
    printed = clean_number(label).casefold()
    if not re.search("[0-9]", printed):
        return True
    return any(printed.endswith(form) for form in (number.casefold(), number.casefold().rsplit("_", 1)[0]))


def _identification(root: Any) -> Iterator[Finding]:
    for element in root.iter():
        tag = tag_of(element)
        if tag == "FRBRlanguage" and not _LANGUAGE.fullmatch(element.get("language", "")):
            yield _found(element, "A006", value=element.get("language", ""))
        elif tag == "identification":
            yield from _iris(element)


def _iris(block: Any) -> Iterator[Finding]:
    work: str | None = None
    for level in block:
        if tag_of(level) not in _LEVELS:
            continue
        named = {tag_of(child): child for child in level}
        if work is None and "FRBRuri" in named:
            work = named["FRBRuri"].get("value", "")
        for tag in ("FRBRthis", "FRBRuri"):
            if tag in named:
                value = named[tag].get("value", "")
                if not _IRI.fullmatch(value):
                    yield _found(named[tag], "A007", value=value)
                elif not value.startswith(work or ""):
                    yield _found(named[tag], "A008", value=value, work=work)


def _dates(root: Any) -> Iterator[Finding]:
    """Dates that are none, and events of the life cycle out of order."""
    for element in root.iter():
        date = element.get("date") if tag_of(element) else None
        if date is not None and full_date(date[:10]) is None:
            yield _found(element, "A009", attribute="date", value=date)
        if tag_of(element) == "lifecycle":
            before = ""
            for event in element:
                day = full_date((event.get("date") or "")[:10])
                if day and day < before:
                    yield _found(event, "A010", date=day, previous=before)
                before = day or before


__all__ = ["lines_of", "markup_findings"]

"""Collects what the document's elements refer to: the entries of meta/references (TLC… and activeRef)."""

from __future__ import annotations

from typing import Final

from vn_resolution.extract.document_types import slug
from vn_resolution.render import xml

ONTOLOGY: Final = "/akn/ontology"

_CLASSES: Final[dict[str, str]] = {
    "TLCConcept": "concept",
    "TLCLocation": "location",
    "TLCOrganization": "organization",
    "TLCPerson": "person",
    "TLCRole": "role",
    "TLCTerm": "term",
}


class References:
    """Each entry stands once, under an eId such as "unit-vnd"; no eId of the document's own parts looks like that."""

    def __init__(self) -> None:
        self._eids: dict[tuple[str, str, str], str] = {}
        self._taken: set[str] = set()
        self._shown: dict[str, str] = {}
        self._cited: dict[str, str] = {}

    def to(self, tag: str, prefix: str, name: str, shown: str | None = None) -> str:
        """The "#eId" of the TLC entry of this name, made when it is first asked for. `shown`: what it is called, where
        that is not its name."""
        key = (tag, prefix, name)
        eid = self._eids.get(key)
        if eid is None:
            stem = f"{prefix}-{slug(name.replace('%', ' percent '))[:60].strip('-') or 'x'}"
            eid, count = stem, 1
            while eid in self._taken:
                count += 1
                eid = f"{stem}-{count}"
            self._taken.add(eid)
            self._eids[key] = eid
            self._shown[eid] = name if shown is None else shown
        return f"#{eid}"

    def cite(self, href: str, words: str) -> None:
        """Another document that this one refers to, its IRI as `xml.uri` writes it."""
        self._cited.setdefault(href, words)

    def xml(self, indent: str) -> str:
        """The entries, a line each, in the order in which they were made."""
        lines = [
            f'{indent}<{tag} eId="{eid}" href="{ONTOLOGY}/{_CLASSES[tag]}/vn.{eid.replace("-", ".", 1)}"'
            f' showAs="{xml.attribute(self._shown[eid])}"/>\n'
            for (tag, _, _), eid in self._eids.items()
        ]
        lines += [
            f'{indent}<activeRef eId="cited-{count}" href="{href}" showAs="{xml.attribute(words)}"/>\n'
            for count, (href, words) in enumerate(self._cited.items(), 1)
        ]
        return "".join(lines)


__all__ = ["ONTOLOGY", "References"]

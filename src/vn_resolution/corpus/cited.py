"""Tells which document a citation means: one of the corpus, or another that is named alike wherever it is cited."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from vn_resolution.corpus.plain import plain
from vn_resolution.extract.document_types import document_types
from vn_resolution.grammar import load_grammar

_NAME_END: Final = re.compile(r"(?:^|\s+)(?:số\s+\d|ngày\s+\d|năm\s+\d{4}|được|đã)|[(;\[]|\s*,?\s*$", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"(?:này|đó|trên|nêu|sau)\b", re.IGNORECASE)
_RESOLUTION: Final = "nghi_quyet"


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A document. One of the corpus (`inside`) has its id as `id`, that of one of them where several are the same
    resolution (`copies`: by their IRI, and by the table `duplicates`); another has its IRI or what else names it.
    `cited` counts the documents of the graph that cite it."""

    id: str
    label: str
    inside: bool
    type: str | None = None
    number: str | None = None
    date: str | None = None
    province: str | None = None
    year: int | None = None
    iri: str | None = None
    copies: int = 0
    cited: int = 0


class Named(NamedTuple):
    """What a citation says of the document that it means."""

    text: str
    type: str | None
    number: str | None
    date: str | None
    iri: str | None


class Names:
    """Knows the documents of a corpus and all that they cite.

    A document is known by its IRI; else by type, number and date; a law also by its name and date, since many cite it
    by these alone. A citation that says less than others means what they mean, where there is but one such: the same
    number in the same document, the same law with a date that goes on.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._types = {rule.id: rule.examples[0] for rule in load_grammar().rules("document_types", "type").values()}
        self._named = {kind for kind, type_ in document_types(load_grammar()).items() if type_.named}
        self._inside: dict[str, GraphNode] = {}
        self._by_iri: dict[str, GraphNode] = {}
        self._by_number: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._numbered: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
        self._laws: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._law_names: dict[tuple[str | None, str], str | None] = {}
        self._numbers: dict[str, str] = {}
        self._read_documents(db)
        self._read_citations(db)

    def _read_documents(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT document, doc_type, number, coalesce(issued, adopted), province, year, iri, title FROM documents "
            "ORDER BY document"
        )
        for document, type_, number, date, province, year, iri, title in rows:
            label = " ".join(filter(None, (type_, number))) if number else title or document
            slug = plain(type_).replace(" ", "_") if type_ else None
            node = GraphNode(document, label, True, slug, number, date, province, year, iri, 1)
            self._inside[document] = node
            if iri:
                self._by_iri.setdefault(iri, node)
            if number and province:
                self._by_number[province, _folded_number(number)].add(document)
        originals = dict(db.execute("SELECT document, original FROM duplicates WHERE kind <> 'identity'"))
        one = {document: self._by_iri.get(node.iri or "", node) for document, node in self._inside.items()}
        one = {document: one[originals.get(document, document)] for document in one}
        copies = Counter(node.id for node in one.values())
        self._inside = {document: replace(node, copies=copies[node.id]) for document, node in one.items()}
        self._by_iri = {iri: self._inside[node.id] for iri, node in self._by_iri.items()}

    def _read_citations(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT document, text, type, number, date, iri FROM citations WHERE NOT internal ORDER BY document, seq"
        )
        for document, *said in rows:
            named = Named(*said)
            name = self._law_name(named)
            if named.iri and named.number:
                self._numbers.setdefault(named.iri, named.number)
                self._numbered[document, named.type, _folded_number(named.number)].add(named.iri)
            if name and named.type:
                law = (named.type, plain(name))
                key = named.iri or " ".join((*law, named.date or ""))
                self._names[key][name] += 1
                if named.date and (len(named.date) == 10 or named.iri):
                    self._laws[law][named.date].add(key)

    def inside(self, document: str) -> GraphNode:
        """The node of a document of the corpus."""
        return self._inside[document]

    def cited(self, document: str, named: Named) -> GraphNode | None:
        """The node of what a citation in this document means; None where it names no document."""
        type_, number, date = named.type, named.number, named.date
        name = self._law_name(named)
        key = named.iri or self._fuller(document, named, name)
        if key in self._by_iri:
            return self._by_iri[key]
        if number and not key and type_ in (None, _RESOLUTION):
            same = self._by_number.get((self._inside[document].province or "", _folded_number(number)), set())
            found = {self._inside[one].id for one in same if date in (None, self._inside[one].date)}
            if len(found) == 1:
                return self._inside[found.pop()]
        word = self._types.get(type_ or "", type_)
        if number and type_:
            key = key or " ".join(filter(None, (type_, _folded_number(number), date)))
        elif name and type_:
            key = key or " ".join(filter(None, (type_, plain(name), date)))
        else:
            return None
        called = self._names[key].most_common(1)[0][0] if self._names.get(key) else name
        number = number or self._numbers.get(key)
        label = " ".join(filter(None, (word, called, number or date)))
        return GraphNode(key, label, False, type_, number, date, iri=key if key.startswith("/") else None)

    def _fuller(self, document: str, named: Named, name: str | None) -> str | None:
        """The key of the one document that others name with more, where there is but one."""
        if named.number:
            known = self._numbered.get((document, named.type, _folded_number(named.number)), set())
        elif name and named.type and named.date:
            dated = self._laws.get((named.type, plain(name)), {})
            known = {key for date, keys in dated.items() if date.startswith(named.date) for key in keys}
            numbered = {key for key in known if key.startswith("/")}
            known = numbered or known
        else:
            return None
        return next(iter(known)) if len(known) == 1 else None

    def _law_name(self, named: Named) -> str | None:
        """The name of a law as it is printed, without type, number and date: "Đất đai"."""
        if named.type not in self._named:
            return None
        key = named.type, named.text
        if key not in self._law_names:
            self._law_names[key] = _name_behind(self._types[named.type], named.text)
        return self._law_names[key]


def _name_behind(word: str, text: str) -> str | None:
    at = plain(text).find(plain(word))
    if at < 0:
        return None
    rest = text[at + len(word) :].lstrip()
    end = _NAME_END.search(rest)
    name = rest[: end.start()] if end else rest
    return name if name and not _NO_NAME.match(name) else None


def _folded_number(number: str) -> str:
    return plain(number).replace(" ", "")


__all__ = ["GraphNode", "Named", "Names"]

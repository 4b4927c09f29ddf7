"""Runs the extractors over a structured resolution: every text is folded once and read by each in turn."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vn_resolution.diagnostics import diagnostic
from vn_resolution.extract.amendments import Clause, find_amendments
from vn_resolution.extract.citations import (
    CitationMatch,
    OwnDocument,
    ShortForms,
    opens_amendment,
    scan_citations,
    to_citation,
)  # fmt: skip
from vn_resolution.extract.concepts import concept_of
from vn_resolution.extract.dates import scan_dates
from vn_resolution.extract.effective import effective_dates, speaks_of_effect
from vn_resolution.extract.indicator_tables import TableIndicator, find_table_indicators, lines_over_tables
from vn_resolution.extract.indicators import IndicatorMatch, Passage, find_indicators
from vn_resolution.extract.iri import citation_iri, resolution_iri
from vn_resolution.extract.mentions import MentionMatch, find_mentions, find_named_bodies, opens_definitions
from vn_resolution.extract.publication import find_publication
from vn_resolution.extract.quantities import QuantityMatch, scan_quantities
from vn_resolution.extract.resolve import Places
from vn_resolution.extract.running_texts import RunningText, running_texts
from vn_resolution.extract.sections import read_sections, root_section
from vn_resolution.extract.subjects import find_subjects
from vn_resolution.extract.tasks import find_tasks
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import (
    Amendment,
    AmendmentTarget,
    Basis,
    Citation,
    DateMention,
    Diagnostic,
    Indicator,
    Mention,
    Meta,
    Node,
    Quantity,
    Resolution,
    Span,
    Task,
    trusted,
)  # fmt: skip
from vn_resolution.reading import Reader

_date, _task, _indicator, _name = trusted(DateMention), trusted(Task), trusted(Indicator), trusted(Mention)
_amendment, _target, _count = trusted(Amendment), trusted(AmendmentTarget), trusted(Quantity)


class Enricher:
    """The extraction stage for one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def enrich(self, doc: Resolution) -> Resolution:
        """The resolution with all that its texts say: values, names, tasks, effective dates, subject and IRI."""
        return _Run(self._grammar, doc).run()


class _Run:
    """One document's way through the extractors."""

    def __init__(self, grammar: Grammar, doc: Resolution) -> None:
        self.grammar = grammar
        self.doc = doc
        self.reader = Reader(doc.source.text, doc.source.artifacts)
        self.diagnostics: list[Diagnostic] = []
        self.first_in_table: dict[str, int] = {}
        self.texts = list(running_texts(doc))
        root = root_section(doc.meta.title, grammar, doc.meta.adopted or doc.meta.issued or "")
        self.sections = read_sections((*doc.body, *doc.attachments), root, grammar)
        self.tables = list(self._tables())

    def run(self) -> Resolution:
        doc = self.doc
        self._scan()
        citations = self._citations()
        quantities = self._quantities()
        dates = self._dates()
        indicators = self._indicators(quantities)
        tasks = self._tasks(citations, quantities)
        meta = self._meta()
        bases = self._bases(citations)
        return doc.model_copy(
            update={
                "meta": meta,
                "preamble": doc.preamble.model_copy(update={"bases": bases}),
                "citations": tuple(citations),
                "quantities": tuple(quantities),
                "dates": tuple(dates),
                "mentions": tuple(self._mentions(tasks)),
                "indicators": tuple(indicators),
                "tasks": tuple(tasks),
                "amendments": tuple(self._amendments(citations)),
                "diagnostics": (*doc.diagnostics, *self.diagnostics),
            }
        )

    # -- scanning ------------------------------------------------------------------------------------------

    def _scan(self) -> None:
        meta = self.doc.meta
        own = OwnDocument(number=meta.number, dates=frozenset(d for d in (meta.issued, meta.adopted) if d))
        forms = ShortForms()
        for item in self.texts:
            text, folded = item.text, fold(item.text)
            item.folded = folded
            item.dates = tuple(scan_dates(text, folded, self.grammar))
            quoted = item.node is not None and item.node.quoted
            amending = item.under is not None and item.under.amends
            found = scan_citations(
                text, folded, self.grammar, item.dates, amending=amending, quoted=quoted, own=own, short_forms=forms
            )
            item.citations = tuple(found)
            item.amends = amending or opens_amendment(folded, self.grammar, item.citations)
            if item.node is not None or item.counted:
                taken = [(d.start, d.end) for d in item.dates] + [(c.start, c.end) for c in item.citations]
                item.quantities = tuple(scan_quantities(text, folded, self.grammar, taken))

    def _tables(self) -> Iterator[tuple[Node, list[TableIndicator]]]:
        """The tables that state indicators, in reading order."""
        nodes = (*self.doc.body, *self.doc.attachments)
        over = lines_over_tables(nodes)
        for node in self.doc.walk():
            if node.kind == "table":
                rows = find_table_indicators(node, self.sections[node.id], self.grammar, self.reader, over[node.id])
                if rows:
                    yield node, rows

    def _citations(self) -> list[Citation]:
        places = Places(self.doc.body, self.doc.attachments)
        code = self.doc.meta.issuer.province_code if self.doc.meta.issuer else None
        found: list[Citation] = []
        for item in self.texts:
            item.first_citation = len(found)
            for match in item.citations:
                span = item.span(self.reader, match.start, match.end)
                target = places.resolve(match, item.node.id if item.node else None)
                iri = citation_iri(match, self.grammar, code)
                found.append(to_citation(match, f"cit_{len(found) + 1}", item.text, span, item.place, iri, target))
        return found

    def _quantities(self) -> list[Quantity]:
        found: list[Quantity] = []
        tables = deque(self.tables)
        for item in self.texts:
            while tables and tables[0][0].span < item.at:
                self._of_table(*tables.popleft(), found)
            item.first_quantity = len(found)
            for match in item.quantities:
                span = item.span(self.reader, match.start, match.end)
                text = item.text[match.start : match.end]
                found.append(_quantity(match, text, span, item.place, len(found)))
                if match.doubt:
                    self.diagnostics.append(diagnostic(match.doubt, span, text=text))
        while tables:
            self._of_table(*tables.popleft(), found)
        return found

    def _of_table(self, node: Node, rows: list[TableIndicator], found: list[Quantity]) -> None:
        self.first_in_table[node.id] = len(found)
        for row in rows:
            found.append(_quantity(row, row.text, row.span, node.id, len(found)))

    def _dates(self) -> list[DateMention]:
        found: list[DateMention] = []
        for item in self.texts:
            for match in item.dates:
                span = item.span(self.reader, match.start, match.end)
                text = item.text[match.start : match.end]
                found.append(
                    _date(
                        id=f"date_{len(found) + 1}", text=text, span=span, date=match.date, end=match.end_date,
                        kind=match.kind, node=item.place,
                    )
                )  # fmt: skip
                if not match.valid:
                    self.diagnostics.append(diagnostic("V001", span, text=text))
        return found

    def _mentions(self, tasks: Sequence[Task]) -> list[Mention]:
        """The names in the texts, and the bodies that cited documents are of or that tasks charge, each place once."""
        over = [i.node for i in self.texts if i.node is not None and opens_definitions(i.folded, self.grammar)]
        defining = {child.id for node in over for child in node.children}
        charged: dict[str, set[str]] = {}
        for task in tasks:
            charged.setdefault(task.node or "", set()).update(task.agents, task.coagents)
        found: list[Mention] = []
        for item in self.texts:
            in_list = item.node is not None and item.node.id in defining
            matches = find_mentions(item.text, item.folded, self.grammar, defining=in_list)
            taken = [match for match in matches if match.kind == "location"] + (issuers := _issuers(item))
            matches += issuers
            if item.basis is not None:
                bodies = find_named_bodies(item.text, item.folded, self.grammar)
                matches += [b for b in bodies if not any(t.start <= b.start < t.end for t in taken)]
            if item.node is not None and not item.heading:
                matches += _bodies(item.text, charged.get(item.node.id, ()))
            for match in sorted(set(matches), key=lambda match: (match.start, -match.end, match.kind)):
                found.append(
                    _name(
                        id=f"name_{len(found) + 1}", kind=match.kind, name=match.name,
                        text=item.text[match.start : match.end], span=item.span(self.reader, match.start, match.end),
                        node=item.place,
                    )
                )  # fmt: skip
        return found

    # -- what they mean --------------------------------------------------------------------------------------

    def _indicators(self, quantities: list[Quantity]) -> list[Indicator]:
        """Those of the sentences and those of the tables, in reading order."""
        sections = self.sections
        items = [item for item in self.texts if item.node is not None and item.quantities]
        passages = [Passage(i.node, i.text, i.quantities, sections[i.node.id]) for i in items if i.node is not None]
        found: list[_Stated] = []
        for match in find_indicators(passages, self.grammar):
            item = items[match.passage]
            span = item.span(self.reader, match.start, match.end)
            quantity = quantities[item.first_quantity + match.quantity]
            found.append(_Stated(match, quantity, item.place, span, match.parent))
        for node, rows in self.tables:
            first, before = self.first_in_table[node.id], len(found)
            for number, row in enumerate(rows):
                parent = None if row.parent is None else before + row.parent
                found.append(_Stated(row, quantities[first + number], node.id, row.span, parent))
        order = sorted(range(len(found)), key=lambda index: found[index].quantity.span)
        ids = {index: f"ind_{number}" for number, index in enumerate(order, 1)}
        return [
            _indicator(
                id=ids[index], name=it.match.name, quantity=it.quantity.id, change=it.match.change,
                concept=concept_of(it.match.name, it.quantity.unit, it.match.change, it.match.group, self.grammar),
                status=it.match.status, period=it.match.period, qualifiers=it.match.qualifiers,
                parent=None if it.parent is None else ids[it.parent], node=it.node, span=it.span,
            )
            for index in order
            for it in (found[index],)
        ]  # fmt: skip

    def _tasks(self, citations: list[Citation], quantities: list[Quantity]) -> list[Task]:
        sections = self.sections
        found: list[Task] = []
        for item in self.texts:
            node = item.node
            if node is None or item.heading:
                continue
            for match in find_tasks(item.text, node, sections[node.id], self.grammar):
                cited = _inside(item.citations, item.first_citation, match.start, match.end)
                counted = _inside(item.quantities, item.first_quantity, match.start, match.end)
                found.append(
                    _task(
                        id=f"task_{len(found) + 1}", text=item.text[match.start : match.end],
                        span=item.span(self.reader, match.start, match.end), agents=match.agents,
                        coagents=match.coagents, deadline=match.deadline,
                        citations=tuple(citations[n].id for n in cited),
                        quantities=tuple(quantities[n].id for n in counted), node=item.place,
                    )
                )  # fmt: skip
        return found

    def _amendments(self, citations: list[Citation]) -> list[Amendment]:
        items = [item for item in self.texts if item.node is not None or item is self.texts[0]]
        clauses = [Clause(i.node, i.text, i.folded, i.citations, i.heading) for i in items]
        found: list[Amendment] = []
        for match in find_amendments(clauses, self.grammar):
            item = items[match.clause]
            where = match.document or (match.clause, match.citation)
            cited = None if where[1] is None else citations[items[where[0]].first_citation + where[1]].id
            found.append(
                _amendment(
                    id=f"am_{len(found) + 1}", action=match.action, quoted=match.quoted, node=item.place,
                    target=_target(citation=cited, provision=match.provision),
                    span=item.span(self.reader, match.start, match.end),
                )
            )  # fmt: skip
        return found

    # -- the document as a whole ----------------------------------------------------------------------------

    def _meta(self) -> Meta:
        meta = self.doc.meta
        said = (i for i in self.texts if i.basis is None and not (i.node and i.node.quoted))
        texts = [i.text for i in said if speaks_of_effect(i.folded, self.grammar)]
        begins, ends = effective_dates(texts, self.grammar, meta.adopted, meta.issued)
        return meta.model_copy(
            update={
                "effective_from": begins,
                "effective_to": ends,
                "subject": find_subjects(meta.title, self.grammar),
                "iri": resolution_iri(meta, self.grammar),
                "publication": find_publication(self.doc.source, self.grammar),
            }
        )

    def _bases(self, citations: list[Citation]) -> tuple[Basis, ...]:
        bases = list(self.doc.preamble.bases)
        for item in self.texts:
            if item.basis is not None and item.citations:
                ids = tuple(c.id for c in citations[item.first_citation : item.first_citation + len(item.citations)])
                bases[item.basis] = bases[item.basis].model_copy(update={"citations": ids})
        return tuple(bases)


def _issuers(item: RunningText) -> list[MentionMatch]:
    """The bodies that cited documents are of."""
    found = []
    for cited in item.citations:
        at = item.text.rfind(cited.issuer, cited.start, cited.end) if cited.issuer else -1
        if cited.issuer and at >= 0:
            found.append(MentionMatch("organization", cited.issuer, at, at + len(cited.issuer)))
    return found


def _bodies(text: str, names: Iterable[str]) -> list[MentionMatch]:
    """The first place of each body in a text."""
    places = ((name, text.find(name)) for name in names if name)
    return [MentionMatch("organization", name, at, at + len(name)) for name, at in places if at >= 0]


def _inside(matches: Sequence[CitationMatch | QuantityMatch], first: int, start: int, end: int) -> list[int]:
    """The document-wide numbers of the matches that lie between two offsets of their text."""
    begin = bisect_left(matches, start, key=_start)
    stop = bisect_left(matches, end, begin, key=_start)
    return [first + n for n in range(begin, stop) if matches[n].end <= end]


def _start(match: CitationMatch | QuantityMatch) -> int:
    return match.start


@dataclass(frozen=True, slots=True)
class _Stated:
    """An indicator that a sentence or a table states, with its quantity and place; `parent` indexes those found."""

    match: IndicatorMatch | TableIndicator
    quantity: Quantity
    node: str | None
    span: Span
    parent: int | None


def _quantity(match: QuantityMatch | TableIndicator, text: str, span: Span, node: str | None, before: int) -> Quantity:
    return _count(
        id=f"qty_{before + 1}", text=text, span=span, low=match.low, high=match.high, comparator=match.comparator,
        unit=match.unit, node=node,
    )  # fmt: skip

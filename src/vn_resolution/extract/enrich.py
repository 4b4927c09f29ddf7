"""Runs the extractors over a structured resolution: every text is folded once and read by each in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vn_resolution.diagnostics import diagnostic
from vn_resolution.extract.citations import (
    CitationMatch,
    OwnDocument,
    ShortForms,
    opens_amendment,
    scan_citations,
    to_citation,
)  # fmt: skip
from vn_resolution.extract.dates import DateMatch, scan_dates
from vn_resolution.extract.effective import effective_dates
from vn_resolution.extract.indicators import Passage, find_indicators
from vn_resolution.extract.iri import citation_iri, resolution_iri
from vn_resolution.extract.quantities import QuantityMatch, scan_quantities
from vn_resolution.extract.resolve import Places
from vn_resolution.extract.sections import read_sections, root_section
from vn_resolution.extract.subjects import find_subjects
from vn_resolution.extract.tasks import find_tasks
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import (
    Basis,
    Citation,
    DateMention,
    Diagnostic,
    Indicator,
    Meta,
    Node,
    Quantity,
    Resolution,
    Span,
    Task,
)  # fmt: skip
from vn_resolution.reading import Reader, Reading

_EFFECT = "hiệu lực"


@dataclass(slots=True)
class _Text:
    """One running text: `at` its span in the source, `node` the unit that it belongs to (None in header, preamble and
    closing), `place` the id that citations name. `basis` indexes the bases of the preamble. `counted`: its quantities
    are read although it is no unit. `amends`: bare provisions below it are those of another document."""

    text: str
    at: Span
    node: Node | None = None
    place: str | None = None
    basis: int | None = None
    heading: bool = False
    under: _Text | None = None
    counted: bool = False
    amends: bool = False
    folded: str = ""
    dates: list[DateMatch] = field(default_factory=list)
    citations: list[CitationMatch] = field(default_factory=list)
    quantities: list[QuantityMatch] = field(default_factory=list)
    first_citation: int = 0
    first_quantity: int = 0
    _reading: Reading | None = None

    def span(self, reader: Reader, start: int, end: int) -> Span:
        """The source span of `text[start:end]`."""
        if self._reading is None:
            self._reading = reader.read(self.at)
        return self._reading.span(start, end)


class Enricher:
    """The extraction stage for one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def enrich(self, doc: Resolution) -> Resolution:
        """The resolution with citations, quantities, dates, indicators and tasks, effective dates, subject and IRI."""
        return _Run(self._grammar, doc).run()


class _Run:
    """One document's way through the extractors."""

    def __init__(self, grammar: Grammar, doc: Resolution) -> None:
        self.grammar = grammar
        self.doc = doc
        self.reader = Reader(doc.source.text, doc.source.artifacts)
        self.diagnostics: list[Diagnostic] = []
        self.texts = list(self._texts())
        root = root_section(doc.meta.title, grammar)
        self.sections = read_sections((*doc.body, *doc.attachments), root, grammar)

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
                "indicators": tuple(indicators),
                "tasks": tuple(tasks),
                "diagnostics": (*doc.diagnostics, *self.diagnostics),
            }
        )

    # -- the texts, in reading order ---------------------------------------------------------------------

    def _texts(self) -> Iterator[_Text]:
        doc = self.doc
        titles = [b for b in doc.header if b.kind == "title"]
        if titles and doc.meta.title:
            yield _Text(doc.meta.title, (titles[0].span[0], titles[-1].span[1]))
        preamble = [_Text(b.text, b.span, basis=n, place=b.id) for n, b in enumerate(doc.preamble.bases)]
        preamble += [_Text(other.text, other.span) for other in doc.preamble.others]
        if doc.preamble.enacting:
            preamble.append(_Text(doc.preamble.enacting.text, doc.preamble.enacting.span))
        yield from sorted(preamble, key=lambda item: item.at)
        yield from self._of_nodes(doc.body, None)
        for block in doc.closing:
            if block.kind == "adoption":
                yield _Text(block.text, block.span, counted=True)
        yield from self._of_nodes(doc.attachments, None)

    def _of_nodes(self, nodes: Sequence[Node], under: _Text | None) -> Iterator[_Text]:
        """The texts of nodes and what they hold; each knows the text that it stands under."""
        above = under
        for node in nodes:
            # A paragraph that a page break cut off goes on with the sibling before it.
            last = above if node.kind == "paragraph" else under
            if node.heading and node.heading_span:
                last = _Text(node.heading, node.heading_span, node, node.id, heading=True, under=last)
                yield last
            if node.text and node.text_span:
                last = _Text(node.text, node.text_span, node, node.id, under=last)
                yield last
            above = last
            if node.children:
                yield from self._of_nodes(node.children, last)

    # -- scanning ------------------------------------------------------------------------------------------

    def _scan(self) -> None:
        meta = self.doc.meta
        own = OwnDocument(number=meta.number, dates=frozenset(d for d in (meta.issued, meta.adopted) if d))
        forms = ShortForms()
        for item in self.texts:
            text, folded = item.text, fold(item.text)
            item.folded = folded
            item.dates = scan_dates(text, folded, self.grammar)
            quoted = item.node is not None and item.node.quoted
            amending = item.under is not None and item.under.amends
            item.citations = scan_citations(
                text, folded, self.grammar, item.dates, amending=amending, quoted=quoted, own=own, short_forms=forms
            )
            item.amends = amending or opens_amendment(folded, self.grammar, item.citations)
            if item.node is not None or item.counted:
                taken = [(d.start, d.end) for d in item.dates] + [(c.start, c.end) for c in item.citations]
                item.quantities = scan_quantities(text, folded, self.grammar, taken)

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
        for item in self.texts:
            item.first_quantity = len(found)
            for match in item.quantities:
                span = item.span(self.reader, match.start, match.end)
                found.append(
                    Quantity(
                        id=f"qty_{len(found) + 1}", text=item.text[match.start : match.end], span=span, low=match.low,
                        high=match.high, comparator=match.comparator, unit=match.unit, node=item.place,
                    )
                )  # fmt: skip
                if match.doubt:
                    self.diagnostics.append(diagnostic(match.doubt, span, text=item.text[match.start : match.end]))
        return found

    def _dates(self) -> list[DateMention]:
        found: list[DateMention] = []
        for item in self.texts:
            for match in item.dates:
                span = item.span(self.reader, match.start, match.end)
                text = item.text[match.start : match.end]
                found.append(
                    DateMention(
                        id=f"date_{len(found) + 1}", text=text, span=span, date=match.date, end=match.end_date,
                        kind=match.kind, node=item.place,
                    )
                )  # fmt: skip
                if not match.valid:
                    self.diagnostics.append(diagnostic("V001", span, text=text))
        return found

    # -- what they mean --------------------------------------------------------------------------------------

    def _indicators(self, quantities: list[Quantity]) -> list[Indicator]:
        sections = self.sections
        items = [item for item in self.texts if item.node is not None]
        passages = [Passage(i.node, i.text, i.quantities, sections[i.node.id]) for i in items if i.node is not None]
        found: list[Indicator] = []
        for match in find_indicators(passages, self.grammar):
            item = items[match.passage]
            found.append(
                Indicator(
                    id=f"ind_{len(found) + 1}", name=match.name, concept=None,
                    quantity=quantities[item.first_quantity + match.quantity].id, change=match.change,
                    status=match.status, period=match.period, qualifiers=match.qualifiers,
                    parent=None if match.parent is None else f"ind_{match.parent + 1}", node=item.place,
                    span=item.span(self.reader, match.start, match.end),
                )
            )  # fmt: skip
        return found

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
                    Task(
                        id=f"task_{len(found) + 1}", text=item.text[match.start : match.end],
                        span=item.span(self.reader, match.start, match.end), agents=match.agents,
                        coagents=match.coagents, deadline=match.deadline,
                        citations=tuple(citations[n].id for n in cited),
                        quantities=tuple(quantities[n].id for n in counted), node=item.place,
                    )
                )  # fmt: skip
        return found

    # -- the document as a whole ----------------------------------------------------------------------------

    def _meta(self) -> Meta:
        meta = self.doc.meta
        texts = [
            i.text for i in self.texts if _EFFECT in i.folded and i.basis is None and not (i.node and i.node.quoted)
        ]
        begins, ends = effective_dates(texts, self.grammar, meta.adopted, meta.issued)
        return meta.model_copy(
            update={
                "effective_from": begins,
                "effective_to": ends,
                "subject": find_subjects(meta.title, self.grammar),
                "iri": resolution_iri(meta, self.grammar),
            }
        )

    def _bases(self, citations: list[Citation]) -> tuple[Basis, ...]:
        bases = list(self.doc.preamble.bases)
        for item in self.texts:
            if item.basis is not None and item.citations:
                ids = tuple(c.id for c in citations[item.first_citation : item.first_citation + len(item.citations)])
                bases[item.basis] = bases[item.basis].model_copy(update={"citations": ids})
        return tuple(bases)


def _inside(matches: Sequence[CitationMatch | QuantityMatch], first: int, start: int, end: int) -> list[int]:
    """The document-wide numbers of the matches that lie between two offsets of their text."""
    return [first + n for n, match in enumerate(matches) if start <= match.start and match.end <= end]

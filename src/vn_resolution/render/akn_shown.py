"""Reads the values that the marks in a document's words show, and puts those of its metadata where the words stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vn_resolution.model import (
    Amendment,
    AmendmentTarget,
    Citation,
    DateMention,
    Indicator,
    Mention,
    Quantity,
    Span,
    Task,
)  # fmt: skip
from vn_resolution.reading import Reader
from vn_resolution.render.akn_leaves import NAMES, Leaf
from vn_resolution.render.akn_notices import Notices
from vn_resolution.render.akn_parse import tag_of
from vn_resolution.render.akn_values import SaidValues, read_quantity
from vn_resolution.render.xml import full_date


@dataclass(slots=True)
class PlacedLeaf:
    """A leaf, where it stands in the text, and the id of the unit or basis that it belongs to."""

    leaf: Leaf
    place: Span
    owner: str | None


@dataclass(slots=True)
class Shown:
    """The leaves of a document, the ids in the model of its eIds, and the own text of each unit with its place."""

    leaves: list[PlacedLeaf] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    texts: dict[str, tuple[str, Span]] = field(default_factory=dict)


class ShownValues:
    """The values of one document. `entries` are those of its references, as `SaidValues.entries` has them."""

    def __init__(self, shown: Shown, entries: Mapping[str, tuple[str, str]], notices: Notices, reader: Reader) -> None:
        self._shown = shown
        self._entries = entries
        self._notices = notices
        self._counted: dict[str, Quantity] = {}
        self.citations: list[Citation] = []
        self.quantities: list[Quantity] = []
        self.dates: list[DateMention] = []
        self.mentions: list[Mention] = []
        self._marks(reader)

    def _marks(self, reader: Reader) -> None:
        """Citations, quantities, dates and names from the marks in the leaves."""
        for item in self._shown.leaves:
            reading = None
            taken = 0
            for start, end, element in item.leaf.marks:
                tag = tag_of(element)
                if start >= end or (start < taken and tag == "ref"):  # a part of a reference to several places
                    continue
                taken = max(taken, end) if tag == "mref" else taken
                if item.place[1] - item.place[0] == len(item.leaf.text):
                    span = (item.place[0] + start, item.place[0] + end)
                else:  # a sign in it was escaped
                    reading = reading or reader.read(item.place)
                    span = reading.span(start, end)
                self._mark(element, item.leaf.text[start:end], span, item.owner)

    def _mark(self, element: Any, text: str, span: Span, owner: str | None) -> None:
        tag = tag_of(element)
        if tag in ("ref", "rref", "mref"):
            links = [e.get("href") or e.get("from") or "" for e in element.iter() if tag_of(e) in ("ref", "rref")]
            link = links[0] if links else ""
            target = self._shown.ids.get(link[1:]) if link.startswith("#") else None
            self.citations.append(
                Citation(
                    id=f"cit_{len(self.citations) + 1}", text=text, span=span, node=owner, target=target,
                    internal=link.startswith("#"), iri=link if link and not link.startswith("#") else None,
                )
            )  # fmt: skip
        elif tag == "quantity":
            bounds = read_quantity(element.get("normalized") or "")
            entry, unit = self._entry(element)
            if bounds is None or entry != "TLCConcept":
                return
            quantity = Quantity(
                id=f"qty_{len(self.quantities) + 1}", text=text, span=span, node=owner, unit=unit, **bounds
            )
            self.quantities.append(quantity)
            self._counted[element.get("eId") or ""] = quantity
        elif tag == "date" and (date := full_date(element.get("date"))):
            self.dates.append(
                DateMention(id=f"date_{len(self.dates) + 1}", text=text, span=span, date=date, node=owner)
            )

        elif tag in NAMES or tag == "def":
            entry, name = self._entry(element)
            if (tag, entry) != ("term", "TLCConcept"):  # the name of a measure, which its indicator says
                self.mentions.append(
                    Mention(
                        id=f"name_{len(self.mentions) + 1}", kind="term" if tag == "def" else tag,  # type: ignore[arg-type]
                        name=name or text, text=text, span=span, node=owner,
                    )
                )  # fmt: skip

    def _entry(self, element: Any) -> tuple[str, str]:
        """(element, what is shown) of the entry that an element refers to; ("", "") where there is none."""
        return self._entries.get((element.get("refersTo") or "").lstrip("#"), ("", ""))

    def indicators(self, values: SaidValues) -> Iterator[Indicator]:
        """The indicators whose value is shown in the text."""
        for fields in values.indicators(self._shown.ids):
            quantity = self._counted.get(fields["quantity"])
            if quantity is None:
                self._notices.note("A107", tag="vn:indicator")
                continue
            yield Indicator(**{**fields, "quantity": quantity.id, "span": quantity.span})

    def tasks(self, values: SaidValues) -> Iterator[Task]:
        """The tasks, each with the whole text of its unit."""
        cited, counted = _by_node(self.citations), _by_node(self.quantities)
        for fields in values.tasks(self._shown.ids):
            text, span = self._shown.texts.get(fields["node"] or "", ("", (0, 0)))
            if not text:
                self._notices.note("A107", tag="vn:task")
                continue
            inside = {"citations": cited.get(fields["node"], ()), "quantities": counted.get(fields["node"], ())}
            yield Task(**{**fields, **inside, "text": text, "span": span})

    def amendments(self, values: SaidValues) -> Iterator[Amendment]:
        """The amendments, each at the text of its unit."""
        by_iri = {citation.iri: citation.id for citation in reversed(self.citations) if citation.iri}
        for count, fields in enumerate(values.amendments(self._shown.ids), 1):
            iri, provision = fields.pop("target")
            span = self._shown.texts.get(fields["node"] or "", ("", (0, 0)))[1]
            target = AmendmentTarget(citation=by_iri.get(iri), provision=provision)
            yield Amendment(id=f"am_{count}", target=target, span=span, **fields)


def _by_node(items: Sequence[Citation] | Sequence[Quantity]) -> dict[str | None, list[str]]:
    """The ids of the values in each unit or basis."""
    found: dict[str | None, list[str]] = {}
    for item in items:
        found.setdefault(item.node, []).append(item.id)
    return found


__all__ = ["PlacedLeaf", "Shown", "ShownValues"]

"""Lists what a reading found as places (units in reading order) and items (findings with spans and fields): what the
viewer's text, tree, tables and detail card are made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from vn_resolution.grammar import load_grammar
from vn_resolution.model import Block, Node, Quantity, Resolution, Span
from vn_resolution.render.viewer_doubts import in_vietnamese
from vn_resolution.render.viewer_markup import pair

KINDS: Final = (
    "frame", "basis", "amendment", "task", "indicator", "citation", "mention", "date", "quantity", "artifact", "doubt",
)  # fmt: skip
"""What is highlighted, from the outside to the inside where spans are equal."""

SIGNS: Final = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}

Field = tuple[str, str] | tuple[str, str, str]
"""(key of the label, value) or (key of the label, value in Vietnamese, value in English)."""


@dataclass(slots=True)
class Place:
    """A unit of the document by its eId. `label` names it in Vietnamese and English ("khoản 2", "clause 2")."""

    eid: str
    kind: str
    label: tuple[str, str]
    marker: str
    heading: str
    words: str
    span: Span
    parent: int
    quoted: bool = False
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """One finding. `sort` tells findings of a kind apart (a basis's kind, a doubt's severity, a frame's part)."""

    kind: str
    id: str
    span: Span
    place: str | None
    fields: list[Field]
    sort: str = ""


def places_of(doc: Resolution) -> list[Place]:
    """Every unit in reading order, parents before children: header, preamble with its bases, body, closing,
    attachments."""
    found: list[Place] = []
    _add_blocks(found, "preface", doc.header, -1)
    preamble = doc.preamble
    parts = [(b.span, b.id, f"basis.{b.kind}", b.text) for b in preamble.bases]
    parts += [(b.span, "", "frame.other", b.text) for b in preamble.others]
    if preamble.enacting:
        parts.append((preamble.enacting.span, "preamble__formula_1", "unit.formula", preamble.enacting.text))
    if parts:
        parts.sort()
        top = _add(found, Place("preamble", "preamble", pair("unit", "preamble"), "", "", "", (parts[0][0][0], 0), -1))
        found[top].span = (parts[0][0][0], max(span[1] for span, *_ in parts))
        for span, eid, word, words in parts:
            if eid:
                section, key = word.split(".")
                _add(found, Place(eid, section, pair(section, key), "", "", words, span, top))
    _add_nodes(found, doc.body)
    _add_blocks(found, "conclusions", doc.closing, -1)
    _add_nodes(found, doc.attachments)
    order = sorted(range(len(found)), key=lambda k: (found[k].span[0], k))
    if order != list(range(len(found))):  # an attachment may stand anywhere among the rest
        found = _reordered(found, order)
    return found


def items_of(doc: Resolution) -> list[Item]:
    """Every finding, kind by kind in the order of KINDS, in reading order within a kind."""
    quantities = {q.id: q for q in doc.quantities}
    found = [*_frame(doc), *_bases(doc)]
    cited = {citation.id: citation.text for citation in doc.citations}
    units = {node.id: node for node in doc.walk()} if doc.amendments else {}
    for amendment in doc.amendments:
        target = ", ".join(filter(None, (amendment.target.provision, cited.get(amendment.target.citation or ""))))
        unit = units.get(amendment.quoted or "")
        quoted = " ".join(filter(None, (unit.marker, unit.heading, unit.text))) if unit else amendment.quoted
        fields = [_coded("action", "action", amendment.action), *_plain(target=target, text=_cut(quoted))]
        found.append(Item("amendment", amendment.id, amendment.span, amendment.node, fields, amendment.action))
    found += [*_tasks(doc), *_indicators(doc, quantities), *_citations(doc)]
    for date in doc.dates:
        fields = _plain(date=date.date, end=date.end)
        found.append(Item("date", date.id, date.span, date.node, fields, date.kind))
    for mention in doc.mentions:
        fields = [_coded("kind", "mention", mention.kind)]
        fields += _plain(name=mention.name if mention.name != mention.text else None)
        found.append(Item("mention", mention.id, mention.span, mention.node, fields, mention.kind))
    for quantity in doc.quantities:
        vi, en = normal(quantity)
        found.append(Item("quantity", quantity.id, quantity.span, quantity.node, [("normal", vi, en)]))
    for k, artifact in enumerate(doc.source.artifacts, 1):
        fields = [_coded("kind", "artifact", artifact.kind)]
        found.append(Item("artifact", f"artifact_{k}", artifact.span, None, fields, artifact.kind))
    here = _finder(doc)
    for k, doubt in enumerate(doc.diagnostics, 1):
        about = pair("doubt", doubt.code)
        fields = [("code", doubt.code), _coded("severity", "severity", doubt.severity)]
        fields += [("kind", *about)] if about[0] != doubt.code else []
        fields += [("message", in_vietnamese(doubt) or doubt.message, doubt.message)]
        place = here(doubt.span[0]) if doubt.span else None
        found.append(Item("doubt", f"doubt_{k}", doubt.span or (0, 0), place, fields, doubt.severity))
    return found


def normal(quantity: Quantity) -> tuple[str, str]:
    """The value in base units, written the Vietnamese and the English way: "≥ 34.500 lao động", "≥ 34,500 lao động"."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        values = [low, high]
    else:
        values = [value for value in (low if low is not None else high,) if value is not None]
    sign = SIGNS.get(quantity.comparator, "")
    unit = quantity.unit if quantity.unit.startswith("%") else f" {quantity.unit}"
    english = "–".join(_grouped(value) for value in values)
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    return f"{sign}{vietnamese}{unit}", f"{sign}{english}{unit}"


def _grouped(value: Decimal) -> str:
    return f"{value.normalize() if value else 0:,f}"


def _add(found: list[Place], place: Place) -> int:
    found.append(place)
    if place.parent >= 0:
        found[place.parent].children.append(len(found) - 1)
    return len(found) - 1


def _add_blocks(found: list[Place], name: str, blocks: tuple[Block, ...], parent: int) -> None:
    if blocks:
        span = (min(b.span[0] for b in blocks), max(b.span[1] for b in blocks))
        _add(found, Place(name, name, pair("unit", name), "", "", "", span, parent))


def _add_nodes(found: list[Place], nodes: tuple[Node, ...]) -> None:
    stack = [(node, -1) for node in reversed(nodes)]
    while stack:
        node, parent = stack.pop()
        words = node.text
        if node.kind == "table" and not words:
            words = f"{len(node.rows)} × {max((len(row) for row in node.rows), default=0)}"
        label, marker, heading = _label(node), node.marker or "", node.heading or ""
        place = Place(node.id, node.kind, label, marker, heading, words, node.span, parent, node.quoted)
        at = _add(found, place)
        stack.extend((child, at) for child in reversed(node.children))


def _label(node: Node) -> tuple[str, str]:
    vi, en = pair("unit", node.kind)
    if not node.num or node.kind == "bullet":
        return vi, en
    if node.kind not in ("article", "appendix", "chapter", "part", "section", "subsection"):
        vi, en = vi.lower(), en.lower()
    return f"{vi} {node.num}", f"{en} {node.num}"


def _reordered(found: list[Place], order: list[int]) -> list[Place]:
    new = {old: at for at, old in enumerate(order)}
    for place in found:
        place.parent = new.get(place.parent, -1)
        place.children = [new[child] for child in place.children]
    return [found[old] for old in order]


def _frame(doc: Resolution) -> Iterator[Item]:
    parts = [(b.span, b.kind, "preface") for b in doc.header]
    parts += [(b.span, b.kind, "preamble") for b in doc.preamble.others]
    if doc.preamble.enacting:
        parts.append((doc.preamble.enacting.span, "enacting", "preamble__formula_1"))
    parts += [(b.span, b.kind, "conclusions") for b in doc.closing]
    parts += [(b.span, "note", node.id) for node in doc.walk() for b in node.notes]
    for number, (span, kind, place) in enumerate(parts, 1):
        yield Item("frame", f"frame_{number}", span, place, [_coded("kind", "frame", kind)], kind)


def _bases(doc: Resolution) -> Iterator[Item]:
    for basis in doc.preamble.bases:
        yield Item(
            "basis", f"basis_{basis.id}", basis.span, basis.id, [_coded("kind", "basis", basis.kind)], basis.kind
        )


def _tasks(doc: Resolution) -> Iterator[Item]:
    for task in doc.tasks:
        due = task.deadline
        fields = _plain(
            agents="; ".join(task.agents), coagents="; ".join(task.coagents),
            deadline=due.text if due else None, deadline_date=due.date if due else None,
        )  # fmt: skip
        yield Item("task", task.id, task.span, task.node, fields)


def _indicators(doc: Resolution, quantities: dict[str, Quantity]) -> Iterator[Item]:
    names = {indicator.id: indicator.name for indicator in doc.indicators}
    concepts = _concepts() if any(indicator.concept for indicator in doc.indicators) else {}
    for item in doc.indicators:
        quantity = quantities.get(item.quantity)
        fields = _plain(name=item.name, value=quantity.text if quantity else None)
        fields += [("normal", *normal(quantity))] if quantity else []
        fields += [_coded("change", "change", item.change), _coded("status", "status", item.status)]
        fields += _plain(period=item.period, qualifiers="; ".join(item.qualifiers))
        if item.concept:
            vi, en = concepts.get(item.concept, ("", ""))
            fields.append(("concept", f"{vi} ({item.concept})", f"{en} ({item.concept})"))
        fields += _plain(parent=names.get(item.parent or ""))
        yield Item("indicator", item.id, item.span, item.node, fields, item.change)


def _citations(doc: Resolution) -> Iterator[Item]:
    for cited in doc.citations:
        fields = [_coded("type", "type", cited.type)] if cited.type else []
        fields += _plain(number=cited.number, provision=cited.provision, date=cited.date, issuer=cited.issuer)
        fields += _plain(title=cited.title)
        fields += [_coded("internal", "yes", "yes")] if cited.internal else []
        fields += _plain(target=cited.target, iri=cited.iri)
        yield Item("citation", cited.id, cited.span, cited.node, fields, "internal" if cited.internal else "")


def _finder(doc: Resolution) -> Callable[[int], str | None]:
    """A function that tells the innermost node at an offset, as `Resolution.at` does, but for many offsets."""
    tops = tuple(sorted((*doc.body, *doc.attachments), key=lambda node: node.span))
    starts: dict[str | None, list[int]] = {}

    def find(offset: int) -> str | None:
        found: str | None = None
        level = tops
        while level:
            if found not in starts:
                starts[found] = [node.span[0] for node in level]
            node = level[bisect_right(starts[found], offset) - 1]
            if not node.span[0] <= offset < node.span[1]:
                break
            found, level = node.id, node.children
        return found

    return find


def _concepts() -> dict[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for rule in load_grammar().file("indicators").get("concept", ()):
        names.setdefault(rule.get("concept", rule["id"]), (rule.get("vi", ""), rule.get("en", "")))
    return names


def _coded(label: str, section: str, key: str) -> Field:
    return (label, *pair(section, key))


def _plain(**values: str | None) -> list[Field]:
    return [(label, value) for label, value in values.items() if value]


def _cut(words: str | None, most: int = 400) -> str | None:
    return words if words is None or len(words) <= most else f"{words[: most - 1]}…"


__all__ = ["KINDS", "SIGNS", "Field", "Item", "Place", "items_of", "normal", "places_of"]

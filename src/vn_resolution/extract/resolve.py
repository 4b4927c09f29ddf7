"""Finds the unit of the same document that an internal citation points at: "khoản 1 Điều này" → its eId."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vn_resolution.extract.citation_scanner import CitationMatch
from vn_resolution.extract.provisions import Path
from vn_resolution.grammar import fold
from vn_resolution.model import Node

_KINDS: dict[str, frozenset[str]] = {
    "part": frozenset({"part", "letter", "roman"}),
    "chapter": frozenset({"chapter"}),
    "section": frozenset({"section", "roman", "letter", "clause"}),
    "subsection": frozenset({"subsection", "section"}),
    "article": frozenset({"article"}),
    "clause": frozenset({"clause"}),
    "point": frozenset({"point", "clause"}),
    "bullet": frozenset({"bullet"}),
    "appendix": frozenset({"appendix"}),
}
"""The kinds of node that a word may mean, for documents call their roman sections "mục" and their clauses "điểm"."""

_COUNTED = frozenset({"appendix", "chapter", "part", "section"})
"""Units whose number may be printed in other figures than it is cited with."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Places:
    """The units of one document, by eId and by what stands in what."""

    def __init__(self, body: Sequence[Node], attachments: Sequence[Node] = ()) -> None:
        self._body = tuple(body)
        self._attachments = tuple(attachments)
        self._nodes: dict[str, Node] = {}
        self._parents: dict[str, Node] = {}
        for root in (*body, *attachments):
            for node in root.walk():
                self._nodes[node.id] = node
                self._parents.update({child.id: node for child in node.children})

    def resolve(self, match: CitationMatch, node_id: str | None) -> str | None:
        """The eId of the first unit that the citation names; see `resolve_all`."""
        found = self.resolve_all(match, node_id)
        return found[0] if found else None

    def resolve_all(self, match: CitationMatch, node_id: str | None) -> tuple[str, ...]:
        """The eIds of the units that an internal citation names, which stands in the node `node_id` (None: in the
        preamble). Empty for a citation that is not internal, and for a unit that is not there or not the only one."""
        if not match.internal:
            return ()
        here = self._nodes.get(node_id) if node_id else None
        found = (self._follow(path, match, here) for path in match.paths)
        return tuple(node.id for node in found if node is not None)

    def _follow(self, path: Path, match: CitationMatch, here: Node | None) -> Node | None:
        (unit, label), *steps = path
        steps = [step for step in steps if step[0] in _KINDS]
        if label == "this":
            kinds = _KINDS[unit] - {"clause"} if unit != "clause" else _KINDS[unit]
            start = next((n for n in self._upwards(here) if n.kind in kinds), None)
            return _descend(start, steps) if start else None
        for scope in self._scopes(unit, match, here):
            start = _find(scope, unit, label, _quoted(here))
            if start is not None:
                return _descend(start, steps)
        return None

    def _scopes(self, unit: str, match: CitationMatch, here: Node | None) -> Iterator[Sequence[Node]]:
        """Where the widest unit of a citation is looked for, the nearest place first."""
        if unit == "appendix":
            yield self._attachments
            return
        if match.attached and (here is None or not self._is_attached(here)):
            for attachment in self._attachments:
                yield (attachment,)
            return
        near = [node.children for node in self._upwards(here)]
        if match.this and not match.attached:
            yield self._body
            yield from near
        else:
            yield from near
            yield self._body

    def _is_attached(self, node: Node) -> bool:
        *_, root = self._upwards(node)
        return any(root is attachment for attachment in self._attachments)

    def _upwards(self, node: Node | None) -> Iterator[Node]:
        """The node and its ancestors, the innermost first."""
        while node is not None:
            yield node
            node = self._parents.get(node.id)


def resolve(places: Places, match: CitationMatch, node_id: str | None) -> str | None:
    """The eId that an internal citation in the node `node_id` points at, or None."""
    return places.resolve(match, node_id)


def _descend(node: Node, steps: Iterable[tuple[str, str]]) -> Node | None:
    found: Node | None = node
    for unit, label in steps:
        found = _find(found.children, unit, label, found.quoted) if found else None
    return found


def _find(level: Sequence[Node], unit: str, label: str, quoted: bool) -> Node | None:
    """The unit with this label among the nodes or, level by level, below them; None where two are equally near."""
    kinds = _KINDS[unit]
    while level:
        nodes = [node for node in level if quoted or not node.quoted]
        found = _labelled([node for node in nodes if node.kind in kinds], unit, label)
        if found:
            exact = [node for node in found if node.kind == unit] or found
            return exact[0] if len(exact) == 1 else None
        level = [child for node in nodes for child in node.children]
    return None


def _labelled(nodes: Sequence[Node], unit: str, label: str) -> list[Node]:
    """Those of the nodes that bear the label, as printed or else in other figures (Phụ lục 1 for I). Bullets are
    counted, and a unit named without label ("Phụ lục") may be any."""
    if unit == "bullet":
        place = int(label) if label.isdecimal() else 0
        return list(nodes[place - 1 : place]) if place else []
    if label == "":
        return list(nodes)
    nums = [fold(node.num or "") for node in nodes]
    exact = [node for node, num in zip(nodes, nums, strict=True) if num == label]
    if exact or unit not in _COUNTED:
        return exact
    return [node for node, num in zip(nodes, nums, strict=True) if _figures(num) == _figures(label)]


def _figures(label: str) -> str:
    """The label in plain figures: "1" for "01" and "i", "2.1" for "02.1"; any other label as it is."""
    parts = label.split(".")
    if all(part.isdecimal() for part in parts):
        return ".".join(str(int(part)) for part in parts)
    if not label or any(char not in _ROMAN for char in label):
        return label
    values = [_ROMAN[char] for char in label]
    return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))


def _quoted(node: Node | None) -> bool:
    return node is not None and node.quoted

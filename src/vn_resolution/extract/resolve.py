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

_Scope = tuple[str, Sequence[Node]]
"""A place to look in, with a name that no other place has."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Places:
    """The units of one document, by eId and by what stands in what."""

    def __init__(self, body: Sequence[Node], attachments: Sequence[Node] = ()) -> None:
        self._body = tuple(body)
        self._attachments = tuple(attachments)
        self._attached = frozenset(node.id for node in attachments)
        self._indexes: dict[tuple[str, str, bool], _Index] = {}
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
            return self._descend(start, steps) if start else None
        for scope in self._scopes(unit, match, here):
            start = self._find(scope, unit, label, here is not None and here.quoted)
            if start is not None:
                return self._descend(start, steps)
        return None

    def _scopes(self, unit: str, match: CitationMatch, here: Node | None) -> Iterator[_Scope]:
        """Where the widest unit of a citation is looked for, the nearest place first."""
        if unit == "appendix":
            yield "attachments", self._attachments
            return
        if match.attached and (here is None or not self._is_attached(here)):
            for attachment in self._attachments:
                yield f"itself {attachment.id}", (attachment,)
            return
        near = [(node.id, node.children) for node in self._upwards(here)]
        body = ("body", self._body)
        yield from (body, *near) if match.this and not match.attached else (*near, body)

    def _is_attached(self, node: Node) -> bool:
        *_, root = self._upwards(node)
        return root.id in self._attached

    def _descend(self, node: Node, steps: Iterable[tuple[str, str]]) -> Node | None:
        found: Node | None = node
        for unit, label in steps:
            found = self._find((found.id, found.children), unit, label, found.quoted) if found else None
        return found

    def _find(self, scope: _Scope, unit: str, label: str, quoted: bool) -> Node | None:
        """The unit with this label among the nodes of a scope or, level by level, below them; None where two are
        equally near."""
        key = (scope[0], unit, quoted)
        if key not in self._indexes:
            self._indexes[key] = _Index(scope[1], unit, quoted)
        return self._indexes[key].find(label)

    def _upwards(self, node: Node | None) -> Iterator[Node]:
        """The node and its ancestors, the innermost first."""
        while node is not None:
            yield node
            node = self._parents.get(node.id)


def resolve(places: Places, match: CitationMatch, node_id: str | None) -> str | None:
    """The eId that an internal citation in the node `node_id` points at, or None."""
    return places.resolve(match, node_id)


class _Index:
    """The units that one word may mean below a scope, level by level, by their labels."""

    def __init__(self, level: Sequence[Node], unit: str, quoted: bool) -> None:
        self._unit = unit
        self._levels: list[tuple[list[Node], dict[str, list[Node]], dict[str, list[Node]]]] = []
        kinds = _KINDS[unit]
        while level:
            nodes = [node for node in level if quoted or not node.quoted]
            meant = [node for node in nodes if node.kind in kinds]
            if meant:
                labels: dict[str, list[Node]] = {}
                for node in meant:
                    labels.setdefault(fold(node.num or ""), []).append(node)
                figures: dict[str, list[Node]] = {}
                for label, same in labels.items() if unit in _COUNTED else ():
                    figures.setdefault(_figures(label), []).extend(same)
                self._levels.append((meant, labels, figures))
            level = [child for node in nodes for child in node.children]

    def find(self, label: str) -> Node | None:
        """The nearest unit that bears the label, as printed or else in other figures (Phụ lục 1 for I); None where
        there is none, or where two are equally near. Bullets are counted, and where no label is named any is meant."""
        for nodes, labels, figures in self._levels:
            if self._unit == "bullet":
                place = int(label) if label.isdecimal() else 0
                found = nodes[place - 1 : place] if place else []
            elif label == "":
                found = nodes
            else:
                found = labels.get(label) or figures.get(_figures(label), [])
            if found:
                exact = [node for node in found if node.kind == self._unit] or found
                return exact[0] if len(exact) == 1 else None
        return None


def _figures(label: str) -> str:
    """The label in plain figures: "1" for "01" and "i", "2.1" for "02.1"; any other label as it is."""
    parts = label.split(".")
    if all(part.isdecimal() for part in parts):
        return ".".join(str(int(part)) for part in parts)
    if not label or any(char not in _ROMAN for char in label):
        return label
    values = [_ROMAN[char] for char in label]
    return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))

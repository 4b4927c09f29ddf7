"""Lays the nodes of a resolution out as AKN elements: which element, which eId, where a quotation stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from vn_resolution.model import Node
from vn_resolution.structure.eids import TAGS, EIds, closing_from
from vn_resolution.structure.merged import MOST_COVERED, Place, covered

DEEPEST: Final = 64
"""Elements deeper than this are lifted: libxml2 refuses more than 256 levels, and every eId repeats those above it."""


@dataclass(slots=True)
class Unit:
    """A node as the element `tag` with this eId. `parts` are what follows its text. `name` is for an hcontainer,
    `covered` for a table: the places that its merged cells take besides their own."""

    node: Node
    tag: str
    eid: str
    name: str = ""
    parts: list[Unit | Quote] = field(default_factory=list)
    covered: dict[Place, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Quote:
    """A run of quoted nodes: the quotedStructure with this eId, in a mod, in a block, in an hcontainer."""

    eid: str
    parts: list[Unit | Quote] = field(default_factory=list)

    @property
    def mod(self) -> str:
        return self.eid.rpartition("__")[0]

    @property
    def block(self) -> str:
        return self.mod.rpartition("__")[0]

    @property
    def holder(self) -> str:
        return self.block.rpartition("__")[0]


class Layout:
    """The units of body and attachments. `eids` goes on to name what stands inside them; `of_id` gives the eId that a
    `Node.id` has in the XML (the same, for what the parser made); `lifted` counts nodes that stood too deep."""

    def __init__(self, body: Iterable[Node], attachments: Iterable[Node], eids: EIds) -> None:
        self.eids = eids
        self.of_id: dict[str, str] = {}
        self.lifted = 0
        self._covered = 0
        self.body = self._lay(tuple(body), None, None, 3, False)
        self.attachments = [self._attachment(node, None, 3) for node in attachments]

    def units(self) -> Iterator[Unit]:
        """All units in reading order."""
        stack: list[Unit | Quote] = [*reversed(self.attachments), *reversed(self.body)]
        while stack:
            part = stack.pop()
            if isinstance(part, Unit):
                yield part
            stack.extend(reversed(part.parts))

    def _lay(
        self, nodes: Sequence[Node], parent: str | None, kind: str | None, depth: int, quoted: bool
    ) -> list[Unit | Quote]:
        """The children of the node of this kind whose eId is `parent`."""
        parts: list[Unit | Quote] = []
        closing = closing_from(kind, [is_plain(node) and node.quoted == quoted for node in nodes])
        for count, node in enumerate(nodes):
            if parent is not None and count >= closing:
                eid = self.eids.closing(parent)
                self.of_id.setdefault(node.id, eid)
                parts.append(Unit(node, "p", eid))
            elif node.quoted and not quoted:
                if not (parts and isinstance(parts[-1], Quote)):
                    parts.append(Quote(self.eids.assign(parent, "quote", None)))
                run = parts[-1]
                assert isinstance(run, Quote)
                self._add(run.parts, node, run.eid, depth + 5, True)
            else:
                self._add(parts, node, parent, depth, quoted)
        return parts

    def _add(self, parts: list[Unit | Quote], node: Node, parent: str | None, depth: int, quoted: bool) -> None:
        if node.kind == "table":
            parts.append(self._unit(node, parent, "table"))
            for child in node.children:  # a table holds no units: they follow it
                self._add(parts, child, parent, depth, quoted)
        elif depth >= DEEPEST and node.children:
            for lifted in node.walk():
                parts.append(self._unit(lifted, parent, "table" if lifted.kind == "table" else "hcontainer"))
                self.lifted += lifted is not node
        else:
            unit = self._unit(node, parent, TAGS.get(node.kind, "hcontainer"))
            unit.parts = self._lay(node.children, unit.eid, node.kind, depth + 1, node.quoted)
            parts.append(unit)

    def _unit(self, node: Node, parent: str | None, tag: str) -> Unit:
        if node.kind == "appendix":  # not at the top of the attachments
            eid = self.eids.assign(parent, "paragraph", None)
        elif tag == "table":
            eid = self.eids.assign(parent, "table", node.num)
        else:
            eid = self.eids.assign(parent, node.kind if tag != "hcontainer" else "paragraph", node.num)
        self.of_id.setdefault(node.id, eid)
        unit = Unit(node, tag, eid, "" if tag in TAGS.values() else node.kind)
        if tag == "table" and (taken := covered(node.rows)):
            self._covered += len(taken)
            unit.covered = taken if self._covered <= MOST_COVERED else {}
        return unit

    def _attachment(self, node: Node, parent: str | None, depth: int) -> Unit:
        eid = self.eids.assign(parent, "appendix", node.num)
        self.of_id.setdefault(node.id, eid)
        unit = Unit(node, "attachment", eid)
        inner = depth + 4
        own = [child for child in node.children if child.kind != "appendix" or inner >= DEEPEST]
        unit.parts = self._lay(own, eid, node.kind, inner, False)
        if len(own) < len(node.children):
            nested = (child for child in node.children if child.kind == "appendix")
            unit.parts += [self._attachment(child, eid, inner) for child in nested]
        return unit


def is_plain(node: Node) -> bool:
    """Whether a node is words and nothing else."""
    bare = not (node.children or node.notes or node.rows or node.marker or node.num or node.heading)
    return node.kind == "paragraph" and bare and bool(node.text)


__all__ = ["Layout", "Quote", "Unit"]

"""Measures how far two readings of one document agree: nodes in order, and quantities."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from vn_resolution.model import Node, Resolution


@dataclass
class Agreement:
    """`same` of `all`: the larger number of the two readings counts as all."""

    same: int = 0
    all: int = 0

    @property
    def share(self) -> float:
        return self.same / self.all if self.all else 1.0

    def add(self, want: list[Any], have: list[Any]) -> None:
        matcher = SequenceMatcher(None, want, have, autojunk=False)
        self.same += sum(block.size for block in matcher.get_matching_blocks())
        self.all += max(len(want), len(have))


def full_nodes(doc: Resolution) -> list[Any]:
    """Each node with its place, label, heading and the beginning of its text."""
    return [(*frame, _plain(n.heading), _cells(n) if n.rows else _plain(n.text)[:60]) for n, frame in _framed(doc)]


def frames(doc: Resolution) -> list[Any]:
    """Each node with its kind, label and depth only: what recognition must not break, whatever letters it loses."""
    return [frame for _, frame in _framed(doc)]


def quantities(doc: Resolution) -> list[Any]:
    """Values and units."""
    return [(q.low, q.high, _plain(q.unit)) for q in doc.quantities]


def _framed(doc: Resolution) -> list[tuple[Node, tuple[Any, ...]]]:
    found: list[tuple[Node, tuple[Any, ...]]] = []

    def walk(nodes: tuple[Node, ...], depth: int) -> None:
        for node in nodes:
            found.append((node, (node.kind, node.num or "", depth, node.quoted)))
            walk(node.children, depth + 1)

    walk(doc.body, 0)
    walk(doc.attachments, 0)
    return found


def _cells(node: Node) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_plain(cell.text) for cell in row) for row in node.rows)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).strip(" .:;,").lower()

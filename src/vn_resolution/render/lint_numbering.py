"""Finds labels that repeat, skip or step back among the units of a resolution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vn_resolution.diagnostics import diagnostic
from vn_resolution.grammar import fold
from vn_resolution.model import Diagnostic, Node, Resolution
from vn_resolution.render.akn_kinds import words
from vn_resolution.structure.labels import Label, opening_quote

_UNNUMBERED = frozenset({"bullet", "paragraph", "table", "appendix"})


def numbering_doubts(doc: Resolution) -> Iterator[Diagnostic]:
    """The doubts about the labels of a resolution. Articles count on through the parts of a body or an attachment, each
    other unit among its siblings; quoted wording may begin anywhere."""
    for scope in (doc.body, *((attachment,) for attachment in doc.attachments)):
        yield from _list([node for top in scope for node in top.walk() if node.kind == "article" and not node.quoted])
    for siblings in (doc.body, *(node.children for node in doc.walk())):
        lists: dict[str, list[Node]] = {}
        for node in siblings:
            if node.kind not in _UNNUMBERED and node.kind != "article":
                lists.setdefault(f"{node.kind} {node.quoted}", []).append(node)
        for units in lists.values():
            yield from _list(units)


def _list(units: Iterable[Node]) -> Iterator[Diagnostic]:
    before: tuple[Label, Node] | None = None
    for node in units:
        label = _label(node)
        if label is None:
            continue
        place = node.span[0], node.span[0] + len(node.marker or "")
        if before is None:
            if not label.first and not node.quoted and label.value[:-1] == ():
                yield diagnostic("N003", place, label=node.marker)
        elif label.style == before[0].style or node.kind == "article":
            last, unit = before
            missing = words().labels.step(last, label.num, label.value, label.counting)
            if label.value == last.value:
                yield diagnostic("N002", place, label=node.marker)
            elif missing > 0:
                yield diagnostic("N001", place, label=node.marker, previous=unit.marker, missing=missing)
            elif missing < 0 and len(label.value) == len(last.value) and not label.first:
                yield diagnostic("N010", place, label=node.marker, previous=unit.marker)
        before = label, node


def _label(node: Node) -> Label | None:
    """The label of a unit, as the grammar reads it or by its number alone."""
    if not node.marker or not node.num:
        return None
    shown = f"{node.marker} X"
    for found in words().labels.read(shown, fold(shown), opening_quote(node.marker)):
        if found.kind == node.kind:
            return found
    if node.num.isascii() and node.num.isdigit():
        return Label(node.kind, "number", "arabic", node.num, (int(node.num[:9]),), len(node.marker), False, "")
    if len(node.num) == 1 and node.num.isalpha():
        return Label(node.kind, "letter", "latin", node.num, (ord(fold(node.num)) - 96,), len(node.marker), False, "")
    return None


__all__ = ["numbering_doubts"]

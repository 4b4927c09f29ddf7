"""Tells where in a citation that names several units of the document each of them is named: "điểm a, b khoản 2 Điều 1"
is a reference to two places, "Điều 3 đến Điều 7" one to a range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vn_resolution.extract.citations import scan_citations
from vn_resolution.extract.provisions import Item, provision_reader
from vn_resolution.extract.resolve import Places
from vn_resolution.grammar import fold, load_grammar
from vn_resolution.model import Citation, Resolution

_INNER = frozenset({"part", "section", "subsection"})
"""Units that stand now within an article and now around it: where they are named nothing is spread."""


class Target(NamedTuple):
    """`[start, end)` in the citation's text names the unit with this id. `through`: the last of a range, whose first is
    the target before."""

    start: int
    end: int
    id: str
    through: bool = False


class Spreader:
    """Spreads the internal citations of one resolution."""

    def __init__(self, doc: Resolution) -> None:
        self._doc = doc
        self._grammar = load_grammar()
        self._provisions = provision_reader(self._grammar)
        self._places: Places | None = None

    def targets(self, citation: Citation) -> tuple[Target, ...]:
        """The units that the citation names, in the order of its words: at least two, all of them known and different;
        else nothing."""
        text, folded = citation.text, fold(citation.text)
        provision = self._provisions.read(text, folded, 0)
        if provision is None or any(item.unit in _INNER for item in provision.items):
            return ()
        named = self._named(folded, provision.items)
        if len(named) < 2 or any(through for _, _, through in named[:-1]) or (named[-1][2] and len(named) > 2):
            return ()
        match = next(iter(scan_citations(text, folded, self._grammar, ())), None)
        through = named[-1][2]
        if match is None or match.start or not match.paths or (not through and len(match.paths) != len(named)):
            return ()
        if self._places is None:
            self._places = Places(self._doc.body, self._doc.attachments)
        found = self._places.resolve_all(match, citation.node)
        if len(found) != len(match.paths) or len(set(found)) != len(found) or found[0] != citation.target:
            return ()
        ids = (found[0], found[-1]) if through else found
        return tuple([Target(start, end, id_, far) for (start, end, far), id_ in zip(named, ids, strict=True)])

    def _named(self, folded: str, items: Sequence[Item]) -> list[tuple[int, int, bool]]:
        """The places of the labels that name a unit of their own, each to the end of the wider units behind it; empty
        where the widest unit is named first."""
        named: list[tuple[int, int, bool]] = []
        last: Item | None = None
        for item in items:
            labels = self._provisions.labels(folded, item)
            if last is not None and item.rank < last.rank:  # a wider unit, around the one before
                if not named or len(labels) > 1:
                    return []
                named[-1] = (named[-1][0], item.end, named[-1][2])
            elif last is not None and item.rank > last.rank and len(named) == 1:
                return []
            else:
                for count, label in enumerate(labels):
                    named.append((label.word if count else item.start, label.end, label.through))
            last = item
        return named


__all__ = ["Spreader", "Target"]

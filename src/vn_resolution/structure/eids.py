"""Gives every unit its AKN eId: the naming convention of OASIS Akoma Ntoso 1.0 as one small class.

An eId is the eId of the enclosing element, "__", the short form of the element, "_", and its number. The counting of
elements without a number and of repeated numbers follows bluebell, so that its own generator finds nothing to change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

TAGS: Final[dict[str, str]] = {
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "subsection": "subsection",
    "article": "article",
    "roman": "section",
    "letter": "division",
    "clause": "paragraph",
    "point": "point",
    "bullet": "indent",
}
"""The AKN element of each kind of node; every other kind is an hcontainer (an appendix: an attachment)."""

_SHORT: Final[dict[str, str]] = {
    "article": "art",
    "attachment": "att",
    "blockList": "list",
    "chapter": "chp",
    "citation": "cit",
    "citations": "cits",
    "division": "dvs",
    "listIntroduction": "intro",
    "paragraph": "para",
    "quotedStructure": "qstr",
    "quotedText": "qtext",
    "recital": "rec",
    "recitals": "recs",
    "section": "sec",
    "subsection": "subsec",
}
_WITHOUT_CLOSING: Final = frozenset({None, "appendix", "table"})
_NUMBERED: Final = frozenset({*TAGS.values(), "item"})
"""Elements that are expected to have a number: without one they are called nn_1, nn_2, …"""

_INNER_OF: Final[dict[str, tuple[str, ...]]] = {"table": ("table",), "quote": ("block", "mod", "quotedStructure")}

_PUNCTUATION: Final = r"\u2000-\u206f\u2e00-\u2e7f!-/:-@\[-`{-~"
_SPACE: Final = re.compile(r"\s")
_PUNCTUATIONS: Final = re.compile(f"[{_PUNCTUATION}]+")
_OUTER: Final = "".join(c for c in map(chr, range(0x3001)) if c.isspace() or _PUNCTUATIONS.match(c))
_NOT_XML: Final = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class EIds:
    """The eIds of one document, unique in all of it.

    `assign` must be called for the children of each parent in document order; whether the document is walked breadth
    or depth first makes no difference. Parents are given by the eId that was assigned to them.
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}
        self._uses: dict[str, int] = {}
        self._attachments: set[str] = set()
        self._bases = ""
        self._bases_kind = ""

    def assign(self, parent: str | None, kind: str, num: str | None) -> str:
        """The eId of the next child of this kind (a `NodeKind`, or "quote"); the parent is None at the top of the body
        or of the attachments.

        "quote" is the container of a run of quoted nodes in an unquoted parent: call it once for the run, with the
        amending unit as parent and no number, and give what it returns as the parent of each node of the run.
        The schema lets a quoted structure stand only in a `mod` in a block, and the hierarchy takes that only in an
        hcontainer; the id names them all (`art_1__para_1__hcontainer_1__block_1__mod_1__qstr_1`).
        A table stands in an hcontainer of its own (`art_1__hcontainer_1__table_1`), but directly in an appendix.
        """
        if kind == "appendix" and (parent is None or parent in self._attachments):
            eid = self.element(parent or "", "attachment")
            self._attachments.add(eid)
            return eid
        if kind == "table" and parent in self._attachments:
            return self.element(parent or "", "table")
        if kind in ("appendix", "quote"):
            num = None
        eid = self.element(parent or "", TAGS.get(kind, "hcontainer"), num)
        for inner in _INNER_OF.get(kind, ()):
            eid = self.element(eid, inner)
        return eid

    def closing(self, parent: str) -> str:
        """The eId of the next of the sentences that close a unit: a paragraph of its wrapUp."""
        return self.element(f"{parent}__wrapup", "p")

    def basis(self, kind: str, apart: bool = False) -> str:
        """The eId of the next basis of the preamble: a citation for can_cu, a recital for every other kind.

        A run of bases of one sort shares its container. `apart`: something that is no basis stands before it."""
        name, item = ("citations", "citation") if kind == "can_cu" else ("recitals", "recital")
        if apart or name != self._bases_kind:
            self._bases_kind = name
            self._bases = self.element("preamble", name)
        return self.element(self._bases, item)

    def enacting(self) -> str:
        """The eId of the enacting words."""
        return self.element("preamble", "formula")

    def element(self, prefix: str, name: str, num: str | None = None) -> str:
        """The eId of the next AKN element `name` under an eId (or "preface", "…__intro"), by the number if it has one.

        The convention's own rule; use `assign` for nodes.
        """
        short = short_form(name)
        base = f"{prefix}__{short}" if prefix else short
        number = clean_number(num) if num else ""
        if number:
            return self._unique(f"{base}_{number}")
        if name in _NUMBERED:
            return self._unique(f"{base}_nn", numbered=False)
        key = (prefix, name)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        return self._unique(f"{base}_{count}")

    def _unique(self, eid: str, numbered: bool = True) -> str:
        while True:
            count = self._uses[eid] = self._uses.get(eid, 0) + 1
            if count == 1 and numbered:
                return eid
            eid, numbered = f"{eid}_{count}", True


def closing_from(kind: str | None, plain: Sequence[bool]) -> int:
    """Where among the children of a unit of this kind the sentences begin that close it; the number of children where
    none do. `plain` tells for each child whether it is an unnumbered paragraph, of one quotation with the unit.

    What stands behind the last inner unit is the unit's own again (wrapUp). Neither a body nor an attachment has one.
    """
    first = len(plain)
    while first and plain[first - 1]:
        first -= 1
    return first if first and kind not in _WITHOUT_CLOSING else len(plain)


def short_form(name: str) -> str:
    """How an AKN element is called in eIds: "article" → "art"."""
    return _SHORT.get(name, name)


def clean_number(num: str) -> str:
    """A printed number as it stands in an eId: no outer punctuation, no spaces, inner punctuation as a dash.

    "1.1." → "1-1"; "a)" → "a"; "đ)" → "đ" (never folded: it would collide with d); "-" → "".
    """
    if num.isalnum():
        return num
    return _PUNCTUATIONS.sub("-", _SPACE.sub("", _NOT_XML.sub("\ufffd", num).strip(_OUTER)))


__all__ = ["TAGS", "EIds", "clean_number", "closing_from", "short_form"]

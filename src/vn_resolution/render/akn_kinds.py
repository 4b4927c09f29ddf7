"""Tells what an element of Akoma Ntoso is in the model: the kind of a unit, the number in its label, the kind of a
basis or of a block. The writer asks it too: what it answers need not be written down."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, get_args

from vn_resolution.grammar import Grammar, fold, load_grammar
from vn_resolution.model import BasisKind, NodeKind
from vn_resolution.structure.closing import ClosingReader
from vn_resolution.structure.labels import LabelReader, opening_quote, roman_value
from vn_resolution.structure.zones import ZoneFinder

_KINDS: Final[dict[str, NodeKind]] = {
    "part": "part", "chapter": "chapter", "section": "section", "subsection": "subsection", "article": "article",
    "division": "section", "paragraph": "clause", "point": "point", "indent": "bullet", "hcontainer": "paragraph",
    "attachment": "appendix", "table": "table",
}  # fmt: skip
"""The elements that the model has a kind for."""

_NEAREST: Final[dict[str, NodeKind]] = {
    "book": "part", "tome": "part", "title": "part", "subpart": "chapter", "subtitle": "chapter",
    "subchapter": "section", "subdivision": "subsection", "rule": "article", "subrule": "clause", "clause": "clause",
    "subclause": "point", "subparagraph": "point", "list": "paragraph", "sublist": "point", "level": "clause",
    "proviso": "paragraph", "alinea": "paragraph", "transitional": "paragraph",
}  # fmt: skip
"""Elements of the hierarchy that the model does not know, and what comes nearest."""

_NAMED: Final[dict[str, NodeKind]] = {
    "articolo": "article", "comma": "clause", "lettera": "point", "titolo": "part", "capo": "chapter",
    "sezione": "section", "artículo": "article", "articulo": "article", "artigo": "article", "artikel": "article",
}  # fmt: skip
"""Names that writers of other languages give containers."""

_NODE_KINDS: Final = frozenset(get_args(NodeKind))
_OUTER: Final = " \t\n.,;:()[]{}\"'“”«»‘’/-–—"
_ROMAN: Final = re.compile("[IVXLC][IVXLCivxlc]*")


def is_known(tag: str) -> bool:
    """Whether the model has a kind for this element of the hierarchy."""
    return tag in _KINDS


def is_unit(tag: str) -> bool:
    """Whether this is an element of the hierarchy."""
    return tag in _KINDS or tag in _NEAREST


@lru_cache(maxsize=4096)
def kind_of(tag: str, name: str, label: str) -> NodeKind:
    """The kind of a unit, from its element, the name of its container and its label as printed."""
    if tag == "hcontainer" and name in _NODE_KINDS:
        return name  # type: ignore[return-value]
    if tag == "hcontainer" and name.lower() in _NAMED:
        return _NAMED[name.lower()]
    kind = _KINDS.get(tag) or _NEAREST.get(tag, "paragraph")
    bare = label.strip(_OUTER)
    if tag == "section" and _ROMAN.fullmatch(bare) and roman_value(bare.lower()):
        return "roman"
    if tag == "division" and len(bare) == 1:
        return "letter"
    return kind


@lru_cache(maxsize=4096)
def number_of(kind: NodeKind, label: str) -> str | None:
    """The number in a label: "1" in "Điều 1.", "a" in "a)", the sign of a bullet; None where there is no label."""
    if not label:
        return "" if kind == "appendix" else None
    if kind == "appendix":
        return words().caption_number(label)
    start = opening_quote(label)
    shown = f"{label} X"  # a label is one where something follows
    found = [reading for reading in words().labels.read(shown, fold(shown), start) if reading.kind == kind]
    if found:
        return max(found, key=lambda reading: reading.end).num
    parts = [part for part in re.split(r"\s+", label.strip(_OUTER)) if part.strip(_OUTER)]
    numbered = [part for part in parts if any(map(str.isdigit, part))]
    return (numbered or parts or [label])[-1].strip(_OUTER) or label.strip()


def item_kind(label: str) -> NodeKind:
    """The kind of an item of a list, from its label."""
    bare = label.strip(_OUTER)
    if not bare:
        return "bullet"
    return "clause" if bare[0].isdigit() else "point"


class Words:
    """What the words of a text tell, by the rules of a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.labels = LabelReader(grammar)
        self._rules = grammar.zones
        self._zones = ZoneFinder(grammar, self.labels)
        self._closing = ClosingReader(grammar, self._zones)

    def basis_kind(self, text: str) -> BasisKind:
        """The kind of a basis, from its base word."""
        rule = self._zones.base(text, fold(text)) if text else None
        return rule.data["base"] if rule else "khac"

    def role(self, text: str) -> str:
        """A role in running-text case."""
        return self._closing.role_text(text)

    def is_signature_note(self, text: str) -> bool:
        """Whether the words are "(Đã ký)" and the like."""
        return self._rules["signature_note"].find(text, fold(text)) is not None

    def is_caption(self, text: str) -> bool:
        """Whether the words are the caption of an appendix ("Phụ lục I", "Mẫu số 2", "QUY ĐỊNH") and not its title."""
        low = fold(text)
        if self._rules["attached_type"].find(text, low):
            return True
        found = self._rules["appendix"].find(text, low) or self._rules["form"].find(text, low)
        return found is not None and not text[found.end("num") if found["num"] else found.end() :].strip(_OUTER)

    def caption_number(self, text: str) -> str:
        """The number in the caption of an appendix; "" where it has none."""
        low = fold(text)
        found = self._rules["appendix"].find(text, low) or self._rules["form"].find(text, low)
        if not found or not found["num"]:
            return ""
        number = text[found.start("num") : found.end("num")]
        return number.upper() if number.isalpha() else number

    def header_kind(self, text: str) -> str:
        """The kind of a header line that nothing else tells."""
        low = fold(text)
        for kind in ("national_title", "motto", "number", "place_date", "doc_type", "copy_mark"):
            if self._rules[kind].find(text, low):
                return kind
        if self._rules["session_line"].find(text, low):
            return "session"
        return "issuer" if self._rules["issuer"].find(text, low) else "other"


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of the packaged grammar."""
    return Words(load_grammar())


__all__ = ["Words", "is_known", "is_unit", "item_kind", "kind_of", "number_of", "words"]

"""Reads what stands around the body of an Akoma Ntoso document: preface, preamble and conclusions, as blocks with their
kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from vn_resolution.render.akn_kinds import words
from vn_resolution.render.akn_leaves import Leaf, LeafReader
from vn_resolution.render.akn_parse import tag_of

HEADER: Final = frozenset(
    {"national_title", "motto", "issuer", "number", "place_date", "doc_type", "title", "session", "copy_mark", "other"}
)
CLOSING: Final = frozenset(
    {"adoption", "recipients_label", "recipient", "signature_capacity", "signature_role", "signature_note"}
    | {"signature_name", "other"}
)
_TOLD_BY: Final = (
    ("docTitle", "title"), ("docNumber", "number"), ("docDate", "place_date"), ("docType", "doc_type"),
    ("docAuthority", "issuer"), ("session", "session"), ("docCommittee", "session"),
)  # fmt: skip
"""What an element inside a paragraph says that the paragraph is; the first that is found holds."""

_PARAGRAPHS: Final = frozenset({"p", "block", "listIntroduction", "listWrapUp", "heading", "subheading", "num"})


class FramePart(NamedTuple):
    """A block of preface, preamble or conclusions: its kind, its words, the eId of its element, and the element, which
    is the paragraph or what holds it. In the preamble the kind is "basis", "enacting" or another."""

    kind: str
    leaf: Leaf
    eid: str
    element: Any

    @property
    def tag(self) -> str:
        """The name of the element."""
        return tag_of(self.element)


class FrameReader:
    """Reads frames with one reader of leaves."""

    def __init__(self, leaves: LeafReader) -> None:
        self._leaves = leaves

    def preface(self, element: Any) -> Iterator[FramePart]:
        """The blocks of a preface or a cover page."""
        titled = any(tag_of(inner) == "docTitle" for inner in element.iter())
        for paragraph in _paragraphs(element):
            leaf = self._leaves.read(paragraph)
            if leaf.text or self._leaves.exact:
                kind = _header_kind(paragraph, leaf.text)
                if not titled and any(tag_of(outer) == "longTitle" for outer in paragraph.iterancestors()):
                    kind, titled = "title", True
                yield FramePart(kind, leaf, paragraph.get("eId") or "", paragraph)
            yield from self._notes(leaf)

    def preamble(self, element: Any) -> Iterator[FramePart]:
        """Bases (citations and recitals), the enacting words (the formula of that name, else the first) and what is
        neither."""
        formulas = [child for child in element if tag_of(child) == "formula"]
        enacting = next((formula for formula in formulas if formula.get("name") == "enactingFormula"), None)
        if enacting is None and formulas:
            enacting = formulas[0]
        for child in element:
            tag = tag_of(child)
            if tag in ("citations", "recitals"):
                for part in child:
                    single = tag_of(part) in ("citation", "recital")
                    yield from self._part(part, "basis" if single else "other")
            elif child is enacting:
                yield from self._part(child, "enacting")
            else:
                for paragraph in _paragraphs([child]):
                    yield from self._part(paragraph, paragraph.get("class") or "other")

    def _part(self, element: Any, kind: str) -> Iterator[FramePart]:
        """An element of the preamble as one block."""
        paragraphs = list(_paragraphs([element]))
        leaf = self._leaves.join([self._leaves.read(paragraph) for paragraph in paragraphs])
        if leaf.text or self._leaves.exact:
            yield FramePart(kind, leaf, element.get("eId") or "", element)
        yield from self._notes(leaf)

    def _notes(self, leaf: Leaf) -> Iterator[FramePart]:
        """The notes that stood among the words of a block, each a block of its own."""
        for structure in leaf.embedded:
            for paragraph in _paragraphs(structure):
                words = self._leaves.read(paragraph)
                if words.text:
                    yield FramePart("other", words, paragraph.get("eId") or "", paragraph)

    def conclusions(self, element: Any) -> Iterator[FramePart]:
        """The blocks of conclusions."""
        for child in element:
            recipients = tag_of(child) == "container" and child.get("name") == "recipients"
            for paragraph in _paragraphs([child]):
                signatures = [inner for inner in paragraph if tag_of(inner) == "signature"]
                for signature in signatures:
                    yield from self._signature(signature)
                leaf = self._beside(paragraph, signatures) if signatures else self._leaves.read(paragraph)
                if signatures and not leaf.text:
                    continue
                if not (leaf.text or self._leaves.exact):
                    continue
                kind = paragraph.get("class") or "other"
                if recipients:
                    parent = paragraph.getparent()
                    kind = "recipient" if parent is not None and tag_of(parent) == "item" else "recipients_label"
                yield FramePart(kind if kind in CLOSING else "other", leaf, paragraph.get("eId") or "", paragraph)
                yield from self._notes(leaf)

    def _signature(self, signature: Any) -> Iterator[FramePart]:
        """The lines of one signature: a role, a person, or words that are a capacity or a note."""
        plain = signature.text or ""
        for child in signature:
            tag = tag_of(child)
            if tag in ("br", "eol", "role", "person"):
                yield from self._line(plain, signature, before_break=tag in ("br", "eol"))
                plain = child.tail or ""
                if tag in ("role", "person"):
                    kind = "signature_role" if tag == "role" else "signature_name"
                    yield FramePart(kind, self._leaves.read(child), child.get("eId") or "", child)
            else:
                plain += "".join(child.itertext()) + (child.tail or "")
        yield from self._line(plain, signature, before_break=False)

    def _beside(self, paragraph: Any, signatures: list[Any]) -> Leaf:
        """What stands in a paragraph beside its signatures."""
        pieces = [paragraph.text or ""]
        for child in paragraph:
            pieces += [*([] if child in signatures else child.itertext()), child.tail or ""]
        return Leaf(" ".join(" ".join(pieces).split()))

    def _line(self, text: str, signature: Any, *, before_break: bool) -> Iterator[FramePart]:
        if not self._leaves.exact:
            text = " ".join(text.split())
        elif before_break:
            text = text.removesuffix(" ")
        if text:
            kind = "signature_note" if words().is_signature_note(text) else "signature_capacity"
            yield FramePart(kind, Leaf(text), signature.get("eId") or "", signature)


def _paragraphs(elements: Any) -> Iterator[Any]:
    """The elements that hold words themselves, in reading order."""
    for element in elements:
        tag = tag_of(element)
        if not tag:
            continue
        if tag in _PARAGRAPHS or not any(_has_paragraph(child) for child in element):
            yield element
        else:
            yield from _paragraphs(element)


def _has_paragraph(element: Any) -> bool:
    return tag_of(element) in _PARAGRAPHS or any(_has_paragraph(child) for child in element)


def _header_kind(paragraph: Any, text: str) -> str:
    kind = paragraph.get("class")
    if kind in HEADER:
        return str(kind)
    inside = {tag_of(inner) for inner in paragraph.iter()}
    told = next((kind for tag, kind in _TOLD_BY if tag in inside), None)
    return told or (words().header_kind(text) if text else "other")


__all__ = ["CLOSING", "HEADER", "FramePart", "FrameReader"]

"""Reads the text of an element of Akoma Ntoso, with the elements that mark stretches of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from unicodedata import normalize

from vn_resolution.render.akn_parse import tag_of

NAMES: Final = frozenset({"person", "role", "organization", "location", "term"})
"""Elements around names, as the model calls their kinds."""

MARKS: Final = NAMES | {"def", "ref", "rref", "mref", "quantity", "date"}
"""Inline elements that say something which the model knows."""

_APART: Final = frozenset({"br", "eol", "p", "td", "th", "tr", "li", "item", "listIntroduction", "listWrapUp", "block"})
_EMBEDDED: Final = frozenset({"quotedStructure", "embeddedStructure", "authorialNote", "subFlow", "popup"})


@dataclass(slots=True)
class Leaf:
    """The words of one stretch. `marks` are (start, end, element) in them, outer ones first; `embedded` are the
    structures that stood among the words and are no part of them."""

    text: str
    marks: list[tuple[int, int, Any]] = field(default_factory=list)
    embedded: list[Any] = field(default_factory=list)

    def cut(self, start: int, end: int) -> Leaf:
        """The stretch `[start, end)`, without white space at its ends."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        marks = [
            (max(a - start, 0), min(b - start, len(words)), element)
            for a, b, element in self.marks
            if a >= start and b <= start + len(words)
        ]
        return Leaf(words, marks, self.embedded)


class LeafReader:
    """Reads leaves. `exact`: the words as they stand, for what this library wrote; otherwise white space is folded, as
    in all text for reading."""

    def __init__(self, *, exact: bool) -> None:
        self.exact = exact

    def read(self, element: Any) -> Leaf:
        """The words of an element and all that it holds."""
        if self.exact:
            return self._exact(element)
        found = _Walk()
        found.element(element, inside=False)
        return found.leaf()

    def _exact(self, element: Any) -> Leaf:
        if tag_of(element) == "block":  # of a quotation: it holds no words of its own
            quoted = [inner for inner in element.iter() if tag_of(inner) == "quotedStructure"]
            if quoted:
                return Leaf("", embedded=quoted[:1])
        return Leaf("".join(element.itertext()))

    @staticmethod
    def join(leaves: list[Leaf]) -> Leaf:
        """Several leaves as one, with a space between them."""
        leaves = [leaf for leaf in leaves if leaf.text or leaf.embedded]
        if len(leaves) == 1:
            return leaves[0]
        whole = Leaf("")
        for leaf in leaves:
            at = len(whole.text) + bool(whole.text and leaf.text)
            whole.text = f"{whole.text} {leaf.text}" if at > len(whole.text) else whole.text + leaf.text
            whole.marks += [(a + at, b + at, element) for a, b, element in leaf.marks]
            whole.embedded += leaf.embedded
        return whole


class _Walk:
    """One way through an element, its white space folded."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.at = 0
        self.space = False
        self.marks: list[tuple[int, int, Any]] = []
        self.embedded: list[Any] = []

    def leaf(self) -> Leaf:
        return Leaf("".join(self.pieces), self.marks, self.embedded)

    def element(self, element: Any, *, inside: bool) -> None:
        """The words in an element; an inline one that means something is marked."""
        tag = tag_of(element) if inside else ""
        apart = tag in _APART or (inside and not tag)  # of a foreign element nobody knows whether it parts words
        if tag in _EMBEDDED:
            self.embedded.append(element)
            return
        if apart:
            self.space = True
        mark, first, start = -1, len(self.pieces), self.at
        if tag in MARKS:
            mark = len(self.marks)
            self.marks.append((0, 0, element))
        inline = inside and not apart
        self._words(quote_of(element, "startQuote") if tag == "quotedText" else None)
        if not (inline and len(element) and _is_layout(element.text)):
            self._words(element.text)
        for child in element:
            self.element(child, inside=True)
            if not (inline and _is_layout(child.tail) and child.getnext() is None):
                self._words(child.tail)
        self._words(quote_of(element, "endQuote") if tag == "quotedText" else None)
        if mark >= 0:
            start += self.pieces[first : first + 1] == [" "]
            self.marks[mark] = (min(start, self.at), self.at, element)
        if apart:
            self.space = True

    def _words(self, text: str | None) -> None:
        if not text:
            return
        if text[0].isspace():
            self.space = True
        words = normalize("NFC", " ".join(text.split()))
        if not words:
            return
        if self.space and self.at:
            self.pieces.append(" ")
            self.at += 1
        self.space = text[-1].isspace()
        self.pieces.append(words)
        self.at += len(words)


def quote_of(element: Any, name: str) -> str | None:
    """The quotation mark that an attribute says is printed before or behind the words, where they do not hold it."""
    sign = (element.get(name) or "").strip()
    words = "".join(element.itertext()).strip() if sign else ""
    held = words.startswith(sign) if name == "startQuote" else words.endswith(sign)
    return None if not sign or held else sign


def _is_layout(text: str | None) -> bool:
    """Whether this is white space with which a tool sets elements apart."""
    return text is not None and "\n" in text and text.isspace()


__all__ = ["MARKS", "NAMES", "Leaf", "LeafReader", "quote_of"]

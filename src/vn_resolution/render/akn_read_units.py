"""Reads the hierarchy of an Akoma Ntoso document, tables, lists and attachments into drafts of nodes, in the order in
which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from vn_resolution.model import NodeKind
from vn_resolution.render.akn_kinds import is_known, is_unit, item_kind, kind_of, words
from vn_resolution.render.akn_leaves import Leaf, LeafReader, quote_of
from vn_resolution.render.akn_notices import Notices
from vn_resolution.render.akn_parse import tag_of
from vn_resolution.structure.merged import MOST_COLUMNS, MOST_COVERED, Place

_WRAPPERS: Final = frozenset(
    {"intro", "content", "wrapUp", "body", "mainBody", "container", "blockContainer", "tblock", "div", "interstitial"}
    | {"preface", "preamble", "conclusions", "citations", "citation", "recitals", "recital", "formula", "longTitle"}
    | {"amendmentBody", "amendmentContent", "amendmentHeading", "amendmentReference", "portionBody", "coverPage"}
)
_TEXTS: Final = frozenset({"p", "block", "listIntroduction", "listWrapUp", "listConclusion", "docTitle", "heading"})
_SILENT: Final = frozenset({"meta", "img", "interface", "toc", "componentRef", "documentRef", "componentData"})
_EMPTY: Final = Leaf("")


@dataclass(slots=True, eq=False)
class Draft:
    """A unit as it stands in the XML. `sizes`: (columns, rows) of the merged cells of a table, by (row, column)."""

    kind: NodeKind
    eid: str = ""
    label: Leaf | None = None
    heading: Leaf | None = None
    subheading: Leaf | None = None
    text: Leaf | None = None
    notes: list[Leaf] = field(default_factory=list)
    rows: list[list[Leaf]] = field(default_factory=list)
    sizes: dict[Place, tuple[int, int]] = field(default_factory=dict)
    quoted: bool = False
    children: list[Draft] = field(default_factory=list)

    def walk(self) -> Iterator[Draft]:
        """This unit and those below it in reading order."""
        stack = [self]
        while stack:
            draft = stack.pop()
            yield draft
            stack.extend(reversed(draft.children))


class UnitReader:
    """Reads units with one reader of leaves; what is left out or only nearly right goes to the notices."""

    def __init__(self, leaves: LeafReader, notices: Notices) -> None:
        self._leaves = leaves
        self._notices = notices
        self._empty_cells = 0

    def body(self, element: Any) -> list[Draft]:
        """The units of a body."""
        whole = Draft("paragraph")
        self._fill(whole, element)
        if whole.text or whole.label or whole.heading:
            whole.children, inner = [], whole.children
            return [self._finished(whole), *inner]
        return whole.children

    def attachments(self, element: Any) -> list[Draft]:
        """The attachments in an element `attachments` or `components`."""
        return [self._attachment(child) for child in element if tag_of(child) in ("attachment", "component")]

    # -- units --------------------------------------------------------------------------------------------

    def _fill(self, draft: Draft, element: Any) -> None:
        """What stands in an element, put into a draft."""
        for child in element:
            tag = tag_of(child)
            if tag == "p":
                self._text(draft, child)
            elif tag == "list" and not any(tag_of(part) in ("num", "heading") for part in child):
                self._fill(draft, child)  # its introduction and its points are those of the unit around it
            elif is_unit(tag) and tag not in ("table", "attachment"):
                self._unit(draft, child, tag)
            elif tag in _WRAPPERS:
                self._fill(draft, child)
            elif tag == "num" and draft.label is None:
                draft.label = self._leaves.read(child)
            elif tag == "heading" and draft.heading is None:
                draft.heading = self._leaves.read(child)
            elif tag == "subheading" and draft.subheading is None:
                draft.subheading = self._leaves.read(child)
            elif tag == "table":
                draft.children.append(self._table(child, draft.quoted))
            elif tag in ("blockList", "ul", "ol"):
                self._list(draft, child, tag)
            elif tag == "crossHeading":
                heading = self._leaves.read(child)
                draft.children.append(Draft("paragraph", child.get("eId") or "", heading=heading, quoted=draft.quoted))
            elif tag == "attachments":
                draft.children += self.attachments(child)
            elif tag in _SILENT:
                if tag != "meta":
                    self._notices.note("A107", tag=tag)
            elif tag:
                if tag not in _TEXTS:
                    self._notices.note("A102", tag=tag, kind="paragraph")
                self._text(draft, child)

    def _unit(self, parent: Draft, element: Any, tag: str) -> None:
        name = element.get("name") or ""
        draft = Draft("paragraph", element.get("eId") or "", quoted=parent.quoted)
        self._fill(draft, element)
        draft.kind = kind_of(tag, name, draft.label.text if draft.label else "")
        if not is_known(tag):
            self._notices.note("A101", tag=tag, kind=draft.kind)
        if tag == "hcontainer":
            if draft.kind == "table" and len(draft.children) == 1 and draft.children[0].kind == "table":
                table = draft.children[0]
                table.label, table.text = draft.label, draft.text
                table.heading = table.heading or draft.heading
                draft = table
            elif name in ("mod", "empty", "hcontainer") and not (draft.text or draft.label or draft.heading):
                parent.children += draft.children
                return
        parent.children.append(self._finished(draft))

    def _finished(self, draft: Draft) -> Draft:
        """Caption and title of an appendix told apart; title and subtitle of another unit put together."""
        heading, below = draft.heading, draft.subheading
        if draft.kind == "appendix" and not draft.label:
            if heading and below:
                draft.label, draft.heading = heading, below
            elif heading and words().is_caption(heading.text):
                draft.label, draft.heading = heading, None
        elif below:
            draft.heading = self._leaves.join([heading, below]) if heading else below
        return draft

    def _attachment(self, element: Any) -> Draft:
        draft = Draft("appendix", element.get("eId") or "")
        for child in element:
            if tag_of(child) in ("doc", "act", "bill", "statement", "portion"):
                for part in child:
                    if tag_of(part) == "attachments":
                        draft.children += self.attachments(part)
                    elif tag_of(part) != "meta":
                        self._fill(draft, part)
            else:
                self._fill(draft, [child])
        return self._finished(draft)

    # -- what stands in them ----------------------------------------------------------------------------

    def _text(self, draft: Draft, element: Any) -> None:
        """A paragraph: the unit's own text, or, where it has one or something stands before, a unit of its own."""
        leaf = self._leaves.read(element)
        if leaf.text:
            if element.get("class") == "note" and draft.kind == "appendix" and not draft.text:
                draft.notes.append(leaf)
            elif draft.text is None and not draft.children:
                draft.text = leaf
            else:
                eid = element.get("eId") or ""
                draft.children.append(Draft("paragraph", eid, text=leaf, quoted=draft.quoted))
        for structure in leaf.embedded:
            quoted = draft.quoted or tag_of(structure) in ("quotedStructure", "embeddedStructure")
            inner = Draft("paragraph", structure.get("eId") or "", quoted=quoted)
            self._fill(inner, structure)
            if quoted:
                _quote(inner, structure)
            if inner.text or inner.label or inner.heading:
                draft.children.append(self._finished(inner))
            else:
                draft.children += inner.children

    def _list(self, draft: Draft, element: Any, tag: str) -> None:
        count = 0
        for child in element:
            if tag_of(child) not in ("item", "li"):
                self._fill(draft, [child])
                continue
            count += 1
            item = Draft("bullet", child.get("eId") or "", quoted=draft.quoted)
            if any(tag_of(inner) in _WRAPPERS | _TEXTS | {"blockList", "ul", "ol", "table"} for inner in child):
                self._fill(item, child)
            else:
                item.text = self._leaves.read(child)
            if item.label is None and tag != "blockList":
                item.label = Leaf("-" if tag == "ul" else f"{count}.")
            item.kind = item_kind(item.label.text if item.label else "")
            draft.children.append(self._finished(item))

    def _table(self, element: Any, quoted: bool) -> Draft:
        """A table, with empty cells beside and below a merged one that holds the words."""
        table = Draft("table", element.get("eId") or "", quoted=quoted)
        taken: dict[int, int] = {}
        for part in element:
            tag = tag_of(part)
            if tag == "caption":
                table.heading = self._leaves.read(part)
            if tag != "tr":
                continue
            row: list[Leaf] = []
            for cell in part:
                self._below(row, taken)
                wide, high = self._span(cell, "colspan"), self._span(cell, "rowspan")
                if wide > 1 or high > 1:
                    table.sizes[len(table.rows), len(row)] = (wide, high)
                for column in range(len(row), len(row) + wide):
                    taken[column] = high - 1
                row += [self._cell(cell), *[_EMPTY] * (wide - 1)]
            self._below(row, taken)
            table.rows.append(row)
        return table

    def _below(self, row: list[Leaf], taken: dict[int, int]) -> None:
        """Empty cells where cells of rows above reach down."""
        while taken.get(len(row), 0) and self._empty_cells <= MOST_COVERED:
            taken[len(row)] -= 1
            self._empty_cells += 1
            row.append(_EMPTY)

    def _span(self, cell: Any, name: str) -> int:
        value = cell.get(name) or ""
        if not (value.isascii() and value.isdigit() and len(value) < 6) or self._empty_cells > MOST_COVERED:
            return 1
        span = min(max(int(value), 1), MOST_COLUMNS)
        self._empty_cells += span - 1
        return span

    def _cell(self, cell: Any) -> Leaf:
        if self._leaves.exact:
            return Leaf("".join(cell.itertext()))
        leaf = self._leaves.read(cell)
        if leaf.embedded:
            leaf = self._leaves.join([leaf, *(self._leaves.read(inner) for inner in leaf.embedded)])
            leaf.embedded = []
        return leaf


def _quote(draft: Draft, element: Any) -> None:
    """Puts the quotation marks that a structure's attributes name before its first word and behind its last."""
    parts = [
        (part, name, leaf)
        for part in draft.walk()
        for name in ("label", "heading", "subheading", "text")
        if (leaf := getattr(part, name)) is not None and leaf.text
    ]
    if parts and (sign := quote_of(element, "startQuote")):
        part, name, leaf = parts[0]
        marks = [(start + len(sign), end + len(sign), mark) for start, end, mark in leaf.marks]
        setattr(part, name, Leaf(sign + leaf.text, marks, leaf.embedded))
    if parts and (sign := quote_of(element, "endQuote")):
        part, name, _ = parts[-1]
        last = getattr(part, name)
        setattr(part, name, Leaf(last.text + sign, last.marks, last.embedded))


__all__ = ["Draft", "UnitReader"]

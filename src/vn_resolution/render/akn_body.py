"""Writes laid-out units as the hierarchy of an act's body, and the appendices as attachments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from vn_resolution.model import Cell, Node
from vn_resolution.render.akn_inline import Inline
from vn_resolution.render.akn_units import Layout, Quote, Unit
from vn_resolution.structure.eids import EIds
from vn_resolution.structure.merged import Place, Rows

_LONGEST_HEAD: Final = 200
INDENTS: Final = [*("  " * level for level in range(24)), *("  " * 24 for _ in range(300))]


class BodyWriter:
    """Appends the lines of body and attachments to `out`."""

    def __init__(self, out: list[str], layout: Layout, inline: Inline) -> None:
        self._out = out
        self._layout = layout
        self._eids: EIds = layout.eids
        self._inline = inline

    def body(self) -> None:
        """The body; an empty one holds an empty container, since the schema wants something."""
        self._out.append("    <body>\n")
        self._parts(self._layout.body, 3)
        if not self._layout.body:
            self._out.append(f'      <hcontainer eId="{self._eids.element("", "hcontainer")}" name="empty"/>\n')
        self._out.append("    </body>\n")

    def attachments(self, meta: Callable[[str, Node, str], str]) -> None:
        """The attachments; `meta` writes the meta block of one, given its component name, its node and an indent."""
        self._attachments(self._layout.attachments, "", meta, 2)

    def _attachments(
        self, units: Sequence[Unit], parent: str, meta: Callable[[str, Node, str], str], level: int
    ) -> None:
        if not units:
            return
        indent = INDENTS[level]
        self._out.append(f"{indent}<attachments>\n")
        for count, unit in enumerate(units, 1):
            self._attachment(unit, f"{parent}appendix_{count}", meta, level + 1)
        self._out.append(f"{indent}</attachments>\n")

    def _attachment(self, unit: Unit, name: str, meta: Callable[[str, Node, str], str], level: int) -> None:
        node, out, indent = unit.node, self._out, INDENTS[level]
        out.append(f'{indent}<attachment eId="{unit.eid}">\n')
        self._caption(unit, level + 1)
        out.append(f'{indent}  <doc name="appendix">\n{meta(name, node, INDENTS[level + 2])}{indent}    <mainBody>\n')
        before = len(out)
        out.extend(f"{indent}      {line}\n" for line in self._texts(unit, unit.eid))
        nested = [part for part in unit.parts if isinstance(part, Unit) and part.tag == "attachment"]
        for part in unit.parts:
            if isinstance(part, Unit) and part.tag == "table" and part.eid.startswith(f"{unit.eid}__table_"):
                self._table(part, level + 3)
            elif not (isinstance(part, Unit) and part.tag == "attachment"):
                self._parts([part], level + 3)
        if len(out) == before:
            out.append(f"{indent}      {self._paragraph(unit.eid, '', None)}\n")
        out.append(f"{indent}    </mainBody>\n")
        self._attachments(nested, f"{name}/", meta, level + 2)
        out.append(f"{indent}  </doc>\n{indent}</attachment>\n")

    def _caption(self, unit: Unit, level: int) -> None:
        """The caption ("Phụ lục I") as heading and the title as subheading; a title alone is the heading."""
        node = unit.node
        label = self._label(node)
        title = self._inline.text(node.heading, node.heading_span, unit.eid) if node.heading else ""
        if label:
            self._out.append(f"{INDENTS[level]}<heading>{label}</heading>\n")
        if title:
            tag = "subheading" if label else "heading"
            self._out.append(f"{INDENTS[level]}<{tag}>{title}</{tag}>\n")

    def _parts(self, parts: Sequence[Unit | Quote], level: int) -> None:
        closing: list[Unit] = []
        for part in parts:
            if isinstance(part, Quote):
                self._quote(part, level)
            elif part.tag == "table":
                self._table_alone(part, level)
            elif part.tag == "p":
                closing.append(part)
            else:
                self._unit(part, level)

        if closing:
            words = "".join([f'<p eId="{u.eid}">{self._words(u.node, u.eid)}</p>' for u in closing])
            self._out.append(f"{INDENTS[level]}<wrapUp>{words}</wrapUp>\n")

    def _words(self, node: Node, eid: str) -> str:
        return self._inline.text(node.text, node.text_span, eid)

    def _unit(self, unit: Unit, level: int) -> None:
        node, out, indent = unit.node, self._out, INDENTS[level]
        name = f' name="{unit.name}"' if unit.name else ""
        out.append(f'{indent}<{unit.tag} eId="{unit.eid}"{name}>\n')
        if node.kind == "appendix":
            self._caption(unit, level + 1)
        else:
            if label := self._label(node):
                out.append(f"{indent}  <num>{label}</num>\n")
            if node.heading:
                heading = self._inline.text(node.heading, node.heading_span, unit.eid)
                out.append(f"{indent}  <heading>{heading}</heading>\n")
        if unit.parts:
            self._flow(unit, "intro", f"{unit.eid}__intro", level + 1)
            self._parts(unit.parts, level + 1)
        else:
            self._flow(unit, "content", unit.eid, level + 1)
        out.append(f"{indent}</{unit.tag}>\n")

    def _flow(self, unit: Unit, tag: str, prefix: str, level: int) -> None:
        """The node's own text and notes as intro or content."""
        lines = self._texts(unit, prefix)
        indent = INDENTS[level]
        if len(lines) == 1:
            self._out.append(f"{indent}<{tag}>{lines[0]}</{tag}>\n")
        elif lines:
            self._out.append(f"{indent}<{tag}>\n")
            self._out.extend(f"{indent}  {line}\n" for line in lines)
            self._out.append(f"{indent}</{tag}>\n")

    def _quote(self, quote: Quote, level: int) -> None:
        indent = INDENTS[level]
        self._out.append(
            f'{indent}<hcontainer eId="{quote.holder}" name="mod">\n{indent}  <content>\n'
            f'{indent}    <block eId="{quote.block}" name="quote"><mod eId="{quote.mod}">'
            f'<quotedStructure eId="{quote.eid}">\n'
        )
        self._parts(quote.parts, level + 3)
        self._out.append(f"{indent}    </quotedStructure></mod></block>\n{indent}  </content>\n{indent}</hcontainer>\n")

    def _table_alone(self, unit: Unit, level: int) -> None:
        """A table in the container that the hierarchy demands; label and heading stand there too."""
        node, out, indent = unit.node, self._out, INDENTS[level]
        holder = unit.eid.rpartition("__")[0]
        out.append(f'{indent}<hcontainer eId="{holder}" name="table">\n')
        if label := self._label(node):
            out.append(f"{indent}  <num>{label}</num>\n")
        if node.heading:
            heading = self._inline.text(node.heading, node.heading_span, holder)
            out.append(f"{indent}  <heading>{heading}</heading>\n")
        out.append(f"{indent}  <content>\n")
        out.extend(f"{indent}    {line}\n" for line in self._texts(unit, holder))
        out.extend(f"{indent}    {line}\n" for line in self._rows(unit, unit.eid))
        out.append(f"{indent}  </content>\n{indent}</hcontainer>\n")

    def _table(self, unit: Unit, level: int) -> None:
        """A table directly in an appendix."""
        node, out, indent = unit.node, self._out, INDENTS[level]
        holder = unit.eid.rpartition("__")[0]
        if label := self._label(node):
            out.append(f'{indent}<p eId="{self._eids.element(holder, "p")}" class="num">{label}</p>\n')
        if node.heading:
            out.append(f"{indent}{self._paragraph(holder, node.heading, node.heading_span, 'heading')}\n")
        out.extend(f"{indent}{line}\n" for line in self._texts(unit, holder))
        out.extend(f"{indent}{line}\n" for line in self._rows(unit, unit.eid))

    def _rows(self, unit: Unit, eid: str) -> list[str]:
        """The lines of a table; one without rows holds an empty cell, since the schema wants one. What a merged cell
        covers is not written."""
        rows, taken = unit.node.rows, unit.covered
        holders = set(taken.values())
        lines = [f'<table eId="{eid}">']
        head = head_height(rows, taken)
        for r, row in enumerate(rows or ((),)):
            tag = "th" if r < head else "td"
            cells = []
            for c, cell in enumerate(row):
                if (r, c) in taken:
                    continue
                size = _size(cell) if (r, c) in holders else ""
                words = self._paragraph(eid, cell.text, cell.span) if cell.text else ""
                cells.append(f"<{tag}{size}>{words}</{tag}>" if words else f"<{tag}{size}/>")
            lines.append(f"  <tr>{''.join(cells) or '<td/>'}</tr>")
        return [*lines, "</table>"]

    def _label(self, node: Node) -> str:
        """The label as printed, "Điều 1."."""
        label = node.marker or node.num
        return self._inline.label(label, node.span[0]) if label else ""

    def _texts(self, unit: Unit, prefix: str) -> list[str]:
        """The lines of a unit's own text and notes: notes stand under the title, before the text."""
        node = unit.node
        lines = [self._paragraph(prefix, note.text, note.span, "note") for note in node.notes]
        if node.text:
            lines.append(self._paragraph(prefix, node.text, node.text_span))
        if node.rows and unit.tag != "table":
            lines.extend(self._rows(unit, self._eids.element(prefix, "table")))
        return lines

    def _paragraph(self, prefix: str, words: str, place: tuple[int, int] | None, kind: str = "") -> str:
        eid = self._eids.element(prefix, "p")
        css = f' class="{kind}"' if kind else ""
        return f'<p eId="{eid}"{css}>{self._inline.text(words, place, eid)}</p>'


def head_height(rows: Rows, taken: Mapping[Place, Place]) -> int:
    """How many rows at the top of a table plainly are its head: those that the merged cells of the first reach down
    to, where every cell of them holds words (or is covered) and some column holds figures, and only figures, below."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    height = 1 + max((r for (r, _), (holder, _) in taken.items() if holder == 0), default=0)
    if height >= len(rows):
        return 0
    own = [(r, cell.text) for r, row in enumerate(rows[:height]) for c, cell in enumerate(row) if (r, c) not in taken]
    if not all(len(text) <= _LONGEST_HEAD and (_has_letter(text) or (r and text)) for r, text in own):
        return 0
    for column in range(len(rows[0])):
        below = [row[column].text for row in rows[height:] if column < len(row) and row[column].text]
        if below and not any(map(_has_letter, below)) and any(char.isdigit() for text in below for char in text):
            return height
    return 0


def _size(cell: Cell) -> str:
    """The attributes of a merged cell, with a leading space."""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return columns + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


__all__ = ["INDENTS", "BodyWriter"]

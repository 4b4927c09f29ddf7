"""Builds the tree of units from blocks, by the succession of their labels and not by their looks."""

from __future__ import annotations

from dataclasses import dataclass

from vn_resolution.diagnostics import diagnostic
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Diagnostic
from vn_resolution.structure.blocks import Block
from vn_resolution.structure.draft import Piece, Unit
from vn_resolution.structure.labels import Label, LabelReader
from vn_resolution.structure.lines import Line, Lines

_RANK = {
    "part": 0, "chapter": 1, "section": 2, "subsection": 3, "article": 4,
    "letter": 6, "roman": 6, "clause": 8, "point": 12, "bullet": 20,
}  # fmt: skip
_DIVISIONS = frozenset({"part", "chapter", "section", "subsection"})
_CLOSING_QUOTES = '”"»’'
_MAX_GAP = 4
_MAX_DEPTH = 24
_MAX_COLUMNS = 200


@dataclass(slots=True)
class _Place:
    """Where a label may stand: under `depth` units of the stack. The smaller the cost the better."""

    cost: int
    depth: int
    missing: int
    label: Label


class TreeBuilder:
    """Builds trees with the labels of one grammar."""

    def __init__(self, grammar: Grammar, labels: LabelReader) -> None:
        self._labels = labels
        self._slips = grammar.slips
        self.amending = grammar.words("zones", "amending_words")
        self.instructions = grammar.words("zones", "amending_instructions")

    def build(self, source: Lines, blocks: list[Block], diagnostics: list[Diagnostic]) -> list[Unit]:
        """The top units of a stretch of blocks: of the body, or of one appendix."""
        return _Scope(self, source, diagnostics).build(blocks)


class _Scope:
    """One run over one stretch of blocks: a stack of open units whose labels count on."""

    def __init__(
        self, builder: TreeBuilder, source: Lines, diagnostics: list[Diagnostic], *, quoted: bool = False
    ) -> None:
        self.builder = builder
        self.labels = builder._labels
        self.source = source
        self.diagnostics = diagnostics
        self.quoted = quoted
        self.root = Unit("root")
        self.stack: list[Unit] = [self.root]
        self.article: Label | None = None
        self.quotes: _Quotations | None = None

    def build(self, blocks: list[Block]) -> list[Unit]:
        k = 0
        while k < len(blocks):
            block = blocks[k]
            if block.table >= 0:
                self._table(block)
            elif block.quotes and not self.quoted and self._quotes_here(blocks, k):
                stop = self._quote_end(blocks, k)
                self._quote(blocks[k:stop])
                k = stop
                continue
            else:
                self._block(block, blocks[k + 1] if k + 1 < len(blocks) else None)
            k += 1
        return self.root.children

    # -- one block -----------------------------------------------------------------------------------

    def _block(self, block: Block, following: Block | None) -> None:
        place = self._place(block)
        if place is None:
            self._paragraph(block)
            return
        unit = self._open(block, place, 0)
        self._nested(block, unit)

    def _nested(self, block: Block, unit: Unit) -> None:
        """A second label on the same line ("Điều 2. 1. Giao …"), where it opens a list."""
        line = block.lines[0]
        label = unit.label
        while label is not None and label.end < len(line.text):
            inner = [
                found
                for found in self.labels.read(line.text, line.low, label.end)
                if found.first and not found.weak and found.style != label.style
                and found.kind in ("clause", "point") and found.counting in ("arabic", "latin")
                and unit.kind != "bullet" and _RANK[found.kind] >= _RANK[unit.kind]
            ]  # fmt: skip
            if not inner:
                return
            label = inner[0]
            child = self._open(block, _Place(0, len(self.stack), 0, label), unit.label.end if unit.label else 0)
            unit.own_end = max(unit.start, child.start)
            unit.blocks = []
            unit = child

    def _paragraph(self, block: Block) -> None:
        unit = Unit(
            "paragraph", start=block.start, end=block.end, own_end=block.end, quoted=self.quoted, blocks=[block]
        )
        self.stack[-1].children.append(unit)
        self._extend(block.end)

    def _table(self, block: Block) -> None:
        unit = Unit("table", start=block.start, end=block.end, own_end=block.end, quoted=self.quoted)
        unit.rows = table_rows(block)
        self.stack[-1].children.append(unit)
        self._extend(block.end)

    def _open(self, block: Block, place: _Place, at: int) -> Unit:
        label = place.label
        line = block.lines[0]
        del self.stack[place.depth :]
        parent = self.stack[-1]
        start = block.start if at == 0 else self.source.at(line, at)
        unit = Unit(
            label.kind, label.num, label, start, block.end, own_end=block.end, quoted=self.quoted, blocks=[block]
        )
        unit.marker = line.text[at : label.end].strip()
        if label.kind == "article":
            self.article = label
        self._notice(place, unit, block, parent.last_of_style.get(label.style))
        parent.children.append(unit)
        parent.last_of_style[label.style] = unit
        parent.values.add(label.value)
        self._extend(block.end)
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append(unit)
        return unit

    def _extend(self, end: int) -> None:
        for unit in self.stack:
            unit.end = end

    def _notice(self, place: _Place, unit: Unit, block: Block, before: Unit | None) -> None:
        """The doubts about a unit that was opened after `before`, its sibling of the same style."""
        label = place.label
        line = block.lines[0]
        span = (unit.start, self.source.at(line, min(label.end, len(line.text)) - 1) + 1)
        word = line.low[block.quotes :].split(" ", 1)[0]
        if word in self.builder._slips:
            self.diagnostics.append(diagnostic("N007", span, slip=word, word=self.builder._slips[word]))
        if place.missing < 0:
            self.diagnostics.append(diagnostic("N002", span, label=unit.marker))
        elif place.missing > 0 and before is not None:
            missing = f"{place.missing} in between"
            self.diagnostics.append(
                diagnostic("N001", span, label=unit.marker, previous=before.marker, missing=missing)
            )
        elif place.missing > 0 and not (self.quoted and place.depth == 1):
            self.diagnostics.append(diagnostic("N003", span, label=unit.marker))

    # -- succession ------------------------------------------------------------------------------------

    def _place(self, block: Block) -> _Place | None:
        best: _Place | None = None
        for label in block.labels:
            found = self._bullet(label) if label.kind == "bullet" else self._numbered(label, block)
            if found is not None and (best is None or found.cost < best.cost):
                best = found
        if best is None and block.labels and block.labels[0].kind != "bullet":
            label = block.labels[0]
            marker = block.lines[0].text[: label.end].strip()
            self.diagnostics.append(diagnostic("N004", (block.start, block.start + len(marker)), label=marker))
        return best

    def _bullet(self, label: Label) -> _Place:
        """A bullet belongs to the nearest open numbered unit; "+" stands under "-", a new sign under the one before
        it only where that leads in."""
        stack = self.stack
        sign = _sign(label.num)
        for depth in range(len(stack) - 1, 0, -1):
            unit = stack[depth]
            if unit.kind != "bullet":
                break
            if unit.label and _sign(unit.label.num) == sign:
                return _Place(0, depth, 0, label)
        depth = len(stack)
        while depth > 1 and stack[depth - 1].kind == "bullet":
            above = stack[depth - 1]
            over = _sign(above.label.num) if above.label else "-"
            untitled = over in "-+" or above.blocks[-1:] == [] or above.blocks[-1].text[-1] in ".;,"
            if (sign == "+" or _leads_in(above) or not untitled) and not (over == "+" and sign in "+-"):
                break
            depth -= 1
        return _Place(0, depth, 0, label)

    def _numbered(self, label: Label, block: Block) -> _Place | None:
        stack = self.stack
        best: _Place | None = None
        for depth in range(len(stack) - 1, 0, -1):
            unit = stack[depth]
            before = unit.label
            if before is None or before.kind != label.kind:
                continue
            step = self.labels.step(before, label.num, label.value, label.counting)
            same = before.style == label.style
            if label.kind == "article":
                same = True
            if step == 0:
                cost = 0 if same else 5
            elif 0 < step <= _MAX_GAP and not label.weak and same:
                cost = 20 + step
            elif label.kind == "article" and step > 0 and not label.weak and not self._midsentence(block):
                cost = 40
            else:
                continue
            cost += (len(stack) - 1 - depth) // 2 if step else 0
            place = _Place(cost, depth, max(step, 0), label)
            if best is None or place.cost < best.cost:
                best = place
        if self.quoted and len(stack) == 1 and not self.root.children:
            return _Place(0, 1, 0, label)  # quoted wording may begin with any label
        if label.weak and label.kind == "article" and self._follows_last_article(label):
            return _Place(0, self._depth_for(label), 0, label)
        if label.weak:
            return best if best is not None and best.cost == 0 else self._first_weak(label)
        child = self._child(label, block)
        if child is not None and (best is None or child.cost < best.cost):
            best = child
        return best

    def _follows_last_article(self, label: Label) -> bool:
        before = self.article
        return before is not None and self.labels.step(before, label.num, label.value, label.counting) == 0

    def _first_weak(self, label: Label) -> _Place | None:
        """A weak label may open a scope that has no such unit yet: "Điều 1" without a point."""
        if label.kind == "article" and label.value == (1,) and not any(u.kind == "article" for u in self.stack):
            depth = self._depth_for(label)
            if label.style not in self.stack[depth - 1].last_of_style:
                return _Place(6, depth, 0, label)
        return None

    def _child(self, label: Label, block: Block) -> _Place | None:
        """The place of a label that begins a list."""
        if label.counting == "dotted" and len(label.value) > 1 and label.style == "dotted":
            return self._dotted(label, block)
        stack = self.stack
        depth = self._depth_for(label)
        restart = self._last_of_style(label)
        if label.kind == "article" and self.article is not None:
            step = self.labels.step(self.article, label.num, label.value, label.counting)
            if step >= 0:  # articles count on across chapters
                return _Place(9 + step, depth, step, label)
        if label.first:
            if label.kind == "article" and label.style in stack[depth - 1].last_of_style:
                return _Place(60, depth, -1, label)
            if restart and (label.kind in _DIVISIONS or depth > restart):
                return _Place(30, restart, -1, label)
            repeated = label.style in stack[depth - 1].last_of_style
            return _Place(30, depth, -1, label) if repeated else _Place(10, depth, 0, label)
        if label.kind in ("chapter", "part", "article") and not self._midsentence(block):
            return _Place(50, depth, 1, label)
        if restart or self._midsentence(block):
            return None
        if label.style in stack[depth - 1].last_of_style:
            return None
        if (
            label.value[-1] <= 20
            and label.counting in ("arabic", "roman", "latin")
            and not block.lines[0].text[label.end : label.end + 1].islower()
        ):
            if label.kind in ("letter",) or label.style.startswith("roman-lower") or label.style.endswith("-"):
                return None
            return _Place(70, depth, label.value[-1] - 1, label)
        return None

    def _last_of_style(self, label: Label) -> int:
        """The depth of the innermost open unit of this kind and style; 0 where there is none."""
        for depth in range(len(self.stack) - 1, 0, -1):
            unit = self.stack[depth]
            if unit.kind == label.kind and unit.label is not None and unit.label.style == label.style:
                return depth
        return 0

    def _dotted(self, label: Label, block: Block) -> _Place | None:
        """1.1. stands in the open unit that counts 1, else beside or in the nearest clause."""
        stack = self.stack
        head, last = label.value[:-1], label.value[-1]
        for depth in range(len(stack) - 1, 0, -1):
            unit = stack[depth]
            if (
                unit.label
                and unit.kind in ("clause", "roman", "article", "section", "letter")
                and (unit.label.value == head or (unit.label.value == head[-1:] and unit.kind != "clause"))
            ):
                missing = last - 1
                if missing > _MAX_GAP:
                    return None
                if label.value in unit.values:
                    missing = -1
                return _Place(8 + max(missing, 0), depth + 1, missing, label)
        for depth in range(len(stack) - 1, 0, -1):
            unit = stack[depth]
            if (
                unit.label
                and unit.label.style == "dotted"
                and unit.kind == "clause"
                and len(unit.label.value) == len(label.value)
                and unit.label.value < label.value
            ):
                return _Place(25, depth, 0 if last == 1 else last - 1, label)
        if last == 1 and not self._midsentence(block):
            return _Place(35, self._depth_for(label), 0, label)
        return None

    def _depth_for(self, label: Label) -> int:
        """Under how many units of the stack a list of this kind may begin."""
        stack = self.stack
        depth = len(stack)
        rank = _RANK[label.kind]
        while depth > 1:
            unit = stack[depth - 1]
            if unit.kind == "bullet":
                if rank >= _RANK["clause"] and _leads_in(unit) and not self._open_list(label):
                    break
            elif unit.kind in ("letter", "roman"):
                if label.kind == "article":
                    if not any(u.kind == "article" for u in stack[: depth - 1]):
                        break
                elif label.kind in _DIVISIONS:
                    pass
                elif not (label.kind == unit.kind and unit.label and unit.label.style == label.style):
                    break
            elif unit.kind == "point":
                if rank > _RANK["point"] or (label.kind == "point" and unit.label and unit.label.style != label.style):
                    break
                if label.kind == "clause" and not self._open_list(label):
                    break
            elif unit.kind == "clause":
                if rank > _RANK["clause"] or (
                    unit.label and unit.label.style != label.style and label.kind == "clause"
                ):
                    break
            elif _RANK[unit.kind] < rank:
                break
            depth -= 1
        return depth

    def _open_list(self, label: Label) -> bool:
        """Whether a list of this style is open on the stack."""
        return self._last_of_style(label) > 0

    def _midsentence(self, block: Block) -> bool:
        return block.lines[0].text[block.labels[0].end : block.labels[0].end + 1].islower() and not block.lines[0].blank

    # -- quoted new wording -------------------------------------------------------------------------------

    def _quotes_here(self, blocks: list[Block], k: int) -> bool:
        """Whether the quotation that opens here is new wording: something leads into it."""
        if k == 0:
            return bool(blocks[0].labels)
        before = blocks[k - 1]
        if before.table >= 0:
            return False
        return (
            before.text[-1] == ":"
            or bool(blocks[k].labels)
            or any(word in before.low for word in self.builder.amending)
        )

    def _quote_end(self, blocks: list[Block], k: int) -> int:
        """The index after the last block of the quotation that opens at block k."""
        if self.quotes is None:
            self.quotes = _Quotations(blocks)
        closed = self.quotes.closed_at[k]
        if closed < 0:
            closed = self.quotes.next_closing[k]
        stop = closed + 1 if closed >= 0 else len(blocks)
        for j in range(k + 1, stop):
            if blocks[j].labels and self._resumes(blocks[j], blocks, j):
                stop = j
                break
        else:
            if closed >= 0:
                return stop
        self.diagnostics.append(diagnostic("N005", (blocks[k].start, blocks[k].start + 1)))
        return stop

    def _resumes(self, block: Block, blocks: list[Block], j: int) -> bool:
        """Whether the amending document's own numbering goes on at this block although a quotation is still open:
        the next article, or the next clause with an amending instruction, that no quotation mark introduces."""
        if block.quotes:
            return False
        for label in block.labels:
            for unit in self.stack[1:]:
                before = unit.label
                if (
                    before is None
                    or before.kind != label.kind
                    or (before.style != label.style and label.kind != "article")
                ):
                    continue
                if self.labels.step(before, label.num, label.value, label.counting) == 0:
                    if label.kind in ("clause", "point") and block.low.startswith(self.builder.instructions, label.end):
                        return True
                    if label.kind == "article" and (
                        block.low.startswith(self.builder.instructions, label.end)
                        or blocks[j - 1].text.rstrip(" .;,")[-1:] in _CLOSING_QUOTES
                    ):
                        return True
        return False

    def _quote(self, blocks: list[Block]) -> None:
        parent = self.stack[-1]
        inner = _Scope(self.builder, self.source, self.diagnostics, quoted=True)
        units = inner.build(blocks)
        parent.children.extend(units)
        self._extend(blocks[-1].end)


class _Quotations:
    """Where the quotations of a stretch of blocks end, found in one pass.

    `closed_at[k]`: the first block from k on at which every quotation mark opened since k is closed, -1 where there is
    none; `next_closing[k]`: the first block from k on that ends in a closing mark.
    """

    def __init__(self, blocks: list[Block]) -> None:
        count = len(blocks)
        depth = 0
        depths = [0]
        for block in blocks:
            depth += _quote_balance(block)
            depths.append(depth)
        self.closed_at = [-1] * count
        self.next_closing = [-1] * count
        waiting: list[int] = []  # blocks whose quotation is open; the depths before them rise
        for j in range(count):
            waiting.append(j)
            while waiting and depths[j + 1] <= depths[waiting[-1]]:
                self.closed_at[waiting.pop()] = j
        closing = -1
        for j in range(count - 1, -1, -1):
            block = blocks[j]
            if block.table < 0 and block.text.rstrip(" .;,/")[-1:] in _CLOSING_QUOTES:
                closing = j
            self.next_closing[j] = closing


def _quote_balance(block: Block) -> int:
    """How many quotation marks a block opens more than it closes; a straight mark that has no partner opens at the
    start of a block and closes at its end."""
    if block.table >= 0:
        return 0
    text = block.text
    balance = text.count("“") - text.count("”")
    if text.count('"') % 2:
        if text[0] == '"':
            balance += 1
        elif text.rstrip(" .;,/")[-1:] == '"':
            balance -= 1
    return balance


def table_rows(block: Block) -> list[list[Piece]]:
    """The rows of a table block, all of one width; a cell that holds nothing has an empty span at the end of the cell
    before it."""
    rows: dict[int, dict[int, list[Line]]] = {}
    for line in block.lines:
        rows.setdefault(line.row, {}).setdefault(line.column, []).append(line)
    # A stray row of very many bars must not blow up the others.
    width = min(max(max(row) + 1 for row in rows.values()), _MAX_COLUMNS)
    table: list[list[Piece]] = []
    at = block.start
    for row in rows.values():
        cells: list[Piece] = []
        for column in (*range(width), *(c for c in sorted(row) if c >= width)):
            lines = row.get(column)
            if lines:
                cells.append(Piece("cell", " ".join(x.text for x in lines), lines[0].start, lines[-1].end))
                at = lines[-1].end
            else:
                cells.append(Piece("cell", "", at, at))
        table.append(cells)
    return table


def _sign(num: str) -> str:
    sign = fold(num)
    return "-" if sign in ("-", "−") else sign


def _leads_in(unit: Unit) -> bool:
    """Whether a unit's own words end in a colon: what follows belongs to it."""
    return bool(unit.blocks) and unit.blocks[-1].text[-1:] == ":"

"""Tells where a label stands: it opens a unit where it follows on from its siblings or begins a list."""

from __future__ import annotations

from dataclasses import dataclass

from vn_resolution.grammar import fold
from vn_resolution.structure.blocks import Block
from vn_resolution.structure.draft import Unit
from vn_resolution.structure.labels import Label, LabelReader

RANK = {
    "part": 0, "chapter": 1, "section": 2, "subsection": 3, "article": 4,
    "letter": 6, "roman": 6, "clause": 8, "point": 12, "bullet": 20,
}  # fmt: skip
_DIVISIONS = frozenset({"part", "chapter", "section", "subsection"})
_MAX_GAP = 4
_LARGEST_LATE_START = 20

# What it costs to read a label so; of several readings the cheapest is taken.
_FOLLOWS = 0
_FOLLOWS_OTHER_STYLE = 5
_WEAK_START = 6
_UNDER_HEAD = 8
_ARTICLE_GOES_ON = 9
_NEW_LIST = 10
_REPEATED = 15
_GAP = 20
_BESIDE_DOTTED = 25
_RESTART = 30
_LONE_DOTTED = 35
_WIDE_ARTICLE_GAP = 40
_LATE_DIVISION = 50
_SECOND_ARTICLES = 60
_LATE_LIST = 70


@dataclass(slots=True)
class Place:
    """Where a label may stand: under `depth` units of the stack. `missing` labels are left out before it, -1 = it
    repeats one."""

    cost: int
    depth: int
    missing: int
    label: Label


class Succession:
    """The open units of one scope, outermost first (`stack`), and the last article and chapter in it."""

    def __init__(self, labels: LabelReader, root: Unit, *, quoted: bool) -> None:
        self.labels = labels
        self.quoted = quoted
        self.stack: list[Unit] = [root]
        self.last: dict[str, Label] = {}

    def place(self, block: Block) -> Place | None:
        """Where the unit that the block opens stands; None where none of its labels follows on."""
        best: Place | None = None
        for label in block.labels:
            found = self._bullet(label, block) if label.kind == "bullet" else self._numbered(label, block)
            if found is not None and (best is None or found.cost < best.cost):
                best = found
        return best

    def _outer_bullet(self, sign: str, block: Block) -> int:
        """The depth of an open bullet that leads into the numbered list which ends here, where this one, of the same
        sign, leads into another; 0 where there is none."""
        if block.text[-1] != ":":
            return 0
        for depth in range(len(self.stack) - 1, 0, -1):
            unit = self.stack[depth]
            if unit.kind == "bullet" and unit.label and _sign(unit.label.num) == sign and _leads_in(unit):
                return depth
        return 0

    def _bullet(self, label: Label, block: Block) -> Place:
        """A bullet belongs to the nearest open numbered unit; "+" stands under "-", a new sign under the one before
        it only where that leads in."""
        stack = self.stack
        sign = _sign(label.num)
        for depth in range(len(stack) - 1, 0, -1):
            unit = stack[depth]
            if unit.kind != "bullet":
                break
            if unit.label and _sign(unit.label.num) == sign:
                return Place(_FOLLOWS, depth, 0, label)
        outer = self._outer_bullet(sign, block)
        if outer:
            return Place(_FOLLOWS, outer, 0, label)
        depth = len(stack)
        while depth > 1 and stack[depth - 1].kind == "bullet":
            above = stack[depth - 1]
            over = _sign(above.label.num) if above.label else "-"
            untitled = over in "-+" or above.blocks[-1:] == [] or above.blocks[-1].text[-1] in ".;,"
            if (sign == "+" or _leads_in(above) or not untitled) and not (over == "+" and sign in "+-"):
                break
            depth -= 1
        return Place(_FOLLOWS, depth, 0, label)

    def _numbered(self, label: Label, block: Block) -> Place | None:
        stack = self.stack
        best: Place | None = None
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
                cost = _FOLLOWS if same else _FOLLOWS_OTHER_STYLE
            elif 0 < step <= _MAX_GAP and not label.weak and same:
                cost = _GAP + step
            elif label.kind == "article" and step > 0 and not label.weak and not _midsentence(block):
                cost = _WIDE_ARTICLE_GAP
            elif label.value == before.value and same and not label.weak and not label.first:
                cost, step = _REPEATED, -1
            else:
                continue
            cost += (len(stack) - 1 - depth) // 2 if step else 0
            place = Place(cost, depth, step, label)
            if best is None or place.cost < best.cost:
                best = place
        if self.quoted and len(stack) == 1 and not stack[0].children:
            return Place(_FOLLOWS, 1, 0, label)  # quoted wording may begin with any label
        if label.weak and label.kind == "article" and self._follows_last_article(label):
            return Place(_FOLLOWS, self._depth_for(label), 0, label)
        if label.weak:
            return best if best is not None and best.cost == _FOLLOWS else self._first_weak(label)
        child = self._child(label, block)
        if child is not None and (best is None or child.cost < best.cost):
            best = child
        return best

    def _follows_last_article(self, label: Label) -> bool:
        before = self.last.get("article")
        return before is not None and self.labels.step(before, label.num, label.value, label.counting) == 0

    def _first_weak(self, label: Label) -> Place | None:
        """A weak label may open a scope that has no such unit yet: "Điều 1" without a point."""
        if label.kind == "article" and label.value == (1,) and not any(u.kind == "article" for u in self.stack):
            depth = self._depth_for(label)
            if label.style not in self.stack[depth - 1].last_of_style:
                return Place(_WEAK_START, depth, 0, label)
        return None

    def _child(self, label: Label, block: Block) -> Place | None:
        """The place of a label that begins a list."""
        if label.counting == "dotted" and len(label.value) > 1 and label.style == "dotted":
            return self._dotted(label, block)
        stack = self.stack
        depth = self._depth_for(label)
        restart = self._last_of_style(label)
        before = self.last.get(label.kind)
        if before is not None:  # articles count on across chapters, chapters across parts
            step = self.labels.step(before, label.num, label.value, label.counting)
            if step == 0 or (step > 0 and label.kind == "article"):
                return Place(_ARTICLE_GOES_ON + step, depth, step, label)
        if label.first:
            if label.kind == "article" and label.style in stack[depth - 1].last_of_style:
                return Place(_SECOND_ARTICLES, depth, -1, label)
            if restart and (label.kind in _DIVISIONS or depth > restart):
                return Place(_RESTART, restart, -1, label)
            repeated = label.style in stack[depth - 1].last_of_style
            return Place(_RESTART, depth, -1, label) if repeated else Place(_NEW_LIST, depth, 0, label)
        if label.kind in ("chapter", "part", "article") and not _midsentence(block):
            return Place(_LATE_DIVISION, depth, 1, label)
        if restart or _midsentence(block):
            return None
        if label.style in stack[depth - 1].last_of_style:
            return None
        if (
            label.value[-1] <= _LARGEST_LATE_START
            and label.counting in ("arabic", "roman", "latin")
            and not block.lines[0].text[label.end : label.end + 1].islower()
        ):
            if label.kind in ("letter",) or label.style.startswith("roman-lower") or label.style.endswith("-"):
                return None
            return Place(_LATE_LIST, depth, label.value[-1] - 1, label)
        return None

    def _last_of_style(self, label: Label) -> int:
        """The depth of the innermost open unit of this kind and style; 0 where there is none."""
        for depth in range(len(self.stack) - 1, 0, -1):
            unit = self.stack[depth]
            if unit.kind == label.kind and unit.label is not None and unit.label.style == label.style:
                return depth
        return 0

    def _dotted(self, label: Label, block: Block) -> Place | None:
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
                return Place(_UNDER_HEAD + max(missing, 0), depth + 1, missing, label)
        for depth in range(len(stack) - 1, 0, -1):
            unit = stack[depth]
            if (
                unit.label
                and unit.label.style == "dotted"
                and unit.kind == "clause"
                and len(unit.label.value) == len(label.value)
                and unit.label.value < label.value
            ):
                return Place(_BESIDE_DOTTED, depth, 0 if last == 1 else last - 1, label)
        if last == 1 and not _midsentence(block):
            return Place(_LONE_DOTTED, self._depth_for(label), 0, label)
        return None

    def _depth_for(self, label: Label) -> int:
        """Under how many units of the stack a list of this kind may begin."""
        stack = self.stack
        depth = len(stack)
        rank = RANK[label.kind]
        while depth > 1:
            unit = stack[depth - 1]
            if unit.kind == "bullet":
                if rank >= RANK["clause"] and _leads_in(unit) and not self._open_list(label):
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
                if rank > RANK["point"] or (label.kind == "point" and unit.label and unit.label.style != label.style):
                    break
                if label.kind == "clause" and not self._open_list(label):
                    break
            elif unit.kind == "clause":
                if rank > RANK["clause"] or (unit.label and unit.label.style != label.style and label.kind == "clause"):
                    break
            elif RANK[unit.kind] < rank:
                break
            depth -= 1
        return depth

    def _open_list(self, label: Label) -> bool:
        """Whether a list of this style is open on the stack."""
        return self._last_of_style(label) > 0


def _midsentence(block: Block) -> bool:
    """Whether small letters follow the label at the start of a line that nothing sets apart."""
    line = block.lines[0]
    return line.text[block.labels[0].end : block.labels[0].end + 1].islower() and not line.blank


def _sign(num: str) -> str:
    sign = fold(num)
    return "-" if sign in ("-", "−") else sign


def _leads_in(unit: Unit) -> bool:
    """Whether a unit's own words end in a colon: what follows belongs to it."""
    return bool(unit.blocks) and unit.blocks[-1].text[-1:] == ":"

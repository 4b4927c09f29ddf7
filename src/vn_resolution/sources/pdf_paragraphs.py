"""Joins the lines of pages to paragraphs, by where they begin and end, the white between them and how they are set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vn_resolution.grammar import fold, load_grammar
from vn_resolution.sources.pdf_columns import Line, PageItems
from vn_resolution.sources.pdf_tables import Table

_ENDS = frozenset(".;:!?…")
_STOPS = frozenset('.!?”"')
_CLOSERS = '"”’»)]'
_GAP = 1.28
"""Leadings from which the white above a line is more than that between lines."""
_USUAL_LEADING = 1.2
_SENTENCE_AT_EDGE, _FULL_LAST_LINE = 0.04, 0.07
"""How often a sentence inside a paragraph ends where its line does, and how often a paragraph's last line is full."""
_FAR = 0.5
"""The share of the measure that a line leaves empty where it surely ends a paragraph."""
_FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+(?![\d.)/])")
_SPACE = 0.25
_SLACK = 0.3
_SAME = 0.55
"""Sizes within which two lines begin at the same place."""


@dataclass(slots=True)
class Paragraph:
    """Lines that run on from one another, or a table. `gap` = more white above it than between lines."""

    lines: list[Line]
    table: Table | None = None
    page: int = 0
    gap: bool = False


def paragraphs_of(pages: list[PageItems]) -> list[Paragraph]:
    """The paragraphs and tables of a document in reading order."""
    _set_frames(pages)
    judge = _Judge(pages)
    found: list[Paragraph] = []
    last: Line | None = None
    for page in pages:
        for item in page.items:
            if isinstance(item, Table):
                found.append(Paragraph([], item, page.page.number, gap=last is not None))
                last = None
                continue
            if last is not None and judge.continues(found[-1].lines, item):
                found[-1].lines.append(item)
            else:
                gap = bool(found) and (last is None or judge.gap(last, item) or judge.starts_small(last, item))
                found.append(Paragraph([item], None, page.page.number, gap))
            last = item
            judge.hear(item)
    return found


def line_joint(text: str) -> str:
    """What stands between a line that ends so and the next: nothing where the break is inside "84/BC-" "KTNS"."""
    return "" if len(text) > 1 and text[-1] in "-/–" and text[-2].isalnum() else " "


# -- the measure of a page -----------------------------------------------------------------------------------


def _set_frames(pages: list[PageItems]) -> None:
    """Gives each line of a page's full measure the edges of that measure."""
    by_width: defaultdict[int, list[Line]] = defaultdict(list)
    for page in pages:
        by_width[round(page.page.width)] += _full_measure(page)
    usual = {width: _frame(lines) for width, lines in by_width.items()}
    for page in pages:
        lines = _full_measure(page)
        left, right = usual[round(page.page.width)]
        wide = [line for line in lines if line.x1 - line.x0 > 0.6 * (right - left)]
        if len(wide) >= 6:
            own_left, right = _frame(lines)
            if not any(abs(line.x0 - left) <= 3 for line in lines):
                left = own_left
        for line in lines:
            line.left, line.right = left, right
        _set_column_frames([x for x in page.items if isinstance(x, Line) and x.column], left, right)


def _set_column_frames(lines: list[Line], left: float, right: float) -> None:
    """Columns whose lines are centred reach as far to both sides of their middle as the page lets them."""
    columns: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
    for column in columns.values():
        middles = sorted((line.x0 + line.x1) / 2 for line in column)
        middle = middles[len(middles) // 2]
        centred = [x for x in column if abs((x.x0 + x.x1) / 2 - middle) <= 0.4 * x.size]
        half = min(middle - left, right - middle)
        starts = {round(x.x0 / 3) for x in centred}
        if len(centred) < 2 or len(starts) < 2 or 2 * len(centred) < len(column) or half <= 0:
            continue
        for line in centred:
            line.centred = True
            line.left, line.right = min(line.left, middle - half), max(line.right, middle + half)


def _full_measure(page: PageItems) -> list[Line]:
    return [item for item in page.items if isinstance(item, Line) and item.column == 0]


def _frame(lines: list[Line]) -> tuple[float, float]:
    if not lines:
        return (0.0, 0.0)
    right = _supported([line.x1 for line in lines])
    begin = min(line.x0 for line in lines)
    width = right - begin
    wide = [line for line in lines if line.x1 > right - 0.3 * width and line.x1 - line.x0 > 0.5 * width]
    starts = Counter(round(line.x0 / 2) for line in wide or lines)
    most = max(starts.values())
    return (2.0 * min(start for start, count in starts.items() if 3 * count >= most), right)


def _supported(edges: list[float]) -> float:
    """The largest value that another one is near to."""
    edges = sorted(edges, reverse=True)
    return next((a for a, b in pairwise(edges) if a - b <= 6), edges[0])


# -- does a line run on? ---------------------------------------------------------------------------------------


class _Judge:
    """Knows how a document is set: its leading, whether paragraphs are indented, whether white parts them."""

    def __init__(self, pages: list[PageItems]) -> None:
        grammar = load_grammar()
        self._markers = [(marker.rule.data["first"], marker.rule.regex) for marker in grammar.markers]
        self._bases = [rule for rule in grammar.zones.values() if "base" in rule.data]
        self._enacting = [grammar.zones["enacting"], grammar.zones["enacting_clause"]]
        self._note = grammar.zones["attached_note"]
        self._in_preamble = True
        self._cut_ends = frozenset(grammar.words("zones", "open_ends") + grammar.words("zones", "before_numbers"))
        lines = [item for page in pages for item in page.items if isinstance(item, Line)]
        self._breaks_after = {x.text[-1] for x in lines if not line_joint(x.text)}
        self._indent = _usual_indent(lines)
        self._hangs: set[int] = set()
        pairs = [
            (a, b)
            for page in pages
            for a, b in pairwise(page.items)
            if isinstance(a, Line) and isinstance(b, Line) and a.column == b.column == 0 and b.base > a.base
        ]
        wrapped = [(b.base - a.base) / a.size for a, b in pairs if b.text[0].islower() and not self._fits(a, b)]
        hanging = Counter(
            round((b.x0 - a.x0) / 2)
            for a, b in pairs
            if b.text[0].islower() and b.x0 - a.x0 > _SAME * b.size and not self._fits(a, b) and self._labelled(a)
        )
        self._hangs = {offset for offset, count in hanging.items() if count > 1}
        steps = sorted((b.base - a.base) / a.size for a, b in pairs)
        self._leading = median(wrapped) if len(wrapped) > 2 else max(steps[0], 1.0) if steps else _USUAL_LEADING
        starts = [b for a, b in pairs if b.right - a.x1 > 4 * a.size and not self._centred(b)]
        indented = [b for b in starts if b.x0 - b.left > 0.9 * b.size]
        self.indents = len(indented) * 2 > len(starts)
        self._runs_on = self._mostly_runs_on(starts, len(lines))
        apart = [(a, b) for a, b in pairs if self._fits(a, b) or _ended(a.text)]
        self.spaced = 3 * sum(self.gap(a, b) for a, b in apart) > 2 * len(apart)

    def gap(self, above: Line, line: Line) -> bool:
        """Whether there is more white between two lines than their leading."""
        if above.page != line.page or above.column != line.column:
            return self.spaced if above.page != line.page else True
        size = max(above.size, line.size)
        return line.base - above.base > _GAP * self._leading * size

    def starts_small(self, above: Line, line: Line) -> bool:
        """Whether only its place tells that a line in lower case begins a paragraph: the words before it are at an end,
        or break off far from the edge."""
        if not line.text[0].islower() or line.column or self._labelled(line):
            return False
        short = above.right - above.x1 > _FAR * (above.right - above.left)
        return _ended(above.text) or (short and not self._centred(above) and not self._centred(line))

    def hear(self, line: Line) -> None:
        """Takes note of where the preamble ends: base words open paragraphs only there."""
        if self._in_preamble:
            low = fold(line.text)
            self._in_preamble = not any(rule.find(line.text, low) for rule in self._enacting)

    def continues(self, lines: list[Line], line: Line) -> bool:
        """Whether a line runs on from the paragraph of `lines`."""
        last = lines[-1]
        turned = last.page != line.page
        if bool(last.column) != bool(line.column) or (last.column != line.column and not turned):
            return False
        size = max(last.size, line.size)
        if abs(last.size - line.size) > 0.15 * size or self._is_note(line):
            return False
        if not turned and (line.base <= last.base or self.gap(last, line)):
            return False
        if line.column:
            return not turned and self._runs_on_in_column(lines, line)
        if self._fits(last, line):
            return False
        if self._centred(last) or self._centred(line):
            return not turned and self._title_goes_on(last, line)
        return self._by_edge(lines, line, turned)

    def _by_edge(self, lines: list[Line], line: Line, turned: bool) -> bool:
        """The verdict of where lines begin."""
        last = lines[-1]
        same = _SAME * line.size
        at, before = line.x0 - line.left, last.x0 - last.left
        if len(lines) == 1:
            hanging = len(last.words) > 1 and abs(at - (last.words[1].x0 - last.left)) <= same
            known = {round((at - before) / 2) + k for k in (-1, 0, 1)} & self._hangs
            if (hanging or known) and self._labelled(last):
                return not self._opens(last, line, strict=True)
            if at < before - same and self.indents:
                return True
            return at <= before + same and self._by_words(last, line, turned)
        if at > before + same:
            return False
        if at < before - same:
            return turned and line.text[0].islower()
        first = lines[0].x0 - lines[0].left
        if first > before + same:  # its first line is indented: a new paragraph's would be too
            return True
        if first < before - same:  # hanging
            return not self._opens(last, line, strict=True)
        return self._by_words(last, line, turned)

    def _by_words(self, last: Line, line: Line, turned: bool) -> bool:
        """The verdict of the words where paragraphs begin where their lines do."""
        if line.text[0].islower():
            return not self._labelled(line) or not _ended(last.text)
        if _FIGURE.match(line.text):  # no paragraph begins so
            return True
        if self.indents and line.x0 - line.left > 0.9 * line.size:
            return False
        if self._opens(last, line):
            return False
        if last.words[-1].bold and not line.words[0].bold and last.bold:
            return False
        if not _ended(last.text):
            return True
        if self.spaced and not turned:
            return True
        # The line is full and its sentence at an end: does a sentence end there, or the paragraph?
        return self._runs_on and last.text[-1] in _STOPS and line.text[0] != "("

    def _mostly_runs_on(self, starts: list[Line], count: int) -> bool:
        """Whether sentences that end with a full line are more often inside of paragraphs here than at their end: where
        paragraphs are long, or open with labels."""
        unlabelled = sum(not self._labelled(line) for line in starts)
        return (count - len(starts)) * _SENTENCE_AT_EDGE > unlabelled * _FULL_LAST_LINE

    def _opens(self, last: Line, line: Line, *, strict: bool = False) -> bool:
        """Whether a line opens with a label or a base word, and what stands before may have ended."""
        if not self._labelled(line) or self._goes_on(last.text):
            return not strict and _ended(last.text) and self._base(line)
        if _ended(last.text) or last.text[-1] == ",":
            return True
        return not strict and self._rest(line)[:1].isupper()

    def _runs_on_in_column(self, lines: list[Line], line: Line) -> bool:
        last = lines[-1]
        if self._labelled(line) and not line.text[0].islower():
            return False
        if line.text[0].islower() and last.text[-1] not in ";.:":
            return True
        if self._fits(last, line) or last.text[-1] in ";.:":
            return False
        if last.text.isupper() and line.text.isupper():
            return last.bold == line.bold and last.centred and line.centred
        return self._labelled(lines[0]) and not last.text.isupper()

    def _title_goes_on(self, last: Line, line: Line) -> bool:
        if last.bold != line.bold or (_ended(last.text) and not line.text[0].islower()):
            return False
        if line.text[0] == "(" and last.text.count("(") <= last.text.count(")"):
            return False
        return not self._labelled(line) and (last.text.isupper() == line.text.isupper())

    def _fits(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would have fitted on the line before: that one was not wrapped."""
        word = line.words[0]
        need = word.x1 - word.x0
        for mark in self._breaks_after:
            cut = word.text.find(mark, 1) + 1
            if 0 < cut < len(word.text):
                need = min(need, (word.x1 - word.x0) * cut / len(word.text))
        room = last.right - last.x1
        if self._centred(last):
            room += last.x0 - last.left
        space = _SPACE * line.size if line_joint(last.text) else 0.0
        return room > need + space + _SLACK * line.size

    def _centred(self, line: Line) -> bool:
        if line.column:
            return line.centred
        left, right = line.x0 - line.left, line.right - line.x1
        if left < 1.5 * line.size or abs(left - right) > 0.5 * line.size:
            return False
        return abs(left - self._indent) > 0.3 * line.size

    def _is_note(self, line: Line) -> bool:
        """Whether a line opens with "(Kèm theo Nghị quyết …", below the title of what is attached."""
        return line.text[0] in "([" and line.text[1:2].isupper() and bool(self._note.find(line.text, fold(line.text)))

    def _labelled(self, line: Line) -> bool:
        if _FIGURE.match(line.text):
            return False
        low = fold(line.text)
        return any(low[0] in first and regex.match(low) for first, regex in self._markers)

    def _rest(self, line: Line) -> str:
        """What follows the label that a line opens with."""
        low = fold(line.text)
        for first, regex in self._markers:
            if low[0] in first and (match := regex.match(low)):
                return line.text[match.end() :].lstrip(" .):")
        return line.text

    def _goes_on(self, text: str) -> bool:
        """Whether a line ends in a word that what follows must complete ("… theo khoản")."""
        return fold(text).rsplit(" ", 1)[-1] in self._cut_ends

    def _base(self, line: Line) -> bool:
        low = fold(line.text)
        return self._in_preamble and line.text[0].isupper() and any(rule.find(line.text, low) for rule in self._bases)


def _usual_indent(lines: list[Line]) -> float:
    """By how much most paragraphs are indented; -1 where they are not."""
    indents = Counter(
        round((x.x0 - x.left) / 2) for x in lines if not x.column and 0.9 * x.size < x.x0 - x.left < 6 * x.size
    )
    if not indents:
        return -1.0
    indent, count = indents.most_common(1)[0]
    return 2.0 * indent if count > 2 else -1.0


def _ended(text: str) -> bool:
    return text[-1] in _ENDS or (text[-1] in _CLOSERS and text[-2:-1] in _ENDS) or text.endswith("./")

"""Joins lines into blocks: paragraphs that hard wraps and page breaks had cut, and tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vn_resolution.diagnostics import diagnostic
from vn_resolution.grammar import Grammar
from vn_resolution.model import Diagnostic
from vn_resolution.structure.labels import Label, LabelReader, opening_quote
from vn_resolution.structure.line import Line

_TERMINAL = frozenset(".;:!?")
_LARGEST_LABEL = 60
_FEWEST_GAPS = 8
_SURE_SHARE = 0.8
_CLOSERS = '"”’»)]'
_NEVER_FIRST = frozenset(";,)]")


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph (or a table): its lines, the labels that it may open with, `quotes` = how many characters of
    opening quotation marks stand before them."""

    lines: list[Line]
    labels: list[Label] = field(default_factory=list)
    quotes: int = 0
    table: int = -1
    _text: str | None = None
    _low: str | None = None

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def text(self) -> str:
        """The block for reading."""
        if self._text is None:
            self._text = self.lines[0].text if len(self.lines) == 1 else " ".join([line.text for line in self.lines])
        return self._text

    @property
    def low(self) -> str:
        """The fold of `text`."""
        if self._low is None:
            self._low = self.lines[0].low if len(self.lines) == 1 else " ".join([line.low for line in self.lines])
        return self._low


_NAMED_ITEM = re.compile(r"[^\W\d_]+,? [^:;.]{0,60}?\b[^\W\d_A-ZĐ][^:;.]{0,60}:(?:\s|$)")
"""Words with a colon behind them, not all of them capitalised as in a name: an item, and no end of a cut name."""


class BlockBuilder:
    """Joins lines with what one grammar knows of labels and words."""

    def __init__(self, grammar: Grammar, labels: LabelReader) -> None:
        self._labels = labels
        self._ends_in_reference = grammar.zones["ends_in_reference"].regex
        self._awaits_article = grammar.zones["awaits_article"].regex
        self._open_ends = frozenset(grammar.words("zones", "open_ends"))
        cuts = "|".join(sorted(map(re.escape, grammar.words("zones", "cut_ends")), key=len, reverse=True))
        self._cut_end = re.compile(rf"(?:^|\s)(?:{cuts})$")
        before = grammar.words("zones", "before_numbers")
        self._before_large = frozenset(grammar.words("zones", "before_large_numbers"))
        self._before_numbers = frozenset(w for w in before if " " not in w)
        verbs = "|".join(sorted(map(re.escape, grammar.words("zones", "bare_verbs")), key=len, reverse=True))
        self._bare_verbs = re.compile(rf"(?:{verbs})(?:[,\s]+(?:và\s+)?(?:{verbs}))*")
        others = "|".join(map(re.escape, grammar.words("zones", "other_points")))
        self._other_points = re.compile(rf"(?:^|\s)(?:{others}) điểm$")
        self._table_unit = grammar.zones["table_unit"].regex
        self._before_numbers_long = tuple(w for w in before if " " in w)

    def join(
        self,
        lines: list[Line],
        breaks: frozenset[int],
        width: int,
        diagnostics: list[Diagnostic],
        *,
        clauses: bool = False,
    ) -> list[Block]:
        """The blocks of these lines. `breaks` are the offsets of lines that open a block whatever stands before;
        `width` is the measure of a hard-wrapped text, 0 where lines are paragraphs (see `wrap_width`). `clauses`: every
        paragraph ends in punctuation, as those of a preamble do; what has not ended runs on."""
        blocks: list[Block] = []
        block: Block | None = None
        previous: Line | None = None
        for line in lines:
            if line.table >= 0:
                if block is not None and block.table == line.table:
                    block.lines.append(line)
                else:
                    block = Block([line], table=line.table)
                    blocks.append(block)
                previous = None
                continue
            quotes = opening_quote(line.text)
            labels = self._labels.read(line.text, line.low, quotes)
            if (
                block is not None and previous is not None and line.start not in breaks
                and (
                    (clauses and previous.text[-1] not in ".;:,")
                    or self._continues(block, previous, line, labels, quotes, width)
                )
            ):  # fmt: skip
                if line.page or line.blank:
                    diagnostics.append(diagnostic("N006", (previous.end, line.start)))
                block.lines.append(line)
                block._text = block._low = None
                previous = line
                continue
            block = Block([line], labels, quotes)
            blocks.append(block)
            previous = line
        return blocks

    def _continues(self, block: Block, before: Line, line: Line, labels: list[Label], quotes: int, width: int) -> bool:
        """Whether the line runs on from the block that ends in `before`."""
        text = before.text
        last = text[-1]
        ended = last in _TERMINAL or (last in _CLOSERS and text[-2:-1] in ".;:!?" and len(text) > 1)
        first = line.text[0]
        lower = first.islower()
        if first in _NEVER_FIRST:
            return True
        if not lower and self._table_unit.match(line.low):
            return False
        if labels:
            return self._label_continues(block, before, line, labels, ended, width)
        if quotes and ended:
            return False
        if line.soft and last not in ":;":
            return True
        if line.blank or line.page:
            if ended or last == ",":
                return lower and last != ":" and line.page and last != ";"
            if lower or (first.isdigit() and self._awaits_number(before.low)):
                return True
            return line.page and self._unfinished(block, before, width)
        if lower or (last == ":" and first.isdigit()):
            return last != ":" or width > 0
        if width and self._full(before, line, width):
            return last != ":" or not before.strong
        if ended:
            return False
        if first.isdigit() and ((block.labels and not line.strong) or self._awaits_number(before.low)):
            return True  # a number that is no label opens nothing under a label
        if last == "," or _open_bracket(block.lines) or self._ends_in_reference.search(before.low[-60:]):
            return True
        if width and block.labels and block.labels[0].kind == "bullet":
            return True  # a bullet is no title: where it has not ended it runs on
        word = before.low.rsplit(" ", 1)[-1]
        if first.isdigit() and word in self._before_numbers:
            return True
        if word in self._open_ends or (width and self._cut_end.search(before.low[-40:])):
            return True
        if (
            width
            and block.labels
            and len(block.lines) == 1
            and self._bare_verbs.fullmatch(before.low, block.labels[0].end)
        ):
            return True
        return first in "(%" and width > 0 and not line.strong

    def _label_continues(
        self, block: Block, before: Line, line: Line, labels: list[Label], ended: bool, width: int
    ) -> bool:
        """Whether what looks like a label is the inside of a sentence that a wrap has cut."""
        if ended:
            return False
        label = labels[0]
        low = before.low
        word = low.rsplit(" ", 1)[-1]
        rest = line.text[label.end : label.end + 1]
        if label.kind == "bullet":
            if line.blank:
                return line.page and rest.islower() and before.text[-1] != "," and not before.strong
            if rest.isdigit() and before.text[-1] in "0123456789%":
                return True
            if line.soft and not (block.labels and block.labels[0].kind == "bullet"):
                return True
            if rest.islower() and before.text[-1] != ",":
                return line.soft or (self._full(before, line, width) if width else word in self._open_ends)
            return (
                bool(width)
                and rest.isupper()
                and self._full(before, line, width)
                and not before.strong
                and label.num == "-"
                and len(before.text) > 50
                and not _NAMED_ITEM.match(line.text, label.end)
            )
        if label.kind in ("clause", "point", "roman", "letter"):
            full = line.soft or (width and self._full(before, line, width))
            if full and label.style.endswith(",") and not line.blank:
                return True  # "phường Tân An | 1, Tân An 2"
            if self._numbers_go_on(low, word, label, full):
                return not line.blank or rest.islower()
            if rest.islower() and not line.blank and label.kind != "point":
                return word in self._open_ends or before.text[-1] == ","
            return False
        if line.blank or line.strong:
            return False
        return label.weak or (label.kind == "article" and bool(self._awaits_article.search(low)))

    def _awaits_number(self, low: str) -> bool:
        word = low.rsplit(" ", 1)[-1]
        return word in self._before_numbers or word in self._before_large

    def _numbers_go_on(self, low: str, word: str, label: Label, full: bool | int) -> bool:
        """Whether the words before expect just such a number."""
        if label.counting == "latin":
            return word == "điểm" and not self._other_points.search(low)
        if word in self._before_numbers or low.endswith(self._before_numbers_long):
            return True
        large = label.counting in ("arabic", "dotted") and label.value[0] > _LARGEST_LABEL
        return word in self._before_large and (large or bool(full))

    def _unfinished(self, block: Block, before: Line, width: int) -> bool:
        """A line before a page break that stops in mid-sentence although the next one begins with a capital."""
        if before.strong or before.text.isupper():
            return False
        word = before.low.rsplit(" ", 1)[-1]
        if word in self._open_ends or self._cut_end.search(before.low[-40:]):
            return True
        return (len(block.lines) > 1 or len(before.text) > 120) and (not width or len(before.text) >= width * 0.7)

    def _full(self, before: Line, line: Line, width: int) -> bool:
        """Whether the first word of the line would not have fitted on the line before."""
        word = line.text.find(" ")
        return before.indent + len(before.text) + 1 + (word if word > 0 else len(line.text)) >= width


def _open_bracket(lines: list[Line]) -> bool:
    tail = " ".join([line.text for line in lines[-2:]])
    return tail.rfind("(") > tail.rfind(")")


def sets_apart(lines: list[Line]) -> bool:
    """Whether a text sets its paragraphs apart by empty lines throughout: what ends is followed by one."""
    gaps = [
        line.blank > 0
        for before, line in _outside_tables(lines)
        if before.text[-1] in ".;" and not line.text[0].islower()
    ]
    return len(gaps) >= _FEWEST_GAPS and sum(gaps) >= len(gaps) * _SURE_SHARE


def mark_soft(lines: list[Line]) -> None:
    """Marks the line breaks inside the paragraphs of a text that sets them apart by empty lines."""
    for before, line in _outside_tables(lines):
        line.soft = not line.blank and not line.page and before.strong == line.strong


def _outside_tables(lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    return ((before, line) for before, line in itertools.pairwise(lines) if before.table < 0 and line.table < 0)


def wrap_width(lines: list[Line]) -> int:
    """The measure at which a text is hard-wrapped, in characters; 0 where its lines are whole paragraphs.

    A line that is followed at once by one in lower case was surely wrapped; what it and the next word would have
    taken together tells how wide lines may be.
    """
    needs: list[int] = []
    lengths: list[int] = []
    followed = 0
    for before, line in itertools.pairwise(lines):
        if line.blank or line.table >= 0 or before.table >= 0:
            continue
        followed += 1
        lengths.append(before.indent + len(before.text))
        if (
            line.text[0].islower()
            and before.text[-1] not in ".;:"
            and not any(char in ").:/" for char in line.text[1:4])
        ):
            word = line.text.find(" ")
            needs.append(before.indent + len(before.text) + 1 + (word if word > 0 else len(line.text)))
    if len(needs) < 3 or len(needs) * 8 < followed:
        return 0
    needs.sort()
    lengths.sort()
    longest = lengths[len(lengths) * 97 // 100]
    regular = needs[len(needs) // 10] * 1.15 >= longest
    return min(needs[len(needs) // 20], longest + 1) if regular else needs[len(needs) // 4]

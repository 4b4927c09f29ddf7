"""Reads tables of indicators: from columns such as STT | Chỉ tiêu | Đơn vị tính | Kế hoạch 2025 one indicator a value.

A table is one of indicators when its header says so: a column of measures, and columns of plan, result or year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from vn_resolution.extract.indicator_headers import Layout, is_label, is_unit, read_header
from vn_resolution.extract.indicator_names import preposed_change, printed_name
from vn_resolution.extract.indicator_words import Change, indicator_words
from vn_resolution.extract.quantities import scan_quantities
from vn_resolution.extract.sections import Section
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Cell, Comparator, Node, Span
from vn_resolution.reading import Reader

_LINE = 240
_LETTERS = re.compile(r"[^\W\d_]{2}")
_UNIT_IN_NAME = re.compile(r"\s*\(([^()]{1,30})\)\s*\Z")
_SCALED = re.compile(r"(1\.?000(?:\.000)?|10\.?000|100)\s+(?=\D)")
_ALONE = re.compile(r"[^\d]{0,24}[\d.,]+(?:\s*[-–÷/]\s*[\d.,]+)?[^\d]{0,24}\Z")
_NEGATIVE = re.compile(r"[-–−]\s?(?=\d)")
_MOST_SHIFT, _SHORT_UNIT = 2, 12
_TOTAL, _PLAIN, _PART = 0, 7, 8
_MARKS = {"-": _PART, "+": _PART + 1, "*": _PART + 1, "•": _PART + 1}


@dataclass(frozen=True, slots=True)
class TableIndicator:
    """One value of a table. `span` is that of its digits in the source, `text` what stands there; `parent` is the
    position of another one of the same table; the rest is as in Quantity and Indicator."""

    text: str
    span: Span
    low: Decimal | None
    high: Decimal | None
    comparator: Comparator
    unit: str
    name: str
    name_span: Span
    status: Literal["target", "actual"]
    period: str | None
    group: str
    qualifiers: tuple[str, ...] = ()
    parent: int | None = None
    change: Change = "level"


def find_table_indicators(
    node: Node, section: Section, grammar: Grammar, reader: Reader, unit_line: str = ""
) -> list[TableIndicator]:
    """The indicators of a table node, row by row. `unit_line` is a line over the table that names the unit of all its
    values ("Đơn vị tính: triệu đồng"). () for a table of anything else: fees, norms, lists of names."""
    if section.quoted or not node.rows or ("norms" in section.roles and "targets" not in section.roles):
        return []
    layout = read_header(node.rows, section, grammar)
    if layout is None:
        return []
    return _read_rows(node.rows, layout, section, grammar, reader, _unit_of_line(unit_line, grammar))


def lines_over_tables(nodes: Sequence[Node]) -> dict[str, str]:
    """By the id of each table the text that stands over it: where it says in what unit its values are."""
    found: dict[str, str] = {}
    stack: list[tuple[Sequence[Node], str]] = [(nodes, "")]
    while stack:
        level, over = stack.pop()
        for node in level:
            if node.kind == "table":
                found[node.id] = over
                continue
            own = " ".join((node.heading or "", *(note.text for note in node.notes), node.text))
            over = own[-_LINE:] if own.strip() else over
            if node.children:
                stack.append((node.children, over))
    return found


def _read_rows(
    rows: Sequence[Sequence[Cell]], layout: Layout, section: Section, grammar: Grammar, reader: Reader, common: str
) -> list[TableIndicator]:
    table = _Rows(layout, section, grammar, reader, common)
    for row in rows[layout.first :]:
        table.read(row)
    return table.found


@dataclass(slots=True)
class _Whole:
    """A row that may have parts: how deep it stands, its unit, and its indicator in each column."""

    level: int
    unit: str
    columns: dict[int, int]


class _Rows:
    """The rows of one table, read from the top."""

    def __init__(self, layout: Layout, section: Section, grammar: Grammar, reader: Reader, common: str) -> None:
        self.layout = layout
        self.section = section
        self.grammar = grammar
        self.reader = reader
        self.words = indicator_words(grammar)
        self.part = grammar.rules("indicators", "row")["part"].regex
        self.common = common
        self.unit = common
        self.group = ""
        self.listing = False
        """Whether a row that says only "Trong đó:" stands over this one."""
        self.open: list[_Whole] = []
        self.found: list[TableIndicator] = []

    def read(self, row: Sequence[Cell]) -> None:
        layout, words = self.layout, self.words
        shift = _shift(row, layout)
        if len(row) <= layout.name + shift or not row[layout.name + shift].text.strip():
            return
        cell = row[layout.name + shift]
        label = "" if layout.label is None or layout.label + shift < 0 else row[layout.label + shift].text.strip()
        within = self.part.match(fold(cell.text))
        printed = cell.text[within.end() if within else 0 :]
        self.listing = self.listing and not label
        level = self._level(label, within, printed)
        printed = self._take_unit(row, shift, printed, level)
        name = printed_name(printed, fold(printed), 0, len(printed), words)
        if not name:
            self.listing = True
            return
        if is_label(name) or not _LETTERS.search(name):
            return
        changed = preposed_change(fold(name), words)
        values = [
            (column, value)
            for column in layout.values
            if column.index + shift < len(row)
            and (value := _read_value(row[column.index + shift], column.unit or self.unit, self.grammar, self.reader))
        ]
        if not values:
            self.group, self.open = name, []
            return
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        here = _Whole(level, self.unit, {})
        for column, value in values:
            here.columns[column.index] = len(self.found)
            self.found.append(
                replace(
                    value,
                    name=name,
                    name_span=cell.span,
                    change=changed if value.change == "level" else value.change,
                    status=column.status or self.section.status or "target",
                    period=column.period or _period_of(self.section, self.grammar),
                    group=self.group,
                    qualifiers=(column.title,) if column.title else (),
                    parent=self._parent(level, column.index),
                )
            )
        self.open.append(here)

    def _level(self, label: str, within: re.Match[str] | None, name: str) -> int:
        """How deep a row stands by its label: A, I, 1, 1.1, a, and below them what "trong đó" and "-" open."""
        if within is not None and within["mark"]:
            return _MARKS.get(within["mark"].strip(), _PART)
        if (within is not None and within["word"]) or self.listing:
            return _PART
        label = label.strip(".)")
        if not label or not is_label(label):
            return _TOTAL if not self.found and fold(name).startswith(self.words.totals) else _PLAIN
        if label.isdigit() or "." in label:
            return 3 + min(label.count("."), 2)
        if label.islower():
            return 6
        return 2 if set(label) <= set("IVX") else 1

    def _parent(self, level: int, column: int) -> int | None:
        """The whole that a value is a part of: what stands over "trong đó" and dashes; a numbered row that counts in
        the same unit."""
        if not self.open or level == _PLAIN:
            return None
        whole = self.open[-1]
        if level < _PLAIN and (whole.level >= _PLAIN or fold(whole.unit) != fold(self.unit)):
            return None
        return whole.columns.get(column)

    def _take_unit(self, row: Sequence[Cell], shift: int, printed: str, level: int) -> str:
        """Sets the unit of a row; the name without the unit that it ends in."""
        layout = self.layout
        named = _UNIT_IN_NAME.search(printed)
        at = None if layout.unit is None else layout.unit + shift
        own = row[at].text.strip() if at is not None and at < len(row) else ""
        if own and own not in self.words.dittos:
            self.unit = own
        elif named and is_unit(named[1], self.grammar):
            self.unit = named[1]
            return printed[: named.start()]
        elif not own and level < _PART and at is not None:
            self.unit = self.common
        return printed


def _shift(row: Sequence[Cell], layout: Layout) -> int:
    """By how many cells a row stands beside its columns, where merged cells pushed it aside."""
    name = layout.name
    if len(row) > name and row[name].text.strip() and _LETTERS.search(row[name].text):
        return 0
    for index in range(min(name + _MOST_SHIFT + 1, len(row))):
        text = row[index].text.strip()
        if _LETTERS.search(text) and not is_label(text):
            return index - name if len(text) > _SHORT_UNIT else 0
    return 0


def _read_value(cell: Cell, unit: str, grammar: Grammar, reader: Reader) -> TableIndicator | None:
    """The value in a cell, read with its unit as if both stood in one line of text."""
    text = cell.text.strip()
    if not text or not _ALONE.match(text):
        return None
    scaled = _SCALED.match(unit)
    factor = Decimal(scaled[1].replace(".", "")) if scaled else Decimal(1)
    noun = _unit_in_full(unit[scaled.end() :] if scaled else unit, grammar)
    last = next((index for index in range(len(text) - 1, -1, -1) if text[index].isdigit()), -1) + 1
    if not last:
        return None
    line = text if not noun or noun in text[last:] else f"{text[:last]} {noun}{text[last:]}"
    matches = scan_quantities(line, fold(line), grammar)
    if len(matches) != 1 or matches[0].start >= len(text):  # a number of the unit's own ("vạn dân/1 bác sĩ") is none
        return None
    match = matches[0]
    minus = _NEGATIVE.match(text) if match.comparator == "eq" else None
    start = 0 if minus else match.start
    sign = -1 if minus else 1
    reading = reader.read(cell.span)
    digits = min(match.end, last)
    return TableIndicator(
        text=reading.text[start:digits],
        span=reading.span(start, digits),
        low=match.low * factor * sign if match.low is not None else None,
        high=match.high * factor * sign if match.high is not None else None,
        comparator=match.comparator,
        unit=match.unit,
        name="",
        name_span=cell.span,
        status="target",
        period=None,
        group="",
        change=_change_of(text, grammar),
    )


@lru_cache(maxsize=512)
def _unit_in_full(unit: str, grammar: Grammar) -> str:
    """A unit of a table as running text has it: "Tr. USD" is "triệu USD", "Xã" is "xã"."""
    for rule in grammar.rules("indicators", "unit_form").values():
        match = rule.regex.match(fold(unit))
        unit = rule.data["full"] + unit[match.end() :] if match else unit
    return unit[0].lower() + unit[1:] if unit[:1].isupper() and unit[1:2].islower() else unit


def _change_of(text: str, grammar: Grammar) -> Change:
    """The change that a cell tells with its number: "Giảm 1 - 1,5"."""
    first = fold(text).split(" ", 1)[0]
    return indicator_words(grammar).changes.get(first) or "level"


def _period_of(section: Section, grammar: Grammar) -> str | None:
    for label in reversed(section.above):
        match = indicator_words(grammar).period.search(label)
        if match:
            return match[0].strip()
    return None


def _unit_of_line(line: str, grammar: Grammar) -> str:
    match = grammar.rules("indicators", "row")["unit-line"].regex.search(fold(line))
    return line[match.start("unit") : match.end("unit")].strip() if match else ""

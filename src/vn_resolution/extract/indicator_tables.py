"""Reads tables of indicators: from columns such as STT | Chỉ tiêu | Đơn vị tính | Kế hoạch 2025 one indicator a value.

A table is one of indicators when its header says so: a column of measures, and columns of plan, result or year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from vn_resolution.extract.indicator_names import printed_name
from vn_resolution.extract.indicator_words import indicator_words
from vn_resolution.extract.quantities import scan_quantities
from vn_resolution.extract.sections import Section
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Cell, Comparator, Node, Span
from vn_resolution.reading import Reader

_HEADER_ROWS = 4
_LINE = 240
_NUMBER = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINALS = re.compile(r"\(?[0-9A-ZĐ]{1,3}\)?(?:\s*=.*)?\Z")
_LABEL = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.)]?\Z")
_UNIT_IN_NAME = re.compile(r"\s*\(([^()]{1,30})\)\s*\Z")
_SCALED = re.compile(r"(1\.?000(?:\.000)?|10\.?000|100)\s+(?=\D)")
_ALONE = re.compile(r"[^\d]{0,24}[\d.,]+(?:\s*[-–÷]\s*[\d.,]+)?[^\d]{0,14}\Z")


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
    change: Literal["level"] = "level"


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    status: Literal["target", "actual"] | None
    period: str | None
    unit: str


@dataclass(slots=True)
class _Layout:
    """What the columns of a table hold; `first` is the first row under the header."""

    first: int
    label: int | None
    name: int
    unit: int | None
    values: list[_Column] = field(default_factory=list)


def find_table_indicators(
    node: Node, section: Section, grammar: Grammar, reader: Reader, unit_line: str = ""
) -> list[TableIndicator]:
    """The indicators of a table node, row by row. `unit_line` is a line over the table that names the unit of all its
    values ("Đơn vị tính: triệu đồng"). () for a table of anything else: fees, norms, lists of names."""
    if section.quoted or not node.rows or ("norms" in section.roles and "targets" not in section.roles):
        return []
    layout = _read_header(node.rows, section, grammar)
    if layout is None or not layout.values:
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


def _read_header(rows: Sequence[Sequence[Cell]], section: Section, grammar: Grammar) -> _Layout | None:
    rules = grammar.rules("indicators", "column")
    width = max(len(row) for row in rows)
    titles = [""] * width
    first = 0
    for row in rows[:_HEADER_ROWS]:
        if first and _is_body(row):
            break
        carried = ""
        for index in range(width):
            text = fold(row[index].text) if index < len(row) else ""
            carried = text or (carried if first == 0 else "")
            titles[index] = f"{titles[index]} {text or (carried if first == 0 and index > 2 else '')}".strip()
        first += 1
        if not any(len(cell.text) == 0 for cell in row) and first and not _spans_columns(rows, first):
            break
    while first < len(rows) and _numbers_columns(rows[first]):
        first += 1
    if any(rules["norm"].regex.search(title) for title in titles):
        return None
    name = _first_column(titles, rules["name"].regex)
    if name is None:
        return None
    unit = _first_column(titles, rules["unit"].regex, skip=name)
    label = name - 1 if name and rules["label"].regex.search(titles[name - 1]) else None
    layout = _Layout(first, label, name, unit)
    skipped = rules["other"].regex
    for index, title in enumerate(titles):
        if index in (name, unit, label) or skipped.search(title):
            continue
        value = rules["value"].regex.search(title)
        if value or (unit is not None and index > unit):
            layout.values.append(_column(index, title, section, grammar))
    dated = any(_YEAR.search(t) or rules["value"].regex.search(t) for t in titles)
    measured = rules["measure"].regex.search(titles[name]) is not None or "targets" in section.roles
    if not ((unit is not None and dated) or (measured and dated) or (section.figures == "open" and dated)):
        return None
    return layout


def _column(index: int, title: str, section: Section, grammar: Grammar) -> _Column:
    rules = grammar.rules("indicators", "column")
    period = indicator_words(grammar).period.search(title)
    year = _YEAR.search(title)
    when = period[0] if period else year[0] if year else None
    status: Literal["target", "actual"] | None = None
    if rules["target"].regex.search(title):
        status = "target"
    elif rules["actual"].regex.search(title):
        status = "actual"
    elif year:
        planned = [int(y) for words in section.path for y in _YEAR.findall(words)]
        status = "actual" if planned and int(year[0]) < min(planned) else None
    unit = _UNIT_IN_NAME.search(title)
    return _Column(index, status, when, unit[1] if unit else "")


def _read_rows(
    rows: Sequence[Sequence[Cell]], layout: _Layout, section: Section, grammar: Grammar, reader: Reader, common: str
) -> list[TableIndicator]:
    words = indicator_words(grammar)
    part = grammar.rules("indicators", "row")["part"].regex
    found: list[TableIndicator] = []
    group = ""
    unit = common
    wholes: dict[int, int] = {}
    for row in rows[layout.first :]:
        if len(row) <= layout.name or not row[layout.name].text.strip():
            continue
        cell = row[layout.name]
        low = fold(cell.text)
        within = part.match(low)
        begin = within.end() if within else 0
        printed = cell.text[begin:]
        named_unit = _UNIT_IN_NAME.search(printed)
        own = row[layout.unit].text.strip() if layout.unit is not None and layout.unit < len(row) else ""
        if own and own not in words.dittos:
            unit = own
        elif named_unit and _is_unit(named_unit[1], grammar):
            unit = named_unit[1]
            printed = printed[: named_unit.start()]
        elif not own and not within and layout.unit is not None:
            unit = common
        name = printed_name(printed, fold(printed), 0, len(printed), words)
        filled = False
        for column in layout.values:
            if column.index >= len(row):
                continue
            value = _read_value(row[column.index], column.unit or unit, grammar, reader)
            if value is None:
                continue
            filled = True
            is_part = within is not None and (within["mark"] is not None or within["word"] is not None)
            if not is_part:
                wholes[column.index] = len(found)
            found.append(
                replace(
                    value,
                    name=name,
                    name_span=cell.span,
                    status=column.status or section.status or "target",
                    period=column.period or _period_of(section, grammar),
                    group=group,
                    parent=wholes.get(column.index) if is_part else None,
                )
            )
        if not filled:
            group = name
            wholes = {}
    return found


def _read_value(cell: Cell, unit: str, grammar: Grammar, reader: Reader) -> TableIndicator | None:
    """The value in a cell, read with its unit as if both stood in one line of text."""
    text = cell.text.strip()
    if not text or not unit or not _ALONE.match(text):
        return None
    scaled = _SCALED.match(unit)
    factor = Decimal(scaled[1].replace(".", "")) if scaled else Decimal(1)
    noun = unit[scaled.end() :] if scaled else unit
    if len(noun) > 2 and noun[0].isupper() and noun[1:2].islower():
        noun = noun[0].lower() + noun[1:]
    line = text if text.endswith(noun) else f"{text} {noun}"
    matches = scan_quantities(line, fold(line), grammar)
    if len(matches) != 1 or matches[0].start >= len(text):  # a number of the unit's own ("vạn dân/1 bác sĩ") is none
        return None
    match = matches[0]
    reading = reader.read(cell.span)
    digits = min(match.end, len(text))
    while digits > match.start and not text[digits - 1].isdigit() and digits == len(text):
        digits -= 1
    return TableIndicator(
        text=reading.text[match.start : digits],
        span=reading.span(match.start, digits),
        low=match.low * factor if match.low is not None else None,
        high=match.high * factor if match.high is not None else None,
        comparator=match.comparator,
        unit=match.unit,
        name="",
        name_span=cell.span,
        status="target",
        period=None,
        group="",
    )


def _period_of(section: Section, grammar: Grammar) -> str | None:
    for label in reversed(section.above):
        match = indicator_words(grammar).period.search(label)
        if match:
            return match[0].strip()
    return None


def _unit_of_line(line: str, grammar: Grammar) -> str:
    match = grammar.rules("indicators", "row")["unit-line"].regex.search(fold(line))
    return line[match.start("unit") : match.end("unit")].strip() if match else ""


@lru_cache(maxsize=512)
def _is_unit(text: str, grammar: Grammar) -> bool:
    line = f"5 {text}"
    return len(scan_quantities(line, fold(line), grammar)) == 1


def _first_column(titles: list[str], pattern: re.Pattern[str], skip: int | None = None) -> int | None:
    return next((i for i, title in enumerate(titles) if i != skip and pattern.search(title)), None)


def _is_body(row: Sequence[Cell]) -> bool:
    """Whether a row is no header: it opens with a label or holds numbers."""
    if row and _LABEL.match(row[0].text.strip()):
        return True
    return any(_NUMBER.search(cell.text) and not _YEAR.search(cell.text) for cell in row[1:])


def _spans_columns(rows: Sequence[Sequence[Cell]], index: int) -> bool:
    return index < len(rows) and not _is_body(rows[index])


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """ "1 | 2 | 3 = 2/1": the row that numbers the columns."""
    texts = [cell.text.strip() for cell in row]
    return len(texts) > 2 and all(_ORDINALS.match(text) for text in texts if text) and bool(texts[0] and texts[1])

"""Reads the header of a table of indicators: which columns hold labels, names, units and values, and what the values
of a column are: planned or reached, of what time, in what unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from vn_resolution.extract.indicator_words import indicator_words
from vn_resolution.extract.quantities import scan_quantities
from vn_resolution.extract.sections import Section
from vn_resolution.grammar import Grammar, Rule, fold
from vn_resolution.model import Cell

_HEADER_ROWS = 4
_FEW = 3
_NUMBER = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"\(?[0-9A-ZĐ]{1,3}\)?(?:\s*=.*)?\Z")
_LABEL = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.)]?\Z")
_UNIT_IN_TITLE = re.compile(r"\s*\(([^()]{1,30})\)\s*\Z")

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values. `title` is what it says of them beside plan, result and time ("Huyện A"), "" for nothing."""

    index: int
    status: Literal["target", "actual"] | None
    period: str | None
    unit: str
    title: str


@dataclass(slots=True)
class Layout:
    """What the columns of a table hold; `first` is the first row under the header."""

    first: int
    label: int | None
    name: int
    unit: int | None
    values: list[Column] = field(default_factory=list)


def read_header(rows: Rows, section: Section, grammar: Grammar) -> Layout | None:
    """The columns of a table of indicators; None for a table of anything else."""
    rules = grammar.rules("indicators", "column")
    titles, first = _titles(rows, grammar)
    folded = [fold(title) for title in titles]
    if any(rules["norm"].regex.search(title) for title in folded):
        return None
    name = _first_column(folded, rules["name"].regex)
    if name is None:
        return None
    if rules["group"].regex.search(folded[name]):
        name = _first_column(folded, rules["name"].regex, skip=name) or name
    unit = _first_column(folded, rules["unit"].regex, skip=name)
    label = name - 1 if name and rules["label"].regex.search(folded[name - 1]) else None
    layout = Layout(first, label, name, unit)
    for index, title in enumerate(folded):
        if index in (name, unit, label) or rules["other"].regex.search(title) or not title:
            continue
        if rules["value"].regex.search(title) or (unit is not None and index > unit) or _unit_of(title):
            layout.values.append(_column(index, titles[index], section, grammar))
    dated = any(_YEAR.search(t) or rules["value"].regex.search(t) for t in folded)
    measured = rules["measure"].regex.search(folded[name]) is not None or "targets" in section.roles
    valued = dated or any(_unit_of(title) for title in folded)
    fits = (unit is not None and (dated or measured)) or (valued and (measured or section.figures == "open"))
    return layout if fits and layout.values else None


@lru_cache(maxsize=512)
def is_unit(text: str, grammar: Grammar, *, counted: bool = True) -> bool:
    """Whether a number with these words after it is a quantity; without `counted` one of money, shares or measures."""
    line = f"5 {text[:1].lower()}{text[1:]}"
    matches = scan_quantities(line, fold(line), grammar)
    whole = len(matches) == 1 and matches[0].end == len(line)
    return whole and (counted or matches[0].kind != "count")


def is_label(text: str) -> bool:
    """Whether a cell holds the label of a row: "I", "1.1", "a)"."""
    return _LABEL.match(text) is not None


def _titles(rows: Rows, grammar: Grammar) -> tuple[list[str], int]:
    """The title of each column, as printed over all rows of the header, and the first row under the header."""
    width = max(len(row) for row in rows)
    head: list[list[str]] = []
    for row in rows[:_HEADER_ROWS]:
        texts = [cell.text.strip() for cell in row]
        cut = _without_ordinals(texts)
        if head and not (cut < len(texts) and any(texts[:cut])) and _is_body(texts):
            break
        head.append(texts[:cut])
        if all(texts) and not _goes_on(rows, len(head)):
            break
    first = len(head)
    while first < len(rows) and _numbers_columns([cell.text.strip() for cell in rows[first]]):
        first += 1
    columns = _columns_of_body(rows[first:])
    spread = _spread(head, columns, grammar)
    if spread is not None:
        return spread + [""] * (width - len(spread)), first
    titles = [""] * width
    for number, texts in enumerate(head):
        carried = ""
        for index in range(width):
            text = texts[index] if index < len(texts) else ""
            carried = text or (carried if number == 0 and index > 2 else "")
            if number and text and text[0] != "(" and is_unit(text, grammar, counted=False):
                carried = f"({text})"
            if not fold(titles[index]).endswith(fold(carried)):
                titles[index] = f"{titles[index]} {carried}".strip()
    return titles, first


def _spread(head: list[list[str]], columns: int, grammar: Grammar) -> list[str] | None:
    """The titles of a header whose merged cells were pushed to the left: its first row names fewer columns than there
    are, its second begins at the left with what the wide ones are divided into. None for any other header."""
    if len(head) != 2 or not columns:
        return None
    over, under = ([text for text in texts if text] for texts in head)
    wide = len(over) + len(under) - columns
    if not (0 < wide <= len(under) and len(over) < columns) or not head[1][0] or any(head[0][len(over) :]):
        return None
    rules = grammar.rules("indicators", "column")
    plain = [index for index, title in enumerate(over) if index and not _said(fold(title), rules)]
    planned = [index for index, title in enumerate(over) if index and rules["plan"].regex.search(fold(title))]
    chosen = sorted((plain + planned)[:wide])
    if len(chosen) < wide:
        return None
    shares = _divide(under, [over[index] for index in chosen])
    titles: list[str] = []
    for index, title in enumerate(over):
        titles += [f"{title} {part}" for part in shares[chosen.index(index)]] if index in chosen else [title]
    return titles if len(titles) == columns else None


def _divide(under: list[str], over: list[str]) -> list[list[str]]:
    """Which titles of the second row belong to which wide one of the first: a year opens the next, else in equal
    parts."""
    if len(over) == 1:
        return [under]
    dated = next((i for i, title in enumerate(under) if i and _YEAR.search(title)), 0)
    size = dated if len(over) == 2 and dated else -(-len(under) // len(over))
    cuts = [size * number for number in range(len(over))] + [len(under)]
    return [under[a:b] for a, b in pairwise(cuts)]


def _said(title: str, rules: Mapping[str, Rule]) -> bool:
    """Whether a title says all of a column, so that it is no wide one."""
    return any(rules[key].regex.search(title) for key in ("target", "actual", "other", "label", "name", "unit"))


def _columns_of_body(rows: Rows) -> int:
    """How many columns most rows fill that hold numbers."""
    sizes: Counter[int] = Counter()
    for row in rows:
        filled = [index for index, cell in enumerate(row) if cell.text.strip()]
        if sum(_NUMBER.search(row[index].text) is not None for index in filled) >= 2:
            sizes[filled[-1] + 1] += 1
    return sizes.most_common(1)[0][0] if sizes else 0


def _column(index: int, title: str, section: Section, grammar: Grammar) -> Column:
    rules = grammar.rules("indicators", "column")
    folded = fold(title)
    period = indicator_words(grammar).period.search(folded)
    year = _YEAR.search(folded)
    when = period[0] if period else year[0] if year else None
    status: Literal["target", "actual"] | None = None
    if rules["target"].regex.search(folded):
        status = "target"
    elif rules["actual"].regex.search(folded):
        status = "actual"
    elif year:
        planned = [int(y) for words in section.path for y in _YEAR.findall(words)]
        last = max(map(int, _YEAR.findall(folded)))
        status = "actual" if planned and last < min(planned) else None
    unit = _unit_of(title)
    bare = _UNIT_IN_TITLE.sub("", title) if unit else title
    said = rules["plain"].regex.sub("", fold(bare)).strip(" -–:;,./()")
    return Column(index, status, when, unit, " ".join(bare.split()) if said else "")


def _unit_of(title: str) -> str:
    match = _UNIT_IN_TITLE.search(title)
    return match[1] if match and not _NUMBER.fullmatch(match[1][:1]) else ""


def _first_column(titles: list[str], pattern: re.Pattern[str], skip: int | None = None) -> int | None:
    return next((i for i, title in enumerate(titles) if i != skip and pattern.search(title)), None)


def _is_body(texts: list[str]) -> bool:
    """Whether a row is no header: it opens with a label or holds numbers."""
    if texts and _LABEL.match(texts[0]):
        return True
    return any(_NUMBER.search(text) and not _YEAR.search(text) for text in texts[1:])


def _goes_on(rows: Rows, index: int) -> bool:
    """Whether the header has another row."""
    if index >= len(rows):
        return False
    texts = [cell.text.strip() for cell in rows[index]]
    return not _is_body(texts) or _without_ordinals(texts) < len(texts)


def _without_ordinals(texts: list[str]) -> int:
    """How many cells stand before a run of column numbers at the row's end ("Kế hoạch | Ước TH | | 1 | 2 | 3 | 4")."""
    end = len(texts)
    while end and not texts[end - 1]:
        end -= 1
    start = end
    while start and _ORDINAL.match(texts[start - 1]):
        start -= 1
    numbers = [int(match[0]) for text in texts[start:end] if (match := re.match(r"\d+", text.lstrip("(")))]
    counted = len(numbers) >= _FEW and numbers == list(range(1, len(numbers) + 1))
    return start if start and counted else len(texts)


def _numbers_columns(texts: list[str]) -> bool:
    """ "1 | 2 | 3 = 2/1": the row that numbers the columns."""
    return len(texts) > 2 and all(_ORDINAL.match(text) for text in texts if text) and bool(texts[0] and texts[1])

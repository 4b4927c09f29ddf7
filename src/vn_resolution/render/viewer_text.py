"""Turns source text, places and items into the viewer's left side: every character of the text, a line a block, cut at
all boundaries of what was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from vn_resolution.model import Resolution, Span
from vn_resolution.render.viewer_items import KINDS, Item, Place
from vn_resolution.render.viewer_markup import pair, text

_LINE: Final = re.compile(r"\r\n|\n|\r")
_COLUMNS: Final = re.compile(r"\S {4,}\S")
_WIDEST_COLUMNS: Final = 140
_LINES_BETWEEN_COLUMNS: Final = 8
_FEWEST_TABBED: Final = 2
_TAB_STEP: Final = 4
_WIDEST_STOP: Final = 8
_WIDEST_TABLE: Final = 80
"""Signs of a row of a table whose tab stops are set so that its columns stand below each other."""
_CHUNK_LINES: Final = 40
_CHUNK_CHARACTERS: Final = 3_000
_DEEPEST: Final = 7
_MOST_AT_ONE_PLACE: Final = 12
_RANK: Final = {kind: rank for rank, kind in enumerate((*KINDS, "heading", "marker"))}


class _Mark(NamedTuple):
    start: int
    end: int
    css: str
    item: int


class _Line(NamedTuple):
    start: int
    end: int
    number: int


def text_pane(doc: Resolution, places: Sequence[Place], items: Sequence[Item]) -> str:
    """The text as HTML: `div.chunk` > `div.l` (a line, its end included) > `span.g` (a stretch with the same findings).

    A line bears the eId of the unit that begins on it (`id`), that unit's index (`data-n`), and each fifth line its
    number (`data-l`). `data-i` of a stretch are indices into `items`, from the outside to the inside. The text content
    of the whole is `source.text`, character for character (see `viewer_markup.text` for what HTML cannot carry).
    """
    source = doc.source.text
    lines = list(_lines(source))
    spans = _stretches(source, lines, _marks(doc, items))
    pages = _pages(doc)
    columns = dict.fromkeys(_columns(source, lines), "c") | _tabbed(doc, source, lines)
    chunks: list[str] = []
    chunk: list[str] = []
    size = 0
    for line, here, starting, page in _placed(source, lines, places, pages):
        opens = bool(starting) and len(chunk) > _CHUNK_LINES // 2
        if chunk and (opens or len(chunk) >= _CHUNK_LINES or size > _CHUNK_CHARACTERS):
            chunks.append(f'<div class="chunk">{"".join(chunk)}</div>')
            chunk, size = [], 0
        chunk.append(_line(source, line, columns.get(line, ""), here, starting, page, places, next(spans)))
        size += line.end - line.start
    if chunk:
        chunks.append(f'<div class="chunk">{"".join(chunk)}</div>')
    return "".join(chunks)


def _lines(source: str) -> Iterator[_Line]:
    start, number = 0, 1
    for match in _LINE.finditer(source):
        yield _Line(start, match.end(), number)
        start = match.end()
        number += "\n" in match.group()
    if start < len(source):
        yield _Line(start, len(source), number)


def _marks(doc: Resolution, items: Sequence[Item]) -> list[_Mark]:
    length = len(doc.source.text)
    marks: list[tuple[int, int, int, str, int]] = []

    def add(span: Span, kind: str, css: str, item: int) -> None:
        start, end = max(0, span[0]), min(length, span[1])
        if start < end:
            marks.append((start, -end, _RANK[kind], css, item))

    for at, item in enumerate(items):
        css = f"{item.kind} {item.kind}-{item.sort}" if item.sort else item.kind
        add(item.span, item.kind, css, at)
    for node in doc.walk():
        words = min((span[0] for span in (node.heading_span, node.text_span) if span), default=node.own[1])
        if node.marker:
            add((node.span[0], min(words, node.own[1])), "marker", f"marker m-{node.kind}", -1)
        if node.heading_span:
            add(node.heading_span, "heading", f"heading h-{node.kind}", -1)
    return [_Mark(start, -end, css, item) for start, end, _, css, item in sorted(marks)]


def _stretches(source: str, lines: Sequence[_Line], marks: Sequence[_Mark]) -> Iterator[str]:
    """The inner HTML of each line in turn."""
    points = {0, len(source)}
    for mark in marks:
        points.add(mark.start)
        points.add(mark.end)
    starts = {line.start for line in lines}
    out: list[str] = []
    active: list[_Mark] = []
    coming = iter([*marks, _Mark(len(source) + 1, len(source) + 2, "", -1)])
    mark = next(coming)
    for start, end in pairwise(sorted(points | starts)):
        if start in starts and out:
            yield "".join(out)
            out = []
        active = [m for m in active if m.end > start]
        while mark.start <= start:
            active.append(mark)
            mark = next(coming)
        words = text(source[start:end])
        if not active:
            out.append(words)
            continue
        css = " ".join(dict.fromkeys(m.css for m in active))
        found = [m.item for m in active if m.item >= 0][-_MOST_AT_ONE_PLACE:]
        data = f' data-i="{" ".join(map(str, found))}"' if found else ""
        out.append(f'<span class="g {text(css)}"{data}>{words}</span>')
    if out:
        yield "".join(out)


def _columns(source: str, lines: Sequence[_Line]) -> set[_Line]:
    """The lines that set words side by side by means of blanks (header, signature), and the few between such lines:
    they only make sense in a fixed pitch."""
    found = [k for k, line in enumerate(lines) if _is_column(source[line.start : line.end])]
    for before, after in pairwise(list(found)):
        between = range(before + 1, after)
        if len(between) <= _LINES_BETWEEN_COLUMNS and all(lines[k].end - lines[k].start < 90 for k in between):
            found.extend(between)
    return {lines[k] for k in found}


def _tabbed(doc: Resolution, source: str, lines: Sequence[_Line]) -> dict[_Line, str]:
    """The lines of tables with tabs between their cells, each with the class of a tab stop that the cells of its table
    fit into; those that would not fit on the page are left out."""
    found: dict[_Line, str] = {}
    starts = [line.start for line in lines]
    for node in doc.walk():
        if node.kind != "table":
            continue
        own = lines[bisect_left(starts, node.span[0]) : bisect_left(starts, node.span[1])]
        cells = [source[line.start : line.end].rstrip("\r\n").split("\t") for line in own]
        if not cells or min(map(len, cells)) < _FEWEST_TABBED:
            continue
        stop = -(-(max(len(cell) for row in cells for cell in row[:-1]) + 1) // _TAB_STEP)
        widest = max((len(row) - 1) * stop * _TAB_STEP + len(row[-1]) for row in cells)
        if 1 < stop <= _WIDEST_STOP and widest <= _WIDEST_TABLE:
            found |= dict.fromkeys(own, f"t t{stop}")
    return found


def _is_column(words: str) -> bool:
    return len(words) < _WIDEST_COLUMNS and _COLUMNS.search(words) is not None


def _pages(doc: Resolution) -> dict[int, int]:
    return {page.span[0]: page.number for page in doc.source.pages if page.number > 1}


def _placed(
    source: str, lines: Sequence[_Line], places: Sequence[Place], pages: dict[int, int]
) -> Iterator[tuple[_Line, int, list[int], int | None]]:
    """(line, index of its place or -1, indices of the places that begin on it, page that begins on it)."""
    at = 0
    stack: list[int] = []
    turns = iter([*sorted(pages), len(source) + 1])
    turn = next(turns)
    for line in lines:
        page = None
        while turn < line.end:
            page = pages[turn]
            turn = next(turns)
        starting = []
        while at < len(places) and places[at].span[0] < line.end:
            starting.append(at)
            at += 1
        first = line.start + len(source[line.start : line.end]) - len(source[line.start : line.end].lstrip())
        for index in starting:
            parent = places[index].parent
            while stack and stack[-1] != parent and not _holds(places, stack[-1], index):
                stack.pop()
            stack.append(index)
        while stack and places[stack[-1]].span[1] <= first and not (starting and stack[-1] in starting):
            stack.pop()
        yield line, stack[-1] if stack else -1, starting, page


def _holds(places: Sequence[Place], outer: int, inner: int) -> bool:
    while inner >= 0:
        inner = places[inner].parent
        if inner == outer:
            return True
    return False


def _line(
    source: str,
    line: _Line,
    columns: str,
    here: int,
    starting: list[int],
    page: int | None,
    places: Sequence[Place],
    inner: str,
) -> str:
    words = source[line.start : line.end]
    css = ["l"]
    attributes = ""
    if words.isspace():
        css.append("b")
    elif columns:
        css.append(columns)
    if here >= 0:
        place = places[here]
        css.append(f"d{min(_depth(places, here), _DEEPEST)}")
        attributes += f' data-n="{here}"'
        if place.quoted:
            css.append("q")
    anchors = ""
    if starting:
        css.append(f"s s-{places[starting[0]].kind}")
        attributes += f' id="{text(places[starting[0]].eid)}"'
        anchors = "".join(f'<a id="{text(places[other].eid)}" class="at"></a>' for other in starting[1:])
    if page is not None:
        css.append("p")
        attributes += f' data-p="{pair("ui", "page")[0]} {page}"'
    if line.number % 5 == 0:
        attributes += f' data-l="{line.number}"'
    return f'<div class="{" ".join(css)}"{attributes}>{anchors}{inner}</div>'


def _depth(places: Sequence[Place], at: int) -> int:
    depth = 0
    while (at := places[at].parent) >= 0:
        depth += places[at].kind != "preamble"
    return depth


__all__ = ["text_pane"]

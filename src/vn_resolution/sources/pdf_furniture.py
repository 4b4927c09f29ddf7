"""Takes page numbers, running headers and footers off the pages: known by where they stand and by repetition."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from vn_resolution.grammar import fold, load_grammar
from vn_resolution.sources.pdf_columns import PageItems, split_row
from vn_resolution.sources.pdf_tables import Cell, Table
from vn_resolution.sources.pdf_words import PageWords, Word, rows_of

_DIGITS = re.compile(r"\d+")
_EDGE_ROWS = 2
_MARGIN = 0.14
"""The share of the page's height at its top and bottom where furniture stands."""
_DRIFT = 8.0
_LONGEST = 120
_TAB = 5.0
_WHITE = 1.75


@dataclass(slots=True, eq=False)
class _Piece:
    """What stands at the edge of a page, apart from other things at that height."""

    words: list[Word]
    text: str
    base: float
    outermost: bool
    apart: bool


def drop_furniture(pages: list[PageWords]) -> list[tuple[int, str]]:
    """Removes the words of page furniture; (page number, text) of what was removed, in order."""
    edges = [_edge_pieces(page) for page in pages]
    doomed = _page_numbers(edges) | _repeated(edges)
    dropped: list[tuple[int, str]] = []
    for page, pieces in zip(pages, edges, strict=True):
        gone = [piece for piece in pieces if piece in doomed]
        if gone:
            words = {id(word) for piece in gone for word in piece.words}
            page.words = [word for word in page.words if id(word) not in words]
            dropped += [(page.number, piece.text) for piece in gone]
    return dropped


def drop_repeated_heads(pages: list[PageItems]) -> int:
    """A table that goes on from one page to the next: its head, where it is printed again, is removed. The number of
    rows removed."""
    removed = 0
    before: Table | None = None
    head: list[list[Cell]] = []
    for page in pages:
        tables = [item for item in page.items if isinstance(item, Table)]
        if not tables:
            before = None
            continue
        if before is not None and page.items[0] is tables[0] and same_columns(before, tables[0]):
            same = 0
            while same < min(len(head), len(tables[0].rows) - 1, 4) and _same_texts(head[same], tables[0].rows[same]):
                same += 1
            del tables[0].rows[:same]
            removed += same
        else:
            head = tables[0].rows
        if tables[-1] is not tables[0]:
            head = tables[-1].rows
        before = tables[-1] if page.items[-1] is tables[-1] else None
    return removed


def _same_texts(a: list[Cell], b: list[Cell]) -> bool:
    return [cell.text for cell in a] == [cell.text for cell in b]


def same_columns(a: Table, b: Table) -> bool:
    """Whether two tables have the same lines between their columns."""
    return len(a.xs) == len(b.xs) > 0 and all(abs(p - q) <= 4 for p, q in zip(a.xs, b.xs, strict=True))


def _edge_pieces(page: PageWords) -> list[_Piece]:
    rows = rows_of([w for w in page.words if not _MARGIN * page.height < w.base < (1 - _MARGIN) * page.height])
    top = [row for row in rows if row[0].base <= _MARGIN * page.height][:_EDGE_ROWS]
    bottom = [row for row in rows if row[0].base > _MARGIN * page.height][-_EDGE_ROWS:]
    found: list[_Piece] = []
    lone = _apart_from_body(page, top, bottom)
    walls = [s for s in page.segments if s[3] - s[1] > 8 and s[2] - s[0] < 2]
    for row in (*top, *bottom):
        if any(y0 <= row[0].base - 0.3 * row[0].size <= y1 for _, y0, _, y1 in walls):
            continue  # a row of a table
        outermost = row is (top[0] if row in top else bottom[-1])
        for words in _apart(row):
            text = " ".join(word.text for word in words)
            if len(text) <= _LONGEST:
                found.append(_Piece(words, text, words[0].base, outermost, id(row) in lone))
    return found


def _apart_from_body(page: PageWords, top: list[list[Word]], bottom: list[list[Word]]) -> set[int]:
    """The rows that more white than that between lines parts from what stands further inside of the page."""
    bases = sorted(word.base for word in page.words)
    lone: set[int] = set()
    for row in reversed(top):
        base = max(word.base for word in row)
        inner = bases[bisect_right(bases, base + 0.6 * row[0].size) :][:1]
        within = len(top) > 1 and row is top[0] and id(top[1]) in lone
        if within or not inner or inner[0] - base > _WHITE * row[0].size:
            lone.add(id(row))
    for row in bottom:
        base = min(word.base for word in row)
        outer = bases[: bisect_left(bases, base - 0.6 * row[0].size)][-1:]
        within = len(bottom) > 1 and row is bottom[-1] and id(bottom[-2]) in lone
        if within or not outer or base - outer[0] > _WHITE * row[0].size:
            lone.add(id(row))
    return lone


def _apart(row: list[Word]) -> list[list[Word]]:
    """The pieces of a row; a label that a tab parts from its text is no piece of its own."""
    pieces = split_row(row)
    while len(pieces) > 1 and len(pieces[0]) == 1 and pieces[1][0].x0 - pieces[0][0].x1 < _TAB * pieces[0][0].size:
        pieces[:2] = [pieces[0] + pieces[1]]
    return pieces


def _page_numbers(edges: list[list[_Piece]]) -> set[_Piece]:
    """Pieces at an edge that hold nothing but a number which grows with the pages."""
    rule = load_grammar().zones["page_number"]
    pages: defaultdict[int, set[int]] = defaultdict(set)
    found: list[tuple[int, _Piece]] = []
    for k, pieces in enumerate(edges):
        for piece in pieces:
            match = rule.regex.fullmatch(fold(piece.text))
            if match:
                step = int(match["number"] or match["worded"] or match["of"]) - k
                pages[step].add(k)
                found.append((step, piece))
    return {piece for step, piece in found if len(pages[step]) > 1 or (step in (0, 1) and piece.outermost)}


def _repeated(edges: list[list[_Piece]]) -> set[_Piece]:
    """Pieces that most pages print at the same height, whatever their digits, or that are known running headers."""
    rule = load_grammar().zones["running_header"]
    places: defaultdict[str, list[tuple[int, _Piece]]] = defaultdict(list)
    for k, pieces in enumerate(edges):
        for piece in pieces:
            places[_DIGITS.sub("0", piece.text)].append((k, piece))
    doomed = {piece for pieces in edges for piece in pieces if rule.find(piece.text, fold(piece.text))}
    for occurrences in places.values():
        for _, piece in occurrences:
            if not piece.apart:
                continue
            same = {k for k, other in occurrences if abs(other.base - piece.base) <= _DRIFT}
            if len(same) >= 3 and 2 * len(same) >= len(edges) - 1:
                doomed.add(piece)
    return doomed

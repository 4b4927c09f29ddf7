"""Turns pages of placed words (from a PDF's text or from recognition) into one text: paragraphs a line, tables a row a
line with tabs, empty lines at gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from vn_resolution.model import Locator, Page, Span, trusted
from vn_resolution.sources.extract_result import Merged
from vn_resolution.sources.pdf_columns import Line, PageItems, order_page
from vn_resolution.sources.pdf_furniture import drop_furniture, drop_repeated_heads, same_columns
from vn_resolution.sources.pdf_paragraphs import Paragraph, line_joint, paragraphs_of
from vn_resolution.sources.pdf_tables import Cell, Table, without_empty_columns
from vn_resolution.sources.pdf_words import PageWords, Word
from vn_resolution.sources.scan_anchors import drop_specks, mend_anchors
from vn_resolution.sources.scan_labels import mend_labels

_DOUBTFUL = 60.0


@dataclass(slots=True)
class Layout:
    """`text` with its `pages`; `left_out`: (page number, text) of page furniture; `doubtful`: (start, end, confidence)
    of the words with digits that the recogniser was not sure of; `mended`: (start, end, as it was read) of labels put
    right; `tables`: the stretches that are rows of tables, `merged` the cells in them that take several columns or
    rows; `locators`: where on its page each line of type stands."""

    text: str
    pages: tuple[Page, ...]
    left_out: list[tuple[int, str]] = field(default_factory=list)
    doubtful: list[tuple[int, int, float]] = field(default_factory=list)
    mended: list[tuple[int, int, str]] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    locators: tuple[Locator, ...] = ()


def lay_out(pages: Iterable[PageWords]) -> Layout:
    """The text of a document's pages."""
    pages = list(pages)
    left_out = drop_furniture(pages)
    ordered = [order_page(page) for page in pages]
    if any(word.confidence < 100 for page in pages for word in page.words):
        drop_specks(ordered)
        mend_anchors(ordered)
        mend_labels(ordered)
    drop_repeated_heads(ordered)
    _one_width(ordered)
    writer = _Writer()
    for paragraph in paragraphs_of(ordered):
        writer.paragraph(paragraph)
    return Layout(
        writer.text(), writer.pages([page.page for page in ordered]), left_out, writer.doubtful, writer.mended,
        writer.tables, writer.merged, tuple(writer.locators),
    )  # fmt: skip


def _one_width(pages: list[PageItems]) -> None:
    """Drops the columns that a table, over all pages on which it goes on, has nothing in."""
    chain: list[Table] = []
    for item in [item for page in pages for item in page.items]:
        if isinstance(item, Table) and chain and same_columns(chain[-1], item):
            chain.append(item)
            continue
        _narrow(chain)
        chain = [item] if isinstance(item, Table) else []
    _narrow(chain)


def _narrow(chain: list[Table]) -> None:
    rows = without_empty_columns([row for table in chain for row in table.rows])
    for table in chain:
        count = len(table.rows)
        table.rows, rows = rows[:count], rows[count:]


class _Writer:
    """Writes paragraphs one after the other and remembers where pages begin, where on them words stand, and which are
    doubtful."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts: dict[int, int] = {}
        self.doubtful: list[tuple[int, int, float]] = []
        self.mended: list[tuple[int, int, str]] = []
        self.tables: list[Span] = []
        self.merged: list[Merged] = []
        self.locators: list[Locator] = []
        self._table_before: Table | None = None

    def text(self) -> str:
        return "".join(self._parts)

    def pages(self, pages: list[PageWords]) -> tuple[Page, ...]:
        """The span of each page; an empty one where a page holds nothing."""
        starts: list[int] = []
        following = self._length
        for page in reversed(pages):
            following = min(following, self._starts.get(page.number, following))
            starts.append(following)
        starts.reverse()
        ends = [*starts[1:], self._length]
        return tuple(
            Page(number=page.number, span=(start, end), width=round(page.width, 1), height=round(page.height, 1))
            for page, start, end in zip(pages, starts, ends, strict=True)
        )

    def paragraph(self, paragraph: Paragraph) -> None:
        if self._length:
            self._put("\n\n" if paragraph.gap else "\n")
        if paragraph.table is not None:
            self._table(paragraph.table, paragraph.page)
            return
        for k, line in enumerate(paragraph.lines):
            if k:
                self._put(line_joint(paragraph.lines[k - 1].text))
            self._line(line)

    def _line(self, line: Line) -> None:
        self._starts.setdefault(line.page, self._length)
        self._words(line.words, line.page)

    def _words(self, words: list[Word], page: int) -> None:
        """Words beside each other, a blank between two of them."""
        start = self._length
        for k, word in enumerate(words):
            if k:
                self._put(" ")
            self._doubt(word, self._length)
            if word.seen:
                self.mended.append((self._length, self._length + len(word.text), word.seen))
            self._put(word.text)
        if words:
            self.locators.append(_locator(words, page, (start, self._length)))

    def _table(self, table: Table, page: int) -> None:
        self._starts.setdefault(page, self._length)
        start = self._length
        for k, row in enumerate(table.rows):
            self._row(row, page, first=not k)
        goes_on = self._table_before is not None and same_columns(self._table_before, table)
        if goes_on and self.tables[-1][1] == start - 1:
            self.tables[-1] = (self.tables[-1][0], self._length)
        else:
            self.tables.append((start, self._length))
        self._table_before = table

    def _row(self, row: list[Cell], page: int, *, first: bool) -> None:
        if not first:
            self._put("\n")
        start = self._length
        for column, cell in enumerate(row):
            if column:
                self._put("\t")
            if cell.columns > 1 or cell.rows > 1:
                self.merged.append((start, column, cell.columns, cell.rows))
            for k, line in enumerate(cell.lines):
                if k:
                    self._put(" ")
                self._words(line, page)

    def _doubt(self, word: Word, at: int) -> None:
        if word.confidence < _DOUBTFUL and any(char.isdigit() for char in word.text):
            self.doubtful.append((at, at + len(word.text), word.confidence))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _locator(words: list[Word], page: int, span: Span) -> Locator:
    edges: list[int] = []
    for word in words:  # a blank reaches from the end of one word to the beginning of the next
        edges += [round(10 * edge) for edge in word.character_edges]
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    widths = " ".join([str(b - a) for a, b in pairwise(edges)])
    return _make_locator(
        page=page, span=span, top=round(top, 1), bottom=round(bottom, 1), left=edges[0] / 10, widths=widths
    )


_make_locator = trusted(Locator)

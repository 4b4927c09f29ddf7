"""What a line of content is, and what the text consists of: lines and the artifacts between and inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from vn_resolution.grammar import fold
from vn_resolution.model import Artifact, Span
from vn_resolution.reading import Reader, Reading

BREAK = re.compile(r"[\n\r\f\x0b\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")
"""What ends a line."""
_LONGEST_STOP = 2
_COLUMNS = re.compile(r"\s{3,}|\t\s*")


@dataclass(slots=True, eq=False)
class Line:
    """One line of content: `[start, end)` in the text without outer white space and marks; `text` for reading, `low`
    its fold. `plain` = the text stands in the source just so; `given` counts the characters at its front that do not
    stand there at all, a label that a word processor numbers by itself. `blank` counts the empty lines before it,
    `indent` its leading columns; `page` = a page break stands before it; `strong` = it is printed in bold. `row` and
    `column` place it in a table, where it stands in one. `soft` = the layout says that the line break before it is none
    of the text's own (see `blocks.mark_soft`); `tabled` = behind it stood a table that the text is without."""

    start: int
    end: int
    text: str
    low: str
    plain: bool
    blank: int = 0
    indent: int = 0
    page: bool = False
    strong: bool = False
    table: int = -1
    row: int = 0
    column: int = 0
    given: int = 0
    soft: bool = False
    tabled: bool = False

    def joined(self, other: Line) -> Line:
        """This line with another one behind it, in the place of this one."""
        return replace(
            self, end=other.end, text=self.text + " " + other.text, low=self.low + " " + other.low, plain=False
        )

    def same_cell(self, other: Line) -> bool:
        """Whether both stand in one cell of one table."""
        return self.table >= 0 and (self.table, self.row, self.column) == (other.table, other.row, other.column)


@dataclass(slots=True)
class Lines:
    """What a source text consists of: its content lines and the artifacts between and inside them. `merged`: the
    columns and rows that cells take, by the offset at which the row begins and the column. `doubtful_tables` are the
    stretches of flattened tables whose rows are not all of one length."""

    text: str
    lines: list[Line]
    artifacts: list[Artifact]
    reader: Reader
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    doubtful_tables: list[Span] = field(default_factory=list)

    def at(self, line: Line, index: int) -> int:
        """The source offset of character `index` of `line.text`."""
        index -= line.given
        if index <= 0 or line.plain:
            return line.start + max(index, 0)
        return self.reader.read((line.start, line.end)).span(index, index + 1)[0]

    def reading(self, start: int, end: int) -> Reading:
        """The stretch for reading, with offsets."""
        return self.reader.read((start, end))

    def part(self, line: Line, left: int, right: int) -> Line | None:
        """`line.text[left:right]` as a line of its own; None where nothing but white space stands there."""
        text = line.text[left:right]
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            return None
        start = self.at(line, left + lead)
        end = self.at(line, left + lead + len(text) - 1) + 1
        return replace(line, start=start, end=end, text=text, low=fold(text), plain=False, given=0)

    def columns(self, line: Line) -> list[Line]:
        """A line of two columns cut where at least three spaces (or a tab) stand inside it; else the line itself. Where
        it was joined of two lines, their seam is none."""
        if line.plain:
            return [line]
        raw = self.text[line.start : line.end]
        cuts = [match.span() for match in _COLUMNS.finditer(raw) if not BREAK.search(match[0])]
        pieces: list[Line] = []
        begin = 0
        for column, (left, right) in enumerate([*cuts, (len(raw), len(raw))] if cuts else []):
            reading = self.reader.read((line.start + begin, line.start + left))
            if reading.text:
                start, end = reading.span(0, len(reading.text))
                piece = replace(line, start=start, end=end, text=reading.text, low=fold(reading.text), column=column)
                piece.indent += begin
                piece.blank = 0 if pieces else line.blank
                pieces.append(piece)
            begin = right
        return pieces or [line]


def without_stop(title: str) -> str:
    """A title without the stop or colon that closes it; an ellipsis is its own."""
    bare = title.rstrip(" .:")
    stop = title[len(bare) :].replace(" ", "")
    return bare if bare and len(stop) <= _LONGEST_STOP and ".." not in stop else title


def is_upper(text: str) -> bool:
    """Whether a text is printed in capitals (a stray small letter is forgiven)."""
    sample = text[:160]
    if sample.isupper():
        return True
    if sum(map(str.islower, sample[:24])) * 9 > len(sample):
        return False
    small = sum(map(str.islower, sample))
    return small * 9 <= sum(map(str.isupper, sample)) and small < len(sample)

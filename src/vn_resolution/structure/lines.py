"""Turns the source text into its lines, each cleaned for matching, and names what is layout and no law text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from vn_resolution.grammar import Rule, fold
from vn_resolution.model import Artifact
from vn_resolution.reading import Reader, Reading

_BREAK = re.compile(r"\r\n?|\n|\f|\u2028|\u2029|\x0b|\x85|[\x1c-\x1e]")
_SPECIAL = re.compile(r"[*_\\#<>|`&\ufeff\u00ad\u200b-\u200f\u2060]")
_LOOSE_SPACE = re.compile(r"\s\s|[^\S ]")
_RULE = re.compile(
    r"(?:[\s\\]*[-_=*~.…·•–—─━═+:]){3,}[\s\\]*"
    r"|[*_]{2,4}(?:\s+[*_]{1,4})*|[*_](?:\s+[*_])+|_{2,}|[-–—]{2,}"
)
_INVISIBLE = re.compile("[\ufeff\u00ad\u200b-\u200f\u2060]+")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][A-Za-z0-9]{0,14}(?:\s[^<>]{0,400})?/?>|<!--|-->")
_LINE_TAG = re.compile(r"</?(?:br|p|div|tr|li|ul|ol|h[1-6]|table|tbody|thead|td|th|hr|center|blockquote)\b", re.I)
_STARS = re.compile(r"\*+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\\(?=[^\w\s]|\s|$)|`+")
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}(?=\s|$)|\s{0,3}(?:>\s?)+")
_HASHES_AT_END = re.compile(r"\s#+\s*$")
_SPACE_ENTITY = re.compile(r"&nbsp;|&ensp;|&emsp;|&#160;|&#xa0;", re.I)
_SEPARATOR_ROW = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
_WORD_JOINT = re.compile(r"(?<=\w)_(?=\w)")
_INNER_STAR = re.compile(r"\S[ \t]*\*")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")


@dataclass(slots=True, eq=False)
class Line:
    """One line of content: `[start, end)` in the text without outer white space and marks; `text` for reading, `low`
    its fold. `blank` counts the empty lines before it, `indent` its leading columns; `page` = a page break stands
    before it. `row` and `column` place it in a table, where it stands in one."""

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

    def __bool__(self) -> bool:
        return True


@dataclass(slots=True)
class Lines:
    """What a source text consists of: its content lines and the artifacts between and inside them."""

    text: str
    lines: list[Line]
    artifacts: list[Artifact]
    reader: Reader

    def at(self, line: Line, index: int) -> int:
        """The source offset of character `index` of `line.text`."""
        if line.plain:
            return line.start + index
        return self.reader.read((line.start, line.end)).span(index, index + 1)[0]

    def reading(self, start: int, end: int) -> Reading:
        """The stretch for reading, with offsets."""
        return self.reader.read((start, end))


def read_lines(text: str, rules: Mapping[str, Rule]) -> Lines:
    """The lines of a text (NFC); `rules` are those of zones.toml. Linear in its length; every character that is not
    white space lies in one line or in one artifact."""
    scanner = _Scanner(text, rules)
    scanner.run()
    artifacts = [Artifact(kind=kind, span=(start, end)) for start, end, kind in sorted(scanner.artifacts)]
    reader = Reader(text, artifacts)
    lines = scanner.lines
    for line in lines:
        if not line.plain:
            line.text = reader.text((line.start, line.end))
            line.low = fold(line.text)
    return Lines(text, lines, artifacts, reader)


class _Scanner:
    """Walks the physical lines once."""

    def __init__(self, text: str, rules: Mapping[str, Rule]) -> None:
        self.text = text
        self.rules = rules
        self.segmented = text.count("_") > 8 and len(_WORD_JOINT.findall(text)) * 60 > len(text)
        self.low = fold(text.replace("_", " ") if self.segmented else text)
        self.lines: list[Line] = []
        self.artifacts: list[tuple[int, int, str]] = []
        self.blank = 0
        self.page = False
        self.table = -1
        self.tables = 0
        self.row = 0
        self.column = 0
        self.bars: list[tuple[int, int]] = []
        self.fresh_bar = False
        self.tabbed = False
        self.bold = False
        self.stars_until = 0
        self.stars_open_lines = False

    def run(self) -> None:
        text = self.text
        position = 0
        if text.startswith("---\n") or text.startswith("---\r\n"):
            close = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M).search(text, 4)
            if close and ":" in text[: close.start()] and close.end() < 20_000:
                self._artifact(0, close.end(), "front_matter")
                position = close.end()
        for match in _BREAK.finditer(text, position):
            self._line(position, match.start())
            if text[match.start()] == "\f":
                self.page = True
            position = match.end()
        self._line(position, len(text))
        self._end_table()
        self._drop_page_furniture()

    # -- one physical line -------------------------------------------------------------------

    def _line(self, start: int, end: int) -> None:
        text = self.text
        raw = text[start:end]
        stripped = raw.strip()
        if not stripped:
            self.blank += 1
            self.bold = False
            if self.fresh_bar:  # an empty line after a bar closes a flattened table
                self._end_table()
            return
        self.fresh_bar = False
        left = start + len(raw) - len(raw.lstrip())
        right = left + len(stripped)
        if stripped.count("\t") > 1 and self._tab_row(start, left, right, stripped):
            return
        if not _SPECIAL.search(stripped):
            if self.table >= 0 and not self.bars:  # a line without bars ends a table of pipe rows
                self._end_table()
            if len(stripped) < 3 or stripped[0].isalnum() or not self._rule(left, right, stripped):
                self._content(start, left, right)
            return
        if self.segmented and "_" in stripped:
            for joint in _WORD_JOINT.finditer(text, left, right):
                self._artifact(joint.start(), joint.end(), "segmentation")
        if self._rule(left, right, stripped):
            return
        tabular = stripped[0] == "|" or self.table >= 0 or stripped.count("|") > 1
        if tabular and self._table_line(start, left, right, stripped):
            return
        self._marked(start, left, right)

    def _rule(self, left: int, right: int, stripped: str) -> bool:
        if _RULE.fullmatch(stripped):
            kind = "markdown" if stripped.strip("*_ \\\t") == "" and "*" in stripped else "rule"
            self._artifact(left, right, kind)
            self.blank += 1
            return True
        if stripped[:3] == "```" and " " not in stripped:
            self._artifact(left, right, "markdown")
            self.blank += 1
            return True
        return False

    def _marked(self, start: int, left: int, right: int) -> None:
        """A line with Markdown or HTML marks: marks become artifacts, `<br>` and block tags end a line."""
        text = self.text
        while left < right and text[left] in "#> \t":
            mark = _HEADING_MARK.match(text, left, right)
            if not mark:
                break
            self._artifact(mark.start(), mark.end(), "markdown")
            left = mark.end()
            while left < right and text[left].isspace():
                left += 1
        begin = left
        if "<" in text[left:right]:
            for tag in _TAG.finditer(text, left, right):
                if _LINE_TAG.match(tag.group()):
                    self._piece(start, begin, tag.start())
                    begin = tag.end()
                    if tag.group()[:3].lower() != "<br":
                        self.blank += 1
                self._artifact(tag.start(), tag.end(), "markup")
        self._piece(start, begin, right)

    def _piece(self, start: int, left: int, right: int) -> None:
        """One line of content between line tags: emphasis, escapes, entities and invisible characters taken out."""
        text = self.text
        piece = text[left:right]
        marks: list[tuple[int, int]] = []
        bolds = 0
        bullet = self._is_bullet(left, right)
        for match in _STARS.finditer(piece):
            s, e = left + match.start(), left + match.end()
            if match.group()[0] == "*" and (bullet == s or _is_literal_star(text, s, e)):
                if bullet == s and e > s + 1:
                    marks.append((s + 1, e))
                continue
            if match.group()[0] == "_" and self.segmented:
                continue
            marks.append((s, e))
            bolds += text.startswith("**", s)
        for s, e in marks:
            self._artifact(s, e, "markdown")
        for match in _INVISIBLE.finditer(piece):
            self._artifact(left + match.start(), left + match.end(), "invisible")
            marks.append((left + match.start(), left + match.end()))
        if "&" in piece:
            for match in _SPACE_ENTITY.finditer(piece):
                self._artifact(left + match.start(), left + match.end(), "space")
                marks.append((left + match.start(), left + match.end()))
        if "<" in piece:
            marks.extend(tag.span() for tag in _TAG.finditer(text, left, right))
        ending = _HASHES_AT_END.search(piece)
        if ending and text[start:left].lstrip().startswith("#"):
            at = left + ending.start() + 1
            self._artifact(at, left + len(piece.rstrip()), "markdown")
            marks.append((at, left + len(piece.rstrip())))
        marks.sort()
        strong = bool(marks) and marks[0][0] == left and text[left : left + 2] in ("**", "__", "<b", "<s")
        while True:  # trim marks and white space from both ends
            before = (left, right)
            while left < right and text[left].isspace():
                left += 1
            while left < right and text[right - 1].isspace():
                right -= 1
            while marks and marks[0][0] <= left:
                left = max(left, min(marks.pop(0)[1], right))
            while marks and marks[-1][1] >= right:
                right = min(right, max(marks.pop()[0], left))
            if (left, right) == before:
                break
        if left < right and _RULE.fullmatch(text, left, right):
            self._artifact(left, right, "rule")
            self.blank += 1
        elif left < right:
            self._content(start, left, right, marked=bool(marks), strong=strong)
        else:
            self.blank += 1
        if bolds % 2:
            self.bold = not self.bold

    def _is_bullet(self, left: int, right: int) -> int:
        """The offset of a `*` that opens the line as a bullet, else -1."""
        text = self.text
        if text[left] != "*":
            return -1
        if text[left + 1 : left + 2].isspace():
            rest = text[left + 1 : right]
            return left if rest.strip(" *\t") and not re.fullmatch(r"\s+[^*]*\S\s*\*", rest) else -1
        if text[left + 1 : left + 2] == "*":
            return -1
        if left >= self.stars_until:
            end = _EMPTY_LINE.search(text, left, left + 4000)
            self.stars_until = end.start() if end else left + 4000
            self.stars_open_lines = not _INNER_STAR.search(text, left, self.stars_until)
        return left if self.stars_open_lines else -1

    def _content(self, start: int, left: int, right: int, *, marked: bool = False, strong: bool = False) -> None:
        text = self.text[left:right]
        low = self.low[left:right]
        plain = not marked and not _LOOSE_SPACE.search(text) and not (self.segmented and "_" in text)
        indent = len(self.text[start:left].expandtabs(4)) if left > start else 0
        line = Line(left, right, text, low, plain, self.blank, indent, self.page, strong or self.bold)
        if self.table >= 0:
            line.table, line.row, line.column = self.table, self.row, self.column
        self.lines.append(line)
        self.blank = 0
        self.page = False

    # -- tables -------------------------------------------------------------------------------

    def _table_line(self, start: int, left: int, right: int, stripped: str) -> bool:
        """A pipe row, or a bar alone on its line (a table flattened to one cell a line)."""
        if stripped.strip("| \t") == "" and len(stripped.replace(" ", "")) == 1:
            self._bar(left, right)
            return True
        bars = [m.start() for m in re.finditer(r"(?<!\\)\|", self.text[left:right])]
        if self.table >= 0 and self.bars:  # inside a flattened table: a cell's text
            return False
        if len(bars) < 2 and not (self.table >= 0 and bars):
            self._end_table()
            return False
        if self.table < 0 or self.blank:
            self._end_table()
            self.table = self.tables
            self.tables += 1
            self.row = 0
        if _SEPARATOR_ROW.fullmatch(stripped):
            self._artifact(left, right, "table_rule")
            return True
        edges = [left + b for b in bars]
        for edge in edges:
            self._artifact(edge, edge + 1, "table_bar")
        first = edges[0] + 1 if edges[0] == left else left
        stops = [e for e in edges if e >= first] + ([right] if edges[-1] != right - 1 else [])
        self.column = 0
        begin = first
        for stop in stops:
            if self.text[begin:stop].strip():
                self._marked(begin, begin + _leading(self.text, begin, stop), stop)
            begin = stop + 1
            self.column += 1
        self.row += 1
        return True

    def _tab_row(self, start: int, left: int, right: int, stripped: str) -> bool:
        """A row whose cells stand between tabs: at least three of them, or the next row of such a table."""
        if self.bars or sum(map(bool, map(str.strip, stripped.split("\t")))) < (2 if self.tabbed else 3):
            return False
        if self.table < 0 or self.blank or not self.tabbed:
            self._end_table()
            self.table = self.tables
            self.tables += 1
            self.row = 0
        self.tabbed = True
        self.column = 0
        begin = left
        for cell in stripped.split("\t"):
            if cell.strip():
                self._marked(begin, begin + _leading(self.text, begin, begin + len(cell)), begin + len(cell))
            begin += len(cell) + 1
            self.column += 1
        self.row += 1
        return True

    def _bar(self, left: int, right: int) -> None:
        self._artifact(left, right, "table_bar")
        if (self.table >= 0 and not self.bars) or (self.table >= 0 and self.blank and self._row_may_end()):
            self._end_table()
        if self.table < 0:
            self.table = self.tables
            self.tables += 1
            self.row = self.column = 0
        self.bars.append((left, len(self.lines)))
        self.fresh_bar = True

    def _row_may_end(self) -> bool:
        """Whether the last bar closed a row: nothing stands between it and here."""
        return self.bars[-1][1] == len(self.lines)

    def _end_table(self) -> None:
        if self.table >= 0 and self.bars:
            self._place_cells()
        self.table = -1
        self.bars = []
        self.fresh_bar = self.tabbed = False

    def _place_cells(self) -> None:
        """Rows and columns of a flattened table. Between two bars stands a cell or nothing: an empty cell, or the
        seam of two rows; the first row, which has no empty cell, tells how many cells a row has."""
        counts = [b[1] for b in self.bars]
        filled = [counts[k] < counts[k + 1] for k in range(len(counts) - 1)]
        width = next((k for k, full in enumerate(filled) if not full), len(filled)) or 1
        row = column = 0
        k = 0
        while k < len(filled):
            for line in self.lines[counts[k] : counts[k + 1]]:
                line.row, line.column = row, column
            column += 1
            k += 1
            if column >= width and k < len(filled) and not filled[k]:
                row, column = row + 1, 0
                k += 1  # the seam
        last = counts[-1]
        for line in self.lines[last:]:  # after the last bar: no longer in the table
            if line.table == self.table:
                line.table = -1

    # -- page furniture --------------------------------------------------------------------------

    def _drop_page_furniture(self) -> None:
        """Page numbers and the headers that stand beside them become artifacts; their lines go."""
        drop = self._page_numbers()
        if not drop:
            return
        self._running_headers(drop)
        gap = 0
        page = False
        kept: list[Line] = []
        dropped: list[tuple[int, int, str]] = []
        for k, line in enumerate(self.lines):
            if k in drop:
                dropped.append((line.start, line.end, drop[k]))
                gap += line.blank
                page = True
                continue
            line.blank += gap
            line.page = line.page or page
            gap, page = 0, False
            kept.append(line)
        self.lines = kept
        # The marks inside a dropped line go with it.
        starts = [start for start, _, _ in dropped]
        self.artifacts = [
            mark for mark in self.artifacts
            if (n := bisect_right(starts, mark[0])) == 0 or mark[1] > dropped[n - 1][1]
        ]  # fmt: skip
        self.artifacts += dropped

    def _page_numbers(self) -> dict[int, str]:
        """The lines that are page numbers: they count on, and stand loose or in the middle of a sentence."""
        found: dict[int, str] = {}
        lines = self.lines
        rule = self.rules["page_number"]
        last = 0
        for k, line in enumerate(lines):
            if len(line.text) > 24 or line.table >= 0:
                continue
            match = rule.regex.fullmatch(line.low)
            if not match:
                continue
            worded = match["worded"] is not None
            number = int(match["number"] or match["worded"] or match["of"])
            loose = line.blank or line.page or k + 1 == len(lines) or lines[k + 1].blank or lines[k + 1].page
            in_step = last < number <= last + 3 if last else number <= 3 or line.page
            if worded or (in_step and (loose or _breaks_sentence(lines, k))):
                found[k] = "page_number"
                last = number
        return found

    def _running_headers(self, drop: dict[int, str]) -> None:
        """Adds the lines beside page numbers that are known furniture, or that several pages repeat to the letter."""
        lines = self.lines
        beside = sorted({k + step for k in drop for step in (-1, 1)} - drop.keys())
        beside = [k for k in beside if 0 <= k < len(lines) and len(lines[k].text) < 90 and lines[k].table < 0]
        counts = Counter(lines[k].text for k in beside)
        for k in beside:
            repeated = counts[lines[k].text] > 1 and lines[k].text[-1] not in ".;,:" and lines[k].low[0] not in "-+*"
            if repeated or self.rules["running_header"].find(lines[k].text, lines[k].low):
                drop[k] = "running_header"

    def _artifact(self, start: int, end: int, kind: str) -> None:
        if start < end:
            self.artifacts.append((start, end, kind))


def is_upper(text: str) -> bool:
    """Whether a text is printed in capitals (a stray small letter is forgiven)."""
    sample = text[:160]
    if sample.isupper():
        return True
    small = sum(map(str.islower, sample))
    return small * 9 <= sum(map(str.isupper, sample)) and small < len(sample)


def _leading(text: str, start: int, end: int) -> int:
    piece = text[start:end]
    return len(piece) - len(piece.lstrip())


def _is_literal_star(text: str, start: int, end: int) -> bool:
    """A star that is a sign of the text: a note mark "(*)", or one that stands alone between spaces."""
    if end - start <= 3 and text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]"):
        return True
    return end - start == 1 and text[start - 1 : start] == " " and text[end : end + 1] == " "


def _breaks_sentence(lines: list[Line], k: int) -> bool:
    """Whether the line before runs on in the line after: what stands between is a page break."""
    if k == 0 or k + 1 >= len(lines):
        return False
    return lines[k - 1].text[-1:] not in ".;:!?" and lines[k + 1].text[:1].islower()


def column_segments(lines: Lines, line: Line) -> list[Line]:
    """A line of two columns cut where at least three spaces (or a tab) stand inside it; else the line itself."""
    raw = lines.text[line.start : line.end]
    if line.plain:
        return [line]
    cuts = [m.span() for m in re.finditer(r"\s{3,}|\t\s*", raw)]
    if not cuts:
        return [line]
    pieces: list[Line] = []
    begin = 0
    for k, (left, right) in enumerate([*cuts, (len(raw), len(raw))]):
        start, end = _trim(lines, line.start + begin, line.start + left)
        if start < end:
            text = lines.reader.text((start, end))
            if text:
                blank = line.blank if not pieces else 0
                pieces.append(
                    Line(
                        start,
                        end,
                        text,
                        fold(text),
                        False,
                        blank,
                        line.indent + begin,
                        line.page,
                        line.strong,
                        line.table,
                        line.row,
                        k,
                    )
                )
        begin = right
    return pieces or [line]


def _trim(lines: Lines, start: int, end: int) -> tuple[int, int]:
    """The stretch without artifacts and white space at its ends."""
    reading = lines.reader.read((start, end))
    return reading.span(0, len(reading.text)) if reading.text else (start, start)

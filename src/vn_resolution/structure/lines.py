"""Turns the source text into its lines, each cleaned for matching, and names what is layout and no law text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Mapping, Sequence

from vn_resolution.grammar import Rule, fold
from vn_resolution.model import Artifact, Span, trusted
from vn_resolution.reading import Reader
from vn_resolution.structure.flattened import place_flattened
from vn_resolution.structure.line import BREAK, Line, Lines
from vn_resolution.structure.marks import LINE_TAG, OPENING, Mark, MarkReader, closing_hashes
from vn_resolution.structure.pages import page_furniture
from vn_resolution.structure.tables import TableTracker

_OTHER_SPACE = re.compile(r"[^\S ]")
_FRONT_MATTER = re.compile(r"---[ \t]*[\r\n]")
_FRONT_MATTER_END = re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_LONGEST_FRONT_MATTER = 20_000
_WIDEST = 400
_artifact = trusted(Artifact)
_BOLD = ("**", "__", "<b", "<s")


def read_lines(
    text: str,
    rules: Mapping[str, Rule],
    generated: Mapping[int, str] | None = None,
    tables: Sequence[Span] = (),
    *,
    markdown: bool = True,
) -> Lines:
    """The lines of a text (NFC); `rules` are those of zones.toml. `generated` gives, by the offset of a line's first
    character, the label that its word processor shows before it; `tables` are stretches that are certainly rows of
    tables, cells between tabs; `markdown` as for `marks.MarkReader`. Linear in the length of the text; every character
    that is not white space lies in one line or in one artifact."""
    scanner = _Scanner(text, generated or {}, tables, markdown)
    scanner.run()
    place_flattened(scanner.lines, rules)
    lines = _without_furniture(scanner, rules)
    artifacts = [_artifact(kind=kind, span=(start, end)) for start, end, kind in sorted(scanner.artifacts)]
    reader = Reader(text, artifacts)
    for line in lines:
        if not line.plain:
            line.text = line.text[: line.given] + reader.text((line.start, line.end))
            line.low = fold(line.text)
    lines = [line for line in lines if line.text]  # what is left without text is all marks of layout
    return Lines(text, lines, artifacts, reader, doubtful_tables=scanner.tables.doubtful)


class _Scanner:
    """Walks the physical lines once."""

    def __init__(self, text: str, generated: Mapping[int, str], tables: Sequence[Span], markdown: bool) -> None:
        self.text = text
        self.generated = generated
        self.marks = MarkReader(text, markdown=markdown)
        self.low = fold(text.replace("_", " ") if self.marks.segmented else text)
        self.lines: list[Line] = []
        self.artifacts: list[Mark] = []
        self.tables = TableTracker(text, self.lines, self._cell, self._drop, tables, pipes=markdown)
        self.blank = 0
        self.page = False
        self.bold = False

    def run(self) -> None:
        text = self.text
        position = self._front_matter()
        for match in BREAK.finditer(text, position):
            self._line(position, match.start())
            if text[match.start()] == "\f":
                self.page = True
            position = match.end()
        self._line(position, len(text))
        self.tables.end()

    def _front_matter(self) -> int:
        """Where the text begins after a byte order mark and the YAML head that static sites put before it."""
        text = self.text
        begin = 1 if text.startswith("\ufeff") else 0
        if begin:
            self._drop(0, 1, "invisible")
        if self.marks.markdown and (opening := _FRONT_MATTER.match(text, begin)):
            close = _FRONT_MATTER_END.search(text, opening.end() - 1, _LONGEST_FRONT_MATTER)
            if close and ":" in text[: close.start()]:
                self._drop(begin, close.end(), "front_matter")
                return close.end()
        return begin

    # -- one physical line -------------------------------------------------------------------

    def _line(self, start: int, end: int) -> None:
        text = self.text
        raw = text[start:end]
        stripped = raw.strip()
        if not stripped:
            self.blank += 1
            self.bold = False
            self.tables.gap()
            return
        if self.tables.take_known(start, end):
            return
        left = start + len(raw) - len(raw.lstrip())
        right = left + len(stripped)
        marked = self.marks.possible(left, right)
        if (marked or not stripped[0].isalnum()) and (kind := self.marks.rule_kind(left, right)):
            self._drop(left, right, kind)
            self.blank += 1
            return
        if (self.tables.table >= 0 or "|" in raw or "\t" in raw) and self.tables.take(start, end, self.blank):
            return
        if marked:
            self._marked(start, left, right)
        else:
            self._content(start, left, right)

    def _cell(self, start: int, end: int) -> None:
        left = start + len(self.text[start:end]) - len(self.text[start:end].lstrip())
        self._marked(start, left, end)

    def _marked(self, start: int, left: int, right: int) -> None:
        """A line with Markdown or HTML marks: marks become artifacts, `<br>` and block tags end a line."""
        text = self.text
        heading = False
        while self.marks.markdown and (mark := OPENING.match(text, left, right)):
            heading = heading or "#" in mark.group()
            self._drop(mark.start(), mark.end(), "markdown")
            left = mark.end()
            while left < right and text[left].isspace():
                left += 1
        if heading and (hashes := closing_hashes(text, left, right)):
            self._drop(*hashes)
            right = hashes[0]
        begin = left
        if "<" in text[left:right]:
            for tag_start, tag_end, _ in self.marks.between(left, right):
                if LINE_TAG.match(text, tag_start, tag_end):
                    self._piece(start, begin, tag_start)
                    self._drop(tag_start, tag_end, "line_tag")
                    begin = tag_end
                    if text[tag_start : tag_start + 3].lower() != "<br":
                        self.blank += 1
        self._piece(start, begin, right)

    def _piece(self, start: int, left: int, right: int) -> None:
        """One line of content between line tags: emphasis, escapes, entities and invisible characters taken out."""
        text = self.text
        marks = self.marks.between(left, right)
        bolds = sum(kind == "markdown" and text.startswith("**", at) for at, _, kind in marks)
        strong = bool(marks) and marks[0][0] == left and text.startswith(_BOLD, left)
        inner = deque(marks)
        left, right = self._trimmed(left, right, inner)
        kind = self.marks.rule_kind(left, right) if left < right else None
        if kind:
            marks = [mark for mark in marks if mark[1] <= left or mark[0] >= right]
            self._drop(left, right, kind)
        self.artifacts += marks
        if left < right and not kind:
            self._content(start, left, right, marked=bool(inner), strong=strong)
        else:
            self.blank += 1
            if self.lines and any("table" in text[at:to] for at, to, _ in marks):
                self.lines[-1].tabled = True
        if bolds % 2:
            self.bold = not self.bold

    def _trimmed(self, left: int, right: int, marks: deque[Mark]) -> tuple[int, int]:
        """The stretch without white space and marks at its ends; takes those marks from the list."""
        text = self.text
        while True:
            before = (left, right)
            while left < right and text[left].isspace():
                left += 1
            while left < right and text[right - 1].isspace():
                right -= 1
            while marks and marks[0][0] <= left:
                left = max(left, min(marks.popleft()[1], right))
            while marks and marks[-1][1] >= right:
                right = min(right, max(marks.pop()[0], left))
            if (left, right) == before:
                return before

    def _content(self, start: int, left: int, right: int, *, marked: bool = False, strong: bool = False) -> None:
        text = self.text[left:right]
        low = self.low[left:right]
        plain = not (marked or self.marks.segmented or "  " in text or _OTHER_SPACE.search(text))
        indent = len(self.text[max(start, left - _WIDEST) : left].expandtabs(4)) if left > start else 0
        line = Line(left, right, text, low, plain, self.blank, indent, self.page, strong or self.bold)
        if self.generated and left in self.generated:
            label = " ".join(self.generated[left].split()) + " "
            line.text, line.low, line.given = label + text, fold(label) + low, len(label)
        self.tables.place(line)
        self.lines.append(line)
        self.blank = 0
        self.page = False

    def _drop(self, start: int, end: int, kind: str) -> None:
        if start < end:
            self.artifacts.append((start, end, kind))


def _without_furniture(scanner: _Scanner, rules: Mapping[str, Rule]) -> list[Line]:
    """The lines without page numbers and running headers, which become artifacts."""
    drop = page_furniture(scanner.lines, rules)
    if not drop:
        return scanner.lines
    gap = 0
    page = False
    kept: list[Line] = []
    dropped: list[Mark] = []
    for k, line in enumerate(scanner.lines):
        if k in drop:
            dropped.append((line.start, line.end, drop[k]))
            gap += line.blank
            page = True
            continue
        line.blank += gap
        line.page = line.page or page
        gap, page = 0, False
        kept.append(line)
    # The marks inside a dropped line go with it.
    starts = [start for start, _, _ in dropped]
    outside = [
        mark for mark in scanner.artifacts if (n := bisect_right(starts, mark[0])) == 0 or mark[1] > dropped[n - 1][1]
    ]
    scanner.artifacts = outside + dropped
    return kept

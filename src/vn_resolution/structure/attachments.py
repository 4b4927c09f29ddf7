"""Splits what follows the closing into appendices and attached regulations, and reads their captions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vn_resolution.grammar import Grammar
from vn_resolution.structure.draft import Piece, Unit
from vn_resolution.structure.labels import LabelReader, opening_quote
from vn_resolution.structure.line import Line, Lines, is_upper, without_stop
from vn_resolution.structure.zones import ZoneFinder

_CAPTION_LINES = 14
_TITLE_WORDS = 110
_BRACKET_LINES = 5
_SEPARATOR = re.compile(r"\s*(?:[.:–-]\s*){0,2}")
_CLOSED = re.compile(r"[)\]].{0,2}$")


@dataclass(slots=True)
class Appendix:
    """One appendix: its unit with caption read, and the lines of its content."""

    unit: Unit
    lines: list[Line] = field(default_factory=list)


class AttachmentReader:
    """Reads attachments with the rules of one grammar."""

    def __init__(self, grammar: Grammar, zones: ZoneFinder, labels: LabelReader) -> None:
        self._rules = grammar.zones
        self._zones = zones
        self._labels = labels
        self._open_ends = frozenset(grammar.words("zones", "open_ends"))

    def split(self, source: Lines, lines: list[Line]) -> list[Appendix]:
        """The appendices among these lines; every line belongs to one."""
        lines = self._whole_brackets(lines)
        starts = self._starts(lines)
        found: list[Appendix] = []
        for begin, end in zip(starts, [*starts[1:], len(lines)], strict=False):
            found.append(self._read(source, lines[begin:end]))
        return found

    def _whole_brackets(self, lines: list[Line]) -> list[Line]:
        """The lines, with a bracket "(Ban hành kèm theo …)" that is broken over several on one."""
        whole: list[Line] = []
        k = 0
        while k < len(lines):
            line = lines[k]
            k += 1
            if line.text[0] in "([" and line.table < 0:
                joined, last = line, k
                while not _CLOSED.search(joined.text) and last < min(len(lines), k + _BRACKET_LINES):
                    if lines[last].blank > 1 or lines[last].table >= 0:
                        break
                    joined, last = joined.joined(lines[last]), last + 1
                if last > k and self._rules["attached_note"].find(joined.text, joined.low):
                    line, k = joined, last
            whole.append(line)
        return whole

    # -- where one begins ------------------------------------------------------------------------------

    def _starts(self, lines: list[Line]) -> list[int]:
        if not lines:
            return []
        starts: list[int] = []
        titles = self._titles_over_notes(lines)
        plain = False  # inside an appendix that is captioned "Phụ lục": forms and tables are its parts
        for k, line in enumerate(lines):
            if line.table >= 0:
                continue
            if self._zones.is_caption(lines, k):
                if (
                    not starts
                    or k - starts[-1] > 1
                    or self._rules["appendix"].find(lines[starts[-1]].text, lines[starts[-1]].low)
                ):
                    starts.append(k)
                else:
                    starts[-1] = k if starts[-1] == k else starts[-1]
                plain = True
            elif not plain and self._is_form(lines, k):
                if not starts or k - starts[-1] > (1 if self._is_form(lines, starts[-1]) else 3):
                    starts.append(k)
            elif (not starts or k - starts[-1] > 3) and (k in titles or self._attached(lines, k)):
                starts.append(k)
        if not starts or starts[0] > 0:
            starts = self._before(lines, starts)
        return starts

    def _is_form(self, lines: list[Line], k: int) -> bool:
        line = lines[k]
        match = self._rules["form"].find(line.text, line.low)
        if not match or line.text[0].islower():
            return False
        rest = line.text[match.end() :].strip(" .:-")
        return (not rest or is_upper(rest) or line.strong) and (line.blank > 0 or k == 0 or line.page)

    def _titles_over_notes(self, lines: list[Line]) -> set[int]:
        """Where the capitals begin that stand right above a bracket "(Ban hành kèm theo Nghị quyết …)" and belong to no
        caption: the title of an attachment that has none."""
        found: set[int] = set()
        for note, line in enumerate(lines):
            if line.text[0] not in "([" or not self._rules["attached_note"].find(line.text, line.low):
                continue
            k = note
            while k and note - k < _CAPTION_LINES and self._in_capitals(lines[k - 1]):
                k -= 1
                if self._zones.is_caption(lines, k) or self._is_form(lines, k):
                    break
            else:
                if k < note:
                    found.add(k)
        return found

    def _in_capitals(self, line: Line) -> bool:
        return is_upper(line.text) and line.table < 0 and not self._labels.read(line.text, line.low)

    def _attached(self, lines: list[Line], k: int) -> bool:
        """Whether a regulation or list begins here: its type or title in capitals, and soon after it the words
        "(Ban hành kèm theo Nghị quyết …)"."""
        line = lines[k]
        if line.text[0].islower() or not (is_upper(line.text) or line.strong) or opening_quote(line.text):
            return False
        if not (
            self._rules["attached_type"].find(line.text, line.low)
            or self._rules["attached_title"].find(line.text, line.low)
        ):
            return False
        for after in lines[k + 1 : k + 9]:
            if self._rules["attached_note"].find(after.text, after.low):
                return True
            if not is_upper(after.text) and after.table < 0 and len(after.text) > 160:
                return False
            if self._zones.is_caption(lines, k + 1):
                return False
        return False

    def _before(self, lines: list[Line], starts: list[int]) -> list[int]:
        """What stands before the first caption: lines of its own head belong to it, anything longer is an
        attachment without caption."""
        head = starts[0] if starts else len(lines)
        if (
            starts
            and head <= 8
            and all(len(x.text) < 160 and not self._labels.read(x.text, x.low) for x in lines[:head])
        ):
            return [0, *starts[1:]]
        return [0, *starts]

    # -- what its caption says ----------------------------------------------------------------------------

    def _read(self, source: Lines, lines: list[Line]) -> Appendix:
        first = lines[0]
        unit = Unit("appendix", "", start=first.start, end=lines[-1].end)
        k = 0
        title: list[Line] = []
        noted = False
        caption_at = self._caption_index(lines)
        while k < len(lines) and k < _CAPTION_LINES:
            line = lines[k]
            if k == caption_at:
                self._caption(source, unit, line, title)
                k += 1
                continue
            if k < caption_at or self._is_furniture(line):
                unit.notes.append(_note(line))
                k += 1
                continue
            if not noted and self._rules["attached_note"].find(line.text, line.low):
                k = self._bracket(unit, lines, k)
                noted = True
                continue
            if line.table >= 0 or not self._title_line(unit, lines, k, title, noted, caption_at):
                break
            if self._rules["attached_type"].find(line.text, line.low) and not title and is_upper(line.text):
                if unit.marker:
                    unit.notes.append(_note(line))
                else:
                    unit.marker = line.text
            else:
                title.append(line)
            k += 1
        if title:
            unit.heading = without_stop(" ".join(x.text for x in title))
            unit.heading_span = (title[0].start, title[-1].end)
        unit.own_end = lines[k - 1].end if k else first.start
        if k == 0:
            unit.own_end = first.start
        return Appendix(unit, lines[k:])

    def _caption_index(self, lines: list[Line]) -> int:
        for k, line in enumerate(lines[:9]):
            if self._zones.is_caption(lines, k) or self._is_form(lines, k):
                return k
            if self._labels.read(line.text, line.low) or len(line.text) > 160:
                break
        return -1

    def _caption(self, source: Lines, unit: Unit, line: Line, title: list[Line]) -> None:
        """Reads "PHỤ LỤC I" with what follows it on the line: its title or a note."""
        text, low = line.text, line.low
        match = self._rules["appendix"].find(text, low) or self._rules["form"].find(text, low)
        assert match
        number = match["num"] or ""
        unit.num = text[match.start("num") : match.end("num")] if number else ""
        if unit.num.isalpha():
            unit.num = unit.num.upper()
        cut = match.end("num") if number else match.end()
        if "after" in match.groupdict() and not number:
            cut = match.start("after")
        begin = _SEPARATOR.match(text, cut).end()  # type: ignore[union-attr]  # it matches nothing, too
        piece = source.part(line, begin, len(text))
        if piece is None:
            unit.marker = text
            return
        unit.marker = text[:cut].strip()
        if piece.text.startswith("("):
            unit.notes.append(_note(piece))
        else:
            title.append(piece)

    def _bracket(self, unit: Unit, lines: list[Line], k: int) -> int:
        """The note "(Kèm theo Nghị quyết …)", or one without brackets that a wrap has cut; the index of the line after
        it."""
        last = k
        if lines[k].text.lstrip("*")[0] not in "([":
            while (
                last + 1 < len(lines)
                and last - k < 4
                and not lines[last + 1].blank
                and lines[last + 1].text[0].islower()
            ):
                last += 1
        text = " ".join(x.text for x in lines[k : last + 1])
        unit.notes.append(Piece("note", text, lines[k].start, lines[last].end))
        return last + 1

    def _is_furniture(self, line: Line) -> bool:
        keys = ("national_title", "motto", "number", "place_date")
        return len(line.text) < 120 and any(self._rules[key].find(line.text, line.low) for key in keys)

    def _title_line(
        self, unit: Unit, lines: list[Line], k: int, title: list[Line], noted: bool, caption_at: int
    ) -> bool:
        """Whether a line near the caption is one of its title's."""
        line = lines[k]
        if self._labels.read(line.text, line.low) and not (
            title and not line.blank and title[-1].low.rsplit(" ", 1)[-1] in self._open_ends
        ):
            return False
        if sum(len(x.text.split()) for x in title) + len(line.text.split()) > _TITLE_WORDS:
            return False
        upper = is_upper(line.text)
        if line.text.startswith("(") and not upper:
            return False
        if (
            title
            and not line.blank
            and title[-1].text[-1] not in ".:"
            and (
                upper == is_upper(title[-1].text)
                or title[-1].low.rsplit(" ", 1)[-1] in self._open_ends
                or line.text[0].islower()
            )
        ):
            return True
        if title and noted:
            return False
        if upper or (line.strong and not noted):
            return True
        if noted:
            return bool(line.strong) and not title and unit.heading is None
        bracket = any(self._rules["attached_note"].find(x.text, x.low) for x in lines[k + 1 : k + 6])
        return bracket and len(line.text) < 300 and line.text[-1] not in ".;"


def _note(line: Line) -> Piece:
    return Piece("note", line.text, line.start, line.end)

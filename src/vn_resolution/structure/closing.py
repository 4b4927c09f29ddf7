"""Reads the closing: adoption clause, recipients (Nơi nhận) and signature, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from vn_resolution.grammar import Grammar, Rule, fold
from vn_resolution.structure.draft import Piece
from vn_resolution.structure.header import calendar_date
from vn_resolution.structure.line import Line, Lines, is_upper
from vn_resolution.structure.zones import ZoneFinder

_ROLE_AND_NAME = re.compile(r"((?:[A-ZĐÀ-ỸƯƠĂÂÊÔ]{2,}[.,]?\s+){1,9})((?:[A-ZĐÀ-ỸƯƠĂÂÊÔ][^\W\d_A-Z]+\s*){2,5})$")
_NAME = re.compile(r"(?:[^\W\d_]\.\s?)?[^\W\d_]+(?:\s+[^\W\d_]+){1,4}")
_BULLET = re.compile(r"[-+*•▪●○◦·–—\uf0b7\uf02d]+\s*")
_NEXT_ITEM = re.compile(r"[;,.]\s+(?=[-+*•–—]\s?[^\W\d_])")
_STOP_INSIDE = re.compile(r"[;.]\s+(?=[^\W\d_])")
_LONGEST_BESIDE = 80
"""Characters of an office or a name behind an item of the recipients."""
_LONGEST_ODD_LINE = 60
_PASSED_OVER = 2


@dataclass(slots=True)
class Signature:
    """One who signed."""

    name: str
    role: str | None
    capacity: str | None
    start: int
    end: int


@dataclass(slots=True)
class ClosingFacts:
    """What the closing says, and the index of the line after it."""

    end: int = 0
    adoption: str | None = None
    adopted: str | None = None
    bad_date: tuple[int, int] | None = None
    recipients: list[Piece] = field(default_factory=list)
    signers: list[Signature] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


class ClosingReader:
    """Reads closings with the rules of one grammar."""

    def __init__(self, grammar: Grammar, zones: ZoneFinder) -> None:
        self._rules = grammar.zones
        self._zones = zones
        self._proper = grammar.words("zones", "proper_in_roles")

    def read(self, source: Lines, lines: list[Line], begin: int) -> ClosingFacts:
        """The facts and pieces of the closing that begins at line `begin`; it ends where something else begins."""
        lines[begin:] = _join_cells(self._rules, lines[begin:])
        state = _Closing(self, source, lines)
        k = begin
        window = " ".join(line.low for line in lines[k : k + 5])
        if any(self._rules[key].find("", window) for key in ("adoption", "adoption_late")):
            k = state.adoption(k)
        while k < len(lines):
            if self._zones.is_caption(lines, k) or not (state.take(k) or state.pass_over(k)):
                break
            k += 1
        state.finish()
        state.facts.end = k
        return state.facts

    def role_text(self, role: str) -> str:
        """A role in running-text case."""
        text = role.strip(" .:")
        if not is_upper(text):
            return text
        text = text.lower()
        for proper in self._proper:
            text = text.replace(proper.lower(), proper)
        return text[:1].upper() + text[1:]


class _Closing:
    """The walk through one closing, line by line."""

    def __init__(self, reader: ClosingReader, source: Lines, lines: list[Line]) -> None:
        self.reader = reader
        self.rules = reader._rules
        self.source = source
        self.lines = lines
        self.facts = ClosingFacts()
        self.receiving = False
        self.item: Piece | None = None
        self.capacity: str | None = None
        self.roles: list[Line] = []

    def adoption(self, k: int) -> int:
        """Takes the adoption clause; the index of the line after it."""
        lines = self.lines
        last = k
        while last + 1 < len(lines) and last - k < 12:
            line, before = lines[last + 1], lines[last]
            ended = before.text[-1] in ".!?" or before.text.endswith(("./.", "/."))
            if ended and not (line.text[0].islower() and not line.blank):
                break
            if self.rules["recipients_label"].find(line.text, line.low) or self.reader._zones.is_signature(line):
                break
            if line.blank and not line.text[0].islower() and not line.page:
                break
            last += 1
        text = " ".join(x.text for x in lines[k : last + 1])
        low = " ".join(x.low for x in lines[k : last + 1])
        self.facts.adoption = text
        self._piece("adoption", text, lines[k].start, lines[last].end)
        match = self.rules["adoption_date"].find(text, low)
        if match:
            groups = match.groupdict()
            self.facts.adopted = calendar_date(
                groups["year"] or groups["year2"], groups["month"] or groups["month2"], groups["day"] or groups["day2"]
            )
            if self.facts.adopted is None:
                self.facts.bad_date = (lines[k].start, lines[last].end)
        return last + 1

    def take(self, k: int) -> bool:
        """Takes one line, or says that it is no part of a closing."""
        line = self.lines[k]
        segments = self.source.columns(line)
        if len(segments) == 1:
            segments = self._beside_recipients(segments[0])
        if len(segments) == 1:
            segments = self._role_and_name(segments[0])
        segments = [part for segment in segments for part in self._capacity_and_role(segment)]
        kinds = [self._kind(segment, n) for n, segment in enumerate(segments)]
        if "" in kinds:
            if len(segments) > 1 and any(kinds):
                kinds = [kind or "other" for kind in kinds]
            else:
                return False
        for segment, kind in zip(segments, kinds, strict=False):
            self._apply(segment, kind)
        return True

    def pass_over(self, k: int) -> bool:
        """Takes a short line that is nothing known ("[Chữ ký, dấu]") where the closing goes on right behind it: with
        the name of who signs, or with the recipients."""
        after = self.lines[k + 1 : k + 1 + _PASSED_OVER]
        label = self.rules["recipients_label"]
        line = self.lines[k]
        if len(line.text) > _LONGEST_ODD_LINE or not any(
            (self.roles and self._is_name(x)) or (not self.receiving and label.find(x.text, x.low)) for x in after
        ):
            return False
        self._piece("other", line.text, line.start, line.end)
        return True

    def _beside_recipients(self, line: Line) -> list[Line]:
        """Two columns that were run together line by line: "Nơi nhận: CHỦ TỊCH", "- Báo tỉnh; Huỳnh Văn Lúa"."""
        label = self.rules["recipients_label"].find(line.text, line.low)
        if label and self._is_office(line.text[label.end() :]):
            return self._cut(line, label.end())
        if self.receiving and (self.roles or self.capacity) and _BULLET.match(line.text):
            for stop in _STOP_INSIDE.finditer(line.text, max(0, len(line.text) - _LONGEST_BESIDE)):
                item, *beside = self._cut(line, stop.end())
                if beside and (self._is_office(beside[0].text) or (self.roles and self._is_name(beside[0]))):
                    return [item, *beside]
        return [line]

    def _role_and_name(self, line: Line) -> list[Line]:
        match = _ROLE_AND_NAME.fullmatch(line.text)
        return self._cut(line, match.start(2)) if match and self._is_office(match[1]) else [line]

    def _is_office(self, words: str) -> bool:
        """Whether these words, all in capitals, are the role of one who signs, or say in whose place."""
        text = words.strip()
        low = fold(text)
        return is_upper(text) and any(self.rules[key].find(text, low) for key in ("role", "capacity"))

    def _cut(self, line: Line, at: int) -> list[Line]:
        parts = (self.source.part(line, 0, at), self.source.part(line, at, len(line.text)))
        return [part for part in parts if part is not None]

    def _capacity_and_role(self, line: Line) -> list[Line]:
        """ "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" on one line: in whose place, and who signs."""
        if not self.rules["capacity"].find(line.text, line.low) or not is_upper(line.text):
            return [line]
        match = self.rules["role_after_capacity"].regex.search(line.low)
        if not match:
            return [line]
        return self._cut(line, match.start("role"))

    def _kind(self, line: Line, column: int) -> str:
        rules, text, low = self.rules, line.text, line.low
        if rules["recipients_label"].find(text, low):
            return "recipients_label"
        if rules["signature_note"].find(text, low):
            return "signature_note"
        upper = is_upper(text)
        if upper and len(text) < 90:
            if rules["role"].find(text, low) and not low.startswith(("tm", "kt", "t/m", "thay")):
                return "signature_role"
            if rules["capacity"].find(text, low):
                return "signature_capacity"
        if rules["role"].find(text, low) and text[0].isupper() and len(text) < 40 and not _BULLET.match(text):
            return "signature_role"
        if rules["capacity"].find(text, low) and text[:2].isupper() and len(text) < 60:
            return "signature_capacity"
        if self._is_name(line) and (self.roles or column) and not (self.receiving and not column and not self.roles):
            return "signature_name"
        if self.receiving and self._is_item(line):
            return "recipient"
        if upper and self.roles == [] and self.capacity and len(text.split()) <= 8:
            return "signature_capacity"
        if len(text) <= 3 and not text.isalnum():
            return "other"
        if rules["copy_mark"].find(text, low):
            return "other"
        if self.facts.adoption and not self.receiving and not self.roles and self._goes_on(line):
            return "adoption"
        return ""

    def _goes_on(self, line: Line) -> bool:
        """Whether a line after the adoption clause still speaks of the resolution ("Nghị quyết này thay thế …")."""
        last = self.facts.pieces[-1]
        if last.kind != "adoption" or is_upper(line.text):
            return False
        ended = last.text[-1:] in ".!?"
        return self.rules["this_resolution"].find(line.text, line.low) is not None if ended else not line.blank

    def _is_name(self, line: Line) -> bool:
        text = line.text
        if len(text) > 40 or not _NAME.fullmatch(text):
            return False
        words = text.replace(".", " ").split()
        return all(word[0].isupper() for word in words) and not any(
            self.rules[r].find(text, line.low) for r in ("issuer", "locality", "recipients_label", "national_title")
        )

    def _is_item(self, line: Line) -> bool:
        text = line.text
        if _BULLET.match(text):
            return True
        if self.item is None:  # the label stands alone above its items
            return not is_upper(text) and len(text) < 200
        if self.item.text[-1:] == ".":
            return False
        if self.item.text[-1:] == ";":
            return text[-1] in ";." and len(text) < 200 and not line.low.startswith(("điều", "phụ lục"))
        lưu = fold(self.item.text).lstrip("-+* ").startswith("lưu")
        if lưu and (line.blank or not text[0].islower()):
            return False
        return (
            text[0].islower()
            or (not line.blank and not is_upper(text) and not text[0].isdigit())
            or (line.blank <= 1 and text[-1] in ";")
        )

    def _apply(self, line: Line, kind: str) -> None:
        text = line.text
        if kind == "adoption" and self.facts.pieces[-1].text[-1:] not in ".!?":
            last = self.facts.pieces[-1]
            last.text, last.end = last.text + " " + text, line.end
            return
        if kind == "recipients_label":
            match = self.rules["recipients_label"].find(text, line.low)
            assert match
            self.receiving = True
            self.item = None
            rest = text[match.end() :].strip()
            if rest:
                label = text[: match.end()].strip()
                self._piece("recipients_label", label, line.start, self.source.at(line, len(label) - 1) + 1)
                self._items(line, match.end(), new=True)
                return
        elif kind == "recipient":
            opens = bool(_BULLET.match(text)) or self.item is None or self.item.text[-1:] == ";"
            self._items(line, 0, new=opens or bool(line.blank))
            return
        elif kind == "signature_capacity":
            match = self.rules["capacity"].find(text, line.low)
            if match:
                found = text[match.start("capacity") : match.end("capacity")].replace(" ", "").upper()
                self.capacity = "TM." if found in ("T/M", "THAYMẶT") else found if found.endswith(".") else found + "."
        elif kind == "signature_role":
            self.roles.append(line)
        elif kind == "signature_name" and self.roles:
            role = self.roles[-1]
            if len(self.roles) > 1 and fold(self.roles[0].text).startswith("kt"):
                self.capacity = "KT."
            self.facts.signers.append(
                Signature(text.strip(), self.reader.role_text(role.text), self.capacity, line.start, line.end)
            )
            self.roles = []
            self.capacity = None
        self._piece(kind, text, line.start, line.end)

    def _items(self, line: Line, begin: int, *, new: bool) -> None:
        """Takes the recipients in a line from `begin` on; a cell of a table has all of them in one."""
        cuts = [match.end() for match in _NEXT_ITEM.finditer(line.text, begin)]
        for left, right in pairwise((begin, *cuts, len(line.text))):
            part = self.source.part(line, left, right)
            if part is not None:
                self._item(part.text, part.start, part.end, new=new or left > begin)

    def _item(self, text: str, start: int, end: int, *, new: bool) -> None:
        self._piece("recipient", text, start, end)
        if new:
            self.item = Piece("recipient", text, start, end)
            self.facts.recipients.append(self.item)
        elif self.item is not None:
            self.item.text += " " + text
            self.item.end = end

    def finish(self) -> None:
        """Trims bullets and final punctuation from the recipients; drops the empty ones."""
        kept = []
        for item in self.facts.recipients:
            mark = _BULLET.match(item.text)
            if mark:
                item.text = item.text[mark.end() :]
            item.text = item.text.rstrip(" ;.,")
            if item.text:
                kept.append(item)
        self.facts.recipients = kept

    def _piece(self, kind: str, text: str, start: int, end: int) -> None:
        self.facts.pieces.append(Piece(kind, text, start, end))


def _join_cells(rules: Mapping[str, Rule], lines: list[Line]) -> list[Line]:
    """A role or a name that a narrow table cell had broken in two, on one line again."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None and last.same_cell(line)
            and len(last.text) + len(line.text) < 60 and _same_words(rules, last, line)
        ):  # fmt: skip
            joined[-1] = last.joined(line)
        else:
            joined.append(line)
    return joined


def _same_words(rules: Mapping[str, Rule], last: Line, line: Line) -> bool:
    if not (last.text + line.text).replace(" ", "").replace(".", "").isalpha():
        return False
    if is_upper(last.text) and is_upper(line.text):
        return not rules["role"].find(last.text, last.low) and not rules["recipients_label"].find(last.text, last.low)
    words = (last.text + " " + line.text).split()
    return len(words) <= 5 and all(w[0].isupper() and not w.isupper() for w in words)

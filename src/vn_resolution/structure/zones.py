"""Finds where header, preamble, body, closing and attachments of a resolution lie among its lines."""

from __future__ import annotations

from dataclasses import dataclass

from vn_resolution.grammar import Grammar, Rule
from vn_resolution.structure.labels import LabelReader, opening_quote
from vn_resolution.structure.line import Line, Lines, is_upper

_LONGEST_TITLE = 80
_WINDOW = 5  # lines in which an adoption clause may be wrapped
_BULLETS = "-+*•"


@dataclass(slots=True)
class Zones:
    """Line indices: the header is `[0, preamble)`, the preamble `[preamble, body)`, the body `[body, closing)`, the
    closing `[closing, attachments)`; the rest are attachments."""

    preamble: int
    body: int
    closing: int
    attachments: int


class ZoneFinder:
    """Finds the zones with the rules of one grammar."""

    def __init__(self, grammar: Grammar, labels: LabelReader) -> None:
        self.rules = grammar.zones
        self._labels = labels
        self._bases = [rule for rule in self.rules.values() if "base" in rule.data]
        self._header = [
            self.rules[key]
            for key in ("national_title", "motto", "issuer", "number", "place_date", "doc_type", "doc_type_run_on")
        ]
        self._open_ends = frozenset(grammar.words("zones", "open_ends"))

    def base(self, text: str, low: str) -> Rule | None:
        """The rule of the base word that this line or paragraph opens with."""
        start = 0
        while start < len(low) and (low[start] in _BULLETS or low[start] == " "):
            start += 1
        if start >= len(low) or text[start].islower() or low[start] not in "cxtsqđnv":
            return None
        for rule in self._bases:
            if rule.find(text, low):
                return rule
        return None

    def split(self, source: Lines) -> Zones:
        """The zones of a document."""
        lines = source.lines
        preamble, body = self._front(lines)
        closing = self._closing(lines, body)
        return Zones(preamble, body, closing, len(lines))

    # -- header and preamble ----------------------------------------------------------------------

    def _front(self, lines: list[Line]) -> tuple[int, int]:
        first_base = -1
        last_base = -1
        enacting = self.rules["enacting"]
        for k, line in enumerate(lines):
            low = line.low
            char = low[0]
            if char in "đd" and self._opens_body(line, "article"):
                return (first_base if first_base >= 0 else k, k)
            if (
                char in "qn"
                and enacting.find(line.text, low)
                and (first_base >= 0 or (low.startswith("qu") and "định" not in low))
            ):
                return (first_base if first_base >= 0 else k, k + 1)
            if char in "pc" and first_base >= 0 and self._opens_body(line, "chapter", "part"):
                return (first_base, k)
            rule = self.base(line.text, low)
            if rule and (first_base >= 0 or rule.data["base"] != "khac") and self._may_open(lines, k):
                if first_base < 0:
                    if k > 80:
                        break
                    first_base = k
                last_base = k
            elif first_base >= 0 and self._opens_body(line, "roman", "letter", "clause") and self._may_open(lines, k):
                return (first_base, k)
            if first_base >= 0 and k - last_base > 60:
                break
        if first_base >= 0:
            return (first_base, self._after_bases(lines, last_base))
        header = self._bare_header(lines)
        return (header, header)

    def _opens_body(self, line: Line, *kinds: str) -> bool:
        if opening_quote(line.text):
            return False
        labels = self._labels.read(line.text, line.low)
        return any(
            (label.kind in kinds and label.first and not label.weak)
            or (label.kind == "article" and label.value[0] == 1 and "article" in kinds)
            for label in labels
        )

    def _may_open(self, lines: list[Line], k: int) -> bool:
        """Whether a paragraph may begin here: the line before has ended, or a gap stands between."""
        if k == 0:
            return True
        line, before = lines[k], lines[k - 1]
        if line.blank or before.text[-1] in '.;:,!?”"' or line.table != before.table:
            return True
        return (
            before.low.rsplit(" ", 1)[-1] not in self._open_ends
            or is_upper(before.text)
            or line.low.startswith("căn cứ")
        )

    def _after_bases(self, lines: list[Line], last_base: int) -> int:
        """Where the body begins in a document that has bases but neither enacting words nor an article."""
        k = last_base + 1
        while (
            k < len(lines)
            and not lines[k].blank
            and (lines[k].text[0].islower() or lines[k - 1].text[-1] not in ".;:,")
        ):
            k += 1
        while k < len(lines) and self.rules["enacting_clause"].find(lines[k].text, lines[k].low):
            k += 1
            while k < len(lines) and not lines[k].blank and lines[k].text[0].islower():
                k += 1
        return k

    def _bare_header(self, lines: list[Line]) -> int:
        """How many lines at the top are a header, where nothing of a preamble follows."""
        last = 0
        found = 0
        for k, line in enumerate(lines[:40]):
            rule = next((r for r in self._header if len(line.text) < 160 and r.find(line.text, line.low)), None)
            if rule:
                found += 1
                last = k + 1
                if rule.id == "doc_type":
                    while last < len(lines) and lines[last].text.isupper() and len(lines[last].text) < 160:
                        last += 1
            elif k > last + 12:
                break
        return last if found > 1 else 0

    # -- closing ------------------------------------------------------------------------------------

    def _closing(self, lines: list[Line], body: int) -> int:
        adoption = self.rules["adoption"]
        late = self.rules["adoption_late"]
        late_at = -1
        recipients = self.rules["recipients_label"]
        fallback = -1
        for k in range(body, len(lines)):
            line = lines[k]
            char = line.low[0]
            if char == "n":
                if line.low.startswith(("nghị quyết", "nghi quyết", "nghị quyêt", "nghị quyét")):
                    opens = self._may_open(lines, k) and not self._under_marker(lines, k)
                    window = self._window(lines, k) if opens else ""
                    if opens and adoption.find("", window):
                        return k
                    if opens and late.find("", window):
                        late_at = k
                elif fallback < 0 and recipients.find(line.text, line.low) and len(line.text) < 200:
                    fallback = k
            elif (fallback < 0 and char in "tkcpq" and self.is_signature(line) and self._may_open(lines, k)) or (
                fallback < 0 and char in "p" and self.is_caption(lines, k)
            ):
                fallback = k
        if late_at >= 0 and (fallback < 0 or late_at < fallback):
            return late_at
        return fallback if fallback >= 0 else len(lines)

    def _under_marker(self, lines: list[Line], k: int) -> bool:
        """Whether the line before is a bare marker ("Điều 3.") or the title of an article: then this line is its
        text."""
        before = lines[k - 1] if k else None
        if before is None or len(before.text) > _LONGEST_TITLE:
            return False
        return any(
            label.end >= len(before.text) or (label.kind == "article" and before.text[-1].isalnum())
            for label in self._labels.read(before.text, before.low)
        )

    def _window(self, lines: list[Line], k: int) -> str:
        parts = [lines[k].low]
        for line in lines[k + 1 : k + _WINDOW]:
            if line.blank > 1:
                break
            parts.append(line.low)
        return " ".join(parts)

    def is_signature(self, line: Line) -> bool:
        """Whether the line names the capacity or role of who signs, in capitals and alone on the line."""
        if len(line.text) > 70 or not is_upper(line.text):
            return False
        return bool(self.rules["role"].find(line.text, line.low) or self.rules["capacity"].find(line.text, line.low))

    def is_caption(self, lines: list[Line], k: int) -> bool:
        """Whether an appendix begins at this line: its caption stands alone, or is followed by its title."""
        line = lines[k]
        match = self.rules["appendix"].find(line.text, line.low)
        if not match or line.text[0].islower():
            return False
        rest = line.text[match.end("after") :].strip()
        after = match["after"].strip()
        if not rest and not after.startswith("("):
            return bool(line.blank or line.strong or is_upper(line.text) or k == 0 or self._may_open(lines, k))
        if after in (":", ".", "-", "–"):
            return is_upper(rest) or bool(line.strong or line.blank)
        return is_upper(rest) and len(rest) > 3 and (match["num"] is not None or is_upper(line.text))

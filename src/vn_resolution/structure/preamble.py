"""Reads the preamble: the legal bases, each with its kind, and the enacting words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Diagnostic
from vn_resolution.structure.blocks import Block, BlockBuilder
from vn_resolution.structure.draft import Piece
from vn_resolution.structure.line import Line, Lines, is_upper
from vn_resolution.structure.zones import ZoneFinder

_SEAM = re.compile(r"[;.,:]\s*(?=[A-ZĐÀ-ỸÊ])")


@dataclass(slots=True)
class PreambleFacts:
    """Bases as (kind, piece), the enacting words, and what is neither, in reading order."""

    bases: list[tuple[str, Piece]] = field(default_factory=list)
    enacting: Piece | None = None
    others: list[Piece] = field(default_factory=list)


class PreambleReader:
    """Reads preambles with the rules of one grammar."""

    def __init__(self, grammar: Grammar, zones: ZoneFinder, blocks: BlockBuilder) -> None:
        self._rules = grammar.zones
        self._zones = zones
        self._blocks = blocks

    def read(self, source: Lines, lines: list[Line], width: int, diagnostics: list[Diagnostic]) -> PreambleFacts:
        """The facts of the preamble that these lines are."""
        facts = PreambleFacts()
        breaks = frozenset(line.start for k, line in enumerate(lines) if self._opens(lines, k))
        for block in self._blocks.join(lines, breaks, width, diagnostics, clauses=True):
            for piece in self._clauses(source, block):
                self._take(facts, piece)
        if facts.enacting is None:
            self._enacting_from_others(facts)
        return facts

    def _opens(self, lines: list[Line], k: int) -> bool:
        line = lines[k]
        if self._rules["enacting"].find(line.text, line.low):
            return True
        if not (self._zones.base(line.text, line.low) or self._rules["enacting_clause"].find(line.text, line.low)):
            return False
        if k == 0 or line.blank:
            return k == 0 or not line.page or lines[k - 1].text[-1] in ".;,:"
        return lines[k - 1].text[-1] in ".;,:" or self._strong_base(line)

    def _strong_base(self, line: Line) -> bool:
        """Căn cứ with a capital begins a basis even after a line whose end was lost."""
        rule = self._zones.base(line.text, line.low)
        return rule is not None and rule.data["base"] == "can_cu" and line.text[:1].isupper()

    def _clauses(self, source: Lines, block: Block) -> list[Piece]:
        """The clauses of a paragraph, cut where a further base word or the enacting words begin."""
        text, low = block.text, block.low
        cuts = [0]
        for match in _SEAM.finditer(text):
            at = match.end()
            rest, rest_low = text[at : at + 200], low[at : at + 200]
            rule = self._zones.base(rest, rest_low)
            if (
                rule
                and (
                    rule.data["base"] in ("can_cu", "xet")
                    or (text[match.start()] == ";" and rule.data["base"] != "khac")
                )
            ) or (len(text) - at < 40 and self._rules["enacting"].find(rest, rest_low)):
                cuts.append(at)
        if len(cuts) == 1:
            return [Piece("", text, block.start, block.end)]
        reading = source.reading(block.start, block.end)
        pieces = []
        for left, right in zip(cuts, [*cuts[1:], len(text)], strict=False):
            part = text[left:right].strip()
            if part:
                start, end = reading.span(left, left + len(text[left:right].rstrip()))
                pieces.append(Piece("", part, start, end))
        return pieces

    def _take(self, facts: PreambleFacts, piece: Piece) -> None:
        low = fold(piece.text)
        if self._rules["enacting"].find(piece.text, low) and facts.enacting is None:
            facts.enacting = piece
            return
        if facts.enacting is None and self._rules["enacting_clause"].find(piece.text, low) and facts.bases:
            facts.enacting = piece
            return
        rule = self._zones.base(piece.text, low)
        if rule and facts.enacting is None:
            facts.bases.append((str(rule.data["base"]), piece))
        elif self._goes_on(facts, piece):
            kind, last = facts.bases[-1]
            facts.bases[-1] = (kind, Piece("", last.text + " " + piece.text, last.start, piece.end))
        else:
            facts.others.append(piece)

    @staticmethod
    def _goes_on(facts: PreambleFacts, piece: Piece) -> bool:
        """Whether a paragraph without a base word goes on with the basis right before it."""
        if not facts.bases or facts.enacting is not None or is_upper(piece.text):
            return False
        return not facts.others or facts.others[-1].start < facts.bases[-1][1].start

    def _enacting_from_others(self, facts: PreambleFacts) -> None:
        for k, piece in enumerate(facts.others):
            if piece.text.rstrip(" :.").lower() in ("quyết nghị", "nghị quyết"):
                facts.enacting = facts.others.pop(k)
                return

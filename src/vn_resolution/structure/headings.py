"""Tells headings from running text, when the tree stands: a title is what has something below it and is no sentence."""

from __future__ import annotations

import re

from vn_resolution.grammar import Grammar
from vn_resolution.structure.draft import Unit
from vn_resolution.structure.line import Lines, is_upper, without_stop

_DIVISIONS = frozenset({"part", "chapter", "section", "subsection"})
_SENTENCE_END = re.compile(r"[^\W\d_]{2,}[.!?]\s+[^\W\d_a-zđà-ỹ]")
_LABEL_RUNS_ON = re.compile(r"(?<!\s\d)(?<!\s\d\d):\s+\S|:\s+[a-zđ\d]")
"""A label with its text behind it; "Dự án 2: Quy hoạch dân cư" is a number of the title itself."""
_LABELLED = re.compile(r"[^\W\d_][^:;.,]{1,30}:\s")
_NUMBERED = frozenset({"roman", "letter", "clause", "point"})
_TO_FILL_IN = re.compile(r"…{2}|[._]{5}")
"""What a form leaves blank."""
_ASIDE = re.compile(r" ?\([^()]*\)")
_MAX_COLON_WORDS = 24
_MAX_CASE_WORDS = 40
_MAX_STOP_WORDS = 16
_MAX_ADJECTIVE_WORDS = 4
_MAX_DIVISION_WORDS = 70
_MAX_TITLE_WORDS = 80
_MAX_TITLE_LINES = 6
_LONGEST_REST = 90


class HeadingFinder:
    """Finds headings with the word lists of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        words = grammar.words("zones", "lead_ins")
        self._lead_in = re.compile(
            r"(?:^|\s)(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\s*:$"
        )
        self._adjectives = grammar.words("zones", "title_adjectives")
        self._case_words = grammar.words("zones", "case_words")
        openers = grammar.words("zones", "sentence_openers")
        orders = grammar.words("zones", "sentence_subjects")
        bodies = grammar.words("zones", "bodies")
        subjects = (*orders, *bodies)
        self._opener = _any_of((*openers, *subjects))
        self._subject = _any_of(subjects)
        nouns, marks = (_any_of(grammar.words("zones", key)).pattern for key in ("order_nouns", "noun_marks"))
        self._order_noun = re.compile(rf"{nouns}(?:(?:,| và) {nouns})*(?:,? {marks}|$)")
        self._phrase = re.compile(r",\s*" + _any_of(grammar.words("zones", "lead_in_phrases")).pattern)
        self._colon_opener = _any_of(grammar.words("zones", "colon_openers"))
        acts = grammar.words("zones", "bare_verbs")
        self._order = _any_of(acts)
        self._body = _any_of(bodies)
        self._councils = grammar.words("zones", "councils")
        self._does = re.compile(r"\s" + _any_of((*acts, *orders)).pattern)
        self._table_unit = grammar.zones["table_unit"].regex
        self._statement = frozenset(grammar.words("zones", "statement_words"))
        self._amending = _any_of(grammar.words("zones", "amending_titles"))
        verbs = grammar.words("zones", "sentence_verbs")
        self._verb = re.compile(r"\s(?:" + "|".join(sorted(map(re.escape, verbs), key=len, reverse=True)) + r")(?!\w)")

    def apply(self, source: Lines, units: list[Unit]) -> None:
        """Gives every unit its heading and text, with their spans."""
        for unit in units:
            self._unit(source, unit)
            self.apply(source, unit.children)

    def _unit(self, source: Lines, unit: Unit) -> None:
        if unit.kind in ("table", "appendix") or not unit.blocks:
            return
        block = unit.blocks[0]
        if unit.label is None:
            unit.text, unit.text_span = block.text, (block.start, block.end)
            return
        skip = unit.label.end
        text = block.text[skip:].strip()
        if unit.kind in _DIVISIONS:
            self._division(source, unit, text)
            return
        if not text:
            self._late_title(unit)
            return
        span = (source.at(block.lines[0], skip) if skip < len(block.lines[0].text) else block.lines[1].start, block.end)
        if unit.kind == "bullet" and text[-1] == ":" and self._runs_on(unit):
            below = unit.children.pop(0).blocks[0]
            unit.text, unit.text_span, unit.own_end = f"{text} {below.text}", (span[0], below.end), below.end
            return
        low = block.low[skip:].strip()
        content = self._has_content(unit) or block.lines[-1].tabled
        if self.is_title(unit.kind, text, low, content, strong=block.lines[0].strong):
            self._set_heading(source, unit, text, span)
            self._rest_of_title(unit)
            self._adopt_text(unit)
        else:
            unit.text, unit.text_span = text, span

    def is_title(self, kind: str, text: str, low: str, content: bool, *, strong: bool = False) -> bool:
        """Whether what follows a marker is a title. `content` = something stands below the unit, or stood there; behind
        the colon of a numbered one something did."""
        last = text[-1]
        content = content or (last == ":" and kind in _NUMBERED)
        words = text.count(" ") + 1
        upper = is_upper(text)
        if last in ";," or words > _MAX_TITLE_WORDS or _TO_FILL_IN.search(text):
            return False
        if upper:
            return True
        short = words <= _MAX_STOP_WORDS and not self._verb.search(low)
        if not content or (kind == "bullet" and last != ":" and (last == "." or not short)):
            return kind == "article" and (strong or short) and last not in ".:" and not self._opener.match(low)
        if _SENTENCE_END.search(text):
            return False
        body = text.rstrip(" .:")
        if _LABEL_RUNS_ON.search(body):
            return False
        if last == ":":
            low = _ASIDE.sub("", low)
            adjective = words <= _MAX_ADJECTIVE_WORDS and low.rstrip(" :").endswith(self._adjectives)
            leads_in = not adjective and self._lead_in.search(low)
            most = _MAX_CASE_WORDS if low.startswith(self._case_words) else _MAX_COLON_WORDS
            if words > most or leads_in or (self._is_sentence(low) and not self._charges(low)):
                return False
            return not (kind == "article" and self._colon_opener.match(low)) and not self._phrase.search(low)
        if last in ".!?…":
            states = self._is_sentence(low) or not self._statement.isdisjoint(low.split())
            states = states or (kind == "article" and bool(self._order.match(low)))
            return words <= _MAX_STOP_WORDS and not states
        if not self._opener.match(low) or self._order_noun.match(low):
            return True
        if self._subject.match(low):
            return self._names_body(low)
        return strong or (kind == "article" and bool(self._amending.match(low)) and not self._verb.search(low))

    def _is_sentence(self, low: str) -> bool:
        return bool(self._opener.match(low) or self._verb.search(low))

    def _names_body(self, low: str) -> bool:
        """Whether a line names bodies and says nothing of them ("Ủy ban nhân dân các huyện, thành phố:")."""
        return bool(self._body.match(low)) and not self._does.search(low) and not self._verb.search(low)

    def _charges(self, low: str) -> bool:
        """Whether a line names the bodies for which its list is; the council's own lists tell what it does itself."""
        return self._names_body(low) and not low.startswith(self._councils)

    @staticmethod
    def _runs_on(unit: Unit) -> bool:
        """Whether a wrap alone parts the label of an item from its words: one paragraph with no label of its own."""
        if len(unit.children) != 1 or unit.children[0].kind != "paragraph" or unit.children[0].children:
            return False
        below = unit.children[0].blocks[0]
        return not below.lines[0].blank and ":" not in below.text

    @staticmethod
    def _has_content(unit: Unit) -> bool:
        return any(True for _ in unit.children)

    def _division(self, source: Lines, unit: Unit, text: str) -> None:
        """Part, chapter, section: the rest of the line and the title lines below it are the heading."""
        block = unit.blocks[0]
        parts: list[str] = []
        start = end = 0
        if text:
            parts.append(text)
            skip = unit.label.end if unit.label else 0
            start = source.at(block.lines[0], skip) if skip < len(block.lines[0].text) else block.lines[1].start
            end = block.end
        while (
            len(parts) < _MAX_TITLE_LINES
            and unit.children
            and unit.children[0].kind == "paragraph"
            and unit.children[0].blocks
        ):
            below = unit.children[0].blocks[0]
            title = below.text
            if parts and not is_upper(title):
                break
            if len(title.split()) > _MAX_DIVISION_WORDS or (title[-1] in ".;:" and not is_upper(title)):
                break
            if not parts:
                start = below.start
            parts.append(title)
            end = below.end
            unit.own_end = below.end
            unit.children.pop(0)
        if parts:
            heading = " ".join(parts)
            unit.heading = without_stop(heading)
            unit.heading_span = (start, end)
        self._adopt_text(unit)

    def _late_title(self, unit: Unit) -> None:
        """A marker alone on its line: the paragraph below is its title or its text."""
        if not unit.children or unit.children[0].kind != "paragraph":
            return
        child = unit.children[0]
        block = child.blocks[0]
        if self.is_title(unit.kind, block.text, block.low, len(unit.children) > 1, strong=block.lines[0].strong):
            unit.heading = without_stop(block.text)
            unit.heading_span = (block.start, block.end)
            unit.own_end = block.end
            unit.children.pop(0)
        self._adopt_text(unit)

    def _set_heading(self, source: Lines, unit: Unit, text: str, span: tuple[int, int]) -> None:
        unit.heading = without_stop(text)
        cut = len(text) - len(unit.heading)
        end = span[1]
        if cut and source.text[end - cut : end] == text[-cut:]:
            end -= cut
        unit.heading_span = (span[0], end)

    def _rest_of_title(self, unit: Unit) -> None:
        """A title that an irregular wrap had cut: what is left of it stands alone, short and no sentence, before a
        list or a paragraph with a label ("Vị trí: …")."""
        while len(unit.children) > 1 and unit.children[0].kind == "paragraph":
            after = unit.children[1]
            if after.label is None and not (after.blocks and _LABELLED.match(after.blocks[0].text)):
                return
            block = unit.children[0].blocks[0]
            rest = block.text
            if unit.heading is None or unit.heading_span is None or unit.heading_span[1] != unit.own_end:
                return
            if block.lines[0].blank or len(rest) > _LONGEST_REST or rest[-1] in ".;,!?":
                return
            if self._lead_in.search(block.low) or self._is_sentence(block.low) or self._table_unit.match(block.low):
                return
            unit.children.pop(0)
            unit.heading += " " + without_stop(rest)
            unit.heading_span = (unit.heading_span[0], block.end)
            unit.own_end = block.end

    @staticmethod
    def _adopt_text(unit: Unit) -> None:
        """The first running paragraph below a heading is the unit's own text."""
        if unit.children and unit.children[0].kind == "paragraph" and not unit.children[0].children:
            child = unit.children.pop(0)
            block = child.blocks[0]
            unit.text, unit.text_span = block.text, (block.start, block.end)
            unit.own_end = block.end


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?!\w)")

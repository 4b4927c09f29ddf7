"""Reads the header: national title, issuer, number, place and date, document type, title, term and session."""

from __future__ import annotations

import datetime
import itertools
import re
from dataclasses import dataclass, field

from vn_resolution.diagnostics import diagnostic
from vn_resolution.grammar import Grammar, fold
from vn_resolution.model import Diagnostic
from vn_resolution.structure.draft import Piece
from vn_resolution.structure.labels import roman_value
from vn_resolution.structure.line import Line, Lines

_SPACE = re.compile(r"\s+")
_TYPES = ("doc_type", "other_type")
_NAMES = {"other_type": "doc_type", "addressee": "other"}
"""What pieces are called of kinds that only matter within."""
_CUT_IN_TWO = ("issuer", "national_title", "addressee")


@dataclass(slots=True)
class HeaderFacts:
    """What the header says; None = it does not."""

    doc_type: str | None = None
    number: str | None = None
    issuer: str | None = None
    title: str | None = None
    place: str | None = None
    issued: str | None = None
    legislature: int | None = None
    session: str | None = None
    pieces: list[Piece] = field(default_factory=list)


class HeaderReader:
    """Reads headers with the rules of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._rules = grammar.zones
        self._open_ends = frozenset(grammar.words("zones", "open_ends"))

    def read(self, source: Lines, lines: list[Line], diagnostics: list[Diagnostic]) -> HeaderFacts:
        """The facts and pieces of the header that these lines are."""
        facts = HeaderFacts()
        segments = self._segments(source, lines)
        kinds: list[str] = []
        seen_type = False
        for segment in segments:
            if seen_type and self._in_title(segment, facts, kinds[-1]):
                kinds.append("other")
                continue
            kind = self._kind(segment, seen_type, facts, diagnostics)
            seen_type = seen_type or kind in _TYPES
            kinds.append(kind)
        again = self._find_title(segments, kinds, facts)
        for segment, kind in zip(segments, kinds, strict=True):
            last = facts.pieces[-1] if facts.pieces else None
            if kind == "title" and last is not None and last.kind == "title":  # a title in several lines is one
                last.text, last.end = last.text + " " + segment.text, segment.end
                continue
            name = _NAMES.get(kind, kind)
            facts.pieces.append(Piece(name, segment.text, segment.start, segment.end))
        issuers = [s.text for s, k in zip(segments, kinds, strict=False) if k == "issuer"]
        facts.issuer = again if again and len(again.split()) > 4 else self._issuer(issuers)
        return facts

    # -- segments -----------------------------------------------------------------------------------

    def _segments(self, source: Lines, lines: list[Line]) -> list[Line]:
        """Lines cut at columns, cells and known seams; lines of one cell, or of one phrase cut in two, joined."""
        pieces: list[Line] = []
        for line in lines:
            for part in self._columns(source, line):
                pieces.extend(self._seams(source, part))
        joined: list[Line] = []
        for piece in pieces:
            last = joined[-1] if joined else None
            if last is not None and self._belongs(last, piece):
                joined[-1] = last.joined(piece)
            else:
                joined.append(piece)
        return joined

    def _columns(self, source: Lines, line: Line) -> list[Line]:
        """The columns of a line; the gaps that a draft leaves for its number and its date part none."""
        number = self._rules["number_blank"].regex.match(line.low)
        if number and "/" in number[0]:
            left, right = source.part(line, 0, number.end()), source.part(line, number.end(), len(line.text))
            if left and right:
                return [left, *self._columns(source, right)]
        return [line] if self._is_blank(line) else source.columns(line)

    def _is_blank(self, line: Line) -> bool:
        """Whether a line has the gaps in which a draft's number or date are to be written."""
        return any(self._rules[key].find(line.text, line.low) for key in ("number_blank", "place_date_blank"))

    def _belongs(self, last: Line, piece: Line) -> bool:
        if piece.same_cell(last):
            return not self._rules["session"].find(piece.text, piece.low)
        if piece.blank or last.table != piece.table:
            return False
        if piece.text[0] == "/" and last.text[-1].isdigit():
            return True
        if last.text[-1] in "-/" and self._rules["number"].find(last.text, last.low):
            return True
        if self._known(last) and not piece.text[0].islower():
            return False
        joined = last.low + " " + piece.low
        if any(self._rules[key].find(joined, joined) for key in ("number", "place_date")) and not self._known(piece):
            return True
        whole = any(self._rules[key].find(joined, joined) for key in _CUT_IN_TWO)
        return whole and not any(self._rules[key].find(x.text, x.low) for key in _CUT_IN_TWO for x in (last, piece))

    def _known(self, line: Line) -> bool:
        keys = ("national_title", "motto", "issuer", "number", "place_date", "doc_type", "session")
        return any(self._rules[key].find(line.text, line.low) for key in keys)

    def _seams(self, source: Lines, line: Line) -> list[Line]:
        """A line in which two columns were run together, cut where the second begins."""
        cuts: set[int] = set()
        low = line.low
        for key in ("national_title", "motto"):
            match = self._rules[key].regex.search(low)
            if match and 0 < match.start() < 60:
                cuts.add(match.start())
                break  # a motto behind the national title belongs to it
        if low.startswith("s"):
            match = self._rules["number"].regex.match(low)
            if match and match.end() < len(low):
                rest = low[match.end() :].strip()
                if self._rules["place_date"].regex.match(rest):
                    cuts.add(len(low) - len(rest))
        run_on = self._rules["doc_type_run_on"].regex.match(low)
        if run_on and (line.text[: run_on.end()].strip().isupper() or not line.text[run_on.end()].isupper()):
            cuts.add(run_on.end())
        if of := self._rules["doc_type_of"].regex.match(low):
            cuts.add(of.end())
            words = (k + 1 for k in range(of.end(), len(low)) if low[k] == " ")
            cuts.update([k for k in words if self._rules["title_opener"].regex.match(low, k)][:1])
        if self._rules["issuer"].find(line.text, low) and (term := self._rules["term"].regex.search(low)):
            cuts.add(term.start())
        if not cuts:
            return [line]
        edges = [0, *sorted(cuts), len(low)]
        parts: list[Line] = []
        for left, right in itertools.pairwise(edges):
            part = source.part(line, left, right)
            if part is not None:
                part.blank = line.blank if not parts else 0
                parts.append(part)
        return parts

    # -- what a segment is ----------------------------------------------------------------------------

    def _kind(self, segment: Line, seen_type: bool, facts: HeaderFacts, diagnostics: list[Diagnostic]) -> str:
        rules, text, low = self._rules, segment.text, segment.low
        if rules["national_title"].find(text, low):
            return "national_title"
        if rules["motto"].find(text, low):
            return "motto"
        match = rules["number"].find(text, low) or rules["number_other"].find(text, low)
        if match:
            if facts.number is None:
                number = _SPACE.sub("", text[match.start("number") : match.end("number")]).strip(".,;")
                facts.number = number if number[0].isdigit() else None
            return "number"
        if rules["number_blank"].find(text, low):
            return "number"
        match = rules["place_date"].find(text, low)
        if match:
            if facts.place is None:
                facts.place = text[: match.end("place")].strip(" -–,.")
                facts.issued = calendar_date(match["year"], match["month"], match["day"])
                if facts.issued is None:
                    diagnostics.append(diagnostic("V001", (segment.start, segment.end), text=text))
            return "place_date"
        match = rules["place_date_blank"].find(text, low)
        if match:
            facts.place = facts.place or text[: match.end("place")].strip(" -–,.")
            return "place_date"
        if rules["copy_mark"].find(text, low) and not seen_type:
            return "copy_mark"
        if not seen_type and rules["doc_type"].find(text, low):
            facts.doc_type = "Nghị quyết"
            return "doc_type"
        other = None if seen_type else rules["other_type"].find(text, low)
        if other:
            facts.doc_type = other["type"].capitalize()
            return "other_type"
        if rules["addressee"].find(text, low):
            return "addressee"
        if rules["session_line"].find(text, low):
            self._term(text, low, facts)
            return "session"
        if rules["issuer"].find(text, low):
            return "issuer"
        if rules["locality"].find(text, low) and not seen_type:
            return "issuer"
        return "other"

    def _in_title(self, segment: Line, facts: HeaderFacts, before: str) -> bool:
        """Whether a line behind the type is the title's although it looks like the document's own number or date: that
        of a document which the title names; or like its term, which the title ends in ("… Hội đồng nhân dân tỉnh |
        khóa X"). `before`: the kind of the line before it."""
        number = self._rules["number"].find(segment.text, segment.low)
        if number:
            begun = before not in _TYPES
            return facts.number is not None or (begun and ":" not in segment.text[: number.start("number")])
        goes_on = before == "other" and segment.text[0].islower() and not segment.blank
        if goes_on and self._rules["session_line"].find(segment.text, segment.low):
            return True
        return facts.place is not None and self._rules["place_date"].find(segment.text, segment.low) is not None

    def _term(self, text: str, low: str, facts: HeaderFacts) -> None:
        legislature, session = term_and_session(self._grammar, text, low)
        facts.legislature = facts.legislature or legislature
        facts.session = facts.session or session

    # -- title -----------------------------------------------------------------------------------------

    def _find_title(self, segments: list[Line], kinds: list[str], facts: HeaderFacts) -> str | None:
        """Marks the segments of the title (trích yếu): what stands between the document type and the issuer that is
        named again with term and session, an addressee, or the end of the header. The issuer as named there."""
        begin = next((k + 1 for k, kind in enumerate(kinds) if kind in _TYPES), -1)
        if begin < 0:
            begin = next(
                (
                    k
                    for k, s in enumerate(segments)
                    if kinds[k] == "other" and self._rules["title_opener"].regex.match(s.low)
                ),
                len(segments),
            )
        term = next((k for k in range(begin, len(segments)) if kinds[k] in ("session", "addressee")), len(segments))
        while begin < term and kinds[begin] == "issuer" and "other" in kinds[begin:term]:
            begin += 1  # the council whose resolution it is, between type and title
        stop = self._issuer_again(segments, kinds, begin, term)
        above = " ".join(s.low for s, kind in zip(segments[:begin], kinds, strict=False) if kind in ("issuer", "other"))
        named = [k for k in range(begin + 1, stop) if len(segments[k].text) > 12 and above.startswith(segments[k].low)]
        stop = min([stop, *named])
        fixed = ("national_title", "motto", "number", "place_date", "session", "copy_mark")
        chosen = [k for k in range(begin, stop) if kinds[k] not in fixed]
        for k in chosen:
            kinds[k] = "title"
        if chosen:
            facts.title = " ".join(segments[k].text for k in chosen)
        for k in range(stop, term):
            if kinds[k] == "other":
                kinds[k] = "issuer"
        return " ".join(segments[k].text for k in range(stop, term) if kinds[k] == "issuer") or None

    def _issuer_again(self, segments: list[Line], kinds: list[str], begin: int, term: int) -> int:
        """The index of the segment in which the issuer is named after the title; the end where it is not."""
        for k in range(min(term, len(segments)) - 1, max(begin, term - 4) - 1, -1):
            if kinds[k] != "issuer" or not self._rules["issuer"].find(segments[k].text, segments[k].low):
                continue
            if k == begin:
                return k
            if term < len(segments) or len(segments[k].low.split()) <= 12:
                before = segments[k - 1].low.rsplit(" ", 1)[-1]
                if before not in self._open_ends and not segments[k].text[0].islower():
                    return k
        return term

    def _issuer(self, texts: list[str]) -> str | None:
        """The fullest naming of the council; a council and its locality on two lines are put together."""
        whole = [t for t in texts if len(t.split()) > 4]
        if whole:
            return max(whole, key=lambda t: (fold(t).startswith("hội đồng nhân dân"), -texts.index(t)))
        return " ".join(texts[:2]) if texts else None


def calendar_date(year: str, month: str, day: str) -> str | None:
    """The ISO date; None where the calendar has no such day."""
    try:
        return datetime.date(int(year.replace(" ", "")), int(month), int(day)).isoformat()
    except ValueError:
        return None


def term_and_session(grammar: Grammar, text: str, low: str) -> tuple[int | None, str | None]:
    """Khóa as an integer and kỳ họp as printed, from a phrase that names them."""
    match = grammar.zones["session"].regex.search(low)
    term = grammar.zones["legislature"].regex.search(low)
    legislature: int | None = None
    number = (match and match["legislature"]) or (term and term["legislature"])
    if number:
        number = number.strip()
        if number.isdigit():
            legislature = int(number)
        else:
            legislature = roman_value(number.replace("1", "i").replace("|", "i")) or _word_number(grammar, number)
    session: str | None = None
    if match and match["session"]:
        session = text[match.start("session") : match.end("session")].strip(" ,;(")
        if session.isupper() and any(c.isalpha() for c in session):
            roman = fold(session)
            session = session if roman_value(roman) else session.capitalize()
    return legislature or None, session or None


def _word_number(grammar: Grammar, words: str) -> int | None:
    units = grammar.file("zones")["number_words"]
    total = 0
    for word in words.split():
        if word in ("mười", "mươi"):
            total = (total or 1) * 10
        elif word in units:
            total += units[word]
        else:
            return None
    return total or None

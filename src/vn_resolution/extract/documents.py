"""Reads the mention of one document that begins at a place in the text: its type, number, date, issuer, or name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from vn_resolution.extract.dates import DateMatch
from vn_resolution.extract.document_types import (
    CODE,
    DocumentType,
    any_of_rules,
    codes_in,
    document_types,
    first_of,
    issuers_by_code,
)
from vn_resolution.extract.laws import LawNames
from vn_resolution.grammar import Grammar

_TAIL_PARTS = 5
_ISSUER_WORDS = 24


class Mention(NamedTuple):
    """A document as named at `text[start:end]`. `number`, `issuer` and `name` are as printed, `date` is ISO.
    `this` = "Nghị quyết này"; `bare` = the type word alone."""

    start: int
    end: int
    kind: DocumentType
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    name: str | None = None
    this: bool = False

    @property
    def bare(self) -> bool:
        return not (self.number or self.date or self.name or self.this)


Dates = Mapping[int, DateMatch]
"""The dates of a text by their start."""


class DocumentReader:
    """Reads mentions with the rules of one grammar; made once by `document_reader`."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("document_types", "type")
        self.types = document_types(grammar)
        types = first_of({rule.id: rule.pattern for rule in rules.values()})
        self._type = re.compile(f"(?:{types})(?![^\\W\\d])")  # a blank may be lost before the number
        self._types_of_codes = {code: kind for kind in self.types.values() for code in sorted(kind.codes)}
        self._known_codes = issuers_by_code(grammar).keys() | self._types_of_codes.keys()
        self._laws = LawNames(grammar, self._type)
        self._rules = {
            section: any_of_rules(grammar, section)
            for section in (
                "date_link", "year", "passed", "revised", "of", "issuer_stop", "issuer_end", "issuer_word",
                "issuer_and", "law_issuer", "number_word", "plain_after", "list", "this_document",
            )
        }  # fmt: skip
        self._numbers = grammar.rules("citations", "number")
        self._qualifiers = grammar.rules("citations", "qualifier")

    def type_at(self, folded: str, start: int) -> tuple[DocumentType, int] | None:
        """The document type whose word stands here, and where the word ends."""
        match = self._type.match(folded, start)
        return (self.types[match.lastgroup], match.end()) if match and match.lastgroup else None

    def read(self, text: str, folded: str, start: int, dates: Dates) -> Mention | None:
        """The mention that begins with a type word here. It may be bare; None where no type word stands."""
        found = self.type_at(folded, start)
        return self.read_typed(text, folded, start, *found, dates) if found else None

    def read_typed(self, text: str, folded: str, start: int, kind: DocumentType, end: int, dates: Dates) -> Mention:
        """The mention that begins with the word of this type, which ends at `end`."""
        this = self.match("this_document", folded, end)
        if this:
            return Mention(start, this.end(), kind, this=True)
        mention = Mention(start, end, kind)
        if kind.named:
            return self._read_law(text, folded, mention, dates)
        return self._read_numbered(text, folded, mention, dates)

    def read_orphan(self, text: str, folded: str, start: int, end: int, dates: Dates) -> Mention | None:
        """The mention "số 12/2021/NQ-HĐND" without a type word: the number begins at `end` and names the type."""
        number = self._coded(text, folded, end)
        kind = self._kind_of_number(folded, number) if number else None
        if number is None or kind is None:
            return None
        mention = Mention(start, number[1], kind, number=text[number[0] : number[1]])
        return self._with_tail(text, folded, mention, dates)

    def read_next(self, text: str, folded: str, mention: Mention, dates: Dates) -> Mention | None:
        """The next document of a list that shares the type word ("Nghị định số A và số B"), or None."""
        joined = self.match("list", folded, mention.end)
        if joined is None or mention.number is None:
            return None
        number = self._coded(text, folded, joined.end())
        so = self._rules["number_word"].search(folded, mention.end, joined.end())
        if number is None and so:
            number = self._by_rule("yeared", text, folded, joined.end())
        if number is None:
            return None
        start = so.start() if so else number[0]
        kind = self._kind_of_number(folded, number) or mention.kind
        kind = mention.kind if kind.type == mention.kind.type else kind
        following = Mention(start, number[1], kind, number=text[number[0] : number[1]])
        return self._with_tail(text, folded, following, dates)

    def match(self, section: str, folded: str, at: int) -> re.Match[str] | None:
        """The rule of this section of citations.toml that matches here."""
        return self._rules[section].match(folded, at)

    # -- numbered documents --------------------------------------------------------------------------------------

    def _read_numbered(self, text: str, folded: str, mention: Mention, dates: Dates) -> Mention:
        end = self._qualified(folded, mention.end)
        number = self._number(text, folded, mention.start, end, mention.kind)
        if number:
            found = mention._replace(end=number[1], number=text[number[0] : number[1]])
            return self._with_tail(text, folded, found, dates)
        if mention.kind.short:
            return mention
        if name := self._laws.catalogued(mention.kind.type, folded, end):
            year = self.match("year", folded, name)
            if year:
                return mention._replace(end=year.end("y"), date=year["y"], name=text[end:name].strip())
        return (
            self._number_further_on(text, folded, mention, dates)
            or self._of_year(text, folded, mention, dates)
            or self._dated(text, folded, mention, end, dates)
        )

    def _of_year(self, text: str, folded: str, mention: Mention, dates: Dates) -> Mention | None:
        """ "Nghị quyết 2005", "Nghị quyết năm 2005 của Hội đồng nhân dân": nothing but the year names the document."""
        if not mention.kind.plain or mention.kind.common or text[mention.start].islower():
            return None
        year = self.match("year", folded, mention.end)
        if year is None or "," in year[0]:
            return None
        found = self._with_tail(text, folded, mention._replace(end=year.end("y"), date=year["y"]), dates)
        # "thực hiện Nghị quyết năm 2026" tells when it is carried out
        return found if found.issuer or not year["word"] else None

    def _qualified(self, folded: str, end: int) -> int:
        """Where the words end that tell a type more closely ("Báo cáo thẩm tra")."""
        words = self._qualifiers["kind"].regex.match(folded, end) if "kind" in self._qualifiers else None
        return words.end() if words else end

    def _number_further_on(self, text: str, folded: str, mention: Mention, dates: Dates) -> Mention | None:
        """ "báo cáo của Ủy ban nhân dân tỉnh số 218/BC-UBND": other words stand between type and number."""
        gap = self._qualifiers["open"].regex.match(folded, mention.end) if "open" in self._qualifiers else None
        if gap is None or self._type.search(folded, mention.end, gap.end()):
            return None
        so = self.match("number_word", folded, gap.end())
        number = self._coded(text, folded, so.end()) if so else None
        if number is None or not (set(codes_in(folded, *number)) & mention.kind.codes):
            return None
        issuer = self._issuer(text, folded, mention.end)
        found = mention._replace(end=number[1], number=text[number[0] : number[1]])
        if issuer and issuer[1] <= gap.end():
            found = found._replace(issuer=text[issuer[0] : issuer[1]])
        return self._with_tail(text, folded, found, dates)

    def _dated(self, text: str, folded: str, mention: Mention, end: int, dates: Dates) -> Mention:
        """ "Kết luận ngày 05 tháng 6 năm 2020 của Ban Thường vụ": no number, but a date behind the type or issuer."""
        issuer = self._issuer(text, folded, end)
        at = self._date(folded, issuer[1] if issuer else end, dates)
        if at is None or not (text[mention.start].isupper() or (issuer and not mention.kind.verb)):
            return mention
        found = mention._replace(end=at[0], date=at[1], issuer=text[issuer[0] : issuer[1]] if issuer else None)
        return self._with_tail(text, folded, found, dates)

    def _number(self, text: str, folded: str, start: int, end: int, kind: DocumentType) -> tuple[int, int] | None:
        """Where the number of the document stands whose type word begins at `start` and ends at `end`."""
        at = end + folded.startswith(" ", end)
        so = self.match("number_word", folded, at)
        if so:
            at = so.end()
        number = self._coded(text, folded, at)
        if number or (so is None and at == end):
            return number
        if so or not kind.common or (kind.plain and text[start].isupper()):
            number = self._by_rule("yeared", text, folded, at)
        if number is None and not kind.short:
            number = self._by_rule("plain", text, folded, at)
            if number and not so and not self._stands_alone(text, folded, start, number[1], kind):
                return None
        return number

    def _stands_alone(self, text: str, folded: str, start: int, after: int, kind: DocumentType) -> bool:
        """Whether a plain number behind the type word is its name ("Nghị quyết 30a"), not the number of something."""
        return kind.plain and text[start].isupper() and self.match("plain_after", folded, after) is not None

    def _kind_of_number(self, folded: str, number: tuple[int, int]) -> DocumentType | None:
        """The type that a number's first code names, where another code names the issuer."""
        codes = codes_in(folded, *number)
        return self._types_of_codes.get(codes[0]) if len(codes) > 1 else None

    def _coded(self, text: str, folded: str, at: int) -> tuple[int, int] | None:
        """A number with its codes, which are printed in capitals or known ("12/2021/NQ-HĐND", "5/nq-hđnd")."""
        span = self._by_rule("coded", text, folded, at)
        if span is None:
            return None
        end = span[0]
        for code in CODE.finditer(folded, span[0], span[1]):
            if code.start() == span[0] or folded[code.start() - 1].isdigit():
                continue  # the letter of 30a/2008, or one that stands for a figure
            letters = code[0].rstrip("0123456789")
            if not (text[code.start()].isupper() or letters in self._known_codes):
                break
            end = code.end()
        return (span[0], end) if end > span[0] else None

    def _by_rule(self, rule_id: str, text: str, folded: str, at: int) -> tuple[int, int] | None:
        rule = self._numbers.get(rule_id)
        match = rule.regex.match(folded, at) if rule else None
        return match.span() if match else None

    # -- laws ----------------------------------------------------------------------------------------------------

    def _read_law(self, text: str, folded: str, mention: Mention, dates: Dates) -> Mention:
        number = self._number(text, folded, mention.start, mention.end, mention.kind)
        if number:
            mention = mention._replace(end=number[1], number=text[number[0] : number[1]])
        name = self._laws.read(text, folded, mention.start, mention.end, mention.kind.type, amending_only=bool(number))
        if name:
            printed = text[mention.end : name].strip() or text[mention.start : name]
            mention = mention._replace(end=name, name=printed)
        elif not number and text[mention.start].islower():
            return mention
        return self._with_tail(text, folded, mention, dates)

    # -- what follows --------------------------------------------------------------------------------------------

    def _with_tail(self, text: str, folded: str, mention: Mention, dates: Dates) -> Mention:
        """The mention with the date, issuer and, for a law, number that stand behind it."""
        for _ in range(_TAIL_PARTS):
            following = self._next_part(text, folded, mention, dates)
            if following is None:
                break
            mention = following
        return mention

    def _next_part(self, text: str, folded: str, mention: Mention, dates: Dates) -> Mention | None:
        law = mention.kind.named
        end = mention.end
        if law and (revised := self.match("revised", folded, end)):
            end = revised.end()
        if law and (passed := self.match("passed", folded, end)):
            end = passed.end()
        if mention.date is None or len(mention.date) == 4:
            at = self._date(folded, end, dates)
            if at:
                return mention._replace(end=at[0], date=at[1])
        if law and mention.number is None and (number := self._law_number(text, folded, end)):
            return mention._replace(end=number[1], number=text[number[0] : number[1]])
        if mention.date is None and (year := self.match("year", folded, end)) and (law or year["word"]):
            return mention._replace(end=year.end("y"), date=year["y"])
        issuer = self._issuer(text, folded, end) if mention.issuer is None else None
        if issuer and (not law or self.match("law_issuer", folded, issuer[0])):
            return mention._replace(end=issuer[1], issuer=text[issuer[0] : issuer[1]])
        return None

    def _law_number(self, text: str, folded: str, end: int) -> tuple[int, int] | None:
        link = self.match("date_link", folded, end)
        so = self.match("number_word", folded, link.end() if link else end)
        return self._coded(text, folded, so.end()) if so else self._coded(text, folded, link.end() if link else end)

    def _date(self, folded: str, end: int, dates: Dates) -> tuple[int, str] | None:
        """(end, ISO date) of the day that is printed here."""
        link = self.match("date_link", folded, end)
        found = dates.get(link.end() if link else end)
        if found is None or found.date is None or found.kind != "date" or len(found.date) != 10:
            return None
        return found.end, found.date

    def _issuer(self, text: str, folded: str, end: int) -> tuple[int, int] | None:
        """Where the issuer behind "của" stands."""
        of = self.match("of", folded, end)
        if of is None:
            return None
        start = at = stop = of.end()
        shouted = text[start : start + 24].isupper()
        for _ in range(_ISSUER_WORDS):
            if self.match("issuer_end", folded, at) or self._begins_document(folded, at):
                break
            named = text[at : at + 1].isupper() and not shouted
            if not named and self.match("issuer_stop", folded, at):
                break
            word = self.match("issuer_word", folded, at)
            if word is None:
                break
            stop = word.end()
            at = self._next_word(text, folded, stop)
            if at == stop:
                break
        stop = start + len(text[start:stop].rstrip(" -"))
        return (start, stop) if stop > start else None

    def _begins_document(self, folded: str, at: int) -> bool:
        """Whether another document is named here, and not a part of a body's name ("Bộ Kế hoạch và Đầu tư")."""
        found = self.type_at(folded, at)
        if found is None or not found[0].common:
            return found is not None
        after = self._qualified(folded, found[1]) + 1
        return self.match("number_word", folded, after) is not None or folded[after : after + 1].isdigit()

    def _next_word(self, text: str, folded: str, end: int) -> int:
        """Where the issuer's next word begins, or `end` where the name ends."""
        joined = self.match("issuer_and", text, end)
        return joined.end() if joined else end + folded.startswith(" ", end)


@lru_cache(maxsize=4)
def document_reader(grammar: Grammar) -> DocumentReader:
    """The reader of mentions that this grammar makes, compiled once."""
    return DocumentReader(grammar)

"""Puts together what identifies a resolution from header, adoption clause, enacting words and appendix captions."""

from __future__ import annotations

import re

from vn_resolution.diagnostics import diagnostic
from vn_resolution.grammar import Grammar, fold
from vn_resolution.grammar.provinces import Provinces
from vn_resolution.model import Diagnostic, Issuer, Level, Meta
from vn_resolution.structure.closing import ClosingFacts
from vn_resolution.structure.draft import Unit
from vn_resolution.structure.header import HeaderFacts, calendar_date, term_and_session
from vn_resolution.structure.preamble import PreambleFacts

_SPACE = re.compile(r"\s+")


class IdentityReader:
    """Reads identities with the tables of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._rules = grammar.zones
        self._provinces = Provinces(grammar)
        self._levels: dict[str, Level] = grammar.file("zones")["levels"]

    def meta(
        self,
        header: HeaderFacts,
        preamble: PreambleFacts,
        closing: ClosingFacts,
        body: list[Unit],
        attachments: list[Unit],
        diagnostics: list[Diagnostic],
    ) -> Meta:
        """The metadata but for signers, recipients, effective dates and subject."""
        if closing.bad_date:
            diagnostics.append(diagnostic("V001", closing.bad_date, text="the date of adoption"))
        legislature, session = header.legislature, header.session
        adopted = closing.adopted
        clause = closing.adoption or self._adoption_in_body(body)
        if clause:
            low = fold(clause)
            again = term_and_session(self._grammar, clause, low)
            legislature = legislature or again[0]
            session = session or again[1]
            if adopted is None:
                adopted = self._adopted(clause, low)
        number = header.number or self._number_of_notes(attachments)
        day = header.issued or adopted
        return Meta(
            doc_type=header.doc_type or ("Nghị quyết" if clause or self._enacts(preamble) else None),
            number=number,
            issuer=self._issuer(header, preamble, clause, day),
            title=header.title,
            place=header.place,
            issued=header.issued,
            adopted=adopted,
            legislature=legislature,
            session=session,
        )

    def _enacts(self, preamble: PreambleFacts) -> bool:
        """Whether the enacting words are those of a resolution."""
        words = preamble.enacting.text if preamble.enacting else ""
        return bool(words) and not self._rules["other_type"].find(words, fold(words))

    # -- issuer -------------------------------------------------------------------------------------------

    def _issuer(
        self, header: HeaderFacts, preamble: PreambleFacts, clause: str | None, day: str | None
    ) -> Issuer | None:
        places = [header.issuer, clause, preamble.enacting.text if preamble.enacting else None, header.title]
        bare = False
        for text in places:
            if not text:
                continue
            low = fold(text)
            match = self._rules["council_named"].regex.search(low)
            if match:
                return self._council(text, match, day)
            bare = bare or low.startswith(("hội đồng nhân dân", "hội đổng nhân dân"))
        if bare and header.place:
            province = self._provinces.lookup(header.place, day)
            if province is not None:
                kind = province.kind
                return Issuer(
                    name=f"Hội đồng nhân dân {kind} {province.name}",
                    level="province",
                    locality=province.name,
                    province_code=province.code,
                )
        return Issuer(name="Hội đồng nhân dân") if bare else None

    def _council(self, text: str, match: re.Match[str], day: str | None) -> Issuer:
        kind = "thành phố" if match["kind"].startswith("tp") else _SPACE.sub(" ", match["kind"])
        printed = text[match.start("name") : match.end("name")].strip(" -.,;")
        name = _title_case(printed)
        province = self._provinces.lookup(f"{kind} {name}", day) or (
            self._provinces.lookup(name, day) if kind in ("tỉnh", "thành phố") else None
        )
        level = self._levels.get(kind)
        if province is not None and level == "district" and kind == "thành phố":
            level = "province"
        code = province.code if province is not None and level == "province" else None
        return Issuer(name=f"Hội đồng nhân dân {kind} {name}", level=level, locality=name, province_code=code)

    # -- adoption and number ---------------------------------------------------------------------------------

    def _adoption_in_body(self, body: list[Unit]) -> str | None:
        """The adoption clause where it stands inside an article or clause."""
        if not body:
            return None
        stack = list(body[-3:])
        while stack:
            unit = stack.pop()
            if not unit.quoted and unit.text and "thông qua" in unit.text:
                low = fold(unit.text)
                at = low.find("nghị quyết")
                while at >= 0:
                    if any(self._rules[key].regex.match(low, at) for key in ("adoption", "adoption_late")):
                        return unit.text[at:]
                    at = low.find("nghị quyết", at + 1)
            stack.extend(unit.children)
        return None

    def _adopted(self, clause: str, low: str) -> str | None:
        match = self._rules["adoption_date"].find(clause, low)
        if not match:
            return None
        g = match.groupdict()
        return calendar_date(g["year"] or g["year2"], g["month"] or g["month2"], g["day"] or g["day2"])

    def _number_of_notes(self, attachments: list[Unit]) -> str | None:
        for unit in attachments:
            for note in unit.notes:
                match = self._rules["attached_number"].find(note.text, fold(note.text))
                if match:
                    return _SPACE.sub("", note.text[match.start("number") : match.end("number")])
        return None


def _title_case(name: str) -> str:
    """A place name in running-text case: each syllable with a capital where the name is in capitals or all lower."""
    if not (name.isupper() or name.islower()):
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0][:1].upper() + m[0][1:].lower(), name)

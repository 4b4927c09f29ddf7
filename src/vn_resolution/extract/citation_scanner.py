"""Goes through a reading text from candidate to candidate and reads the citation that begins with each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

from vn_resolution.extract.document_types import any_of_rules
from vn_resolution.extract.documents import Dates, DocumentReader, Mention, document_reader
from vn_resolution.extract.provisions import Path, Provision, ProvisionReader, provision_reader
from vn_resolution.grammar import Grammar

_SHORT_FORM_REACH = 8
_MAX_SHORT_FORMS = 200
_QUOTES = re.compile("[“”]")


@dataclass(frozen=True, slots=True)
class CitationMatch:
    """A citation at `text[start:end]`; the fields are those of bench/GUIDE.md, as printed (dates ISO).

    `paths` are the provisions that it names, each from the widest unit to the narrowest. `this` = the document is named
    by "này". `attached` = the provision is in a regulation that the document issues ("ban hành kèm theo"). `refers` is
    the citation that a short form stands for ("sau đây gọi tắt là …").
    """

    start: int
    end: int
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    provision: str | None = None
    internal: bool = False
    paths: tuple[Path, ...] = ()
    name: str | None = None
    this: bool = False
    attached: bool = False
    refers: CitationMatch | None = None


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """The document in which the text stands: mentions of itself by number are no citations."""

    type: str = "nghi_quyet"
    number: str | None = None
    dates: frozenset[str] = frozenset()


@dataclass(slots=True)
class ShortForms:
    """The short forms that a document has defined so far; give the same one to the scan of each of its texts."""

    forms: dict[str, CitationMatch] = field(default_factory=dict)


@dataclass(slots=True)
class Place:
    """A reading text to scan, with what is known about where it stands; see `scan_citations`."""

    text: str
    folded: str
    dates: Dates
    amending: bool
    quoted: bool
    own: OwnDocument
    forms: ShortForms | None
    instructions: _Instructions | None = None


@dataclass(frozen=True, slots=True)
class _Instructions:
    """Where the amending verbs of a text end and its sentences; `first` is where the first of all ends, the passive
    ones too; `quotes` are its quotation marks, and `depths` how many are open behind each."""

    verbs: list[int]
    first: int | None
    sentences: list[int]
    quotes: list[int]
    depths: list[int]

    def govern(self, start: int) -> bool:
        """Whether an amending verb governs what begins here: in its sentence, or before the quotation around it."""
        if self.first is None or self.first > start:
            return False
        verb = bisect_right(self.verbs, start)
        ended = bisect_right(self.sentences, start)
        if verb and (not ended or self.sentences[ended - 1] <= self.verbs[verb - 1]):
            return True
        return self._depth(start) > self._depth(self.first)

    def _depth(self, at: int) -> int:
        before = bisect_right(self.quotes, at)
        return self.depths[before - 1] if before else 0


class CitationScanner:
    """Goes from candidate to candidate (a type word, a provision's word, a number) and reads each one forward."""

    def __init__(self, grammar: Grammar) -> None:
        self._provisions: ProvisionReader = provision_reader(grammar)
        self._documents: DocumentReader = document_reader(grammar)
        provision_rules = grammar.rules("citations", "provision")
        type_rules = grammar.rules("document_types", "type")
        self._orphans = grammar.rules("citations", "orphan")
        opens = [
            o
            for r in (*provision_rules.values(), *type_rules.values(), *self._orphans.values())
            for o in r.data["opens"]
        ]
        self._anchor = _by_first_letter(opens)
        self._links = grammar.rules("citations", "link")
        self._title_rule = any_of_rules(grammar, "title")
        self._amends = any_of_rules(grammar, "amends")
        self._sentence_ends = any_of_rules(grammar, "sentence_end")
        self._amended_rule = any_of_rules(grammar, "amended")
        self._behind_rule = any_of_rules(grammar, "behind")
        self._short_forms = any_of_rules(grammar, "short_form")

    def scan(self, place: Place) -> list[CitationMatch]:
        found: list[CitationMatch] = []
        done = 0
        folded = place.folded
        for anchor in self._anchor.finditer(folded):
            start = anchor.start()
            if start < done or (start and folded[start - 1].isalnum()):
                continue
            for match in self._at(place, start):
                done = max(done, match.end)
                if not self._is_own(match, place.own):
                    found.append(self._behind(place, match, found))
        if found and place.forms is not None:
            self._define_short_forms(place, found, place.forms)
        return found

    def _behind(self, place: Place, match: CitationMatch, found: list[CitationMatch]) -> CitationMatch:
        """A bare provision in brackets behind another document is that document's: "Nghị định số … (Điều 20)"."""
        if match.type is not None or not match.internal or not found:
            return match
        before = found[-1]
        if before.type in (None, "phu_luc") or before.this or before.internal:
            return match
        gap = self._behind_rule.fullmatch(place.folded, before.end, match.start)
        return replace(match, internal=False) if gap else match

    def _at(self, place: Place, start: int) -> Iterator[CitationMatch]:
        """The citations that begin with the candidate here: none, one, or those of a list."""
        provision = self._provisions.read(place.text, place.folded, start)
        if provision is not None:
            yield from self._of_provision(place, provision)
            return
        mention = self._mention(place, start)
        if mention is None or mention.this:
            return
        form = self._short_form(place, mention)
        if form is not None:
            yield replace(form, start=start)
            return
        if mention.bare:
            return
        yield self._cite(place, mention, refers=self._defined(place, mention))
        while (following := self._documents.read_next(place.text, place.folded, mention, place.dates)) is not None:
            mention = following
            yield self._cite(place, mention)

    def _mention(self, place: Place, start: int) -> Mention | None:
        for rule in self._orphans.values():
            orphan = rule.regex.match(place.folded, start)
            if orphan:
                return self._documents.read_orphan(place.text, place.folded, start, orphan.end(), place.dates)
        found = self._documents.type_at(place.folded, start)
        if found is None or self._provisions.in_a_word(place.folded, found[0].type, start):
            return None
        return self._documents.read_typed(place.text, place.folded, start, *found, place.dates)

    # -- provisions ----------------------------------------------------------------------------------------------

    def _of_provision(self, place: Place, provision: Provision) -> Iterator[CitationMatch]:
        mention, attached = self._document_behind(place, provision)
        unnumbered = provision.items[0].kind == "appendix_bare"
        if mention is None:
            if not unnumbered and not self._provisions.is_own_label(place.text, place.folded, provision):
                for group in provision.groups():
                    yield from self._bare(place, group)
        elif provision.appendices_only and self._is_this(place, mention):
            yield from self._appendices(place, provision, mention.end)
        elif unnumbered:
            if not mention.this:
                yield self._cite(place, mention)
        else:
            yield self._cite(place, mention, provision, attached)

    def _document_behind(self, place: Place, provision: Provision) -> tuple[Mention | None, bool]:
        """The document that the provision is in, and whether in a regulation that the document issues."""
        text, folded, end = place.text, place.folded, provision.end
        for link_id, link in self._links.items():
            joined = link.regex.match(folded, end) if link_id != "issued_with" else None
            mention = self._documents.read(text, folded, joined.end(), place.dates) if joined else None
            if mention is None or mention.start == end:
                continue
            form = self._short_form(place, mention)
            if form is not None:
                return replace(mention, end=form.end, name=form.name), link_id == "attached"
            if not mention.bare:
                return mention, link_id == "attached"
            issued = (
                self._links["issued_with"].regex.match(folded, mention.end) if "issued_with" in self._links else None
            )
            issuing = self._documents.read(text, folded, issued.end(), place.dates) if issued else None
            if issuing is not None and not issuing.bare:
                return issuing, True
            if self._names_document(place, provision, mention):
                return mention, False
            return None, False
        return None, False

    def _names_document(self, place: Place, provision: Provision, mention: Mention) -> bool:
        """Whether a type word alone is a document ("Điều 3 Nghị quyết"): it has a capital, but is no caption."""
        word = place.text[mention.start : mention.end]
        if mention.kind.common and self._provisions.is_own_label(place.text, place.folded, provision):
            return False
        return word[0].isupper() and not word.isupper()

    def _bare(self, place: Place, provision: Provision) -> Iterator[CitationMatch]:
        if provision.appendices_only:
            yield from self._appendices(place, provision, provision.end)
            return
        external = place.quoted or self._changes(place, provision)
        yield CitationMatch(
            provision.start,
            provision.end,
            provision=place.text[provision.start : provision.end],
            internal=not external,
            paths=self._provisions.paths(place.folded, provision),
        )

    def _appendices(self, place: Place, provision: Provision, end: int) -> Iterator[CitationMatch]:
        """Each appendix of a list is a citation of its own; the last one runs on to the document behind it."""
        external = place.quoted or (end == provision.end and self._changes(place, provision))
        labels = [
            (item.start if k == 0 else label.word, label)
            for item in provision.items
            for k, label in enumerate(self._provisions.labels(place.folded, item))
        ]
        if not labels:
            yield CitationMatch(provision.start, end, "phu_luc", internal=not external, paths=((("appendix", ""),),))
        for k, (start, label) in enumerate(labels):
            yield CitationMatch(
                start,
                end if k == len(labels) - 1 else label.end,
                "phu_luc",
                number=place.text[label.start : label.end],
                internal=not external,
                paths=((("appendix", label.value),),),
            )

    def _changes(self, place: Place, provision: Provision) -> bool:
        """Whether the provision is another document's, which this text amends: it is what the amending words govern, or
        stands in the new wording that they quote."""
        if place.amending or self._amended_rule.match(place.folded, provision.end):
            return True
        if place.instructions is None:
            verbs = [match.end() for match in self._amends.finditer(place.folded)]
            passive = self._amended_rule.search(place.folded)
            quotes = list(_QUOTES.finditer(place.folded)) if verbs or passive else []
            place.instructions = _Instructions(
                verbs,
                min([*verbs[:1], *([passive.end()] if passive else [])], default=None),
                [match.end() for match in self._sentence_ends.finditer(place.text)] if verbs else [],
                [match.start() for match in quotes],
                list(accumulate(1 if match[0] == "“" else -1 for match in quotes)),
            )
        return place.instructions.govern(provision.start)

    # -- documents -----------------------------------------------------------------------------------------------

    def _cite(
        self,
        place: Place,
        mention: Mention,
        provision: Provision | None = None,
        attached: bool = False,
        refers: CitationMatch | None = None,
    ) -> CitationMatch:
        own = self._is_this(place, mention)
        amended = place.quoted or (mention.bare and provision is not None and self._changes(place, provision))
        return CitationMatch(
            start=provision.start if provision else mention.start,
            end=mention.end,
            type=mention.kind.type,
            number=mention.number,
            date=mention.date,
            issuer=mention.issuer,
            title=None if mention.this else self._title(place, mention.end),
            provision=place.text[provision.start : provision.end] if provision else None,
            internal=bool(provision) and own and not amended,
            paths=self._provisions.paths(place.folded, provision) if provision else (),
            name=mention.name,
            this=mention.this,
            attached=attached or (own and mention.kind.type != place.own.type),
            refers=refers or self._defined(place, mention),
        )

    def _is_this(self, place: Place, mention: Mention) -> bool:
        """Whether it is the document itself, or something that it issues: "Nghị quyết này", "Quy định này"."""
        if mention.this:
            return mention.kind.own or mention.kind.type == place.own.type
        return mention.bare and mention.kind.type == place.own.type

    def _title(self, place: Place, end: int) -> str | None:
        match = self._title_rule.match(place.folded, end)
        return place.text[match.start("title") : match.end("title")].rstrip(" ,") if match else None

    def _is_own(self, match: CitationMatch, own: OwnDocument) -> bool:
        if own.number is None or match.number is None:
            return False
        same = "".join(match.number.split()).casefold() == "".join(own.number.split()).casefold()
        return same and (match.date is None or not own.dates or match.date in own.dates)

    # -- short forms ---------------------------------------------------------------------------------------------

    def _define_short_forms(self, place: Place, found: list[CitationMatch], forms: ShortForms) -> None:
        """Notes what "(sau đây gọi tắt là Nghị định 58)" stands for: the last document before it of that type."""
        for definition in self._short_forms.finditer(place.folded):
            named = self._documents.type_at(place.folded, definition.start("name"))
            if named is None or len(forms.forms) >= _MAX_SHORT_FORMS:
                continue
            before = bisect_right(found, definition.start(), key=lambda match: match.end)
            near = found[max(0, before - _SHORT_FORM_REACH) : before]
            full = next((match for match in reversed(near) if match.type == named[0].type and not match.this), None)
            if full is not None:
                forms.forms[definition["name"].strip()] = full = full.refers or full
                if before < len(found) and found[before].start == definition.start("name"):
                    found[before] = replace(found[before], refers=full)

    def _short_form(self, place: Place, mention: Mention) -> CitationMatch | None:
        """The mention as a short form that is more than its type word: "Nghị định phí", defined before."""
        if place.forms is None or not place.forms.forms or not mention.bare:
            return None
        for name in sorted(place.forms.forms, key=len, reverse=True):
            end = mention.start + len(name)
            longer = len(name) > mention.end - mention.start
            if longer and place.folded.startswith(name, mention.start) and not place.folded[end : end + 1].isalnum():
                full = place.forms.forms[name]
                return CitationMatch(mention.start, end, full.type, name=place.text[mention.start : end], refers=full)
        return None

    def _defined(self, place: Place, mention: Mention) -> CitationMatch | None:
        """The citation that this mention was defined to stand for."""
        if place.forms is None or not place.forms.forms:
            return None
        return place.forms.forms.get(place.folded[mention.start : mention.end])


@lru_cache(maxsize=4)
def citation_scanner(grammar: Grammar) -> CitationScanner:
    """The scanner that this grammar makes, compiled once."""
    return CitationScanner(grammar)


def _by_first_letter(openings: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all openings, a branch for each first letter, so that the search can skip to those letters; it
    takes the letter alone, for another opening may begin within one that comes to nothing ("chi tiết điểm a")."""
    branches: dict[str, list[str]] = {}
    for opening in dict.fromkeys(openings):
        branches.setdefault(opening[0], []).append(opening[1:])
    sources = [f"{letter}(?={'|'.join(rest)})" for letter, rest in branches.items()]
    return re.compile("|".join(sources) or r"(?!)")

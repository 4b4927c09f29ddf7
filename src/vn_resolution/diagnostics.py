"""The one table of codes, for what the parser doubted and for what the linter finds, and what is made from it."""

from __future__ import annotations

import re
from typing import NamedTuple

from vn_resolution.model import Diagnostic, Severity, Span

_FIELD = re.compile(r"\{(\w+)[^{}]*\}")


class Code(NamedTuple):
    """`severity` of the doubt and its `message`, a format string."""

    severity: Severity
    message: str


CODES: dict[str, Code] = {
    # S: the source
    "S001": Code("warning", "the text was not valid {encoding}; undecodable bytes were replaced"),
    "S002": Code("warning", "the input is empty"),
    "S003": Code("warning", "the input looks like binary data, not text"),
    "S004": Code("info", "decoded as {encoding}"),
    "S010": Code("warning", "the automatic numbering is damaged ({reason}); its labels were counted plainly"),
    "S011": Code("info", "tracked changes were read as if all of them were accepted"),
    "S012": Code("warning", "the document holds {count} pictures and hardly any text; pictures are not read"),
    "S013": Code("info", "{what} in the document could not be read and was left out"),
    "S101": Code("info", "pages {pages} are pictures and were read with {engine}"),
    "S102": Code("warning", "{text!r} was recognised with doubt ({confidence:.0f} of 100)"),
    "S103": Code("warning", "pages {pages} are pictures and were not read; to read them: {remedy}"),
    "S104": Code("info", "page numbers and running headers were left out: {what}"),
    "S105": Code("warning", "{count} characters of page {page} have no meaning in the file itself"),
    "S106": Code("info", "{count} characters of page {page} were left out: they are {how}"),
    "S107": Code("info", "pages {pages} are pictures; the text that the file keeps beneath them was read"),
    "S108": Code("warning", "page {page} could not be read: {reason}"),
    "S109": Code("info", "text in fonts with an encoding of their own ({fonts}) was converted to Unicode"),
    "S110": Code("info", "the text was written in {encoding} and converted to Unicode"),
    "S111": Code("warning", "the text had been read in the wrong encoding ({encoding}) and was repaired"),
    "S112": Code("info", "converted by {program} before it was read"),
    "S113": Code("info", "{seen!r} was recognised where {label!r} follows on, and was read as that"),
    # D: the document as a whole
    "D001": Code("warning", "this does not read as a resolution of a People's Council: {reason}"),
    "D002": Code("warning", "no enacting words were found"),
    "D003": Code("info", "no article (Điều) was found"),
    "D004": Code("warning", "the text seems cut off: it has {what}"),
    "D005": Code("info", "the header has no {field}"),
    "D006": Code("warning", "no clause tells when the resolution was adopted"),
    "D007": Code("warning", "no signature with name and role was found"),
    # N: numbering and structure
    "N001": Code("warning", "{label} follows {previous}: {missing} missing in between"),
    "N002": Code("warning", "{label} appears again"),
    "N003": Code("warning", "{label} opens a list that does not begin with its first label"),
    "N004": Code("info", "{label} looks like a label but does not follow on; read as text"),
    "N005": Code("warning", "the quotation opened here is never closed"),
    "N006": Code("info", "the paragraph was joined across a page break"),
    "N007": Code("info", "{slip!r} was read as {word!r}"),
    "N008": Code("warning", "the table's rows could not be told apart with certainty"),
    "N009": Code("info", "this text stands outside every unit that was recognised"),
    "N010": Code("warning", "{label} stands after {previous}, which comes later"),
    # V: values
    "V001": Code("warning", "{text!r} is no date of the calendar"),
    "V002": Code("info", "the separators of {text!r} were read the English way"),
    "V003": Code("info", "{text!r} was read as one number although blanks tear it"),
    "V004": Code("warning", "the figures and the words of {text!r} do not agree"),
    "V005": Code("info", "{text!r} names no currency and was read as đồng"),
    "V006": Code("warning", "it was issued on {issued}, before it was adopted on {adopted}"),
    "V007": Code("warning", "it enters into force on {begin}, before it was adopted on {adopted}"),
    "V008": Code("error", "it leaves force on {end}, before it enters into it on {begin}"),
    "V009": Code("warning", "its number {number!r} is of another year than its date {date}"),
    # R: references
    "R001": Code("warning", "{text!r} leads to no unit of this document"),
    "R002": Code("warning", "{text!r} is of {date}, later than this document ({own})"),
    # A: Akoma Ntoso, what is wrong with it (A0..) and how it was read (A1..)
    "A001": Code("error", "this is no Akoma Ntoso that can be read: {reason}"),
    "A002": Code("error", "{attribute}={value!r} leads nowhere"),
    "A003": Code("error", "eId {eid!r} should be {stem!r} with a number"),
    "A004": Code("error", "eId {eid!r} does not show the number of its label {label!r}"),
    "A005": Code("error", "eId {eid!r} stands more than once"),
    "A006": Code("error", "{value!r} is no three-letter language code"),
    "A007": Code("error", "{value!r} is no IRI of Akoma Ntoso"),
    "A008": Code("error", "{value!r} does not belong to the work {work!r}"),
    "A009": Code("error", "{attribute}={value!r} is no date of the calendar"),
    "A010": Code("warning", "the event of {date} stands after that of {previous}"),
    "A101": Code("info", "<{tag}> was read as {kind}"),
    "A102": Code("info", "<{tag}> has no counterpart in the model; its words were read as {kind}"),
    "A103": Code("warning", "the document was changed after it was written; spans are those of its own text"),
    "A104": Code("info", "the source text is not in the document; spans are those of its own text"),
    "A105": Code("info", "<{tag}> was read as if it were an act"),
    "A106": Code("warning", "the namespace {namespace!r} is not that of Akoma Ntoso 3.0"),
    "A107": Code("info", "<{tag}> was left out: the model has no place for what it says"),
}

CATEGORIES: dict[str, str] = {
    "S": "source",
    "D": "document",
    "N": "numbering",
    "V": "values",
    "R": "references",
    "A": "Akoma Ntoso",
}
"""What the first letter of a code means."""

HINTS: dict[str, str] = {
    "S001": "save the file as UTF-8, or look for the copy that it was made from",
    "S002": "look whether the right file was given",
    "S003": "give the document itself: text, Markdown, HTML, Word or PDF",
    "S010": "number the list anew in the word processor",
    "S012": "read the pictures with a program that recognises characters, or give the PDF",
    "S102": "compare the words with the picture",
    "S103": "install what is named, and read the file again",
    "S105": "compare the page with what was read of it",
    "S108": "look at the page in another program; print the file to a new PDF",
    "S111": "look for the copy that was not garbled",
    "D001": "what does not apply to resolutions of other bodies may be wrong",
    "D002": "the enacting words (QUYẾT NGHỊ) stand between the legal bases and the first article",
    "D004": "look for a page that is missing at the end of the copy",
    "D005": "the number may stand in an appendix, the date beside the place in the header",
    "D006": "the clause says “… thông qua ngày …” and stands behind the last article",
    "D007": "capacity, role and name stand behind the adoption clause",
    "N001": "look for a unit that was lost, or whose label was misprinted",
    "N002": "number the later unit anew, or look for a heading that was lost between the two",
    "N003": "look for the beginning of the list on the page before",
    "N005": "close the quotation behind the last word of the new wording",
    "N008": "compare the table with the document; a format that marks tables (Word, HTML) tells their rows",
    "N010": "put the units into the order of their numbers",
    "V001": "check the day against the month",
    "V004": "the words are what the document says; correct the figures, or the other way round",
    "V006": "a resolution is adopted first and issued then",
    "V007": "a resolution enters into force after its adoption",
    "V008": "check the dates in the final article",
    "V009": "the year in the number is that of its issue",
    "R001": "name the unit as it is labelled, or the document that it belongs to",
    "R002": "check number and date of the cited document",
    "A001": "only <akomaNtoso> without a document type declaration is read",
    "A002": "give the element that is meant this eId, or take the attribute away",
    "A003": "an eId is that of the enclosing element, “__”, the short name of the element, “_” and its number",
    "A004": "the number in an eId is the label without punctuation and words",
    "A005": "a second element of the same name has “_2” behind its number",
    "A006": "ISO 639-2: “vie”, “eng”",
    "A007": "/akn/{country}/{type}/{subtype}/{author}/{date}/{number}",
    "A008": "expression and manifestation begin with the IRI of their work",
    "A009": "dates are written YYYY-MM-DD",
    "A010": "events stand in the order of their dates",
    "A103": "write the file anew from the resolution that was read, or undo the change",
    "A106": "convert the document to version 3.0; what was read of it may be less than it says",
}
"""What to do about a finding; every error and every warning has one."""


def shown_message(code: str) -> str:
    """The message of a code with the names of what it tells, "⟨label⟩ appears again"."""
    return _FIELD.sub(r"⟨\1⟩", CODES[code].message)


def diagnostic(code: str, span: Span | None = None, **words: object) -> Diagnostic:
    """The diagnostic with this code. Raises KeyError for a code that the table lacks."""
    severity, message = CODES[code]
    return Diagnostic(code=code, severity=severity, message=message.format(**words), span=span)


class Finding(NamedTuple):
    """A diagnostic as a linter shows it. `span` is a place in `Source.text`, `line` (from 1) one in the file that was
    checked, `eid` the unit or element that it is about; null where there is none."""

    code: str
    category: str
    severity: Severity
    message: str
    hint: str | None = None
    span: Span | None = None
    line: int | None = None
    eid: str | None = None


def finding(doubt: Diagnostic, line: int | None = None, eid: str | None = None) -> Finding:
    """The finding that a diagnostic makes."""
    hint = HINTS.get(doubt.code)
    known = CATEGORIES.get(doubt.code[:1], "")
    return Finding(doubt.code, known, doubt.severity, doubt.message, hint, doubt.span, line, eid)

"""The one table of diagnostic codes, and how a diagnostic is made from it."""

from __future__ import annotations

from typing import NamedTuple

from vn_resolution.model import Diagnostic, Severity, Span


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
    # D: the document as a whole
    "D001": Code("warning", "this does not read as a resolution of a People's Council: {reason}"),
    "D002": Code("warning", "no enacting words were found"),
    "D003": Code("info", "no article (Điều) was found"),
    "D004": Code("warning", "the text seems cut off: {what} is missing"),
    "D005": Code("info", "the header has no {field}"),
    # N: numbering and structure
    "N001": Code("warning", "{label} follows {previous}: {missing} is missing"),
    "N002": Code("warning", "{label} appears again"),
    "N003": Code("warning", "{label} opens a list that does not begin with its first label"),
    "N004": Code("info", "{label} looks like a label but does not follow on; read as text"),
    "N005": Code("warning", "the quotation opened here is never closed"),
    "N006": Code("info", "the paragraph was joined across a page break"),
    "N007": Code("info", "{slip!r} was read as {word!r}"),
    "N008": Code("warning", "the table's rows could not be told apart with certainty"),
    "N009": Code("info", "this text stands outside every unit that was recognised"),
    # V: values
    "V001": Code("warning", "{text!r} is no date of the calendar"),
}


def diagnostic(code: str, span: Span | None = None, **words: object) -> Diagnostic:
    """The diagnostic with this code. Raises KeyError for a code that the table lacks."""
    severity, message = CODES[code]
    return Diagnostic(code=code, severity=severity, message=message.format(**words), span=span)

"""Writes findings as plain data and as SARIF 2.1.0, the form in which code hosts and editors show what a checker
found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from vn_resolution.diagnostics import CATEGORIES, CODES, HINTS, Finding, shown_message
from vn_resolution.model import Span
from vn_resolution.render.lint import line_starts
from vn_resolution.version import __version__

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

FINDINGS_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Findings of vn-resolution lint",
    "type": "object",
    "required": ["files"],
    "additionalProperties": False,
    "properties": {
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "error", "findings"],
                "additionalProperties": False,
                "properties": {
                    "file": {"type": "string", "description": "The file as it was named."},
                    "error": {"type": ["string", "null"], "description": "Why it could not be read."},
                    "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
                },
            },
        }
    },
    "$defs": {
        "finding": {
            "type": "object",
            "required": [*Finding._fields],
            "additionalProperties": False,
            "properties": {
                "code": {"enum": [*CODES], "description": "See docs/codes.md."},
                "category": {"enum": [*CATEGORIES.values()]},
                "severity": {"enum": ["error", "warning", "info"]},
                "message": {"type": "string", "minLength": 1},
                "hint": {"type": ["string", "null"], "description": "What to do about it."},
                "span": {
                    "type": ["array", "null"],
                    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
                    "minItems": 2,
                    "maxItems": 2,
                    "description": "[start, end) in code points of the source text.",
                },
                "line": {"type": ["integer", "null"], "minimum": 1, "description": "The line of the file."},
                "eid": {"type": ["string", "null"], "description": "The unit or element that it is about."},
            },
        }
    },
}
"""The JSON Schema of `to_data`."""

_DRIVE: Final = re.compile("[A-Za-z]:/")
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}


class Checked(NamedTuple):
    """One file: its path with "/" between folders, the findings, its text where the findings have spans in it, and why
    it could not be read, where it could not."""

    path: str
    findings: Sequence[Finding] = ()
    text: str | None = None
    error: str | None = None


def to_data(files: Iterable[Checked]) -> dict[str, Any]:
    """The findings of each file, ready to be JSON."""
    return {
        "files": [
            {"file": file.path, "error": file.error, "findings": [finding._asdict() for finding in file.findings]}
            for file in files
        ]
    }


def to_sarif(files: Iterable[Checked]) -> dict[str, Any]:
    """The log of one run over these files. Columns count code points from 1."""
    files = list(files)
    codes = sorted({finding.code for file in files for finding in file.findings})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(codes)},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(files)],
                "results": [result for file in files for result in _results(file, codes)],
            }
        ],
    }


def _driver(codes: Sequence[str]) -> dict[str, Any]:
    return {"name": "vn-resolution", "version": __version__, "rules": [_rule(code) for code in codes]}


def _rule(code: str) -> dict[str, Any]:
    known = CODES[code]
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": shown_message(code)},
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
        "properties": {"category": CATEGORIES[code[0]]},
    }
    if code in HINTS:
        rule["help"] = {"text": HINTS[code]}
    return rule


def _invocation(files: Sequence[Checked]) -> dict[str, Any]:
    unread = [
        {
            "level": "error",
            "message": {"text": file.error},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}}}],
        }
        for file in files
        if file.error is not None
    ]
    done: dict[str, Any] = {"executionSuccessful": not unread}
    return done | ({"toolExecutionNotifications": unread} if unread else {})


def _results(file: Checked, codes: Sequence[str]) -> Iterator[dict[str, Any]]:
    starts = line_starts(file.text) if file.text is not None else None
    for finding in file.findings:
        yield _result(finding, file.path, starts, codes)


def _result(finding: Finding, path: str, starts: Sequence[int] | None, codes: Sequence[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if finding.span and starts is not None:
        place["region"] = _region(finding.span, starts)
    elif finding.line is not None:
        place["region"] = {"startLine": finding.line}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.eid:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.eid}]
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
    }


def _region(span: Span, starts: Sequence[int]) -> dict[str, int]:
    first, last = bisect_right(starts, span[0]), bisect_right(starts, span[1])
    left, right = span[0] - starts[first - 1] + 1, span[1] - starts[last - 1] + 1
    return {"startLine": first, "startColumn": left, "endLine": last, "endColumn": right}


def _uri(path: str) -> str:
    """A file's path as a URI: of an absolute one the whole, of others what leads from the folder of the run to it."""
    place = quote(path, safe=f"/~!$&'()*+,;=@{':' if _DRIVE.match(path) else ''}")
    if _DRIVE.match(path):
        return f"file:///{place}"
    return f"file://{place}" if path.startswith("/") else place


__all__ = ["FINDINGS_SCHEMA", "SCHEMA", "Checked", "to_data", "to_sarif"]

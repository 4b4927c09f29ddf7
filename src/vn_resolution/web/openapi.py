"""What the OpenAPI description says besides the routes: the bodies that a request may have, the answers, examples of
both, and every error by its code."""

from __future__ import annotations

import json
from typing import Any, Final

from vn_resolution.render.sarif import FINDINGS_SCHEMA, SCHEMA
from vn_resolution.web.forms import CHECK_TYPES, MEDIA_TYPES
from vn_resolution.web.inputs import MOST_FILES, TYPES

EXAMPLE: Final = "HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\nĐiều 1. Giao Sở A thực hiện.\n\nĐiều 3. Hiệu lực.\n"
"""A text for the examples of requests; the article 2 that it lacks is in those of answers."""

REQUEST_BODY: Final[dict[str, Any]] = {
    "required": True,
    "description": "The document: as a form (files, or a pasted text), as JSON, or as the bare bytes of a file.",
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "file": {
                        "description": f"One file; up to {MOST_FILES} where the answer is a zip.",
                        "oneOf": [
                            {"type": "string", "format": "binary"},
                            {"type": "array", "items": {"type": "string", "format": "binary"}},
                        ],
                    },
                    "text": {"type": "string", "description": "A pasted text, instead of a file."},
                    "name": {"type": "string", "description": "A name for the text."},
                    "type": {"enum": list(TYPES), "description": "Read the document as this."},
                },
            },
            "example": {"text": EXAMPLE, "name": "nghi-quyet.txt"},
        },
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["text"],
                "properties": {
                    "text": {"type": "string"},
                    "name": {"type": "string"},
                    "type": {"enum": list(TYPES)},
                },
                "additionalProperties": False,
            },
            "example": {"text": EXAMPLE, "name": "nghi-quyet.txt", "type": "text"},
        },
        "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        "text/plain": {"schema": {"type": "string"}, "example": EXAMPLE},
        "text/markdown": {"schema": {"type": "string"}, "example": EXAMPLE},
    },
}
"""The request body of a route that takes documents."""

_GAP: Final = {
    "code": "N001",
    "category": "numbering",
    "severity": "warning",
    "message": "Điều 3. follows Điều 1.: 1 missing in between",
    "hint": "look for a unit that was lost, or whose label was misprinted",
    "span": [69, 77],
    "line": 7,
    "eid": "art_3",
}

PARSED: Final[dict[str, Any]] = {
    "description": "The resolution.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Resolution"}}},
}
CONVERTED: Final[dict[str, Any]] = {
    "description": "The file.",
    "content": {
        media.split(";")[0]: {"schema": {"type": "string"} | ({"format": "binary"} if form == "zip" else {})}
        for form, media in MEDIA_TYPES.items()
        if form != "json"
    }
    | {"application/json": {"schema": {"$ref": "#/components/schemas/Resolution"}}},
}
CHECKED: Final[dict[str, Any]] = {
    "description": "The findings of each document.",
    "content": {
        CHECK_TYPES["json"]: {"schema": {"$ref": "#/components/schemas/Findings"}},
        CHECK_TYPES["sarif"]: {"schema": {"type": "object", "description": f"SARIF 2.1.0: {SCHEMA}"}},
    },
}

_ERRORS: Final[dict[int, tuple[str, dict[str, str]]]] = {
    400: (
        "The request cannot be read.",
        {
            "bad_json": "the body is no JSON",
            "bad_length": "the Content-Length header is no number",
            "http_400": f"Too many files. Maximum number of files is {MOST_FILES}.",
        },
    ),
    408: ("The body came too slowly.", {"slow": "the request's body did not arrive in time"}),
    413: ("The document is too large.", {"too_large": "the request is larger than the limit of 20 MB"}),
    415: (
        "The document, or the form of the request, is of a kind that is not read.",
        {
            "unsupported_type": "image/gif is a type that is not read",
            "unsupported_form": "send a form as multipart/form-data, bytes as application/octet-stream",
        },
    ),
    421: ("The service was called by a strange name.", {"wrong_host": "this service answers to its own name only"}),
    422: (
        "The request makes no sense, or no text can be had from the document.",
        {
            "no_document": "there is no document in the request: send a file or a text",
            "one_document": "send one document at a time, or ask for a zip",
            "bad_request": "to: Input should be 'json', 'akn', 'outline', 'html', 'csv' or 'zip'",
            "encrypted": "the document is encrypted",
            "unreadable": "the file is damaged",
        },
    ),
    500: (
        "A fault of the service.",
        {
            "fault": "unexpected ValueError (a fault of vn-resolution; please report it)",
            "crash": "the worker process died of this document",
        },
    ),
    501: (
        "A tool is not installed that this kind of document needs.",
        {"missing_tool": "scanned pages need tesseract"},
    ),
    503: (
        "Too many requests are waiting; the header Retry-After says when to come again.",
        {
            "busy": "too many requests are waiting; try again in a moment",
            "stopping": "the service is being stopped",
        },
    ),
    504: ("The document took too long.", {"timeout": "reading this document took longer than 30 seconds"}),
}

_ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}


def completed(described: dict[str, Any]) -> dict[str, Any]:
    """The description with the schemas of a resolution and of findings, and with the example that holds a null: FastAPI
    leaves nulls out of what it is told."""
    from vn_resolution.model import json_schema

    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in (("Resolution", json_schema()), ("Findings", FINDINGS_SCHEMA)):
        moved = json.loads(json.dumps(schema).replace("#/$defs/", "#/components/schemas/"))
        schemas.update(moved.pop("$defs"))
        schemas[name] = {key: value for key, value in moved.items() if not key.startswith("$")}
    answer = described["paths"]["/api/lint"]["post"]["responses"]["200"]["content"][CHECK_TYPES["json"]]
    answer["example"] = {"files": [{"file": "nghi-quyet.txt", "error": None, "findings": [_GAP]}]}
    return described


def errors() -> dict[int | str, dict[str, Any]]:
    """The answers of a route that takes documents where it has none to give: each code with an example."""
    return {
        status: {
            "description": f"{words} ({', '.join(codes)})",
            "content": {
                "application/json": {
                    "schema": _ERROR,
                    "examples": {
                        code: {"value": {"error": {"code": code, "message": message}}}
                        for code, message in codes.items()
                    },
                }
            },
        }
        for status, (words, codes) in _ERRORS.items()
    }


__all__ = ["CHECKED", "CONVERTED", "EXAMPLE", "PARSED", "REQUEST_BODY", "completed", "errors"]

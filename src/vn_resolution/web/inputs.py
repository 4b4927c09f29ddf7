"""Turns the body of a request into documents: a form with files or a text, JSON with a text, or the bare bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from vn_resolution.web.jobs import Failure, Input

if TYPE_CHECKING:
    from starlette.requests import Request

TYPES: Final = {"text": "text/plain", "markdown": "text/markdown"}
MOST_FILES: Final = 20
_NAMELESS: Final = "van-ban.txt"


async def read_inputs(request: Request, max_bytes: int) -> tuple[Input, ...] | Failure:
    """The documents of a request, at least one. Nothing is written anywhere that outlives the request."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _from_form(request, max_bytes)
    if kind == "application/x-www-form-urlencoded":
        return Failure(415, "unsupported_form", "send a form as multipart/form-data, bytes as application/octet-stream")
    body = await request.body()
    if kind == "application/json":
        return _from_json(body)
    media_type = kind if kind in TYPES.values() else None
    return _one_or_none([Input(body, request.query_params.get("name"), media_type)] if body else [])


async def _from_form(request: Request, max_bytes: int) -> tuple[Input, ...] | Failure:
    from starlette.datastructures import UploadFile

    async with request.form(max_files=MOST_FILES, max_fields=8, max_part_size=max_bytes) as form:
        media_type = TYPES.get(str(form.get("type", "")))
        uploads = [part for part in form.getlist("file") if isinstance(part, UploadFile) and part.filename]
        inputs = [Input(await part.read(), part.filename, media_type) for part in uploads]
        text, name = form.get("text"), form.get("name")
        if not inputs and isinstance(text, str) and text.strip():
            shown = name if isinstance(name, str) and name else _NAMELESS
            inputs.append(Input(text.encode("utf-8", "replace"), shown, media_type))
    return _one_or_none(inputs)


def _from_json(body: bytes) -> tuple[Input, ...] | Failure:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return Failure(400, "bad_json", "the body is no JSON")
    text = asked.get("text") if isinstance(asked, dict) else None
    if not isinstance(text, str):
        return Failure(422, "bad_request", 'the JSON must be an object with a string "text"')
    kind = asked.get("type")
    if kind is not None and kind not in TYPES:
        return Failure(422, "bad_request", f'"type" must be one of {", ".join(TYPES)}')
    name = asked.get("name")
    media_type = TYPES.get(kind, "text/plain") if kind or not isinstance(name, str) else None
    shown = name if isinstance(name, str) and name else _NAMELESS
    return _one_or_none([Input(text.encode("utf-8", "replace"), shown, media_type)] if text else [])


def _one_or_none(inputs: list[Input]) -> tuple[Input, ...] | Failure:
    return tuple(inputs) or Failure(422, "no_document", "there is no document in the request: send a file or a text")


__all__ = ["MOST_FILES", "TYPES", "read_inputs"]

"""Stands before the application: refuses strange hosts and bodies that are too large or too slow, and puts the safe
headers on every answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from vn_resolution.web.settings import MEGABYTE, Settings

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[MutableMapping[str, Any], _Receive, _Send], Awaitable[None]]

HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cache-control": "no-store",
}
_LONGEST_LENGTH: Final = 18
POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The content security policy of an answer that has none of its own."""


class _RefusedError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class Guard:
    """An ASGI application around another one."""

    def __init__(self, app: _App, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: MutableMapping[str, Any], receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        refused: list[_RefusedError] = []

        async def safe_send(message: _Message) -> None:
            nonlocal started
            if refused and not started:  # what the application makes of a broken body is of no interest
                return
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message)
            await send(message)

        try:
            headers = {name.lower(): value for name, value in scope["headers"]}
            self._check_host(headers.get(b"host", b"").decode("latin-1"))
            self._check_length(headers.get(b"content-length", b"0"))
            await self._app(scope, self._bounded(receive, refused), safe_send)
        except _RefusedError as refusal:
            refused.append(refusal)
        except Exception:
            if not refused:
                raise
        if refused and not started:
            await _refuse(send, refused[0])

    def _check_host(self, host: str) -> None:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if self._settings.hosts and name.lower() not in self._settings.hosts:
            raise _RefusedError(421, "wrong_host", "this service answers to its own name only")

    def _check_length(self, length: bytes) -> None:
        if not length.isdigit():
            raise _RefusedError(400, "bad_length", "the Content-Length header is no number")
        if len(length) > _LONGEST_LENGTH or int(length) > self._settings.max_bytes:
            raise self._too_large()

    def _too_large(self) -> _RefusedError:
        most = self._settings.max_bytes / MEGABYTE
        return _RefusedError(413, "too_large", f"the request is larger than the limit of {most:g} MB")

    def _bounded(self, receive: _Receive, refused: list[_RefusedError]) -> _Receive:
        """The body as it comes, until it is too large or too slow: then that is put into `refused` and raised."""
        size = 0
        ends: float | None = None
        over = False

        async def bounded() -> _Message:
            nonlocal size, ends, over
            if over:  # the body is there: what else comes is that the client has gone, however late
                return await receive()
            loop = asyncio.get_running_loop()
            ends = ends or loop.time() + self._settings.body_timeout
            try:
                async with asyncio.timeout_at(ends):
                    message = await receive()
            except TimeoutError:
                refused.append(_RefusedError(408, "slow", "the request's body did not arrive in time"))
                raise refused[0] from None
            size += len(message.get("body", b""))
            over = not message.get("more_body", False)
            if size > self._settings.max_bytes:
                refused.append(self._too_large())
                raise refused[0]
            return message

        return bounded


def _add_headers(start: _Message) -> None:
    present = {name.lower() for name, _ in start.get("headers", ())}
    wanted = {**HEADERS, "content-security-policy": POLICY}
    more = [(k.encode(), v.encode()) for k, v in wanted.items() if k.encode() not in present]
    start["headers"] = [*start.get("headers", ()), *more]


async def _refuse(send: _Send, refusal: _RefusedError) -> None:
    body = json.dumps({"error": {"code": refusal.code, "message": str(refusal)}}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if refusal.status in (408, 413):  # the rest of the body is not read
        headers.append((b"connection", b"close"))
    start: _Message = {"type": "http.response.start", "status": refusal.status, "headers": headers}
    _add_headers(start)
    await send(start)
    await send({"type": "http.response.body", "body": body})


__all__ = ["HEADERS", "POLICY", "Guard"]

"""What a source may cost: `Limits` with safe defaults, and the clock that ends what takes too long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from vn_resolution.errors import SourceTooLarge

MEGABYTE = 1024 * 1024
DEFAULT_MAX_BYTES = 64 * MEGABYTE
"""The largest input that is read unless the caller asks for more."""


@dataclass(frozen=True)
class Limits:
    """Bounds of one source: its bytes, its pages, how deep its elements may nest, the bytes that it unpacks to, and the
    seconds that reading it may take, those of recognising each page of a scan apart. What exceeds one raises
    SourceTooLarge."""

    max_bytes: int = DEFAULT_MAX_BYTES
    max_pages: int = 2_000
    max_depth: int = 1_000
    max_unpacked: int = 100 * MEGABYTE
    max_seconds: float = 120.0
    page_seconds: float = 120.0

    def check_bytes(self, data: bytes, name: str) -> None:
        """Raises SourceTooLarge for an input of too many bytes."""
        if len(data) > self.max_bytes:
            raise SourceTooLarge(
                f"{name}: larger than the limit of {size_of(self.max_bytes)}; raise the limit (--max-size) to read it"
            )

    def check_pages(self, count: int, name: str) -> None:
        """Raises SourceTooLarge for a document of too many pages."""
        if count > self.max_pages:
            raise SourceTooLarge(
                f"{name}: {count} pages, more than the limit of {self.max_pages}; "
                "raise the limit (--max-pages) to read it"
            )

    def check_depth(self, depth: int, name: str) -> None:
        """Raises SourceTooLarge for elements that nest too deep."""
        if depth > self.max_depth:
            raise SourceTooLarge(
                f"{name}: its elements nest deeper than the limit of {self.max_depth}; no document needs that: "
                "save it afresh from the program that it was written with"
            )


DEFAULT_LIMITS = Limits()
Progress = Callable[[int, int], None]
"""Is told how many pages are read, and how many there are."""


class Clock:
    """Counts the seconds of one reading from its making."""

    __slots__ = ("_end", "_name", "_seconds")

    def __init__(self, limits: Limits, name: str) -> None:
        self._seconds = limits.max_seconds
        self._end = time.monotonic() + limits.max_seconds
        self._name = name

    def check(self) -> None:
        """Raises SourceTooLarge once the time is over."""
        if time.monotonic() > self._end:
            raise SourceTooLarge(
                f"{self._name}: reading takes longer than the limit of {self._seconds:g} s; "
                "raise the limit (--max-seconds) to read it"
            )


def size_of(count: int) -> str:
    """A number of bytes as a person says it."""
    return f"{count / MEGABYTE:.0f} MB" if count >= MEGABYTE else f"{count} bytes"

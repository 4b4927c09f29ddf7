"""Collects what was doubtful in the reading of an Akoma Ntoso document, each thing once."""

from __future__ import annotations

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic


class Notices:
    """The doubts in the order in which they arose."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Diagnostic] = {}

    def note(self, code: str, **words: str) -> None:
        """Adds the doubt with this code and these words, unless it is there."""
        self._found.setdefault((code, repr(words)), diagnostic(code, None, **words))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was noted."""
        return tuple(self._found.values())


__all__ = ["Notices"]

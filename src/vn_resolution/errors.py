"""What can go wrong before there is any text, and with a corpus: the exceptions that this library raises."""

from __future__ import annotations


class VnResolutionError(Exception):
    """Any error of this library."""


class UnreadableSource(VnResolutionError):
    """No text can be had from this input. The message says what was wrong and what to do."""


class UnsupportedType(UnreadableSource):
    """The input is of a kind that this installation does not read."""


class EncryptedSource(UnreadableSource):
    """The input is encrypted."""


class DamagedSource(UnreadableSource):
    """The input is truncated or broken."""


class SourceTooLarge(UnreadableSource):
    """The input exceeds a limit."""


class MissingTool(UnreadableSource):
    """An optional program or extra is needed; the message names it."""


class GrammarError(VnResolutionError):
    """A grammar file cannot be used; the message names file and rule."""


class CorpusError(VnResolutionError):
    """A corpus that cannot be opened, built or written; the message says what to do."""

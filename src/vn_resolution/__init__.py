"""Structured reading of resolutions of Vietnam's People's Councils."""

from __future__ import annotations

from vn_resolution.errors import (
    DamagedSource,
    EncryptedSource,
    GrammarError,
    MissingTool,
    SourceTooLarge,
    UnreadableSource,
    UnsupportedType,
    VnResolutionError,
)
from vn_resolution.model import Resolution
from vn_resolution.parser import Parser, parse
from vn_resolution.version import __version__

__all__ = [
    "DamagedSource",
    "EncryptedSource",
    "GrammarError",
    "MissingTool",
    "Parser",
    "Resolution",
    "SourceTooLarge",
    "UnreadableSource",
    "UnsupportedType",
    "VnResolutionError",
    "__version__",
    "parse",
]

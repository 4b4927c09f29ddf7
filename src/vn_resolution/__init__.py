"""Structured reading of resolutions of Vietnam's People's Councils."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vn_resolution.diagnostics import Finding
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
from vn_resolution.model import Citation, DateMention, Quantity, Resolution
from vn_resolution.parser import Parser, parse
from vn_resolution.sources.limits import Limits
from vn_resolution.sources.places import locate
from vn_resolution.version import __version__

if TYPE_CHECKING:
    from vn_resolution.corpus.store import Corpus

__all__ = [
    "Corpus",
    "DamagedSource",
    "EncryptedSource",
    "Finding",
    "GrammarError",
    "Limits",
    "MissingTool",
    "Parser",
    "Resolution",
    "SourceTooLarge",
    "UnreadableSource",
    "UnsupportedType",
    "VnResolutionError",
    "__version__",
    "find_citations",
    "find_dates",
    "find_quantities",
    "lint",
    "locate",
    "parse",
]


def __getattr__(name: str) -> Any:
    """`Corpus`, imported when it is asked for: the package itself must load fast."""
    if name == "Corpus":
        from vn_resolution.corpus.store import Corpus

        return Corpus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def lint(source: Resolution | bytes) -> tuple[Finding, ...]:
    """What is wrong with a resolution, in the order of its places: what the parser doubted, what is missing or
    contradicts itself. In the bytes of an Akoma Ntoso document also what is wrong with its markup; the bytes of any
    other document are parsed first. docs/codes.md lists the codes.

    Raises UnreadableSource where no text can be had from the bytes.
    """
    from vn_resolution.render.akn_parse import looks_like_akn
    from vn_resolution.render.lint import lint as findings

    return findings(parse(source) if isinstance(source, bytes) and not looks_like_akn(source) else source)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers with a unit in any string, in order, with their place in it."""
    from vn_resolution.extract.quantities import find_quantities as find

    return find(text)


def find_citations(text: str) -> tuple[Citation, ...]:
    """The citations in any string, in order, with their place in it. The unit that an internal citation leads to, which
    only a document can tell, is left open."""
    from vn_resolution.extract.citations import find_citations as find

    return find(text)


def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates and periods in any string, in order, with their place in it."""
    from vn_resolution.extract.dates import find_dates as find

    return find(text)

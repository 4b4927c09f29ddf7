"""The way through the house: a source goes in, a `Resolution` comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO

from vn_resolution.garbage import put_off
from vn_resolution.grammar import Grammar, load_grammar
from vn_resolution.model import Diagnostic, Resolution, Source, Span
from vn_resolution.sources.extract_result import Extract, Merged
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits, Progress
from vn_resolution.sources.readers import load, load_stream, read_document


class Parser:
    """A parser with one grammar: compiled once, used for many documents.

    `grammar`: a folder, or several, of TOML files whose rules are added to the packaged grammar or replace its own; or
    a `Grammar` as it is.
    """

    def __init__(self, grammar: str | Path | Iterable[str | Path] | Grammar | None = None) -> None:
        if not isinstance(grammar, Grammar):
            folders = () if grammar is None else (grammar,) if isinstance(grammar, str | Path) else tuple(grammar)
            grammar = load_grammar(*(Path(folder) for folder in folders))
        self.grammar: Grammar = grammar
        # Imported when a parser is made: the package itself must load fast.
        from vn_resolution.extract.enrich import Enricher
        from vn_resolution.structure.assemble import Structurer

        self._structurer = Structurer(self.grammar)
        self._enricher = Enricher(self.grammar)

    def parse(
        self,
        source: str | Path | bytes | IO[bytes],
        *,
        name: str | None = None,
        media_type: str | None = None,
        max_bytes: int | None = None,
        limits: Limits = DEFAULT_LIMITS,
        progress: Progress | None = None,
    ) -> Resolution:
        """The resolution in a file (`str` or `Path`), in bytes, in a binary file object, or in a text (`str` together
        with `media_type="text/plain"` or `"text/markdown"`).

        `limits` bound what the source may cost (`max_bytes` in place of theirs where it is given); `progress` is called
        with the pages read and the pages there are after each page of a PDF or a scan.

        Doubts are diagnostics. Raises UnreadableSource (and its subclasses) when no text can be had at all.
        """
        extract: Extract
        if max_bytes is not None:
            limits = replace(limits, max_bytes=max_bytes)
        if isinstance(source, bytes | bytearray | memoryview):
            extract = read_document(bytes(source), name, media_type, limits, progress)
        elif isinstance(source, Path) or (isinstance(source, str) and media_type is None):
            extract = load(source, name=name, media_type=media_type, limits=limits, progress=progress)
        elif isinstance(source, str):
            extract = read_document(source, name, media_type, limits)
        else:
            extract = load_stream(source, name, media_type, limits, progress)
        return self.read_extract(extract)

    def read_extract(self, extract: Extract) -> Resolution:
        """The resolution in what a reader of `sources` took out of a file."""
        return self.read(extract.source, extract.diagnostics, dict(extract.generated), extract.tables, extract.merged)

    def read(
        self,
        source: Source,
        diagnostics: Iterable[Diagnostic] = (),
        generated: Mapping[int, str] | None = None,
        tables: Iterable[Span] = (),
        merged: Iterable[Merged] = (),
    ) -> Resolution:
        """The resolution in a source that was read already. `generated`: the labels that the document shows and its
        text lacks (Word's automatic numbers), by the offset of the paragraph that they stand before. `tables`: the
        stretches of the text that are certainly rows of tables, `merged` the cells in them that take several columns or
        rows."""
        with put_off():
            tree = self._structurer.read(source, list(diagnostics), generated, tuple(tables), merged)
            return self._enricher.enrich(tree)


@lru_cache(maxsize=4)
def _parser(grammar: str | Path | tuple[str | Path, ...] | None) -> Parser:
    return Parser(grammar)


def parse(
    source: str | Path | bytes | IO[bytes],
    *,
    name: str | None = None,
    media_type: str | None = None,
    grammar: str | Path | Iterable[str | Path] | None = None,
    max_bytes: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> Resolution:
    """`Parser(grammar).parse(source)`, with the parser kept for the next call."""
    key = grammar if grammar is None or isinstance(grammar, str | Path) else tuple(grammar)
    return _parser(key).parse(
        source, name=name, media_type=media_type, max_bytes=max_bytes, limits=limits, progress=progress
    )

"""Turns a PDF into its text, page by page: from the characters and where they stand, or by recognition where a page is
a picture."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from vn_resolution.diagnostics import diagnostic
from vn_resolution.errors import DamagedSource, SourceTooLarge, UnreadableSource
from vn_resolution.model import Diagnostic, Source
from vn_resolution.sources import scan
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.limits import DEFAULT_LIMITS, Clock, Limits, Progress
from vn_resolution.sources.pdf_layout import Layout, lay_out
from vn_resolution.sources.pdf_process import Glyphs, PdfProcess
from vn_resolution.sources.pdf_words import INVISIBLE, UNMAPPED, PageWords, page_words

MEDIA_TYPE = "application/pdf"
DPI = 300
_PICTURE = 0.5
"""The share of a page that images cover from which on it may be a scan."""
_STAMP = 400
"""Characters that a scan may carry beside its picture: stamps of signatures, page numbers."""
_MEANINGLESS = 0.25
_SHOWN = 12
_HOW_LOST = {"slanted": "printed aslant", "outside": "outside the page", "hidden": "invisible"}
_PAGE_NAMED = re.compile(r"^page \d+ of the PDF")
_SPECKS = "specks and strokes"


def read_pdf(
    data: bytes,
    name: str = "the input",
    limits: Limits = DEFAULT_LIMITS,
    *,
    recognise: bool = True,
    progress: Progress | None = None,
) -> Extract:
    """The text of a PDF: paragraphs one a line, tables row by row, `source.pages` where each page begins.

    Pages without text are recognised with Tesseract, each within `limits.page_seconds` (which `limits.max_seconds` does
    not count), unless `recognise` is off. Raises MissingTool (pypdfium2, or Tesseract where every page is a picture),
    EncryptedSource, DamagedSource, SourceTooLarge; a page that cannot be read is a diagnostic where others can.
    """
    limits.check_bytes(data, name)
    with PdfProcess(data, name) as process:
        limits.check_pages(process.pages, name)
        reader = _Reader(process, name, limits, recognise)
        for page in range(process.pages):
            reader.read(page)
            if progress is not None:
                progress(page + 1, process.pages)
    return reader.extract(data)


@dataclass(slots=True)
class _Reader:
    """Reads the pages one after the other and remembers how each was read."""

    process: PdfProcess
    name: str
    limits: Limits
    recognise: bool
    pages: list[PageWords] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    layered: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    doubts: list[Diagnostic] = field(default_factory=list)
    failures: list[UnreadableSource] = field(default_factory=list)
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(self.limits, self.name)

    def read(self, index: int) -> None:
        """Reads the page of this index, counted from 0."""
        self.clock.check()
        number = index + 1
        try:
            glyphs = self.process.glyphs(index)
        except (DamagedSource, SourceTooLarge) as error:
            self._failed(number, error)
            self.pages.append(PageWords(number, 595.0, 842.0, []))
            return
        kind = _kind(glyphs)
        if kind == "text":
            page = page_words(glyphs, number, self._decode_font)
            self._tell_lost(page)
        elif kind == "layer":
            page = page_words(glyphs, number, self._decode_font, hidden=True)
            self.layered.append(number)
        else:
            page = self._recognised(index, glyphs)
        self.pages.append(page)

    def _recognised(self, index: int, glyphs: Glyphs) -> PageWords:
        number = index + 1
        if self.recognise and scan.can_recognise():
            try:
                page = scan.recognise(self.process.image(index, DPI), number, self.name, self.limits.page_seconds)
                self.recognised.append(number)
                return page
            except (DamagedSource, SourceTooLarge) as error:
                self._failed(number, error)
        self.unread.append(number)
        return page_words(glyphs, number, self._decode_font, hidden=True)

    def _failed(self, number: int, error: UnreadableSource) -> None:
        self.failures.append(error)
        self.doubts.append(diagnostic("S108", page=number, reason=reason(error)))

    def _decode_font(self, text: str, font: str) -> str | None:
        from vn_resolution.sources.legacy import from_font

        converted = from_font(text, font)
        if converted is not None:
            self.fonts.add(font.partition("+")[2] or font)
        return converted

    def _tell_lost(self, page: PageWords) -> None:
        for kind, count in sorted(page.lost.items()):
            if kind == "unmapped" and count:
                self.doubts.append(diagnostic("S105", count=count, page=page.number))
            elif count:
                self.doubts.append(diagnostic("S106", count=count, page=page.number, how=_HOW_LOST[kind]))

    def extract(self, data: bytes) -> Extract:
        """What was read. Raises what stood against it where no page was: MissingTool where all are pictures."""
        if not any(page.words for page in self.pages):
            if self.failures:
                raise self.failures[0]
            if self.unread:
                scan.require_tesseract(self.name)
        layout = lay_out(self.pages)
        for page in self.pages:
            if page.lost["specks"]:
                self.doubts.append(diagnostic("S106", count=page.lost["specks"], page=page.number, how=_SPECKS))
        source = Source(
            name=self.name, media_type=MEDIA_TYPE, sha256=hashlib.sha256(data).hexdigest(), text=layout.text,
            pages=layout.pages, locators=layout.locators,
        )  # fmt: skip
        return Extract(
            source, (*self._told(), *told_of_layout(layout)), tables=tuple(layout.tables), merged=tuple(layout.merged)
        )

    def _told(self) -> Iterable[Diagnostic]:
        if self.recognised:
            yield diagnostic("S101", pages=ranges(self.recognised), engine=engine())
        if self.layered:
            yield diagnostic("S107", pages=ranges(self.layered))
        if self.unread:
            yield diagnostic("S103", pages=ranges(self.unread), remedy=scan.HOW_TO_GET)
        if self.fonts:
            yield diagnostic("S109", fonts=", ".join(sorted(self.fonts)[:_SHOWN]))
        yield from self.doubts


def _kind(glyphs: Glyphs) -> str:
    """How a page is to be read: its "text", the text "layer" beneath its picture, or the "picture"."""
    shown = hidden = meaningless = 0
    layer: list[str] = []
    for code, flags in zip(glyphs.codes, glyphs.flags, strict=True):
        if code <= 32:
            layer.append(" ")
        elif flags & INVISIBLE:
            hidden += 1
            layer.append(chr(code) if code < 0xD800 else " ")
        else:
            shown += 1
            meaningless += bool(flags & UNMAPPED)
    picture = glyphs.images >= _PICTURE
    if picture and shown <= _STAMP:
        return "layer" if hidden > shown and _reads_well("".join(layer)) else "picture"
    if shown and meaningless > _MEANINGLESS * shown:
        return "picture"
    return "text"


def _reads_well(text: str) -> bool:
    """Whether the text layer of a scan is Vietnamese with its marks, and no reading by an engine that knows none."""
    from vn_resolution.sources.legacy import vietnamese_share

    return vietnamese_share(text) >= 0.9


def reason(error: Exception) -> str:
    """An error's message without the names of file and page."""
    words = str(error).partition(": ")[2] or str(error)
    return _PAGE_NAMED.sub("it", words)


def engine() -> str:
    """The recogniser as a person calls it."""
    found = scan.find_tesseract()
    return f"Tesseract {found.version}" if found else "Tesseract"


def told_of_layout(layout: Layout) -> list[Diagnostic]:
    """What laying out left out, and the numbers of which the recogniser was not sure."""
    found = []
    if layout.left_out:
        shown = [f"{text!r} (page {page})" for page, text in layout.left_out[:_SHOWN]]
        if len(layout.left_out) > _SHOWN:
            shown.append(f"and {len(layout.left_out) - _SHOWN} more")
        found.append(diagnostic("S104", what=", ".join(shown)))
    if not layout.text.strip():
        found.append(diagnostic("S002"))
    for start, end, confidence in layout.doubtful:
        found.append(diagnostic("S102", (start, end), text=layout.text[start:end], confidence=confidence))
    for start, end, seen in layout.mended:
        found.append(diagnostic("S113", (start, end), seen=seen, label=layout.text[start:end]))
    return found


def ranges(numbers: list[int]) -> str:
    """ "1-3, 7" for 1, 2, 3, 7."""
    parts: list[str] = []
    start = last = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != last + 1:
            parts.append(str(start) if start == last else f"{start}-{last}")
            start = number
        last = number
    return ", ".join(parts)

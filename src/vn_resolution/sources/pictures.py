"""Turns pictures of pages (PNG, JPEG, TIFF with one page or many) into their text, by recognition."""

from __future__ import annotations

import hashlib
import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vn_resolution.diagnostics import diagnostic
from vn_resolution.errors import DamagedSource, MissingTool, SourceTooLarge, UnreadableSource
from vn_resolution.model import Diagnostic, Source
from vn_resolution.sources import scan
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits, Progress
from vn_resolution.sources.pdf import engine, ranges, reason, told_of_layout
from vn_resolution.sources.pdf_layout import lay_out
from vn_resolution.sources.pdf_process import MAX_PIXELS, Bitmap
from vn_resolution.sources.pdf_words import PageWords

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "TIFF": "image/tiff"}
_OPENED = ("PNG", "JPEG", "TIFF")
_PAPER = 8.27
"""Inches: the width of A4, which a picture without a resolution is taken to show."""
_ONE_BYTE = ("1", "L", "P")
"""The modes that take one byte a pixel once they are unpacked; the others take four at most."""
_MOST_BYTES = 160_000_000
_LEAST_DPI, _MOST_DPI = 200, 600
_WANTED_DPI = 300


def read_image(
    data: bytes,
    name: str = "the input",
    limits: Limits = DEFAULT_LIMITS,
    *,
    progress: Progress | None = None,
) -> Extract:
    """The text of a picture, or of the pages of a TIFF, each recognised within `limits.page_seconds`.

    Raises MissingTool (Pillow, Tesseract), DamagedSource, SourceTooLarge; a page that cannot be recognised is a
    diagnostic where others can.
    """
    limits.check_bytes(data, name)
    scan.require_tesseract(name)
    pages: list[PageWords] = []
    read: list[int] = []
    doubts: list[Diagnostic] = []
    failure: UnreadableSource | None = None
    kind = "image/png"
    for count, (bitmap, found) in _bitmaps(data, name, limits):
        kind = found
        number = len(pages) + 1
        try:
            pages.append(scan.recognise(bitmap, number, name, limits.page_seconds))
            read.append(number)
        except (DamagedSource, SourceTooLarge) as error:
            failure = failure or error
            pages.append(PageWords(number, bitmap.width * 72 / bitmap.dpi, bitmap.height * 72 / bitmap.dpi, []))
            doubts.append(diagnostic("S108", page=number, reason=reason(error)))
        if progress is not None:
            progress(len(pages), count)
    if failure is not None and not any(page.words for page in pages):
        raise failure
    layout = lay_out(pages)
    source = Source(
        name=name,
        media_type=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        text=layout.text,
        pages=layout.pages,
        locators=layout.locators,
    )
    told = diagnostic("S101", pages=ranges(read), engine=engine())
    return Extract(
        source, (told, *doubts, *told_of_layout(layout)), tables=tuple(layout.tables), merged=tuple(layout.merged)
    )


def _bitmaps(data: bytes, name: str, limits: Limits) -> Iterator[tuple[int, tuple[Bitmap, str]]]:
    """(number of pages, (a page, media type)) for each page."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError:
        raise MissingTool(f"{name}: this is a picture; to read it: pip install 'vn-resolution[ocr]'") from None
    try:
        with _quiet():
            picture = Image.open(io.BytesIO(data), formats=_OPENED)
        count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
        limits.check_pages(count, name)
        for frame in range(count):
            with _quiet():
                picture.seek(frame)
                _check_size(picture, name)
                bitmap = _bitmap(picture)
            yield count, (bitmap, _FORMATS[picture.format or "PNG"])
    except Image.DecompressionBombError:
        raise SourceTooLarge(f"{name}: the picture has too many pixels") from None
    except UnidentifiedImageError:
        raise DamagedSource(f"{name}: the picture is damaged, or of another kind than its first bytes say") from None
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError) as error:
        raise DamagedSource(f"{name}: the picture is damaged or cut off: {error}") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """What Pillow warns of in a damaged picture is no concern of the caller: it is read, or an error says why not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _check_size(picture: Image.Image, name: str) -> None:
    size = picture.width * picture.height * (1 if picture.mode in _ONE_BYTE else 4)
    if size > _MOST_BYTES:
        raise SourceTooLarge(
            f"{name}: the picture is of {picture.width} by {picture.height} pixels, more than any page needs; "
            "scan it at 300 dpi"
        )


def _bitmap(picture: Image.Image) -> Bitmap:
    """The picture upright, in grey, at a resolution that the recogniser likes."""
    from PIL import Image, ImageOps

    grey = _in_grey(picture)
    dpi = _dpi(picture, min(grey.width, grey.height))
    if dpi < _LEAST_DPI and grey.width * grey.height * (_WANTED_DPI / dpi) ** 2 <= MAX_PIXELS:
        scale = _WANTED_DPI / dpi
    else:
        scale = min(
            1.0, math.sqrt(MAX_PIXELS / (grey.width * grey.height)), _WANTED_DPI / dpi if dpi > _MOST_DPI else 1.0
        )
    if scale != 1:
        size = (max(1, int(grey.width * scale)), max(1, int(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BOX)
    grey.info["exif"] = picture.getexif().tobytes()
    grey = ImageOps.exif_transpose(grey)
    return Bitmap(grey.width, grey.height, dpi * scale, grey.tobytes())


def _in_grey(picture: Image.Image) -> Image.Image:
    """In grey, on white where it is transparent."""
    from PIL import Image

    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    grey = picture.convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        alpha = picture.convert("RGBA").getchannel("A")
        white = Image.new("L", grey.size, 255)
        white.paste(grey, mask=alpha)
        return white
    return grey


def _dpi(picture: Image.Image, width: int) -> float:
    """What the picture says, where paper of a sensible size comes of it; else what A4 paper would make of it."""
    said = picture.info.get("dpi")
    try:
        dpi = float(said[0]) if said else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    return dpi if dpi > 50 and 4 <= width / dpi <= 18 else width / _PAPER

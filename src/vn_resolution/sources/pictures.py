"""Turns pictures of pages (PNG, JPEG, TIFF with one page or many) into their text, by recognition."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vn_resolution.diagnostics import diagnostic
from vn_resolution.errors import DamagedSource, MissingTool, SourceTooLarge
from vn_resolution.model import Source
from vn_resolution.sources import scan
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.limits import DEFAULT_LIMITS, Limits
from vn_resolution.sources.pdf import engine, ranges, told_of_layout
from vn_resolution.sources.pdf_layout import lay_out
from vn_resolution.sources.pdf_process import MAX_PIXELS, Bitmap
from vn_resolution.sources.pdf_words import PageWords

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "TIFF": "image/tiff"}
_OPENED = ("PNG", "JPEG", "TIFF")
_PAPER = 8.27
"""Inches: the width of A4, which a picture without a resolution is taken to show."""
_LEAST_DPI, _MOST_DPI = 200, 600
_WANTED_DPI = 300


def read_image(
    data: bytes,
    name: str = "the input",
    limits: Limits = DEFAULT_LIMITS,
    *,
    page_seconds: float = scan.PAGE_SECONDS,
    progress: Callable[[int, int], None] | None = None,
) -> Extract:
    """The text of a picture, or of the pages of a TIFF, each recognised within `page_seconds`.

    Raises MissingTool (Pillow, Tesseract), DamagedSource, SourceTooLarge.
    """
    limits.check_bytes(data, name)
    scan.require_tesseract(name)
    pages: list[PageWords] = []
    kind = "image/png"
    for count, (bitmap, found) in _bitmaps(data, name, limits):
        kind = found
        pages.append(scan.recognise(bitmap, len(pages) + 1, name, page_seconds))
        if progress is not None:
            progress(len(pages), count)
    layout = lay_out(pages)
    source = Source(
        name=name, media_type=kind, sha256=hashlib.sha256(data).hexdigest(), text=layout.text, pages=layout.pages
    )
    told = diagnostic("S101", pages=ranges([page.number for page in pages]), engine=engine())
    return Extract(source, (told, *told_of_layout(layout)), tables=tuple(layout.tables))


def _bitmaps(data: bytes, name: str, limits: Limits) -> Iterator[tuple[int, tuple[Bitmap, str]]]:
    """(number of pages, (a page, media type)) for each page."""
    try:
        from PIL import Image, ImageOps
    except ImportError:
        raise MissingTool(f"{name}: this is a picture; to read it: pip install 'vn-resolution[ocr]'") from None
    try:
        with _quiet():
            picture = Image.open(io.BytesIO(data), formats=_OPENED)
        count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
        if count > limits.max_pages:
            raise SourceTooLarge(
                f"{name}: {count} pages, more than the limit of {limits.max_pages}; raise the limit to read it"
            )
        for frame in range(count):
            with _quiet():
                picture.seek(frame)
                _check_pixels(picture, name)
                bitmap = _bitmap(ImageOps.exif_transpose(picture) or picture, picture)
            yield count, (bitmap, _FORMATS[picture.format or "PNG"])
    except Image.DecompressionBombError:
        raise SourceTooLarge(f"{name}: the picture has too many pixels") from None
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError) as error:
        raise DamagedSource(f"{name}: the picture is damaged or cut off: {error}") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """What Pillow warns of in a damaged picture is no concern of the caller: it is read, or an error says why not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _check_pixels(picture: Image.Image, name: str) -> None:
    if picture.width * picture.height > 2 * MAX_PIXELS:
        raise SourceTooLarge(f"{name}: the picture has more than {2 * MAX_PIXELS // 1_000_000} million pixels")


def _bitmap(picture: Image.Image, original: Image.Image) -> Bitmap:
    """The picture in grey, on white where it is transparent, at a resolution that the recogniser likes."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        alpha = picture.convert("RGBA")
        white = Image.new("RGBA", alpha.size, "white")
        picture = Image.alpha_composite(white, alpha)
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.point(lambda value: value / 256).convert("L")
    grey = picture.convert("L")
    dpi = _dpi(original, min(grey.width, grey.height))
    if dpi < _LEAST_DPI:
        scale = _WANTED_DPI / dpi
        size = (round(grey.width * scale), round(grey.height * scale))
        if size[0] * size[1] <= MAX_PIXELS:
            grey, dpi = grey.resize(size, Image.Resampling.LANCZOS), float(_WANTED_DPI)
    elif dpi > _MOST_DPI or grey.width * grey.height > MAX_PIXELS:
        scale = min(_WANTED_DPI / dpi, 1.0)
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
        dpi = dpi * scale
    return Bitmap(grey.width, grey.height, dpi, grey.tobytes())


def _dpi(picture: Image.Image, width: int) -> float:
    """What the picture says, where paper of a sensible size comes of it; else what A4 paper would make of it."""
    said = picture.info.get("dpi")
    try:
        dpi = float(said[0]) if said else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    return dpi if dpi > 50 and 4 <= width / dpi <= 18 else width / _PAPER

"""The program that pdfium runs in, apart from the caller: a PDF on standard input, then one request a line, and for
each a line of JSON with the bytes that it promises on standard output.

pdfium is C++ code that reads files of strangers. In a process of its own it may crash, hang or eat memory without
harm to the caller (`pdf_process.PdfProcess`), and threads of the caller need not wait for one another. This file is
run as a script: it imports nothing of the package.
"""

from __future__ import annotations

import ctypes
import json
import math
import signal
import struct
import sys
from array import array
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

MAX_GLYPHS = 50_000
MAX_SEGMENTS = 40_000
MAX_OBJECTS = 100_000
MAX_DEPTH = 4
MAX_LAYERS = 60
"""How many times a page may be covered by pictures; scans that keep paper, ink and text apart have three."""
THIN = 3.0
"""Points up to which a filled rectangle is a drawn line."""
BOLD, INVISIBLE, UNMAPPED = 1, 2, 4


def main() -> None:
    """Serve one document until standard input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    size, memory, seconds = struct.unpack("<QQd", requests.read(24))
    data = requests.read(size)
    _limit_time(seconds)
    try:
        document = _Document(data, memory)
    except Exception as error:
        _answer(answers, {"error": str(error), "code": getattr(error, "err_code", None)})
        return
    _answer(answers, {"pages": document.pages})
    for line in requests:
        request = json.loads(line)
        _limit_time(request["seconds"])
        try:
            head, body = document.serve(request)
        except _TooMuch as error:
            head, body = {"error": str(error), "too_much": str(error)}, b""
        except Exception as error:
            head, body = {"error": f"{type(error).__name__}: {error}"}, b""
        _answer(answers, head, body)


def _answer(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    stream.write(json.dumps({**head, "bytes": len(body)}).encode() + b"\n" + body)
    stream.flush()


def _limit_time(seconds: float) -> None:
    """Ends this process (by SIGPROF) once it has used so much processor time from now on, where the system has such
    limits. Counted so, a busy machine makes no file too large."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(more: int) -> None:
    """Lets this process take so many bytes more than it has now, where the system has such limits."""
    try:
        import resource

        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        limit = taken + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):  # no such limits on this system
        return


class _TooMuch(Exception):
    """A page that no document has; the message says what it does."""


class _Document:
    """An open PDF."""

    def __init__(self, data: bytes, memory: int) -> None:
        self.raw: Any = import_module("pypdfium2.raw")
        _limit_memory(memory)
        self.pdf: Any = import_module("pypdfium2").PdfDocument(data)
        self.pages = len(self.pdf)

    def serve(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        page = self.pdf[request["page"]]
        try:
            if request["do"] == "image":
                return self._image(page, request["dpi"], request["pixels"])
            return self._text(page)
        finally:
            page.close()

    # -- a page as glyphs and lines ----------------------------------------------------------------------

    def _text(self, page: Any) -> tuple[dict[str, Any], bytes]:
        """Glyphs as five arrays (code points, 7 floats a glyph, flags, fonts) and what is drawn, in points of the page
        as it is shown: x to the right, y downwards from its top left corner."""
        place = _Placement(page)
        width, height = place.size
        codes, floats, flags, fonts, names, generated = self._glyphs(page, place)
        drawn = _Drawn(self.raw, place, width * height)
        drawn.walk_page(page)
        head = {
            "width": width, "height": height, "glyphs": len(codes), "fonts": names,
            "segments": len(drawn.segments) // 4, "images": drawn.image_share(), "generated": generated,
        }  # fmt: skip
        body = codes.tobytes() + floats.tobytes() + flags.tobytes() + fonts.tobytes() + drawn.segments.tobytes()
        return head, body

    def _glyphs(self, page: Any, place: _Placement) -> tuple[Any, ...]:
        raw = self.raw
        textpage = page.get_textpage()
        handle = textpage.raw
        count = textpage.count_chars()
        if count > MAX_GLYPHS:
            raise _TooMuch(f"holds more than {MAX_GLYPHS} characters")
        codes, floats, flags, fonts = array("I"), array("f"), array("B"), array("H")
        names: dict[str, int] = {}
        known: dict[int, tuple[float, float, int, int]] = {}
        box = raw.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        generated = 0
        for index in range(count):
            if raw.FPDFText_IsGenerated(handle, index) == 1:
                generated += 1
                continue
            code = raw.FPDFText_GetUnicode(handle, index)
            if not raw.FPDFText_GetCharOrigin(handle, index, x, y) or not raw.FPDFText_GetLooseCharBox(
                handle, index, box
            ):
                continue
            owner = raw.FPDFText_GetTextObject(handle, index)
            key = ctypes.cast(owner, ctypes.c_void_p).value or 0
            style = known.get(key) if key else None
            if style is None:
                style = self._style(handle, index, owner if key else None, names, place)
                if key:
                    known[key] = style
            size, angle, marks, font = style
            if raw.FPDFText_HasUnicodeMapError(handle, index) == 1 or code == 0:
                marks |= UNMAPPED
            left, top, right, bottom = place.box(box.left, box.bottom, box.right, box.top)
            at_x, at_y = place.point(x.value, y.value)
            values = (left, top, right, bottom, at_x, at_y, size)
            if not all(map(math.isfinite, values)):
                continue
            codes.append(code)
            floats.extend(values)
            floats.append(angle)
            flags.append(marks)
            fonts.append(font)
        textpage.close()
        return codes, floats, flags, fonts, list(names), generated

    def _style(
        self, handle: Any, index: int, owner: Any, names: dict[str, int], place: _Placement
    ) -> tuple[float, float, int, int]:
        """Size in points as shown, angle in degrees as shown, marks, and number of the font."""
        raw = self.raw
        matrix = raw.FS_MATRIX()
        size = raw.FPDFText_GetFontSize(handle, index)
        angle = 0.0
        if raw.FPDFText_GetMatrix(handle, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
        marks = 0
        name = ""
        weight = raw.FPDFText_GetFontWeight(handle, index)
        if owner is not None:
            if raw.FPDFTextObj_GetTextRenderMode(owner) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                marks |= INVISIBLE
            font = raw.FPDFTextObj_GetFont(owner)
            if font:
                buffer = ctypes.create_string_buffer(256)
                length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
                name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", errors="replace")
        if weight >= 600 or "bold" in name.lower():
            marks |= BOLD
        if name not in names and len(names) >= 65_000:
            name = next(iter(names))
        return abs(size), (place.rotation - angle) % 360, marks, names.setdefault(name, len(names))

    # -- a page as an image -------------------------------------------------------------------------------

    def _image(self, page: Any, dpi: float, most_pixels: int) -> tuple[dict[str, Any], bytes]:
        """The page as 8-bit grey (rows without padding), at `dpi` or less where it would be too large."""
        width, height = page.get_size()
        scale = dpi / 72
        if width * height * scale * scale > most_pixels:
            scale = math.sqrt(most_pixels / max(1.0, width * height))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
        stride, wide, high = bitmap.stride, bitmap.width, bitmap.height
        rows = memoryview(bitmap.buffer).cast("B")
        data = b"".join(bytes(rows[k * stride : k * stride + wide]) for k in range(high))
        return {"width": wide, "height": high, "dpi": scale * 72}, data


class _Placement:
    """Maps the coordinates of a page's content to those of the page as it is shown (crop box, /Rotate)."""

    def __init__(self, page: Any) -> None:
        self.rotation = page.get_rotation() % 360
        left, bottom, right, top = page.get_cropbox()
        media = page.get_mediabox()
        self.left, self.bottom = max(left, media[0]), max(bottom, media[1])
        self.right, self.top = min(right, media[2]), min(top, media[3])
        if self.right <= self.left or self.top <= self.bottom:
            self.left, self.bottom, self.right, self.top = media
        size = (self.right - self.left, self.top - self.bottom)
        self.size = size if self.rotation in (0, 180) else size[::-1]

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _Drawn:
    """Collects the straight lines that run along or across the page, and how much of it images cover."""

    def __init__(self, raw: Any, place: _Placement, area: float) -> None:
        self.raw = raw
        self.place = place
        self.area = max(area, 1.0)
        self.segments = array("f")
        self.images = 0.0
        self.seen = 0

    def image_share(self) -> float:
        return min(1.0, self.images / self.area)

    def walk_page(self, page: Any) -> None:
        raw = self.raw
        for k in range(min(raw.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
            self._object(raw.FPDFPage_GetObject(page.raw, k), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)

    def _object(self, item: Any, outer: tuple[float, ...], depth: int) -> None:
        raw = self.raw
        self.seen += 1
        if self.seen > MAX_OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, _times(self._matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _times(self._matrix(item), outer)
            self.images += abs(a * d - b * c)
            if self.images > MAX_LAYERS * self.area:
                raise _TooMuch(f"is covered by pictures more than {MAX_LAYERS} times over")
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = _times(self._matrix(item), outer)
            for k in range(min(raw.FPDFFormObj_CountObjects(item), MAX_OBJECTS)):
                self._object(raw.FPDFFormObj_GetObject(item, k), inner, depth + 1)

    def _matrix(self, item: Any) -> tuple[float, ...]:
        matrix = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(item, matrix):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _path(self, item: Any, matrix: tuple[float, ...]) -> None:
        raw = self.raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        count = raw.FPDFPath_CountSegments(item)
        if not (fill.value or stroke.value) or count <= 0 or len(self.segments) > 4 * MAX_SEGMENTS:
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        figure: list[tuple[float, float]] = []
        for k in range(min(count, 4 * MAX_SEGMENTS)):
            segment = raw.FPDFPath_GetPathSegment(item, k)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and figure:
                self._figure(figure, bool(stroke.value))
                figure = []
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            a, b, c, d, e, f = matrix
            figure.append(self.place.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                figure.append(figure[0])
        if figure:
            self._figure(figure, bool(stroke.value))

    def _figure(self, points: list[tuple[float, float]], stroke: bool) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if right - left <= THIN or bottom - top <= THIN:  # a line, or a bar that looks like one
            if right - left > bottom - top:
                self._segment(left, (top + bottom) / 2, right, (top + bottom) / 2)
            else:
                self._segment((left + right) / 2, top, (left + right) / 2, bottom)
        elif stroke:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1:
                    self._segment(x0, y0, x1, y1)

    def _segment(self, x0: float, y0: float, x1: float, y1: float) -> None:
        values = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if all(map(math.isfinite, values)) and max(values[2] - values[0], values[3] - values[1]) > THIN:
            self.segments.extend(values)


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


if __name__ == "__main__":
    main()

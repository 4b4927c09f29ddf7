"""Speaks with the process in which pdfium runs: glyphs and images of the pages of one PDF, each within a time limit."""

from __future__ import annotations

import json
import signal
import struct
import subprocess
import sys
import threading
from array import array
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from vn_resolution.errors import DamagedSource, EncryptedSource, MissingTool, SourceTooLarge

_CHILD = Path(__file__).with_name("pdf_child.py")
_MEMORY = 400 * 1024 * 1024
"""Bytes that the child may take beyond what it starts with: a picture of A3 at 600 dpi in colour fits."""
_LONGEST_ANSWER = 512 * 1024 * 1024
_PASSWORD, _SECURITY = 4, 5
_OPEN_SECONDS, _TEXT_SECONDS, _IMAGE_SECONDS = 4.0, 1.2, 5.0
"""Seconds of processor time: to open a PDF, and to read or to draw one of its pages. Real ones take 0.1, 0.05, 0.5."""
_PATIENCE = 15
"""How many times as long the child may be silent: the machine may be busy, or know no limits of processor time."""
_SIGPROF = getattr(signal, "SIGPROF", 0)
MAX_PIXELS = 40_000_000
"""Pixels of a page's image: A3 at 300 dpi is 17 million."""


@dataclass(slots=True)
class Glyphs:
    """One page: `width` and `height` in points, and for each glyph its code point, its values (left, top, right,
    bottom, x and y of its origin, size, angle in degrees clockwise), flags (`pdf_child`) and font; the straight lines
    drawn (x0, y0, x1, y1); the share of the page that images cover."""

    width: float
    height: float
    codes: array[int]
    values: array[float]
    flags: array[int]
    fonts: array[int]
    font_names: list[str]
    segments: array[float]
    images: float


@dataclass(slots=True)
class Bitmap:
    """A page as 8-bit grey, rows from the top without padding."""

    width: int
    height: int
    dpi: float
    data: bytes

    def pgm(self) -> bytes:
        """The image as a file that every image program reads."""
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.data


class PdfProcess:
    """An open PDF in a process of its own; a context manager.

    Raises on entry MissingTool, EncryptedSource, DamagedSource or SourceTooLarge; later DamagedSource where pdfium
    fails on a page, and SourceTooLarge where a page takes too long or holds too much.
    """

    def __init__(self, data: bytes, name: str, memory: int = _MEMORY) -> None:
        self._data = data
        self._name = name
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None
        self._expired = False
        self.pages = 0

    def __enter__(self) -> PdfProcess:
        require_pdfium(self._name)
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def glyphs(self, page: int) -> Glyphs:
        """The glyphs of a page, counted from 0."""
        head, body = self._ask({"do": "text", "page": page, "seconds": _TEXT_SECONDS})
        count, segments = head["glyphs"], head["segments"]
        codes, values, flags = array("I"), array("f"), array("B")
        fonts, lines = array("H"), array("f")
        at = 0
        sizes = (count, 8 * count, count, count, 4 * segments)
        targets: tuple[array[Any], ...] = (codes, values, flags, fonts, lines)
        for target, size in zip(targets, sizes, strict=True):
            stop = at + size * target.itemsize
            target.frombytes(body[at:stop])
            at = stop
        return Glyphs(head["width"], head["height"], codes, values, flags, fonts, head["fonts"], lines, head["images"])

    def image(self, page: int, dpi: float = 300) -> Bitmap:
        """The page as an image."""
        head, body = self._ask(
            {"do": "image", "page": page, "dpi": dpi, "pixels": MAX_PIXELS, "seconds": _IMAGE_SECONDS}
        )
        return Bitmap(head["width"], head["height"], head["dpi"], body)

    # -- the child ---------------------------------------------------------------------------------------

    def _start(self) -> None:
        command = [sys.executable, "-P", "-s", str(_CHILD)]
        try:
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise MissingTool(f"{self._name}: no process could be started to read the PDF: {error}") from None
        head, _ = self._exchange(
            struct.pack("<QQd", len(self._data), self._memory, _OPEN_SECONDS) + self._data, _OPEN_SECONDS, "the PDF"
        )
        if "error" in head:
            self._stop()
            if head.get("code") in (_PASSWORD, _SECURITY) or "assword" in head["error"]:
                raise EncryptedSource(
                    f"{self._name}: the PDF is encrypted; save a copy without a password and try again"
                )
            raise DamagedSource(f"{self._name}: the PDF is damaged or cut off; get it afresh from where it came from")
        self.pages = head["pages"]

    def _stop(self) -> int:
        """Ends the child, if it has not ended by itself; its exit code."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # a request that never went out is still in the buffer
                    continue
        return child.wait()

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._child is None:  # an earlier page had brought it down
            self._start()
        what = f"page {request['page'] + 1} of the PDF"
        head, body = self._exchange(json.dumps(request).encode() + b"\n", request["seconds"], what)
        if "too_much" in head:
            raise SourceTooLarge(f"{self._name}: {what} {head['too_much']}")
        if "error" in head:
            raise DamagedSource(f"{self._name}: {what} is damaged")
        return head, body

    def _exchange(self, message: bytes, seconds: float, what: str) -> tuple[dict[str, Any], bytes]:
        """Sends a message and takes the answer; a child that takes more than `seconds` of processor time ends itself,
        and one that is silent for far longer is ended."""
        child = self._child
        assert child is not None and child.stdin is not None and child.stdout is not None
        self._expired = False
        clock = threading.Timer(_PATIENCE * seconds, self._expire)
        clock.daemon = True
        clock.start()
        try:
            child.stdin.write(message)
            child.stdin.flush()
            line = child.stdout.readline(1 << 20)
            head = json.loads(line) if line else None
            size = int(head["bytes"]) if head else 0
            body = child.stdout.read(size) if 0 < size <= _LONGEST_ANSWER else b""
            if head is not None and len(body) == size:
                return head, body
        except (OSError, ValueError):
            pass
        finally:
            clock.cancel()
        code = self._stop()
        if self._expired or code == -_SIGPROF:
            raise SourceTooLarge(f"{self._name}: {what} takes longer to read than any document does ({seconds:g} s)")
        raise DamagedSource(
            f"{self._name}: the program that reads PDFs failed on {what}: it is damaged, or too large for its memory"
        )

    def _expire(self) -> None:
        self._expired = True
        if self._child is not None:
            self._child.kill()


def require_pdfium(name: str) -> None:
    """Raises MissingTool where the extra is not installed."""
    from importlib.util import find_spec

    if find_spec("pypdfium2") is None:
        raise MissingTool(f"{name}: this is a PDF document; to read it: pip install 'vn-resolution[pdf]'")

"""Damaged PDFs: whatever was done to the bytes, a text or a typed error comes of it, and soon."""

from __future__ import annotations

import random
import time
import zlib
from functools import cache

import pytest

import vn_resolution as vr
from vn_resolution.errors import UnreadableSource

pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")
pytest.importorskip("reportlab", reason="pip install reportlab")

from formats import make_pdf
from support.texts import SHARED, sample_paths
from vn_resolution.sources.limits import Limits
from vn_resolution.sources.pdf import read_pdf

if not make_pdf.can_print():
    pytest.skip(f"needs {make_pdf.HOW_TO_GET}", allow_module_level=True)

LIMITS = Limits(max_pages=50, max_seconds=10)
REAL = SHARED / "corpus" / "resolutions" / "ragdemo-hanoi-11-2025-nqhdnd.pdf"


@cache
def seeds() -> list[bytes]:
    docs = [vr.parse(path) for path in sample_paths()[:3]]
    found = [make_pdf.print_pdf(doc, make_pdf.STYLES[k % 4]) for k, doc in enumerate(docs)]
    return found + ([REAL.read_bytes()] if REAL.is_file() else [])


def mutated(chance: random.Random) -> bytes:
    """A PDF with bytes changed, cut out, doubled or swapped; now and then inside a stream, which is packed again."""
    data = bytearray(chance.choice(seeds()))
    for _ in range(chance.choice((1, 2, 5, 30))):
        at = chance.randrange(len(data))
        kind = chance.randrange(6)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.choice((1, 10, 1000))]
        elif kind == 2:
            data[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 20))))
        elif kind == 3:
            data[at : at + 300] = data[at : at + 300] * 2
        elif kind == 4:
            data = bytearray(inside_a_stream(bytes(data), chance))
        elif len(data) > 2000:
            digits = [k for k in range(at, min(at + 400, len(data))) if 48 <= data[k] <= 57]
            for k in digits[:3]:
                data[k] = 48 + chance.randrange(10)
        if len(data) < 100:
            break
    return bytes(data[: chance.randrange(len(data))] if chance.random() < 0.1 else data)


def inside_a_stream(data: bytes, chance: random.Random) -> bytes:
    starts = [k for k in range(len(data)) if data.startswith(b"stream", k)][:200]
    if not starts:
        return data
    start = data.find(b"\n", chance.choice(starts)) + 1
    end = data.find(b"endstream", start)
    try:
        content = bytearray(zlib.decompress(data[start:end]))
    except zlib.error:
        return data
    for _ in range(8):
        content[chance.randrange(len(content))] = chance.choice(b"0123456789.-()<>[]/ TJmqQBE")
    return data[:start] + zlib.compress(bytes(content)) + data[end:]


def check(first: int, count: int) -> None:
    for seed in range(first, first + count):
        data = mutated(random.Random(seed))
        started = time.monotonic()
        try:
            extract = read_pdf(data, "nq.pdf", LIMITS, recognise=False)
        except UnreadableSource as error:
            assert str(error).startswith("nq.pdf: "), seed
        else:
            assert all(page.span[0] <= page.span[1] for page in extract.source.pages), seed
        assert time.monotonic() - started < 30, seed


@pytest.mark.parametrize("first", [0, 50, 100, 150])
def test_mutated_pdfs_neither_crash_nor_hang(first: int) -> None:
    check(first, 50)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 3000, 200))
def test_very_many_mutated_pdfs_neither_crash_nor_hang(first: int) -> None:
    check(first, 200)

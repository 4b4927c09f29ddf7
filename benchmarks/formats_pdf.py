"""Measures the readers of PDF, scans, Word 97 documents and legacy encodings: pages a second, and memory.

usage: python benchmarks/formats_pdf.py [--short]

The prints are those of tests/formats/make_pdf.py (reportlab, Liberation Serif); what is not installed is skipped.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import vn_resolution as vr
from formats import make_pdf
from vn_resolution.sources import legacy, office, scan
from vn_resolution.sources.limits import Limits
from vn_resolution.sources.office import read_office
from vn_resolution.sources.pdf import read_pdf

ROOT = Path(__file__).parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".md"))


def timed(work: Callable[[], int]) -> tuple[int, float]:
    """(what the work counted, seconds)."""
    started = time.perf_counter()
    count = work()
    return count, time.perf_counter() - started


def say(name: str, count: int, seconds: float, unit: str) -> None:
    print(f"{name:34} {count:6d} {unit:6} {seconds:8.2f} s {count / seconds:10.1f} {unit}/s")


def pages_of(prints: list[bytes]) -> int:
    return sum(len(read_pdf(data, limits=Limits()).source.pages) for data in prints)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="two documents of each kind")
    short = parser.parse_args().short
    paths = SAMPLES[:2] if short else SAMPLES
    if not make_pdf.can_print():
        sys.exit(f"needs {make_pdf.HOW_TO_GET}")
    prints = [make_pdf.print_pdf(vr.parse(path)) for path in paths]
    say("PDF with text", *timed(lambda: pages_of(prints)), "pages")
    if scan.can_recognise():
        scans = [make_pdf.scanned_pdf(data) for data in (prints[:1] if short else prints[:3])]
        say("scans at 300 dpi (Tesseract)", *timed(lambda: pages_of(scans)), "pages")
    else:
        print(f"scans: skipped; {scan.HOW_TO_GET}")
    if office.find_soffice():
        rtf = b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}" + b"\\f0 Dieu 1. Pham vi.\\par " * 200 + b"}"
        say("RTF through LibreOffice", *timed(lambda: bool(read_office(rtf).source.text) + 0), "files")
    else:
        print(f"DOC, RTF, ODT: skipped; {office.HOW_TO_GET}")
    text = "\n".join(path.read_text("utf-8") for path in paths) * 4
    say("legacy encodings: sound text", *timed(lambda: 0 * bool(legacy.repaired(text)) + len(text) // 1024), "KB")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory: {own:.0f} MB here, {children:.0f} MB in the largest child (pdfium, Tesseract, LibreOffice)")


if __name__ == "__main__":
    main()

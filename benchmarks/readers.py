"""Measures the readers of formats: the same resolution in each, read back to its text; pages a second, and memory.

usage: python benchmarks/readers.py [--short]

What is not installed is left out and named. Pages are those that the resolution takes in print.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

import vn_resolution as vr
from vn_resolution.model import Resolution
from vn_resolution.sources import office, scan

from formats import make_pdf, typed  # isort: skip
from formats.make_docx import to_docx  # isort: skip
from formats.make_html import STYLES, to_html  # isort: skip
from material import dense_text  # isort: skip

KB = 1024
HTML = {style.name: style for style in STYLES}
_FEW = 8 * KB
"""Bytes of text where each page takes seconds."""
_CHARACTERS = 1_700
"""Of a page, where nothing prints it."""
_READ = """
import json, resource, sys, time
from pathlib import Path
from vn_resolution.sources.readers import read_document

def used():
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in each)

name, rounds = sys.argv[1:]
data = Path(name).read_bytes()
read_document("Điều 1. Một.".encode(), "warm.html", "text/html")
best = float("inf")
for _ in range(int(rounds)):
    start = used()
    source = read_document(data, Path(name).name).source
    best = min(best, used() - start)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([best, int(peak.split()[1]) / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
                  len(source.text)]))
"""


def by_office(docx: bytes, ending: str) -> bytes:
    """The document as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "a.docx"
        given.write_bytes(docx)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office.find_soffice() or "", profile, "--headless", "--convert-to", ending, "--outdir", folder]
        subprocess.run([*command, str(given)], check=True, capture_output=True)
        return given.with_suffix(f".{ending.partition(':')[0]}").read_bytes()


def makers() -> dict[str, tuple[str, Callable[[Resolution], bytes], bool]]:
    """Format -> (ending of the file, how it is made of the resolution, whether each page takes long)."""
    found: dict[str, tuple[str, Callable[[Resolution], bytes], bool]] = {
        "text": (".txt", lambda doc: doc.source.text.encode(), False),
        "text in TCVN3": (".txt", lambda doc: in_tcvn3(doc.source.text), False),
        "HTML of a portal": (".html", lambda doc: to_html(typed.blocks(doc), HTML["portal"]), False),
        "HTML of Word": (".html", lambda doc: to_html(typed.blocks(doc), HTML["word"]), False),
        "DOCX, typed labels": (".docx", lambda doc: to_docx(typed.blocks(doc)), False),
        "DOCX, numbered": (".docx", lambda doc: to_docx(typed.blocks(doc), automatic=True), False),
    }
    if make_pdf.can_print():
        found["PDF with text"] = (".pdf", make_pdf.print_pdf, False)
    else:
        print(f"PDF: left out, needs {make_pdf.HOW_TO_GET}")
    if office.find_soffice():
        for name, ending in (("DOC (Word 97)", "doc"), ("RTF", "rtf"), ("ODT", "odt")):
            found[name] = (f".{ending}", lambda doc, e=ending: by_office(to_docx(typed.blocks(doc)), e), True)
    else:
        print(f"DOC, RTF, ODT: left out; {office.HOW_TO_GET}")
    if scan.can_recognise() and make_pdf.can_print():
        found["scan, PDF at 300 dpi"] = (".pdf", lambda doc: make_pdf.scanned_pdf(make_pdf.print_pdf(doc)), True)
    else:
        print(f"scans: left out; {scan.HOW_TO_GET}")
    return found


def in_tcvn3(text: str) -> bytes:
    """As it was typed before Unicode."""
    from vn_resolution.grammar import load_grammar

    table = {ord(letter): chr(code) for letter, code in load_grammar().file("legacy")["tcvn3"].items()}
    return text.translate(table).encode("latin-1", errors="replace")


def printed_pages(doc: Resolution) -> int:
    """How many pages it takes in print."""
    if not make_pdf.can_print():
        return max(1, len(doc.source.text) // _CHARACTERS)
    import pypdfium2

    with pypdfium2.PdfDocument(make_pdf.print_pdf(doc)) as pdf:
        return len(pdf)


def measure(data: bytes, ending: str, rounds: int) -> tuple[float, float, float, int]:
    """(seconds of processor time of all processes, peak MB of the reader, of its largest child, characters) of reading
    a file in a fresh process; the best of some readings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(data)
        command = [sys.executable, "-c", _READ, str(path), str(rounds)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds, peak, largest, characters = json.loads(said)
    return seconds, peak, largest, characters


def main() -> None:
    """One line a format and size."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--short", action="store_true", help="a few pages, without scans and LibreOffice")
    short = options.parse_args().short
    formats = makers()
    sizes = (_FEW,) if short else (100 * KB, KB * KB)
    docs = {size: vr.parse(dense_text(size), media_type="text/plain") for size in {_FEW, *sizes}}
    pages = {size: printed_pages(doc) for size, doc in docs.items()}
    print("format                 pages      file  seconds  pages/s  growth   peak MB  of its child")
    for name, (ending, make, slow) in formats.items():
        before = 0.0
        for size in () if slow and short else (_FEW,) if slow else sizes:
            data = make(docs[size])
            seconds, peak, largest, characters = measure(data, ending, 1 if slow or short else 3)
            if characters < 0.8 * len(docs[size].source.text):
                sys.exit(f"{name}: only {characters} characters were read")
            each = seconds / size
            growth = f"{each / before:.2f}" if before else ""
            before = each
            child = f"{largest:9.0f}" if largest > peak else ""
            print(
                f"{name:22} {pages[size]:5d} {len(data) / KB:6,.0f} KB {seconds:8.3f} {pages[size] / seconds:8,.1f} "
                f"{growth:>7} "
                f"{peak:9.0f} {child}",
                flush=True,
            )


if __name__ == "__main__":
    main()

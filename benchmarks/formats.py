"""Measures the readers of formats: one resolution of growing size set as HTML and as DOCX, read back to its text.

usage: python benchmarks/formats.py [--short]
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "tests"), str(HERE)]

from formats.make_docx import to_docx  # isort: skip # noqa: E402
from formats.make_html import STYLES, to_html  # isort: skip # noqa: E402
from formats.typed import Par  # isort: skip # noqa: E402
from material import dense_text  # isort: skip # noqa: E402

KB = 1024
PAGE = 2_500
"""Characters of a printed page."""
_LABEL = re.compile(r"(Điều \d+\.|\d+\.|[a-z]\)|-) (.+)")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = {style.name: style for style in STYLES}
FORMATS: dict[str, tuple[str, Callable[[list[Par]], bytes]]] = {
    "HTML": ("text/html", lambda pars: to_html(pars, HTML["portal"])),
    "HTML of Word": ("text/html", lambda pars: to_html(pars, HTML["word"])),
    "DOCX, typed labels": (DOCX, lambda pars: to_docx(pars)),
    "DOCX, numbered": (DOCX, lambda pars: to_docx(pars, automatic=True)),
}


def paragraphs(text: str) -> list[Par]:
    """The paragraphs of a text, their labels apart."""
    found = []
    for line in text.split("\n"):
        if line := line.strip():
            match = _LABEL.fullmatch(line)
            found.append(Par(match[2], match[1]) if match else Par(line))
    return found


def measure(data: bytes, media_type: str) -> tuple[float, float, int]:
    """(seconds of processor time, peak MB, characters of text) of reading a file in a fresh process on Linux; the
    best of three readings."""
    code = (
        "import sys, time; from pathlib import Path;"
        "from vn_resolution.sources.readers import read_format; data = Path(sys.argv[1]).read_bytes();"
        "read_format(b'<p>a', 'text/html'); best = 1e9\n"
        "for _ in range(3):\n"
        "    start = time.process_time(); n = len(read_format(data, sys.argv[2]).source.text)\n"
        "    best = min(best, time.process_time() - start)\n"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(best, int(peak.split()[1]) / 1024, n)"
    )
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-c", code, file.name, media_type]
        seconds, megabytes, characters = subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout.split()
    return float(seconds), float(megabytes), int(characters)


def main() -> None:
    """One line a format and size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--short", action="store_true", help="small files only")
    sizes = [10 * KB, 100 * KB, KB * KB] + ([] if options.parse_args().short else [10 * KB * KB])
    texts = {size: paragraphs(dense_text(size)) for size in sizes}
    print("format                     file       text  seconds  pages/s KB/s of text  growth  peak MB")
    for name, (media_type, make) in FORMATS.items():
        before = 0.0
        for size in sizes:
            data = make(texts[size])
            seconds, megabytes, characters = measure(data, media_type)
            growth = f"{seconds / before:.1f}" if before else ""
            before = seconds
            pages = characters / PAGE / seconds
            print(
                f"{name:20} {len(data) / KB:7,.0f} KB {size / KB:7,.0f} KB {seconds:8.3f} {pages:8,.0f} "
                f"{size / KB / seconds:12,.0f} {growth:>7} {megabytes:8.0f}"
            )


if __name__ == "__main__":
    main()

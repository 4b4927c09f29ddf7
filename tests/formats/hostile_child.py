"""Reads one file in a process that may use little, and tells as JSON what came of it.

usage: hostile_child.py html|docx FILE
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

ADDRESS_SPACE = 1024 * 1024 * 1024


def main() -> None:
    kind, path = sys.argv[1:]
    from vn_resolution.errors import UnreadableSource
    from vn_resolution.grammar import load_grammar
    from vn_resolution.sources.docx import read_docx
    from vn_resolution.sources.html import read_html

    # What the readers load once a process is no part of the measure.
    assert load_grammar().zones and load_grammar().markers and load_grammar().file("legacy")
    data = Path(path).read_bytes()
    touched: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" or event.startswith(
            ("socket.", "subprocess.", "os.exec", "urllib.", "ftplib.", "tempfile.")
        ):
            touched.append(f"{event} {arguments[0]}")

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    sys.addaudithook(hook)
    start = time.process_time()
    outcome, message, text = "read", "", 0
    try:
        text = len({"html": read_html, "docx": read_docx}[kind](data, "hostile").source.text)
    except UnreadableSource as error:
        outcome, message = type(error).__name__, str(error)
    seconds = time.process_time() - start
    opened = [item for item in touched if sys.base_prefix not in item]  # modules of Python itself load late
    print(json.dumps({
        "outcome": outcome, "message": message, "seconds": seconds, "megabytes": peak_megabytes(), "text": text,
        "touched": opened,
    }))  # fmt: skip


def peak_megabytes() -> float:
    """The most memory that this process had at once; what its parent had before does not count."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""Times bluebell-akn on markup in a file, in its own interpreter: prints one line of JSON.

usage: python3.12 bluebell_peer.py MARKUP_FILE ROUNDS   (in an environment with bluebell-akn and bluebell-akn-rs)
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path


def main() -> None:
    """Parse the file ROUNDS times and print the best time and which parser it was."""
    from bluebell.parser import parse_to_xml_bytes

    text, rounds = Path(sys.argv[1]).read_text("utf-8"), int(sys.argv[2])
    try:
        import _bluebell_rs  # noqa: F401

        engine = f"bluebell-akn-rs {version('bluebell-akn-rs')}"
    except ImportError:
        engine = f"bluebell-akn {version('bluebell-akn')} without its Rust extension"
    best = float("inf")
    size = 0
    for _ in range(rounds):
        started = time.process_time()
        size = len(parse_to_xml_bytes(text, "act", "/akn/vn-44/act/2020/31"))
        best = min(best, time.process_time() - started)
    print(json.dumps({"engine": engine, "seconds": best, "xml_bytes": size}))


if __name__ == "__main__":
    main()

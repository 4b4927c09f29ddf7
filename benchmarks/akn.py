"""Measures Akoma Ntoso there and back: how large the file is with and without its record, how long writing and reading
take, on the samples and on the shared texts where they stand.

usage: python benchmarks/akn.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import vn_resolution as vr  # noqa: E402
from support.texts import sample_paths, shared_paths  # noqa: E402

ROUNDS = 3


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time, the best of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    """Prints one line for each form."""
    docs = [vr.parse(path) for path in (*sample_paths(), *shared_paths())]
    source = sum(len(doc.source.text.encode("utf-8", "surrogatepass")) for doc in docs)
    print(f"vn-resolution {vr.__version__}: {len(docs)} texts, {source / 1000:,.0f} KB")
    print(f"{'embed':>8} {'KB':>9} {'of full':>8} {'writing KB/s':>13} {'reading KB/s':>13}  (KB of source text)")
    full = sum(len(doc.to_akn()) for doc in docs)
    for embed in ("full", "spans", "none"):
        made = [doc.to_akn(embed) for doc in docs]
        size = sum(map(len, made))
        writing = best(lambda embed=embed: [doc.to_akn(embed) for doc in docs])  # type: ignore[misc]
        reading = best(lambda made=made: [vr.Resolution.from_akn(data) for data in made])  # type: ignore[misc]
        rates = (source / 1000 / seconds for seconds in (writing, reading))
        print(f"{embed:>8} {size / 1000:9,.0f} {size / full:8.1%}" + "".join(f" {rate:13,.0f}" for rate in rates))
    same = sum(vr.Resolution.from_akn(doc.to_akn()) == doc for doc in docs)
    print(f"the same resolution again: {same} of {len(docs)}")


if __name__ == "__main__":
    main()

"""Measures `corpus build`: documents a second on one core and on two, growth with the number of documents, memory, and
what a build costs when little or nothing changed. Fails where two cores give other bytes than one, where a build reads
what it knows, and where time or memory grow faster than the documents do (by processor time, which a busy machine
changes little).

usage: python benchmarks/corpus.py [--sizes 1000,10000] [--short]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests")]

# ruff: noqa: E402
from support.corpora import templates, write_corpus

MB = 1024 * 1024
LEAST_GAIN, MOST_GROWTH, MOST_MEMORY = 1.8, 1.25, 1.7
"""The rate of two cores against one, the time for a document and the memory of more documents against fewer."""
BUILD = """
import json, os, resource, sys, time
from vn_resolution.corpus import build as module
from vn_resolution.corpus.draft import Draft
os.sched_setaffinity(0, set(map(int, sys.argv[3].split(","))))
marks = []
def published(self, *given, old=Draft.publish):
    marks.append((time.monotonic(), time.process_time()))
    return old(self, *given)
Draft.publish = published
started = time.monotonic()
report = module.build([sys.argv[1]], sys.argv[2], module.Options(jobs=int(sys.argv[4])))
ended = time.monotonic()
workers = resource.getrusage(resource.RUSAGE_CHILDREN)
highest = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({
    "read": report.read, "kept": report.kept, "quarantined": report.quarantined,
    "seconds": ended - started, "last_step": ended - marks[0][0],
    "cpu": time.process_time() + workers.ru_utime + workers.ru_stime,
    "cpu_workers": workers.ru_utime + workers.ru_stime, "cpu_last_step": time.process_time() - marks[0][1],
    "rss": int(highest.split()[1]) / 1024, "rss_worker": workers.ru_maxrss / 1024,
}))
"""


def build(source: Path, corpus: Path, cores: int) -> dict[str, Any]:
    """What a build in a process of its own, bound to so many processors, with as many workers, took."""
    processors = sorted(os.sched_getaffinity(0))[:cores]
    command = [sys.executable, "-c", BUILD, str(source), str(corpus), ",".join(map(str, processors)), str(cores)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    if run.returncode:
        raise SystemExit(run.stderr)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def check(holds: bool, what: str) -> None:
    """End with exit code 1 where something does not hold."""
    if not holds:
        raise SystemExit(f"does not hold: {what}")


def row(title: str, found: dict[str, Any]) -> None:
    """One line of the table."""
    done = found["read"] + found["kept"]
    print(
        f"{title:34} {done / found['seconds']:>7.1f} {found['seconds']:>8.1f} {found['last_step']:>8.1f} "
        f"{found['cpu_workers']:>8.1f} {found['cpu'] - found['cpu_workers']:>8.1f} {found['cpu_last_step']:>8.1f} "
        f"{found['rss']:>6.0f} {found['rss_worker']:>6.0f}",
        flush=True,
    )


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="1000,10000", help="numbers of documents")
    options.add_argument("--short", action="store_true", help="200 and 400 documents: for CI")
    given = options.parse_args()
    sizes = [200, 400] if given.short else [int(size) for size in given.sizes.split(",")]
    print(f"patterns: {len(templates())}")
    heads = f"{'doc/s':>7} {'s':>8} {'s last':>8} {'workers':>8} {'parent':>8} {'last':>8} {'MB':>6} {'MB/w':>6}"
    print(f"{'':34} {heads}")
    with tempfile.TemporaryDirectory() as work:
        before: tuple[int, dict[str, Any]] | None = None
        for size in sizes:
            source, corpus = Path(work) / f"in-{size}", Path(work) / f"corpus-{size}"
            length = write_corpus(source, size)
            one = build(source, corpus, 1) if before is None or not given.short else None
            if one is not None:
                row(f"{size} documents, {length / MB:.1f} MB, 1 core", one)
                first = (corpus / "corpus.sqlite").read_bytes()
                shutil.rmtree(corpus)
            two = build(source, corpus, 2)
            row(f"{size} documents, {length / MB:.1f} MB, 2 cores", two)
            if one is not None:
                check((corpus / "corpus.sqlite").read_bytes() == first, "one core and two give the same bytes")
                bound = one["cpu"] / ((two["cpu"] - two["cpu_last_step"]) / 2 + two["cpu_last_step"])
                print(f"    two cores against one: {one['seconds'] / two['seconds']:.2f} (processor time: {bound:.2f})")
                check(bound >= LEAST_GAIN, f"two cores give {LEAST_GAIN} times the rate of one")
            if before is not None:
                growth = two["cpu"] / before[1]["cpu"] / (size / before[0])
                print(f"    processor time for a document against {before[0]} documents: {growth:.2f} times")
                check(growth <= MOST_GROWTH, "the time grows with the documents, and no faster")
                check(two["rss"] <= MOST_MEMORY * before[1]["rss"], "the memory does not grow with the documents")
            before = (size, two)
            print(f"    corpus.sqlite: {(corpus / 'corpus.sqlite').stat().st_size / MB:.0f} MB")
            again = build(source, corpus, 2)
            row("    again, nothing changed", again)
            check(again["read"] == 0 and again["kept"] == size, "what is known is not read again")
            for path in sorted(source.rglob("*.*"))[:: max(1, size // 10)]:
                path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
            again = build(source, corpus, 2)
            row("    again, 10 documents changed", again)
            check(again["read"] <= 20 and again["read"] + again["kept"] == size, "only what changed is read")


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"in {time.monotonic() - started:.0f} s")

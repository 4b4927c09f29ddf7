"""Measures the way from text to tree to Akoma Ntoso: throughput by stage, growth with size, peak memory, and a peer.

usage: python benchmarks/speed.py [--short] [--peer PYTHON3.12]
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import vn_resolution as vr
from vn_resolution.model import Node, Resolution
from vn_resolution.sources import read_source
from vn_resolution.structure.assemble import Structurer

from material import dense_text  # isort: skip

KB = 1024
MARKUP = {
    "part": "PART", "chapter": "CHAPTER", "section": "SECTION", "subsection": "SUBSECTION", "article": "ARTICLE",
    "roman": "SECTION", "letter": "DIVISION", "clause": "PARAGRAPH", "point": "POINT", "bullet": "INDENT",
}  # fmt: skip


def best_of(rounds: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """(seconds of the fastest round, its result)."""
    best, result = float("inf"), None
    for _ in range(rounds):
        started = time.process_time()
        result = work()
        best = min(best, time.process_time() - started)
    return best, result


def stages(text: str, rounds: int) -> dict[str, float]:
    """Seconds for each stage on one text; "values" is the whole of `parse` without the stages before it."""
    data = text.encode()
    parser = vr.Parser()
    structurer = Structurer(parser.grammar)
    decode, (source, _) = best_of(rounds, lambda: read_source(data, "text.txt"))
    structure, _ = best_of(rounds, lambda: structurer.read(source, []))
    whole, doc = best_of(rounds, lambda: parser.parse(data, name="text.txt"))
    akn, _ = best_of(rounds, doc.to_akn)
    as_json, _ = best_of(rounds, doc.to_json)
    return {
        "decode": decode,
        "structure": structure,
        "values": max(0.0, whole - decode - structure),
        "akn": akn,
        "json": as_json,
        "text to akn": whole + akn,
    }


def peak_memory(size: int) -> float:
    """Peak resident memory in MB of a fresh process that reads a text of this size and renders its AKN."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from material import dense_text; import vn_resolution as vr;"
        "text = dense_text(int(sys.argv[2])).encode(); vr.parse(text, name='t.txt').to_akn();"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent), str(size)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) / KB


def speed_table(sizes: list[int], rounds: int) -> None:
    """One line a size: KB/s by stage, and how the time grew against the size before."""
    names = ("decode", "structure", "values", "akn", "json", "text to akn")
    print(f"{'size':>10} " + " ".join(f"{name:>12}" for name in names) + f" {'growth':>8} {'peak MB':>8}")
    previous: tuple[int, float] | None = None
    for size in sizes:
        text = dense_text(size)
        length = len(text.encode())
        seconds = stages(text, max(1, min(rounds, 3_000_000 // length)))
        rates = " ".join(f"{_rate(length, seconds[name]):>12}" for name in names)
        growth = ""
        if previous is not None:
            factor = (seconds["text to akn"] / previous[1]) / (length / previous[0])
            growth = f"{factor:.2f}"
        previous = (length, seconds["text to akn"])
        print(f"{length / KB:>7.0f} KB {rates} {growth:>8} {peak_memory(size):>8.0f}", flush=True)
    print("rates in KB/s of processor time; growth = time per byte against the line above (1.00 = linear)")


def real_texts(folder: Path) -> None:
    """Throughput over real documents, where they stand."""
    if not folder.is_dir():
        print(f"real texts: {folder} is not there")
        return
    texts = [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]
    size = sum(map(len, texts))
    seconds, docs = best_of(2, lambda: [vr.parse(data, name="t.md") for data in texts])
    akn, _ = best_of(2, lambda: [doc.to_akn() for doc in docs])
    print(
        f"{len(texts)} real texts, {size / KB:.0f} KB: parse {_rate(size, seconds)} KB/s, "
        f"text to akn {_rate(size, seconds + akn)} KB/s"
    )


def markup(doc: Resolution) -> str:
    """The body in bluebell's markup: the peer is handed the structure that the parser has to find."""
    lines = ["BODY", ""]

    def write(node: Node, depth: int) -> None:
        pad = "  " * depth
        if node.kind in MARKUP:
            num = (node.num or "").replace("-", "•") if node.kind == "bullet" else node.num or ""
            lines.append(f"{pad}{MARKUP[node.kind]} {num}" + (f" - {node.heading}" if node.heading else ""))
            pad += "  "
            depth += 1
        if node.text:
            lines.append(pad + node.text)
        lines.append("")
        for child in node.children:
            write(child, depth)

    for node in doc.body:
        write(node, 0)
    return "\n".join(lines)


def peer_table(python: str | None, size: int, rounds: int) -> None:
    """bluebell on the markup of the same text, beside our structure stage and our structure with AKN."""
    interpreter = _peer_interpreter(python)
    if interpreter is None:
        print("peer: no Python 3.12 or later with bluebell-akn (give one with --peer PYTHON)")
        return
    text = dense_text(size)
    length = len(text.encode())
    source, _ = read_source(text.encode(), "text.txt")
    structurer = Structurer(vr.Parser().grammar)
    ours, doc = best_of(rounds, lambda: structurer.read(source, []))
    with_akn, _ = best_of(rounds, lambda: structurer.read(source, []).to_akn())
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        marked = markup(doc)
        file.write(marked)
        file.flush()
        command = [interpreter, str(Path(__file__).with_name("bluebell_peer.py")), file.name, str(rounds)]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        print(f"peer: failed: {run.stderr.strip().splitlines()[-1:]}")
        return
    peer = json.loads(run.stdout)
    size_of_markup = len(marked.encode())
    print(f"the same {length / KB:.0f} KB, structure alone: vn-resolution {_rate(length, ours)} KB/s")
    print(f"the same, structure and AKN without values: vn-resolution {_rate(length, with_akn)} KB/s")
    marked_rate = _rate(size_of_markup, peer["seconds"])
    print(f"its structure as {size_of_markup / KB:.0f} KB of markup to AKN: {peer['engine']} {marked_rate} KB/s")


def _peer_interpreter(python: str | None) -> str | None:
    candidates = [python] if python else ["python3.13", "python3.12", "python3"]
    for name in candidates:
        path = shutil.which(name)
        if path and not subprocess.run([path, "-c", "import bluebell"], capture_output=True).returncode:
            return path
    return None


def _rate(length: int, seconds: float) -> str:
    return f"{length / KB / seconds:,.0f}" if seconds > 0 else "-"


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--short", action="store_true", help="up to 1 MB, fewer rounds: for CI")
    options.add_argument("--peer", metavar="PYTHON", help="a Python >= 3.12 with bluebell-akn and bluebell-akn-rs")
    chosen = options.parse_args()
    print(f"vn-resolution {vr.__version__}, Python {platform.python_version()}, {platform.machine()}")
    sizes = [10 * KB, 100 * KB, 1000 * KB] + ([] if chosen.short else [10_000 * KB])
    speed_table(sizes, 3 if chosen.short else 5)
    real_texts(Path(__file__).parents[2] / "shared" / "corpus" / "resolutions")
    peer_table(chosen.peer, 100 * KB if chosen.short else 1000 * KB, 3)
    print(f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB:.0f} MB")


if __name__ == "__main__":
    main()

"""Measures search in a corpus: the time of questions of all kinds, in each of what can be searched, and in a view.

usage: python benchmarks/search.py [--documents 10000] [--corpus FOLDER]     (FOLDER is built where it holds no corpus)
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests")]

# ruff: noqa: E402
from support.corpora import write_corpus
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.passages import SEARCHED
from vn_resolution.corpus.plain import plain
from vn_resolution.corpus.store import Corpus

COMMON = (
    "đầu tư công", "hội đồng nhân dân", "ủy ban nhân dân tỉnh", "ngân sách nhà nước", "xây dựng nông thôn mới",
    "học phí", "giảm nghèo bền vững", "bảo hiểm y tế", "của", "công", "mức chi", "thu nội địa",
    "quy hoạch sử dụng đất", "tổ chức",
)  # fmt: skip
"""What people ask for, and words that stand everywhere."""
CUT_OUT = 150
"""So many questions are two to five words as some text has them; every third is asked without diacritics, too."""


def questions(corpus: Corpus) -> list[str]:
    """The questions, the same for the same corpus."""
    rng = random.Random(1)
    texts = [t for (t,) in corpus.sql("SELECT text FROM nodes WHERE length(text) > 80 ORDER BY document, seq").rows]
    asked = [*COMMON, *map(plain, COMMON)]
    for k in range(CUT_OUT):
        words = [word for word in rng.choice(texts).split() if any(map(str.isalnum, word))]
        length = rng.randint(2, 5)
        start = rng.randrange(max(1, len(words) - length))
        question = " ".join(words[start : start + length]).replace('"', " ").lstrip("-")
        asked += [question] if k % 3 else [question, plain(question)]
    return [question for question in asked if any(map(str.isalnum, question))]


def measure(ask: Callable[[str], object], asked: Iterable[str]) -> str:
    """Median, 95th percentile and maximum in milliseconds, by the clock and by the processor."""
    clock, processor = [], []
    for question in asked:
        started, busy = time.perf_counter(), time.process_time()
        ask(question)
        processor.append(time.process_time() - busy)
        clock.append(time.perf_counter() - started)
    cells = []
    for times in (clock, processor):
        ordered = sorted(1000 * one for one in times)
        cells.append(" / ".join(f"{ordered[int(len(ordered) * share)]:.1f}" for share in (0.5, 0.95, 0.999)))
    return " | ".join(cells)


def main() -> None:
    """Build the corpus where there is none, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.corpus or Path(folder) / "corpus"
        if not (place / "corpus.sqlite").is_file():
            source = Path(folder) / "source"
            write_corpus(source, options.documents)
            build([source], place, Options(jobs=os.cpu_count() or 1))
        with Corpus(place) as corpus:
            asked = questions(corpus)
            print(f"{len(corpus)} documents, {len(asked)} questions; ms: median / p95 / most\n")
            print("| searched | by the clock | of the processor |\n|---|---|---|")
            for what in SEARCHED:
                print(f"| {what} | {measure(lambda q, what=what: corpus.search(q, what), asked)} |")
            province = corpus.sql("SELECT province FROM documents GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0][
                "province"
            ]
            view = corpus.where(province=province)
            print(f"| articles of {len(view)} documents | {measure(view.search, asked)} |")


if __name__ == "__main__":
    main()

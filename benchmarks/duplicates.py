"""Measures what `corpus build` calls copies: of noisy copies how many are found, of other resolutions how many are not.

usage: python benchmarks/duplicates.py [--templates N] [--formats]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1] / "tests")]

# ruff: noqa: E402
import vn_resolution as vr
from support.corpora import Template, resolution, scanned, templates
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.store import Corpus

PROVINCE = "Hà Nam"
OTHERS = ("next-year", "half", "tenth")
NOISE = (0.0, 0.01, 0.02, 0.03, 0.05)


def originals(template: Template) -> Iterator[tuple[str, str]]:
    """(name, text) of resolutions of one council on one matter: of two years, and on one day with another half, and
    another tenth, of the figures and persons."""
    text = resolution(template, 1, PROVINCE, 0, number=31)
    yield "first", text
    yield "next-year", resolution(template, 2, PROVINCE, 1, number=31)
    again = Template(template.name, text, template.suffix)
    yield "half", resolution(again, 3, PROVINCE, 0, 0.5, number=32)
    yield "tenth", resolution(again, 4, PROVINCE, 0, 0.1, number=33)


def write(folder: Path, chosen: tuple[Template, ...], formats: bool) -> None:
    """A file for each original and each of its copies: TEMPLATE/ORIGINAL/COPY.ENDING."""
    for template in chosen:
        for seed, (name, text) in enumerate(originals(template)):
            place = folder / template.name / name
            place.mkdir(parents=True)
            (place / f"text{template.suffix}").write_text(text, encoding="utf-8")
            for rate in NOISE:
                (place / f"scan-{rate:.0%}.txt").write_text(scanned(text, rate, seed), encoding="utf-8")
            if formats:
                _write_formats(place, text, template.suffix)


def _write_formats(place: Path, text: str, suffix: str) -> None:
    from formats.make_docx import to_docx
    from formats.make_pdf import print_pdf
    from formats.typed import blocks

    doc = vr.parse(text, media_type="text/markdown" if suffix == ".md" else "text/plain")
    (place / "word.docx").write_bytes(to_docx(blocks(doc)))
    (place / "printed.pdf").write_bytes(print_pdf(doc))


def main() -> None:
    """Print recall by kind of copy, and the resolutions that are wrongly called copies of each other."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--templates", type=int, default=1000)
    options.add_argument("--formats", action="store_true", help="also as DOCX and PDF")
    given = options.parse_args()
    chosen = templates()[: given.templates]
    with tempfile.TemporaryDirectory() as work:
        write(Path(work) / "in", chosen, given.formats)
        report = build([Path(work) / "in"], Path(work) / "corpus", Options())
        with Corpus(Path(work) / "corpus") as corpus:
            found = {row["document"]: row for row in corpus.rows("duplicates") if row["kind"] != "identity"}
            numbers = {row["document"]: row["number"] for row in corpus.rows("documents")}
    group = {name: found[name]["original"] if name in found else name for name in numbers}
    texts = [name for name in numbers if "/text." in name]
    print(f"{report.documents} documents of {len(texts)} resolutions on {len(chosen)} patterns")
    number = {place(name): numbers[name] for name in texts}
    recall(group, number)
    for told in (True, False):
        pairs = [
            (f"{pattern}/first", f"{pattern}/{other}")
            for pattern in sorted({pattern_of(name) for name in number})
            for other in OTHERS
            if (len({number[f"{pattern}/first"], number[f"{pattern}/{other}"], None}) == 3) == told
        ]
        precision(f"pairs of resolutions {'with' if told else 'without'} numbers that differ", pairs, group)


def recall(group: dict[str, str], number: dict[str, str | None]) -> None:
    """By kind of copy: how many stand in one group with the text that they were made of, of all and of those whose text
    has a number."""
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    text = {place(name): name for name in group if "/text." in name}
    for name in group:
        if name != text[place(name)]:
            told = number[place(name)] is not None
            hits[name.rpartition("/")[2]].append((group[name] == group[text[place(name)]], told))
    for kind, found in sorted(hits.items()):
        numbered = [hit for hit, told in found if told]
        every = f"{sum(hit for hit, _ in found)} of {len(found)}"
        print(f"  {kind:14} found {every}; with a number {sum(numbered)} of {len(numbered)}")


def precision(title: str, pairs: list[tuple[str, str]], group: dict[str, str]) -> None:
    """By kind of other resolution: how often any copy of it stands in one group with any of the first resolution."""
    groups: dict[str, set[str]] = defaultdict(set)
    for name in group:
        groups[place(name)].add(group[name])
    print(title)
    for other in OTHERS:
        asked = [pair for pair in pairs if pair[1].endswith(f"/{other}")]
        wrong = [pair for pair in asked if groups[pair[0]] & groups[pair[1]]]
        print(f"  {other:14} called a copy of the first: {len(wrong)} of {len(asked)}")


def pattern_of(resolution: str) -> str:
    """The folder of a resolution: its pattern."""
    return resolution.rpartition("/")[0]


def place(name: str) -> str:
    """The folder of a document: its resolution."""
    return name.rpartition("/")[0]


if __name__ == "__main__":
    main()

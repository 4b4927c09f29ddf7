"""Promise 8 for PDF: what a text and its print are read as is the same tree, in at least 99.5 % of the nodes."""

from __future__ import annotations

from pathlib import Path

import pytest

import vn_resolution as vr

pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")
pytest.importorskip("reportlab", reason="pip install reportlab")

from formats import make_pdf
from formats.agreement import Agreement, full_nodes, quantities
from support.promises import loss, tree_faults
from support.texts import SHARED, sample_paths, shared_paths
from vn_resolution.model import Resolution

if not make_pdf.can_print():
    pytest.skip(f"needs {make_pdf.HOW_TO_GET}", allow_module_level=True)

BENCH = [path for path in shared_paths() if path.parent == SHARED / "bench" / "dev"]


def read(data: bytes) -> Resolution:
    return vr.parse(data, name="nq.pdf")


def test_prints_of_samples_have_the_same_tree() -> None:
    check(sample_paths())


@pytest.mark.slow
def test_prints_of_samples_and_bench_have_the_same_tree() -> None:
    check(sample_paths() + BENCH)


def check(paths: list[Path]) -> None:
    """Every text in every style."""
    nodes, values, worst = Agreement(), Agreement(), {}
    for path in paths:
        doc = vr.parse(path)
        for style in make_pdf.STYLES:
            again = read(make_pdf.print_pdf(doc, style))
            assert loss(again) + tree_faults(again) == [], (path.name, style.name)
            here = Agreement()
            here.add(full_nodes(doc), full_nodes(again))
            worst[path.name, style.name] = here.share
            nodes.add(full_nodes(doc), full_nodes(again))
            values.add(quantities(doc), quantities(again))
    print(f"nodes {nodes}, quantities {values}")
    assert nodes.share >= 0.995, sorted(worst.items(), key=lambda item: item[1])[:8]
    assert values.share >= 0.995
    assert min(worst.values()) >= 0.9, min(worst, key=lambda key: worst[key])

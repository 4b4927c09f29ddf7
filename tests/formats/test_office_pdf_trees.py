"""Promise 8 for the PDFs that people really have: those that a word processor prints, here LibreOffice from DOCX. Its
paragraphs are neither indented nor apart, or have the empty lines of the text between them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import vn_resolution as vr

pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")

from formats import typed
from formats.agreement import Agreement, full_nodes, quantities
from formats.make_docx import to_docx
from support.promises import loss, tree_faults
from support.texts import SHARED, sample_paths, shared_paths
from vn_resolution.model import Resolution
from vn_resolution.sources import office

pytestmark = pytest.mark.skipif(office.find_soffice() is None, reason=f"needs LibreOffice: {office.HOW_TO_GET}")
BENCH = [path for path in shared_paths() if path.parent == SHARED / "bench" / "dev"]
KINDS = [(automatic, gaps) for automatic in (False, True) for gaps in (False, True)]


def printed(docs: list[Resolution], folder: Path, automatic: bool, gaps: bool) -> list[bytes]:
    """The PDFs that LibreOffice prints of these resolutions, set as DOCX."""
    for k, doc in enumerate(docs):
        data = to_docx(typed.blocks(doc), automatic=automatic, gaps=gaps)
        (folder / f"{k}.docx").write_bytes(data)
    subprocess.run(
        [
            shutil.which("soffice") or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder / "out"),
            *(str(folder / f"{k}.docx") for k in range(len(docs))),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return [(folder / "out" / f"{k}.pdf").read_bytes() for k in range(len(docs))]


def check(paths: list[Path], folder: Path, automatic: bool, gaps: bool) -> None:
    nodes, values, worst = Agreement(), Agreement(), {}
    docs = [vr.parse(path) for path in paths]
    for path, doc, data in zip(paths, docs, printed(docs, folder, automatic, gaps), strict=True):
        again = vr.parse(data, name="nq.pdf")
        assert loss(again) + tree_faults(again) == [], path.name
        here = Agreement()
        here.add(full_nodes(doc), full_nodes(again))
        worst[path.name] = here.share
        nodes.add(full_nodes(doc), full_nodes(again))
        values.add(quantities(doc), quantities(again))
    print(f"automatic labels: {automatic}, gaps: {gaps}: nodes {nodes}, quantities {values}")
    assert nodes.share >= 0.995, sorted(worst.items(), key=lambda item: item[1])[:8]
    assert values.share >= 0.995
    assert min(worst.values()) >= 0.9, worst


def test_prints_of_samples(tmp_path: Path) -> None:
    check(sample_paths(), tmp_path, automatic=True, gaps=False)


@pytest.mark.slow
@pytest.mark.parametrize(("automatic", "gaps"), KINDS)
def test_prints_of_samples_and_bench(automatic: bool, gaps: bool, tmp_path: Path) -> None:
    check(sample_paths() + BENCH, tmp_path, automatic, gaps)
